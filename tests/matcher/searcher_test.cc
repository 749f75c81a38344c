#include "matcher/searcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "tests/testing/gallery_changes.h"
#include "tests/testing/numbered_ids.h"

namespace homeward {
namespace {

auto Identity(const Candidate& each) {
  return std::tuple(each.record, each.record_created, each.photo, each.face, each.probe_index,
                    each.squared_distance, each.distance);
}

void ExpectEqual(const std::vector<Candidate>& actual, const std::vector<Candidate>& expected) {
  RC_ASSERT(actual.size() == expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i) {
    RC_ASSERT(Identity(actual[i]) == Identity(expected[i]));
    RC_ASSERT(actual[i].attributes == expected[i].attributes);
  }
}

struct World {
  Gallery gallery = MakeTestGallery();
  GalleryModel model;

  void Apply(const GalleryChange& change) {
    const auto applied = gallery.Apply(change);
    RC_ASSERT(applied.has_value());
    model.Apply(change);
  }
};

// A probe of one to three templates; sometimes a stored record that is searched with its own.
Probe RandomProbe(GalleryChanges& changes, const GalleryModel& model) {
  const Space& space = TestSpaces()[changes.Below(2)];
  Probe probe;
  for (std::size_t i = 1 + changes.Below(3); i > 0; --i) {
    probe.templates.push_back(changes.RandomTemplate(space));
  }
  if (!model.records.empty() && changes.OneIn(2)) {
    auto record = model.records.begin();
    std::advance(record, changes.Below(model.records.size()));
    probe.self = record->first;
  }
  return probe;
}

RC_GTEST_PROP(SearcherTest, GivesTheNearestDistinctRecordsAndAnExactAccount, (std::uint64_t seed)) {
  GalleryChanges changes(seed);
  World world;
  for (int step = *rc::gen::inRange(1, 12); step > 0; --step) {
    world.Apply(changes.Next(world.model, 20, 4));
    const Probe probe = RandomProbe(changes, world.model);
    const SearchRequest request{
        .filter = changes.RandomFilter(),
        .max_candidates = *rc::gen::element(1, 2, 5, 20, 1'000),
        .after = changes.OneIn(3) ? world.model.change_number - 4 : 0,
    };
    const auto snapshot = world.gallery.Pin();
    const auto result = Search(*snapshot, probe, request);
    const auto expected = ScanModel(world.model, probe, request);
    RC_ASSERT(result.has_value());
    ExpectEqual(result->candidates, expected.candidates);
    RC_ASSERT(result->comparison == expected.comparison);
    RC_ASSERT(result->watermark == world.model.change_number);
    RC_ASSERT(Account(*snapshot, probe, request.filter) == expected.comparison);
  }
}

// The distances from one vector to the persons of the model that count, in a space, ascending.
std::vector<double> DistancesTo(const GalleryModel& model, const std::string& space,
                                const std::vector<float>& vector,
                                const std::function<bool(const ModelRecord&)>& counts) {
  std::vector<double> distances;
  for (const auto& [id, record] : model.records) {
    const auto stored = TemplatesIn(record, space);
    if (stored.empty() || !counts(record)) continue;
    distances.push_back(std::sqrt(static_cast<double>(ScanDistance(MeanVector(stored), vector))));
  }
  std::ranges::sort(distances);
  return distances;
}

RC_GTEST_PROP(SearcherTest, EvidenceIsWhatItsDefinitionSays, (std::uint64_t seed)) {
  GalleryChanges changes(seed);
  World world;
  for (int step = 0; step < 8; ++step) world.Apply(changes.Next(world.model, 20, 3));
  const Probe probe = RandomProbe(changes, world.model);
  const SearchRequest request{.filter = changes.RandomFilter(), .max_candidates = 7, .after = 0};
  const auto result = Search(*world.gallery.Pin(), probe, request).value();

  const std::string& space = probe.templates.front().space_id;
  const auto yardstick = TestYardstick(*std::ranges::find(TestSpaces(), space, &Space::id));
  const std::int64_t compared = result.comparison.compared;
  std::vector<const Template*> shown;
  for (const Template& each : probe.templates) shown.push_back(&each);
  const auto person = MeanVector(shown);
  const auto is_compared = [&](const ModelRecord& record) {
    return HeadingOf(record, probe, request.filter) == &Comparison::compared;
  };
  const Spread own = SpreadOf(DistancesTo(world.model, space, person, is_compared),
                              yardstick->cohort->NearestDistances(person));
  for (const Candidate& each : result.candidates) {
    RC_ASSERT(each.evidence.has_value());
    const ModelRecord& record = world.model.records.at(each.record);
    const auto vector = MeanVector(TemplatesIn(record, space));
    const auto is_other_of_its_kind = [&](const ModelRecord& other) {
      return other.record.id != each.record &&
             other.record.attributes.kind == record.record.attributes.kind;
    };
    const Spread spread = SpreadOf(DistancesTo(world.model, space, vector, is_other_of_its_kind),
                                   yardstick->cohort->NearestDistances(vector));
    const double score = Score(each.distance, own, spread);
    RC_ASSERT(each.evidence == EvidenceFor(score, compared, yardstick->line));
  }
}

RC_GTEST_PROP(SearcherTest, EveryRecordIsCountedExactlyOnce, (std::uint64_t seed)) {
  GalleryChanges changes(seed);
  World world;
  for (int step = 0; step < 6; ++step) world.Apply(changes.Next(world.model, 20, 2));
  const Probe probe = RandomProbe(changes, world.model);
  const auto snapshot = world.gallery.Pin();
  const Comparison sums = Account(*snapshot, probe, changes.RandomFilter());
  RC_ASSERT(sums.searchable == snapshot->record_count());
  RC_ASSERT(sums.searchable == sums.compared + sums.own + sums.kind_not_searched + sums.filtered +
                                   sums.other_space + sums.no_usable_face);
}

RC_GTEST_PROP(SearcherTest, OneRecordWithFiveHundredPhotosHidesNobody, (std::uint64_t seed)) {
  GalleryChanges changes(seed);
  World world;
  GalleryChange crowd{.number = 1,
                      .put_records = {{NumberedId<RecordId>(1), 1, {}}},
                      .add_faces = {},
                      .remove_photos = {},
                      .remove_records = {}};
  const Space& space = TestSpaces()[1];
  const Template probe = changes.RandomTemplate(space);
  for (std::uint64_t i = 0; i < 500; ++i) {
    Template near = probe;
    near.vector[i % 5] += 1e-4F * static_cast<float>(changes.Below(4));
    crowd.add_faces.push_back(
        {NumberedId<RecordId>(1), NumberedId<PhotoId>(i), NumberedId<FaceId>(i), {near}});
  }
  world.Apply(crowd);
  world.Apply(changes.Next(world.model, 60, 2));
  for (const int most : {1, 3, 20, 200}) {
    const SearchRequest request{.filter = {}, .max_candidates = most, .after = 0};
    const Probe one{.templates = {probe}, .self = std::nullopt};
    const auto result = Search(*world.gallery.Pin(), one, request);
    ExpectEqual(result.value().candidates, ScanModel(world.model, one, request).candidates);
  }
}

// Whether a candidate found at `watermark` is still as it was then.
bool StandsInModel(const GalleryModel& model, const Probe& probe, const Candidate& candidate,
                   ChangeNumber watermark) {
  const auto record = model.records.find(candidate.record);
  if (record == model.records.end()) return false;
  const bool is_shown = std::ranges::any_of(record->second.faces, [&](const ModelFace& each) {
    return each.face.photo == candidate.photo;
  });
  return is_shown && record->second.committed.at(probe.templates.front().space_id) <= watermark;
}

// What is searched twice, at two moments, and merged is what one search at the later moment finds,
// as long as all that was found first still stands.
RC_GTEST_PROP(SearcherTest, MergingWithWhatCameLaterEqualsSearchingLater, (std::uint64_t seed)) {
  GalleryChanges changes(seed);
  World world;
  for (int step = 0; step < 4; ++step) world.Apply(changes.Next(world.model, 15, 3));
  const Probe probe = RandomProbe(changes, world.model);
  const int most = *rc::gen::element(1, 2, 10);
  SearchRequest request{.filter = {}, .max_candidates = most, .after = 0};
  const auto earlier = Search(*world.gallery.Pin(), probe, request).value();
  for (int step = *rc::gen::inRange(0, 3); step >= 0; --step) {
    world.Apply(changes.Next(world.model, 15, 1));
  }

  const auto snapshot = world.gallery.Pin();
  bool all_stand = true;
  for (const Candidate& each : earlier.candidates) {
    const bool stands = StandsInModel(world.model, probe, each, earlier.watermark);
    RC_ASSERT(StillStands(*snapshot, probe, each, earlier.watermark) == stands);
    all_stand = all_stand && stands;
  }
  RC_CLASSIFY(all_stand);
  if (!all_stand) return;
  request.after = earlier.watermark;
  const auto merged =
      Merge(*snapshot, probe, earlier, Search(*snapshot, probe, request).value(), most);
  request.after = 0;
  const auto expected = ScanModel(world.model, probe, request);
  ExpectEqual(merged.candidates, expected.candidates);
  RC_ASSERT(merged.comparison == expected.comparison);
  RC_ASSERT(merged.watermark == world.model.change_number);
}

// Records 1 to n, each with one face at the place given, on the line of the space "coarse".
void PutOnALine(Gallery& gallery, const std::vector<float>& places) {
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto number = static_cast<ChangeNumber>(i + 1);
    GalleryChange change;
    change.number = number;
    change.put_records = {{NumberedId<RecordId>(i + 1), number, {}}};
    change.add_faces = {{NumberedId<RecordId>(i + 1),
                         NumberedId<PhotoId>(i + 1),
                         NumberedId<FaceId>(i + 1),
                         {{"coarse", {places[i], 0}}}}};
    EXPECT_TRUE(gallery.Apply(change));
  }
}

std::vector<RecordId> RecordsOf(const std::vector<Candidate>& candidates) {
  std::vector<RecordId> records;
  for (const Candidate& each : candidates) records.push_back(each.record);
  return records;
}

TEST(SearcherTest, TiesGoToTheRecordCreatedFirstAlsoAtTheLastPlace) {
  Gallery gallery = MakeTestGallery();
  PutOnALine(gallery, {2, 1, -1, 1, 0});
  const Probe probe{.templates = {{"coarse", {0, 0}}}, .self = std::nullopt};
  const auto result =
      Search(*gallery.Pin(), probe, {.filter = {}, .max_candidates = 3, .after = 0}).value();
  EXPECT_THAT(RecordsOf(result.candidates),
              testing::ElementsAre(NumberedId<RecordId>(5), NumberedId<RecordId>(2),
                                   NumberedId<RecordId>(3)));
  EXPECT_EQ(result.candidates[1].distance, 1);
}

TEST(SearcherTest, TiesAreAllSeenHoweverManyThereAre) {
  Gallery gallery = MakeTestGallery();
  GalleryChange change{
      .number = 1, .put_records = {}, .add_faces = {}, .remove_photos = {}, .remove_records = {}};
  constexpr std::uint64_t kRecords = 300;
  for (std::uint64_t i = 1; i <= kRecords; ++i) {
    change.put_records.push_back({NumberedId<RecordId>(i), static_cast<ChangeNumber>(i), {}});
  }
  // Their photos came in the opposite order.
  for (std::uint64_t i = kRecords; i > 0; --i) {
    change.add_faces.push_back({NumberedId<RecordId>(i),
                                NumberedId<PhotoId>(i),
                                NumberedId<FaceId>(i),
                                {{"coarse", {1, 0}}}});
  }
  ASSERT_TRUE(gallery.Apply(change));
  const Probe probe{.templates = {{"coarse", {0, 0}}}, .self = std::nullopt};
  const auto result =
      Search(*gallery.Pin(), probe, {.filter = {}, .max_candidates = 2, .after = 0}).value();
  EXPECT_THAT(RecordsOf(result.candidates),
              testing::ElementsAre(NumberedId<RecordId>(1), NumberedId<RecordId>(2)));
}

TEST(SearcherTest, SeveralFacesOfAPersonCountAsTheirMeanAndShowTheNearestPair) {
  Gallery gallery = MakeTestGallery();
  PutOnALine(gallery, {0, 10});
  GalleryChange another;
  another.number = 3;
  another.add_faces = {{NumberedId<RecordId>(2),
                        NumberedId<PhotoId>(3),
                        NumberedId<FaceId>(3),
                        {{"coarse", {20, 0}}}}};
  ASSERT_TRUE(gallery.Apply(another));
  const Probe probe{.templates = {{"coarse", {4, 0}}, {"coarse", {12, 0}}}, .self = std::nullopt};
  const auto result =
      Search(*gallery.Pin(), probe, {.filter = {}, .max_candidates = 5, .after = 0}).value();
  ASSERT_EQ(result.candidates.size(), 2u);
  EXPECT_EQ(result.candidates[0].record, NumberedId<RecordId>(2));
  EXPECT_EQ(result.candidates[0].distance, 7);  // between 8 and 15
  EXPECT_EQ(result.candidates[0].face, NumberedId<FaceId>(2));
  EXPECT_EQ(result.candidates[0].probe_index, 1);
  EXPECT_EQ(result.candidates[1].distance, 8);
  EXPECT_EQ(result.candidates[1].probe_index, 0);
  EXPECT_EQ(result.comparison.templates_compared, 3);
}

TEST(SearcherTest, APersonWhoseOtherPhotoWentIsWhoTheyWereBefore) {
  Gallery gallery = MakeTestGallery();
  PutOnALine(gallery, {5});
  GalleryChange another;
  another.number = 2;
  another.add_faces = {{NumberedId<RecordId>(1),
                        NumberedId<PhotoId>(2),
                        NumberedId<FaceId>(2),
                        {{"coarse", {9, 0}}}}};
  ASSERT_TRUE(gallery.Apply(another));
  GalleryChange without;
  without.number = 3;
  without.remove_photos = {NumberedId<PhotoId>(2)};
  ASSERT_TRUE(gallery.Apply(without));
  const Probe probe{.templates = {{"coarse", {0, 0}}}, .self = std::nullopt};
  const auto result = Search(*gallery.Pin(), probe, {}).value();
  ASSERT_EQ(result.candidates.size(), 1u);
  EXPECT_EQ(result.candidates[0].distance, 5);
  EXPECT_EQ(result.candidates[0].face, NumberedId<FaceId>(1));
  EXPECT_EQ(result.comparison.templates_compared, 1);
}

TEST(SearcherTest, AnEmptyGalleryGivesNoCandidatesAndAnEmptyAccount) {
  const Gallery gallery = MakeTestGallery();
  const Probe probe{.templates = {{"coarse", {0, 0}}}, .self = std::nullopt};
  const auto result = Search(*gallery.Pin(), probe, {}).value();
  EXPECT_TRUE(result.candidates.empty());
  EXPECT_EQ(result.comparison, Comparison{});
}

TEST(SearcherTest, RefusesAProbeThatFitsNoSpaceOfTheGallery) {
  Gallery gallery = MakeTestGallery();
  PutOnALine(gallery, {0});
  const std::vector<Probe> wrong = {
      {.templates = {}, .self = std::nullopt},
      {.templates = {{"unheard-of", {0, 0}}}, .self = std::nullopt},
      {.templates = {{"coarse", {0, 0, 0}}}, .self = std::nullopt},
      {.templates = {{"coarse", {0, NAN}}}, .self = std::nullopt},
      {.templates = {{"coarse", {0, 0}}, {"fine", {0, 0, 0, 0, 0}}}, .self = std::nullopt},
  };
  for (const Probe& probe : wrong) {
    const auto result = Search(*gallery.Pin(), probe, {});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().reason, Reason::kModelMismatch);
  }
}

TEST(SearcherTest, AccountsForARecordThatHasNothingToSearchWith) {
  Gallery gallery = MakeTestGallery();
  PutOnALine(gallery, {0, 1, 2});
  const Probe probe{.templates = {}, .self = NumberedId<RecordId>(2)};
  const Comparison account = Account(*gallery.Pin(), probe, {});
  EXPECT_EQ(account.searchable, 3);
  EXPECT_EQ(account.own, 1);
  EXPECT_EQ(account.other_space, 2);
  EXPECT_EQ(account.templates_compared, 0);
}

}  // namespace
}  // namespace homeward
