#include "server/records/face_comparison.h"

#include <gtest/gtest.h>

#include "tests/testing/enrolment_stories.h"

namespace homeward {
namespace {

using namespace homeward::testing;

class FaceComparisonTest : public ::testing::Test {
 protected:
  Result<FaceComparison> Compare(const std::vector<std::uint8_t>& first,
                                 const std::vector<std::uint8_t>& second) {
    return CompareFaces(book_, IntentFor("CompareFaces"), {.bytes = first, .face_box = {}},
                        {.bytes = second, .face_box = {}});
  }

  CasebookFolder folder_;
  Casebook& book_ = folder_.book();
};

TEST_F(FaceComparisonTest, TellsTheDistanceAndOnWhichSideOfTheThresholdItIs) {
  const auto same = Compare(PhotoOf(1), PhotoOf(1, 5)).value();
  EXPECT_NEAR(same.distance, 0.15, 1e-5);
  EXPECT_TRUE(same.above_operating_point);
  const auto different = Compare(PhotoOf(1), PhotoOf(2)).value();
  EXPECT_GT(different.distance, kSyntheticThreshold);
  EXPECT_FALSE(different.above_operating_point);
}

TEST_F(FaceComparisonTest, IsZeroForTheSamePhotoAndTheSameBothWays) {
  EXPECT_EQ(Compare(PhotoOf(3), PhotoOf(3)).value().distance, 0);
  EXPECT_EQ(Compare(PhotoOf(3), PhotoOf(4)).value().distance,
            Compare(PhotoOf(4), PhotoOf(3)).value().distance);
}

TEST_F(FaceComparisonTest, SaysWhichOfThePhotosCannotBeCompared) {
  const auto blank = PhotoOf(std::vector<SyntheticFace>());
  const auto first = Compare(blank, PhotoOf(1));
  EXPECT_EQ(ReasonOf(first), Reason::kNoFaceFound);
  EXPECT_EQ(first.error().metadata.at("photo"), "first");
  const auto second = Compare(PhotoOf(1), {});
  EXPECT_EQ(ReasonOf(second), Reason::kPhotoEmpty);
  EXPECT_EQ(second.error().metadata.at("photo"), "second");
}

TEST_F(FaceComparisonTest, NeedsAPurposeAndStoresNothing) {
  Intent intent = IntentFor("CompareFaces");
  intent.purpose.clear();
  EXPECT_EQ(ReasonOf(CompareFaces(book_, intent, {}, {})), Reason::kPurposeMissing);
  Compare(PhotoOf(1), PhotoOf(1)).value();
  EXPECT_TRUE(book_.store().ListSearches("", {}).value().empty());
  EXPECT_EQ(folder_.StoredPhotoCount(), 0);
}

}  // namespace
}  // namespace homeward
