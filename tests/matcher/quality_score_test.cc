#include "matcher/quality_score.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>

namespace homeward {
namespace {

struct Example {
  QualityMeasure measure;
  double native;
  int score;
};

// Worked by hand from the formulas that OFIQ 1.0.3 publishes.
TEST(QualityScoreTest, FollowsThePublishedMappings) {
  for (const Example& example : {
           Example{QualityMeasure::kInterEyeDistance, 70, 50},
           Example{QualityMeasure::kInterEyeDistance, 30, 12},
           Example{QualityMeasure::kInterEyeDistance, 150, 98},
           Example{QualityMeasure::kIlluminationUniformity, 1, 100},
           Example{QualityMeasure::kIlluminationUniformity, 0.1, 50},
           Example{QualityMeasure::kIlluminationUniformity, 0, 0},
           Example{QualityMeasure::kLuminanceMean, 0.5, 100},
           Example{QualityMeasure::kLuminanceMean, 0.2, 50},
           Example{QualityMeasure::kLuminanceMean, 0.8, 50},
           Example{QualityMeasure::kHeadPoseYaw, 0, 100},
           Example{QualityMeasure::kHeadPoseYaw, -45, 50},
           Example{QualityMeasure::kHeadPoseRoll, 60, 25},
           Example{QualityMeasure::kHeadPoseRoll, 170, 0},
       }) {
    EXPECT_EQ(Assessed(example.measure, example.native).score, example.score)
        << static_cast<int>(example.measure) << " at " << example.native;
  }
}

TEST(QualityScoreTest, WhatCouldNotBeMeasuredIsNotAssessable) {
  for (const auto native : {std::optional<double>(), std::optional(std::nan("")),
                            std::optional(std::numeric_limits<double>::infinity())}) {
    const QualityComponent component = Assessed(QualityMeasure::kSharpness, native);
    EXPECT_EQ(component.score, std::nullopt);
    EXPECT_EQ(component.native, 0);
  }
}

RC_GTEST_PROP(QualityScoreTest, IsFromNoughtToAHundredForAnyNumber, (double native)) {
  for (const QualityMeasure measure : kQualityMeasures) {
    const double score = QualityScore(measure, native);
    RC_ASSERT(score >= 0 && score <= 100);
  }
}

RC_GTEST_PROP(QualityScoreTest, MoreOfWhatIsGoodIsNeverWorse, ()) {
  const double less = *rc::gen::inRange(0, 10'000) / 100.0;
  const double more = less + *rc::gen::inRange(0, 1'000) / 100.0;
  for (const QualityMeasure measure :
       {QualityMeasure::kInterEyeDistance, QualityMeasure::kSharpness,
        QualityMeasure::kIlluminationUniformity}) {
    RC_ASSERT(QualityScore(measure, less) <= QualityScore(measure, more));
  }
  for (const QualityMeasure measure :
       {QualityMeasure::kCompressionArtifacts, QualityMeasure::kHeadPoseYaw}) {
    RC_ASSERT(QualityScore(measure, less) >= QualityScore(measure, more));
  }
}

}  // namespace
}  // namespace homeward
