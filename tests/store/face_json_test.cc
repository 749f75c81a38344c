#include "server/store/face_json.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>
#include <optional>

#include "tests/store/outcome.h"

namespace homeward {
namespace {

TEST(FaceJsonTest, HoldsWhatIsKnownAndNothingElse) {
  Face face;
  EXPECT_EQ(Must(GeometryOf(face)), "{}");
  face.box = {1, 2.5f, 3, 4};
  face.found_by = DetectionStage::kTurned;
  face.quality.flags = {QualityFlag::kDark, QualityFlag::kTooSmall};
  EXPECT_EQ(Must(GeometryOf(face)),
            R"({"box":[1.0,2.5,3.0,4.0],"found_by":3,"quality":{"flags":[2,0]}})");
}

RC_GTEST_PROP(FaceJsonTest, GivesEveryNumberBack, (const std::array<float, 19>& n)) {
  RC_PRE(std::ranges::all_of(n, [](float each) { return std::isfinite(each); }));
  Face face;
  face.box = {n[0], n[1], n[2], n[3]};
  face.landmarks = {{{n[4], n[5]}, {n[6], n[7]}, {n[8], n[9]}, {n[10], n[11]}, {n[12], n[13]}}};
  face.quality = {.eye_distance_px = n[14],
                  .sharpness = n[15],
                  .brightness = n[16],
                  .roll_degrees = n[17],
                  .yaw = n[18],
                  .flags = {QualityFlag::kAtBorder},
                  .version = kQualityVersion,
                  .components = {{QualityMeasure::kInterEyeDistance, n[14], 0},
                                 {QualityMeasure::kFaceInPicture, n[15], 100},
                                 {QualityMeasure::kSharpness, 0, std::nullopt}}};
  const Face read = Must(ReadGeometry(Must(GeometryOf(face))));
  RC_ASSERT(read.box == face.box);
  RC_ASSERT(read.landmarks == face.landmarks);
  RC_ASSERT(read.quality.eye_distance_px == n[14]);
  RC_ASSERT(read.quality.sharpness == n[15]);
  RC_ASSERT(read.quality.brightness == n[16]);
  RC_ASSERT(read.quality.roll_degrees == n[17]);
  RC_ASSERT(read.quality.yaw == n[18]);
  RC_ASSERT(read.quality.flags == face.quality.flags);
  RC_ASSERT(read.quality.version == kQualityVersion);
  RC_ASSERT(read.quality.components == face.quality.components);
}

// As rows were written before there were components.
TEST(FaceJsonTest, ReadsAFaceOfBeforeThereWasAVersionOfQuality) {
  const Face face = Must(ReadGeometry(
      R"({"box":[1,2,3,4],"found_by":1,"landmarks":[[1,2],[3,4],[5,6],[7,8],[9,10]],)"
      R"("quality":{"brightness":120.0,"eye_distance_px":61.5,"flags":[1],"sharpness":80.3}})"));
  EXPECT_EQ(face.quality.eye_distance_px, 61.5F);
  EXPECT_EQ(face.quality.sharpness, 80.3F);
  EXPECT_EQ(face.quality.flags, std::vector{QualityFlag::kBlurred});
  EXPECT_EQ(face.quality.version, 0);
  EXPECT_TRUE(face.quality.components.empty());
}

TEST(FaceJsonTest, KeepsTheComponentsOfAnotherVersionAsTheyAre) {
  const Face face = Must(ReadGeometry(
      R"({"quality":{"components":[{"measure":1,"native":2.5,"score":7}],"version":99}})"));
  EXPECT_EQ(face.quality.version, 99);
  EXPECT_EQ(face.quality.components,
            (std::vector{QualityComponent{QualityMeasure::kSharpness, 2.5F, 7}}));
}

TEST(FaceJsonTest, TellsAScoreOfNoughtFromOneThatCouldNotBeAssessed) {
  Face face;
  face.quality.components = {{QualityMeasure::kSharpness, 0, 0},
                             {QualityMeasure::kSharpness, 0, std::nullopt}};
  EXPECT_EQ(Must(GeometryOf(face)),
            R"({"quality":{"components":[{"measure":1,"score":0},{"measure":1}]}})");
}

TEST(FaceJsonTest, RefusesNumbersThatAreNotFinite) {
  Face face;
  face.quality.yaw = std::numeric_limits<float>::infinity();
  EXPECT_EQ(Outcome(GeometryOf(face)), "INTERNAL");
}

TEST(FaceJsonTest, CallsWhatItWouldNotHaveWrittenDamage) {
  for (const char* json : {R"({"box":[1,2,3]})", R"({"box":{}})", R"({"landmarks":[[1,2]]})",
                           R"({"quality":{"flags":[6]}})", R"({"quality":{"yaw":"left"}})",
                           R"({"quality":{"components":[{"measure":200}]}})"}) {
    EXPECT_EQ(Outcome(ReadGeometry(json)), "STORE_CORRUPT") << json;
  }
}

}  // namespace
}  // namespace homeward
