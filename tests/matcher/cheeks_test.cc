#include "matcher/cheeks.h"

#include <gtest/gtest.h>

#include "matcher/face_patch.h"

namespace homeward {
namespace {

constexpr int kSide = FacePatch::kSide;

TEST(CheeksTest, LieWithinThePatchBesideTheNose) {
  const cv::Rect patch(0, 0, kSide, kSide);
  const cv::Point nose(static_cast<int>(kMeanFace[4][0] * kSide),
                       static_cast<int>(kMeanFace[4][1] * kSide));
  for (const cv::Rect& cheek : {LeftCheek(), RightCheek()}) {
    EXPECT_EQ(cheek & patch, cheek);
    EXPECT_FALSE(cheek.contains(nose));
    EXPECT_GE(cheek.area(), 300);
  }
  EXPECT_LT(LeftCheek().br().x, nose.x);
  EXPECT_GT(RightCheek().x, nose.x);
}

TEST(CheeksTest, AreAsFarFromTheMiddleAtTheSameHeight) {
  EXPECT_EQ(LeftCheek().size(), RightCheek().size());
  EXPECT_EQ(LeftCheek().y, RightCheek().y);
  const int middle = static_cast<int>((kMeanFace[1][0] + kMeanFace[3][0]) / 2 * kSide);
  EXPECT_NEAR(middle - LeftCheek().br().x, RightCheek().x - middle, 2);
}

}  // namespace
}  // namespace homeward
