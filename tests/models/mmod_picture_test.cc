#include "models/mmod_detector.h"

#include <gtest/gtest.h>

#include "models/onednn_convolution.h"
#include "models/onednn_detector.h"
#include "tests/models/face_samples.h"

namespace homeward {
namespace {

// dlib's pyramid writes past its end for these; a sanitizer would tell.
TEST(MmodPictureTest, TinyAndNarrowPicturesAreLookedAtToo) {
  const auto weights = testing::ReadFile(testing::WeightsFolder() / "mmod_human_face_detector.dat");
  const auto dlib = MmodDetector::Load(weights).value();
  const auto fast = OnednnDetector::Build(weights, Precision::kFloat32);
  for (const cv::Size size : {cv::Size(1, 1), cv::Size(7, 300), cv::Size(300, 7)}) {
    const cv::Mat picture(size, CV_8UC3, cv::Scalar::all(90));
    EXPECT_TRUE(dlib->Detect(picture)) << size;
    if (!OnednnIsFastHere()) continue;
    EXPECT_TRUE((*fast)->Detect(picture)) << size;
  }
}

}  // namespace
}  // namespace homeward
