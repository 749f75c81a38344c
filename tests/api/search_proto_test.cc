#include "server/api/search_proto.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "tests/store/random_values.h"
#include "tests/testing/numbered_ids.h"
#include "tests/testing/reasons.h"

namespace homeward {
namespace {

using namespace homeward::testing;
using ::testing::ElementsAre;

SearchCriteria AnyCriteria(RandomValues& random) {
  SearchCriteria criteria;
  for (std::size_t n = random.Below(4); n > 0; --n) {
    criteria.kinds.push_back(static_cast<RecordKind>(1 + random.Below(3)));
    criteria.region_codes.push_back("410000");
    criteria.units.push_back(random.Text());
  }
  criteria.sex = static_cast<Sex>(random.Below(4));
  if (random.OneIn(2)) criteria.age_min = static_cast<int>(random.Below(131));
  if (random.OneIn(2)) criteria.age_max = static_cast<int>(random.Below(131));
  if (random.OneIn(2)) criteria.event_date_min = random.AnyDate();
  if (random.OneIn(2)) criteria.event_date_max = random.AnyDate();
  return criteria;
}

// What a kept search says it was narrowed by can be asked again.
RC_GTEST_PROP(SearchProtoTest, TellsTheFilterInAFormThatAsksTheSame, (std::uint64_t seed)) {
  RandomValues random(seed);
  SearchEntry search;
  search.criteria = AnyCriteria(random);
  RC_ASSERT(FromProto(ToProto(search).filter()).value() == search.criteria);
}

TEST(SearchProtoTest, TellsTheOutlookWhereThereIsOne) {
  SearchEntry search;
  EXPECT_FALSE(ToProto(search).has_outlook());
  search.outlook = Outlook{.expected_miss_rate = 0.31,
                           .notices = {OutlookNotice::kLongChildhoodGap},
                           .advice = {Advice::kWholeFace, Advice::kMorePhotos}};
  const v1::Outlook outlook = ToProto(search).outlook();
  EXPECT_EQ(outlook.expected_miss_rate(), 0.31);
  EXPECT_THAT(outlook.notices(), ElementsAre(v1::LONG_CHILDHOOD_GAP));
  EXPECT_THAT(outlook.advice(), ElementsAre(v1::WHOLE_FACE, v1::MORE_PHOTOS));
}

TEST(SearchProtoTest, RefusesKindsAndSexesThatItDoesNotKnow) {
  for (const int number : {-1, 0, 4, 1 << 30}) {
    v1::SearchFilter filter;
    filter.add_kinds(v1::MISSING);
    filter.add_kinds(static_cast<v1::RecordKind>(number));
    const auto read = FromProto(filter);
    ASSERT_EQ(ReasonOf(read), Reason::kFieldInvalid) << number;
    EXPECT_EQ(read.error().metadata.at("field"), "filter.kinds");
  }
  v1::SearchFilter filter;
  filter.set_sex(static_cast<v1::Sex>(77));
  EXPECT_EQ(FromProto(filter).error().metadata.at("field"), "filter.sex");
}

SearchView ViewWithOneCandidate() {
  SearchView view;
  CandidateEntry entry;
  entry.rank = 1;
  entry.record = NumberedId<RecordId>(1);
  entry.photo = NumberedId<PhotoId>(2);
  entry.box = {1, 2, 3, 4};
  entry.distance = 0.25;
  entry.flags = {AttributeFlag::kAgeDiffers};
  Record record;
  record.person.claimed_name = "李华";
  record.unit = "puyang";
  view.search.candidates = {entry};
  view.candidates = {{.entry = entry, .record = record, .photo_is_there = true}};
  return view;
}

TEST(SearchProtoTest, TellsNothingOfAnErasedCandidateButItsPlaceAndDistance) {
  SearchView view = ViewWithOneCandidate();
  EXPECT_EQ(ToProto(view).candidates(0).claimed_name(), "李华");
  view.candidates[0].record.reset();
  view.candidates[0].photo_is_there = false;
  v1::Candidate candidate = ToProto(view).candidates(0);
  EXPECT_TRUE(candidate.erased());
  EXPECT_EQ(candidate.distance(), 0.25);
  candidate.clear_erased();
  candidate.clear_rank();
  candidate.clear_record();
  candidate.clear_distance();
  EXPECT_EQ(candidate.DebugString(), "");
}

TEST(SearchProtoTest, TellsWhatADistanceIsWorthWhereItIsKnown) {
  SearchView view = ViewWithOneCandidate();
  EXPECT_FALSE(ToProto(view).candidates(0).has_evidence());
  view.candidates[0].entry.evidence =
      Evidence{.score = 6.5, .chance = 0.25, .chance_min = 0.125, .chance_max = 0.5};
  const v1::Candidate candidate = ToProto(view).candidates(0);
  EXPECT_EQ(candidate.evidence().score(), 6.5);
  EXPECT_EQ(candidate.evidence().stranger_rate(), 0.25);
  EXPECT_EQ(candidate.evidence().stranger_rate_min(), 0.125);
  EXPECT_EQ(candidate.evidence().stranger_rate_max(), 0.5);
}

TEST(SearchProtoTest, TellsWhatEachSpaceOfAFusedSearchSaid) {
  SearchView view = ViewWithOneCandidate();
  EXPECT_EQ(ToProto(view).candidates(0).placings_size(), 0);
  view.search.comparison.in_part = 3;
  view.candidates[0].entry.placings = {
      {.space_id = "one", .rank = 2, .distance = 0.5, .evidence = Evidence{3, 0.25}},
      {.space_id = "other", .rank = {}, .distance = 0.75}};
  const v1::Search search = ToProto(view);
  EXPECT_EQ(search.comparison().compared_in_part_count(), 3);
  const v1::Candidate& candidate = search.candidates(0);
  ASSERT_EQ(candidate.placings_size(), 2);
  EXPECT_EQ(candidate.placings(0).space(), "one");
  EXPECT_EQ(candidate.placings(0).rank(), 2);
  EXPECT_EQ(candidate.placings(0).evidence().score(), 3);
  EXPECT_FALSE(candidate.placings(1).has_rank());
  EXPECT_EQ(candidate.placings(1).distance(), 0.75);
  EXPECT_FALSE(candidate.placings(1).has_evidence());
}

TEST(SearchProtoTest, LeavesOutTheBoxOfAPhotoThatIsGone) {
  SearchView view = ViewWithOneCandidate();
  view.candidates[0].photo_is_there = false;
  const v1::Candidate candidate = ToProto(view).candidates(0);
  EXPECT_FALSE(candidate.has_box());
  EXPECT_EQ(candidate.photo(), "");
  EXPECT_FALSE(candidate.erased());
  EXPECT_THAT(candidate.flags(), ElementsAre(v1::AGE_DIFFERS));
}

TEST(SearchProtoTest, AccountsForEveryRecordThatWasNotCompared) {
  SearchEntry search;
  search.comparison = {.searchable = 21,
                       .compared = 1,
                       .own = 2,
                       .kind_not_searched = 3,
                       .filtered = 4,
                       .other_space = 5,
                       .no_usable_face = 6,
                       .templates_compared = 9};
  const v1::Comparison comparison = ToProto(search).comparison();
  std::int64_t accounted = comparison.compared_count();
  std::set<int> reasons;
  for (const auto& each : comparison.not_compared()) {
    accounted += each.count();
    EXPECT_TRUE(reasons.insert(each.reason()).second);
    EXPECT_NE(each.reason(), v1::NOT_COMPARED_REASON_UNSPECIFIED);
  }
  EXPECT_EQ(accounted, comparison.searchable_count());
}

}  // namespace
}  // namespace homeward
