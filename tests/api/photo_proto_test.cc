#include "server/api/photo_proto.h"

#include <gtest/gtest.h>

#include "matcher/quality_score.h"
#include "server/api/enum_proto.h"

namespace homeward {
namespace {

Face FaceWith(const Quality& quality) {
  Face face;
  face.quality = quality;
  return face;
}

TEST(PhotoProtoTest, TellsEachComponentWithTheVersionThatMeasuredIt) {
  Quality quality;
  quality.version = 7;
  quality.components = {Assessed(QualityMeasure::kInterEyeDistance, 70),
                        Assessed(QualityMeasure::kHeadPoseRoll, -90)};
  const v1::FaceQuality proto = ToProto(FaceWith(quality), true).quality();
  EXPECT_EQ(proto.quality_version(), 7);
  ASSERT_EQ(proto.components_size(), 2);
  EXPECT_EQ(proto.components(0).measure(), v1::INTER_EYE_DISTANCE);
  EXPECT_EQ(proto.components(0).native_value(), 70);
  EXPECT_EQ(proto.components(0).score(), 50);
  EXPECT_EQ(proto.components(1).measure(), v1::HEAD_POSE_ROLL);
  EXPECT_EQ(proto.components(1).native_value(), -90);
  EXPECT_EQ(proto.components(1).score(), 0);
}

TEST(PhotoProtoTest, AScoreThatCouldNotBeAssessedIsMinusOne) {
  Quality quality;
  quality.components = {Assessed(QualityMeasure::kCompressionArtifacts, std::nullopt)};
  const v1::FaceQuality proto = ToProto(FaceWith(quality), true).quality();
  EXPECT_EQ(proto.components(0).score(), -1);
  EXPECT_EQ(proto.components(0).native_value(), 0);
}

TEST(PhotoProtoTest, AFaceOfBeforeThereWasAVersionHasNoComponents) {
  const v1::FaceQuality proto = ToProto(FaceWith({.eye_distance_px = 61.5F}), true).quality();
  EXPECT_EQ(proto.eye_distance_px(), 61.5);
  EXPECT_EQ(proto.quality_version(), 0);
  EXPECT_EQ(proto.components_size(), 0);
}

// The contract knows every measure of this version, and no other.
TEST(PhotoProtoTest, EveryMeasureHasItsNameInTheContract) {
  const auto& measures = *v1::QualityMeasure_descriptor();
  EXPECT_EQ(measures.value_count(), static_cast<int>(kQualityMeasures.size()) + 1);
  for (const QualityMeasure measure : kQualityMeasures) {
    const auto proto = ToProtoEnum<v1::QualityMeasure>(measure);
    EXPECT_NE(measures.FindValueByNumber(proto), nullptr);
    EXPECT_NE(proto, v1::QUALITY_MEASURE_UNSPECIFIED);
  }
}

}  // namespace
}  // namespace homeward
