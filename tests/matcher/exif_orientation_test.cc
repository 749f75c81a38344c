#include "matcher/exif_orientation.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "tests/testing/synthetic_photo.h"

namespace homeward {
namespace {

using testing::Bytes;
using testing::ExifBlock;

TEST(ExifOrientationTest, ReadsAllEightInBothByteOrders) {
  for (int orientation = 1; orientation <= 8; ++orientation) {
    EXPECT_EQ(ReadExifOrientation(ExifBlock(orientation, false)), orientation);
    EXPECT_EQ(ReadExifOrientation(ExifBlock(orientation, true)), orientation);
  }
}

TEST(ExifOrientationTest, SkipsThePrefixOfJpeg) {
  const Bytes block = testing::Joined({{'E', 'x', 'i', 'f', 0, 0}, ExifBlock(6)});
  EXPECT_EQ(ReadExifOrientation(block), 6);
}

TEST(ExifOrientationTest, FindsTheTagBehindOthers) {
  Bytes block = ExifBlock(3);
  const Bytes other = {0x10, 1, 2, 0, 4, 0, 0, 0, 'O', 'w', 'l', 0};
  block[8] = 2;
  block.insert(block.begin() + 10, other.begin(), other.end());
  EXPECT_EQ(ReadExifOrientation(block), 3);
}

TEST(ExifOrientationTest, IsUprightWhenAnythingIsMalformed) {
  const auto changed = [](std::size_t at, std::uint8_t value) {
    Bytes block = ExifBlock(6);
    block[at] = value;
    return ReadExifOrientation(block);
  };
  EXPECT_EQ(ReadExifOrientation({}), 1);
  EXPECT_EQ(ReadExifOrientation(ExifBlock(0)), 1);
  EXPECT_EQ(ReadExifOrientation(ExifBlock(9)), 1);
  EXPECT_EQ(changed(0, 'M'), 1) << "two byte orders";
  EXPECT_EQ(changed(2, 43), 1) << "another magic number";
  EXPECT_EQ(changed(4, 200), 1) << "a directory behind the end";
  EXPECT_EQ(changed(7, 0xFF), 1) << "a directory far behind the end";
  EXPECT_EQ(changed(8, 0), 1) << "an empty directory";
  EXPECT_EQ(changed(10, 0x13), 1) << "another tag";
  EXPECT_EQ(changed(12, 4), 1) << "another type";
  EXPECT_EQ(changed(14, 2), 1) << "two values";
  EXPECT_EQ(changed(19, 1), 1) << "a value of two bytes";
}

TEST(ExifOrientationTest, IsUprightWhenTheBlockEndsEarly) {
  const Bytes block = ExifBlock(6);
  for (std::size_t size = 0; size < 20; ++size) {
    EXPECT_EQ(ReadExifOrientation(std::span(block).first(size)), 1) << size;
  }
  EXPECT_EQ(ReadExifOrientation(std::span(block).first(20)), 6);
}

RC_GTEST_PROP(ExifOrientationTest, StaysInRangeForAnyBytes, (const Bytes& tail, bool big_endian)) {
  Bytes block = ExifBlock(6, big_endian);
  block.resize(4);
  block.insert(block.end(), tail.begin(), tail.end());
  const int orientation = ReadExifOrientation(block);
  RC_ASSERT(orientation >= 1 && orientation <= 8);
}

// Where the top left pixel of a stored 3 x 2 picture has to go, and the one to the right of it.
struct Turning {
  int orientation;
  cv::Point first;
  cv::Point second;
};

TEST(ExifOrientationTest, TurnsEachOrientationUpright) {
  const Turning turnings[] = {{1, {0, 0}, {1, 0}}, {2, {2, 0}, {1, 0}}, {3, {2, 1}, {1, 1}},
                              {4, {0, 1}, {1, 1}}, {5, {0, 0}, {0, 1}}, {6, {1, 0}, {1, 1}},
                              {7, {1, 2}, {1, 1}}, {8, {0, 2}, {0, 1}}};
  for (const Turning& turning : turnings) {
    cv::Mat stored(2, 3, CV_8UC3, cv::Scalar::all(0));
    stored.at<cv::Vec3b>(0, 0) = {1, 1, 1};
    stored.at<cv::Vec3b>(0, 1) = {2, 2, 2};
    const cv::Mat upright = TurnUpright(stored, turning.orientation);
    const bool swapped = SwapsSides(turning.orientation);
    EXPECT_EQ(upright.size(), swapped ? cv::Size(2, 3) : cv::Size(3, 2)) << turning.orientation;
    EXPECT_EQ(upright.at<cv::Vec3b>(turning.first)[0], 1) << turning.orientation;
    EXPECT_EQ(upright.at<cv::Vec3b>(turning.second)[0], 2) << turning.orientation;
  }
}

}  // namespace
}  // namespace homeward
