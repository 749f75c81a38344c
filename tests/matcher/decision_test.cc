#include "matcher/decision.h"

#include <gtest/gtest.h>

namespace homeward {
namespace {

const OperatingPoint kPoint{.name = "one in a hundred",
                            .space_id = "fine",
                            .threshold = 0.4,
                            .fpir = 0.01,
                            .gallery_size = 1'000,
                            .data = "made up",
                            .measured_on = "2026-11-01"};

Candidate CandidateAt(double distance, std::optional<Evidence> evidence = {}) {
  Candidate candidate;
  candidate.distance = distance;
  candidate.evidence = evidence;
  return candidate;
}

TEST(DecisionTest, GoesByEvidenceWhateverTheDistance) {
  EXPECT_TRUE(IsAbove(kPoint, CandidateAt(0.9, Evidence{.score = 8, .chance = 0.01})));
  EXPECT_FALSE(IsAbove(kPoint, CandidateAt(0.1, Evidence{.score = 5, .chance = 0.011})));
}

TEST(DecisionTest, GoesByTheCalibratedBoundWhereThereIsOneWhateverWasPromised) {
  OperatingPoint point = kPoint;
  point.chance = 0.006;
  EXPECT_TRUE(IsAbove(point, CandidateAt(0.9, Evidence{.score = 8, .chance = 0.006})));
  EXPECT_FALSE(IsAbove(point, CandidateAt(0.1, Evidence{.score = 7, .chance = 0.007})));
  point.chance = 0.018;
  EXPECT_TRUE(IsAbove(point, CandidateAt(0.9, Evidence{.score = 5, .chance = 0.017})));
}

TEST(DecisionTest, GoesByDistanceWhereNothingWeighsIt) {
  EXPECT_TRUE(IsAbove(kPoint, CandidateAt(0.4)));
  EXPECT_FALSE(IsAbove(kPoint, CandidateAt(0.401)));
}

TEST(DecisionTest, ListsWhoIsLessLikeStrangersFirstAndTiesByTheOrderOfCreation) {
  Candidate early = CandidateAt(0.9);
  early.record_created = 1;
  Candidate late = CandidateAt(0.1);
  late.record_created = 2;
  EXPECT_TRUE(IsListedBefore({late, 0.25}, {early, 0.5}));
  EXPECT_FALSE(IsListedBefore({early, 0.5}, {late, 0.25}));
  EXPECT_TRUE(IsListedBefore({late, 1.5}, {early, 3})) << "also beyond a chance of 1";
  EXPECT_TRUE(IsListedBefore({early, 0.5}, {late, 0.5}));
  EXPECT_FALSE(IsListedBefore({late, 0.5}, {early, 0.5}));
  EXPECT_FALSE(IsListedBefore({early, 0.5}, {early, 0.5}));
  Candidate twin = early;
  twin.record.bytes.back() = 1;
  EXPECT_TRUE(IsListedBefore({early, 0.5}, {twin, 0.5}));
}

}  // namespace
}  // namespace homeward
