#include "server/store/face_json.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>

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
  face.quality = {n[14], n[15], n[16], n[17], n[18], {QualityFlag::kAtBorder}};
  const Face read = Must(ReadGeometry(Must(GeometryOf(face))));
  RC_ASSERT(read.box == face.box);
  RC_ASSERT(read.landmarks == face.landmarks);
  RC_ASSERT(read.quality.eye_distance_px == n[14]);
  RC_ASSERT(read.quality.sharpness == n[15]);
  RC_ASSERT(read.quality.brightness == n[16]);
  RC_ASSERT(read.quality.roll_degrees == n[17]);
  RC_ASSERT(read.quality.yaw == n[18]);
  RC_ASSERT(read.quality.flags == face.quality.flags);
}

TEST(FaceJsonTest, RefusesNumbersThatAreNotFinite) {
  Face face;
  face.quality.yaw = std::numeric_limits<float>::infinity();
  EXPECT_EQ(Outcome(GeometryOf(face)), "INTERNAL");
}

TEST(FaceJsonTest, CallsWhatItWouldNotHaveWrittenDamage) {
  for (const char* json : {R"({"box":[1,2,3]})", R"({"box":{}})", R"({"landmarks":[[1,2]]})",
                           R"({"quality":{"flags":[6]}})", R"({"quality":{"yaw":"left"}})"}) {
    EXPECT_EQ(Outcome(ReadGeometry(json)), "STORE_CORRUPT") << json;
  }
}

}  // namespace
}  // namespace homeward
