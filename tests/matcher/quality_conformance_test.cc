// Photo x measure -> what must come out, as it did when the measures of this version were set. The
// photos are drawn; real ones: tests/models/quality_conformance_test.cc. A change of any number
// here is a new kQualityVersion.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <functional>

#include "matcher/quality.h"
#include "tests/matcher/drawn_face.h"
#include "tests/matcher/expected_quality.h"

namespace homeward {
namespace {

using testing::Blurred;
using testing::CutAtTheLeft;
using testing::DrawnFace;
using testing::ExpectedComponents;
using testing::Grey;
using testing::Lit;
using testing::LitFromTheSide;
using testing::PlainFace;
using testing::Recompressed;
using testing::Rolled;
using testing::Scaled;
using testing::Turned;

struct Row {
  const char* photo;
  std::function<DrawnFace()> make;
  ExpectedComponents expected;
};

// clang-format off
// Each in the order of kQualityMeasures: {native, score}.
const std::array kRows = {
    Row{"Plain", [] { return PlainFace(); },
        {{{99.84, 82}, {756.3, 99}, {0.78, 93}, {0.4616, 99}, {0.04736, 100}, {6.909, 86},
          {0.1652, 98}, {0, 100}, {0, 100}, {1, 100}}}},
    Row{"SlightlyBlurred", [] { return Blurred(PlainFace(), 1.5); },
        {{{99.84, 82}, {97.83, 82}, {0.7725, 93}, {0.4579, 99}, {0.03845, 100}, {7.008, 88},
          {0.02975, 99}, {0, 100}, {0, 100}, {1, 100}}}},
    Row{"StronglyBlurred", [] { return Blurred(PlainFace(), 5); },
        {{{99.84, 82}, {7.751, 6}, {0.775, 93}, {0.4477, 99}, {0.01227, 100}, {6.994, 87},
          {0.00383, 99}, {0, 100}, {0, 100}, {1, 100}}}},
    Row{"Darkened", [] { return Lit(PlainFace(), 0.3); },
        {{{99.84, 82}, {69.72, 72}, {1, 100}, {0.03702, 4}, {1, 0}, {3.252, 41},
          {0.04979, 99}, {0, 100}, {0, 100}, {1, 100}}}},
    Row{"Overexposed", [] { return Lit(PlainFace(), 2.2); },
        {{{99.84, 82}, {1596, 100}, {1, 100}, {0.9437, 5}, {0.01813, 100}, {1.073, 13},
          {0.4959, 98}, {0, 100}, {0, 100}, {1, 100}}}},
    Row{"SideLit", [] { return LitFromTheSide(PlainFace(), 0.1); },
        {{{99.84, 82}, {245.1, 95}, {0, 0}, {0.1305, 20}, {0.3531, 100}, {5.753, 72},
          {0.1493, 99}, {0, 100}, {0, 100}, {1, 100}}}},
    Row{"Jpeg95", [] { return Recompressed(PlainFace(), 95); },
        {{{99.84, 82}, {760.1, 99}, {0.7675, 92}, {0.4614, 99}, {0.04742, 100}, {6.925, 87},
          {0.3515, 98}, {0, 100}, {0, 100}, {1, 100}}}},
    Row{"Jpeg50", [] { return Recompressed(PlainFace(), 50); },
        {{{99.84, 82}, {719.9, 99}, {0.79, 93}, {0.4609, 99}, {0.04681, 100}, {6.922, 87},
          {1.304, 94}, {0, 100}, {0, 100}, {1, 100}}}},
    Row{"Jpeg20", [] { return Recompressed(PlainFace(), 20); },
        {{{99.84, 82}, {695.9, 99}, {0.795, 93}, {0.4615, 99}, {0.04651, 100}, {6.189, 77},
          {3.059, 63}, {0, 100}, {0, 100}, {1, 100}}}},
    Row{"Jpeg5", [] { return Recompressed(PlainFace(), 5); },
        {{{99.84, 82}, {651.4, 99}, {0.9175, 97}, {0.4618, 99}, {0.04749, 100}, {3.537, 44},
          {6.549, 2}, {0, 100}, {0, 100}, {1, 100}}}},
    Row{"RolledBy30Degrees", [] { return Rolled(PlainFace(), 30); },
        {{{99.84, 82}, {552.2, 99}, {0.775, 93}, {0.4611, 99}, {0.04565, 100}, {6.94, 87},
          {0.06449, 99}, {0, 100}, {29.98, 75}, {1, 100}}}},
    Row{"TurnedToTheRight", [] { return Turned(PlainFace(), 0.22); },
        {{{99.84, 82}, {753.7, 99}, {0.6575, 88}, {0.4584, 99}, {0.05322, 100}, {6.905, 86},
          {0.1743, 98}, {30.05, 75}, {0, 100}, {1, 100}}}},
    Row{"Small", [] { return Scaled(PlainFace(), 0.15); },
        {{{14.98, 6}, {31.02, 40}, {0.8075, 94}, {0.4544, 99}, {0.03668, 100}, {6.862, 86},
          {0, -1}, {0, 100}, {0, 100}, {1, 100}}}},
    Row{"CutByTheBorder", [] { return CutAtTheLeft(PlainFace(), 180); },
        {{{99.84, 82}, {746.5, 99}, {0, -1}, {0.4713, 99}, {0.05246, 100}, {6.838, 85},
          {0.2716, 98}, {0, 100}, {0, 100}, {0.7083, 10}}}},
    Row{"Greyscale", [] { return Grey(PlainFace()); },
        {{{99.84, 82}, {756.3, 99}, {0.77, 92}, {0.4677, 99}, {0.04736, 100}, {6.388, 80},
          {0.1652, 98}, {0, 100}, {0, 100}, {1, 100}}}},
};
// clang-format on

TEST(QualityConformanceTest, GivesEachPhotoTheTablesValues) {
  for (const Row& row : kRows) {
    testing::ExpectComponents(row.make().Measured(), row.expected, row.photo);
  }
}

int ScoreOf(const DrawnFace& face, QualityMeasure measure) {
  return ComponentOf(face.Measured(), measure)->score.value();
}

struct Flaw {
  DrawnFace face;
  QualityMeasure measure;
};

TEST(QualityConformanceTest, EachFlawLowersTheScoreOfItsMeasure) {
  const DrawnFace plain = PlainFace();
  EXPECT_TRUE(plain.Measured().flags.empty());
  for (const Flaw& flaw :
       {Flaw{Scaled(plain, 0.15), QualityMeasure::kInterEyeDistance},
        Flaw{Blurred(plain, 5), QualityMeasure::kSharpness},
        Flaw{LitFromTheSide(plain, 0.1), QualityMeasure::kIlluminationUniformity},
        Flaw{Lit(plain, 0.3), QualityMeasure::kLuminanceMean},
        Flaw{Lit(plain, 2.2), QualityMeasure::kLuminanceMean},
        Flaw{Lit(plain, 0.2), QualityMeasure::kUnderExposure},
        Flaw{Lit(plain, 2.2), QualityMeasure::kDynamicRange},
        Flaw{Recompressed(plain, 20), QualityMeasure::kCompressionArtifacts},
        Flaw{Turned(plain, -0.22), QualityMeasure::kHeadPoseYaw},
        Flaw{Rolled(plain, -30), QualityMeasure::kHeadPoseRoll},
        Flaw{CutAtTheLeft(plain, 180), QualityMeasure::kFaceInPicture}}) {
    EXPECT_LE(ScoreOf(flaw.face, flaw.measure), ScoreOf(plain, flaw.measure) - 20)
        << "measure " << static_cast<int>(flaw.measure);
  }
}

TEST(QualityConformanceTest, ColourDoesNotMatter) {
  const Quality plain = PlainFace().Measured();
  const Quality grey = Grey(PlainFace()).Measured();
  for (std::size_t i = 0; i < plain.components.size(); ++i) {
    if (plain.components[i].measure == QualityMeasure::kDynamicRange) continue;
    EXPECT_NEAR(grey.components[i].score.value(), plain.components[i].score.value(), 2);
  }
}

RC_GTEST_PROP(QualityConformanceProperties, MoreBlurIsNeverSharper, ()) {
  const double less = *rc::gen::inRange(3, 60) / 10.0;
  const double more = less + *rc::gen::inRange(1, 30) / 10.0;
  RC_ASSERT(Blurred(PlainFace(), more).Measured().sharpness <=
            Blurred(PlainFace(), less).Measured().sharpness);
}

RC_GTEST_PROP(QualityConformanceProperties, LessLightIsNeverBetterLit, ()) {
  const double less = *rc::gen::inRange(5, 90) / 100.0;
  const double more = less + *rc::gen::inRange(1, 10) / 100.0;
  const DrawnFace dark = Lit(PlainFace(), less);
  const DrawnFace light = Lit(PlainFace(), more);
  for (const QualityMeasure measure :
       {QualityMeasure::kLuminanceMean, QualityMeasure::kUnderExposure}) {
    RC_ASSERT(ScoreOf(dark, measure) <= ScoreOf(light, measure));
  }
}

RC_GTEST_PROP(QualityConformanceProperties, MoreCompressionIsNeverCleaner, ()) {
  const int less = *rc::gen::inRange(5, 60);
  const int more = less + *rc::gen::inRange(20, 35);
  RC_ASSERT(ScoreOf(Recompressed(PlainFace(), less), QualityMeasure::kCompressionArtifacts) <=
            ScoreOf(Recompressed(PlainFace(), more), QualityMeasure::kCompressionArtifacts));
}

RC_GTEST_PROP(QualityConformanceProperties, TheMoreTheBorderCutsTheWorse, ()) {
  const int less = *rc::gen::inRange(0, 300);
  const int more = less + *rc::gen::inRange(1, 60);
  RC_ASSERT(ScoreOf(CutAtTheLeft(PlainFace(), more), QualityMeasure::kFaceInPicture) <=
            ScoreOf(CutAtTheLeft(PlainFace(), less), QualityMeasure::kFaceInPicture));
}

RC_GTEST_PROP(QualityConformanceProperties, TheFartherTurnedTheWorse, ()) {
  const double less = *rc::gen::inRange(0, 50) / 100.0;
  const double more = less + *rc::gen::inRange(1, 20) / 100.0;
  const int sign = *rc::gen::element(-1, 1);
  RC_ASSERT(ScoreOf(Turned(PlainFace(), sign * more), QualityMeasure::kHeadPoseYaw) <=
            ScoreOf(Turned(PlainFace(), sign * less), QualityMeasure::kHeadPoseYaw));
  RC_ASSERT(ScoreOf(Rolled(PlainFace(), sign * 90 * more), QualityMeasure::kHeadPoseRoll) <=
            ScoreOf(Rolled(PlainFace(), sign * 90 * less), QualityMeasure::kHeadPoseRoll));
}

}  // namespace
}  // namespace homeward
