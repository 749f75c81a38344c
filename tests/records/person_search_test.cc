#include "server/records/person_search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "server/records/enrolment_search.h"
#include "server/records/face_comparison.h"
#include "server/records/face_search.h"
#include "server/records/operating_point_book.h"
#include "server/records/search_log.h"
#include "server/records/served_spaces.h"
#include "tests/testing/enrolment_stories.h"

namespace homeward {
namespace {

using namespace homeward::testing;
using ::testing::ElementsAre;
using ::testing::SizeIs;

Fusion BothSpaces() {
  return {.id = "both",
          .space_ids = {SyntheticSpace().id, OtherSyntheticSpace().id},
          .line = {.intercept = 3,
                   .slope = 0.75,
                   .gallery_exponent = 0.5,
                   .least_gallery = 5,
                   .least_chance = 0.001,
                   .data = "made up",
                   .measured_on = "2026-11-01"}};
}

class PersonSearchTest : public ::testing::Test {
 protected:
  void SetUp() override { folder_.Reopen({SyntheticSpace(), OtherSyntheticSpace()}, BothSpaces()); }
  Casebook& book() { return folder_.book(); }
  void Activate(const std::string& point) {
    ActivateOperatingPoint(book(), IntentFor("ActivateOperatingPoint"), point).value();
  }
  RecordId EnrolReport(int identity, int variation = 0) {
    return Enrol(book(), RecordKind::kMissing, {{identity, variation}}).value().record.record.id;
  }
  SearchView Search(int identity, int variation = 5) {
    const auto photo = PhotoOf(identity, variation);
    FaceQuery query{.probe = ShownPhoto{.bytes = photo, .face_box = {}}, .criteria = {}};
    return SearchFaces(book(), IntentFor("SearchFaces"), query).value().search;
  }

