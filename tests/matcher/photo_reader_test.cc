#include "matcher/photo_reader.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "tests/testing/fake_face_ports.h"
#include "tests/testing/photo_corpus.h"

namespace homeward {
namespace {

using testing::Bytes;

// A white disc on black; its middle is found to a fraction of a pixel in every copy.
constexpr int kWidth = 203;
constexpr int kHeight = 149;
const cv::Point kDisc{70, 90};

cv::Mat Disc() {
  cv::Mat picture(kHeight, kWidth, CV_8UC3, cv::Scalar::all(0));
  cv::circle(picture, kDisc, 24, cv::Scalar::all(255), cv::FILLED, cv::LINE_AA);
  return picture;
}

cv::Point2f MiddleOfDisc(const cv::Mat& bgr) {
  cv::Mat grey;
  cv::cvtColor(bgr, grey, cv::COLOR_BGR2GRAY);
  cv::threshold(grey, grey, 60, 0, cv::THRESH_TOZERO);
  const cv::Moments moments = cv::moments(grey);
  return {static_cast<float>(moments.m10 / moments.m00),
          static_cast<float>(moments.m01 / moments.m00)};
}

class CopiesTest : public ::testing::TestWithParam<int> {};

TEST_P(CopiesTest, PointsOfEveryCopyAreTheWholePicturesHoweverItWasTurned) {
  const Bytes jpeg = testing::JpegWithExif(testing::MakeJpeg(Disc(), {.quality = 95}),
                                           testing::ExifBlock(GetParam()));
  auto photo = PhotoReader::Open(jpeg).value();
  const Photo whole = DecodePhoto(jpeg).value();
  EXPECT_EQ(photo.size(), whole.bgr.size());
  EXPECT_EQ(photo.most_reduction(), 8);
  const cv::Point2f middle = MiddleOfDisc(whole.bgr);
  for (const int reduction : {1, 2, 4, 8}) {
    const PhotoCopy& copy = **photo.At(reduction);
    EXPECT_EQ(copy.photo.reduction, reduction);
    EXPECT_EQ(copy.photo.bgr.cols, (whole.bgr.cols + reduction - 1) / reduction);
    const cv::Point2f there = MiddleOfDisc(copy.photo.bgr);
    EXPECT_LT(cv::norm(copy.ToWhole(there) - middle), 0.35) << reduction;
    EXPECT_LT(cv::norm(copy.FromWhole(middle) - there), 0.2) << reduction;
  }
}

INSTANTIATE_TEST_SUITE_P(EveryOrientation, CopiesTest, ::testing::Range(1, 9));

TEST(PhotoReaderTest, TheLargestCopyIsWhatIsDecodedOtherwise) {
  const Bytes jpeg = testing::MakeJpeg(testing::SyntheticPicture(90, 61));
  auto photo = PhotoReader::Open(jpeg).value();
  const PhotoCopy& whole = **photo.At(1);
  EXPECT_EQ(testing::MeanDifference(whole.photo.bgr, DecodePhoto(jpeg)->bgr), 0);
  const cv::Point2f point(0.1F, 60.7F);
  EXPECT_EQ(whole.ToWhole(point), point);
  EXPECT_EQ(whole.FromWhole(point), point);
}

TEST(PhotoReaderTest, ACopyIsDecodedOnce) {
  const Bytes jpeg = testing::MakeJpeg(testing::SyntheticPicture(90, 61));
  auto photo = PhotoReader::Open(jpeg).value();
  EXPECT_EQ(*photo.At(2), *photo.At(2));
}

TEST(PhotoReaderTest, APictureThatTheLimitsReduceIsWholeAllTheSame) {
  const Bytes jpeg = testing::MakeJpeg(testing::SyntheticPicture(101, 75));
  auto photo = PhotoReader::Open(jpeg, {.max_pixels = 5'000}).value();
  EXPECT_EQ(photo.size(), cv::Size(51, 38));
  EXPECT_EQ(photo.most_reduction(), 4);
  EXPECT_EQ((*photo.At(4))->photo.bgr.size(), cv::Size(13, 10));
}

TEST(PhotoReaderTest, OtherFormatsAndPixelsHaveNoSmallerCopies) {
  const cv::Mat picture = testing::SyntheticPicture(64, 48);
  const Bytes png = testing::MakePng(picture);
  auto decoded = PhotoReader::Open(png).value();
  EXPECT_EQ(decoded.most_reduction(), 1);
  EXPECT_EQ(testing::MeanDifference((*decoded.At(1))->photo.bgr, picture), 0);
  PhotoReader pixels(testing::PhotoOf(picture));
  EXPECT_EQ(pixels.size(), picture.size());
  EXPECT_EQ((*pixels.At(1))->photo.bgr.data, picture.data);
}

TEST(PhotoReaderTest, RefusesWhatDecodePhotoRefuses) {
  Bytes torn = testing::MakeJpeg(testing::SyntheticPicture(200, 100));
  torn.resize(torn.size() / 2);
  const Reason reason = DecodePhoto(torn).error().reason;
  auto photo = PhotoReader::Open(torn);
  ASSERT_TRUE(photo);  // its header is whole
  for (const int reduction : {8, 1}) EXPECT_EQ(photo->At(reduction).error().reason, reason);
  EXPECT_EQ(PhotoReader::Open(Bytes{}).error().reason, Reason::kPhotoEmpty);
}

}  // namespace
}  // namespace homeward
