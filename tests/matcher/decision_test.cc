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

}  // namespace
}  // namespace homeward