  CasebookFolder folder_;
};

void ExpectBothSpacesSpeak(const CandidateEntry& candidate) {
  ASSERT_EQ(candidate.placings.size(), 2U);
  EXPECT_EQ(candidate.placings[0].space_id, SyntheticSpace().id);
  EXPECT_EQ(candidate.placings[1].space_id, OtherSyntheticSpace().id);
  EXPECT_EQ(candidate.placings[0].distance, candidate.distance);
  double score = 0;
  for (const Placing& each : candidate.placings) {
    EXPECT_TRUE(each.rank.has_value());
    score += each.evidence->score;
  }
  EXPECT_EQ(candidate.evidence->score, score);
}

TEST_F(PersonSearchTest, APointOfTheFusionSearchesBothSpacesAndOneOfASpaceGoesBack) {
  for (int identity = 1; identity <= 6; ++identity) EnrolReport(identity);
  const SearchView before = Search(3);
  EXPECT_EQ(before.search.space, SyntheticSpace());
  Activate("fused");
  const SearchView fused = Search(3);
  EXPECT_EQ(fused.search.space.id, "both");
  EXPECT_EQ(fused.search.comparison.compared, 6);
  EXPECT_EQ(fused.search.comparison.in_part, 0);
  ASSERT_THAT(fused.candidates, SizeIs(6));
  for (const CandidateView& each : fused.candidates) ExpectBothSpacesSpeak(each.entry);
  EXPECT_EQ(fused.candidates[0].entry.record, before.candidates[0].entry.record);
  EXPECT_THAT(fused.candidates[0].entry.placings[1].rank, 1);
  const auto served = ListServedSpaces(book()).value();
  for (const ServedSpace& each : served) EXPECT_TRUE(each.is_active);
  Activate("synthetic");
  const SearchView after = Search(3);
  EXPECT_EQ(after.search.space, SyntheticSpace());
  for (std::size_t i = 0; i < after.candidates.size(); ++i) {
    EXPECT_EQ(after.candidates[i].entry.record, before.candidates[i].entry.record);
    EXPECT_TRUE(after.candidates[i].entry.placings.empty());
  }
}

TEST_F(PersonSearchTest, AnEnrolmentIsFusedAndCoversBothSpaces) {
  Activate("fused");
  EnrolReport(1);
  EnrolReport(2);
  const auto found = Enrol(book(), RecordKind::kStranded, {{1, 3}}).value();
  ASSERT_TRUE(found.search);
  ASSERT_THAT(found.search->candidates, SizeIs(2));
  for (const CandidateView& each : found.search->candidates) ExpectBothSpacesSpeak(each.entry);
  const auto coverage = book().store().CountCoverage().value();
  EXPECT_GT(coverage.eligible_pairs, 0);
  EXPECT_EQ(coverage.compared_pairs, coverage.eligible_pairs);
}

TEST_F(PersonSearchTest, AStoredRecordIsSearchedInBothAndNeverMeetsItself) {
  Activate("fused");
  const RecordId own = EnrolReport(1);
  const RecordId other = EnrolReport(1, 7);
  FaceQuery query{.probe = own, .criteria = {}};
  const auto found = SearchFaces(book(), IntentFor("SearchFaces"), query).value().search;
  ASSERT_THAT(found.candidates, SizeIs(1));
  EXPECT_EQ(found.candidates[0].entry.record, other);
  EXPECT_EQ(found.search.comparison.own, 1);
  ExpectBothSpacesSpeak(found.candidates[0].entry);
}

TEST_F(PersonSearchTest, WhatEachSpaceSaidIsKeptAlsoAfterTheFusionHasGone) {
  Activate("fused");
  EnrolReport(1);
  const SearchView made = Search(1);
  Activate("synthetic");
  folder_.Reopen();
  const SearchView kept = FindView(book().store(), made.search.id).value();
  ASSERT_THAT(kept.candidates, SizeIs(1));
  EXPECT_EQ(kept.candidates[0].entry.placings, made.candidates[0].entry.placings);
  EXPECT_EQ(kept.search.space.id, "both");
  EXPECT_EQ(kept.search.comparison, made.search.comparison);
}

TEST_F(PersonSearchTest, RenewedItEqualsOneSearchOfTheNewestGallery) {
  Activate("fused");
  for (const unsigned seed : {1U, 2U, 3U}) {
    std::mt19937 random(seed);
    std::vector<RecordId> reports;
    for (int i = 0; i < 4; ++i) reports.push_back(EnrolReport(1, static_cast<int>(random() % 512)));
    const auto probe = ProbeIn(book(), "both", std::nullopt, [&](const std::string& id) {
      const auto stored = book().store().ListPhotos(reports.front()).value();
      return std::vector{*FindTemplate(stored.front().faces.front().templates, id)};
    });
    const SearchRequest request{.filter = {}, .max_candidates = 3};
    const auto early = SearchPerson(*book().gallery().Pin(), probe, request).value();
    for (int i = 0; i < 4; ++i) {
      if (random() % 2 == 0 && reports.size() > 1) {
        Erase(book(), reports.back()).value();
        reports.pop_back();
      } else {
        reports.push_back(EnrolReport(1, static_cast<int>(random() % 512)));
      }
    }
    const auto newest = book().gallery().Pin();
    const auto renewed = Renew(*newest, probe, request, early).value().result;
    const auto whole = SearchPerson(*newest, probe, request).value().result;
    EXPECT_EQ(renewed.comparison, whole.comparison) << seed;
    ASSERT_EQ(renewed.candidates.size(), whole.candidates.size()) << seed;
    for (std::size_t i = 0; i < whole.candidates.size(); ++i) {
      EXPECT_EQ(renewed.candidates[i].record, whole.candidates[i].record) << seed;
      EXPECT_EQ(renewed.candidates[i].placings, whole.candidates[i].placings) << seed;
    }
  }
}

TEST_F(PersonSearchTest, TwoPhotosAreComparedInTheFirstSpaceOfTheFusion) {
  Activate("fused");
  const auto one = PhotoOf(1);
  const auto other = PhotoOf(1, 5);
  const ShownPhoto first{.bytes = one, .face_box = {}};
  const ShownPhoto second{.bytes = other, .face_box = {}};
  const auto compared = CompareFaces(book(), IntentFor("CompareFaces"), first, second).value();
  EXPECT_EQ(compared.space_id, SyntheticSpace().id);
  EXPECT_TRUE(compared.above_operating_point);
}

TEST_F(PersonSearchTest, AFusionStaysInForceOverARestartAndMustStayServed) {
  Activate("fused");
  folder_.Reopen();
  RestoreOperatingPoint(book()).value();
  EXPECT_EQ(book().operating_point().space_id, "both");
  CasebookFolder plain;
  EXPECT_EQ(plain.book().FindFusion("both"), nullptr);
  EXPECT_THAT(SpaceIdsOf(plain.book(), "synthetic"), ElementsAre("synthetic"));
  EXPECT_THAT(SpaceIdsOf(book(), "both"),
              ElementsAre(SyntheticSpace().id, OtherSyntheticSpace().id));
}

}  // namespace
}  // namespace homeward
