#include "matcher/photo.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>
#include <thread>

#include "matcher/exif_orientation.h"
#include "tests/testing/peak_memory.h"
#include "tests/testing/photo_bombs.h"
#include "tests/testing/photo_corpus.h"

namespace homeward {
namespace {

using testing::Bytes;
using testing::ExifBlock;
using testing::HostilePhoto;
using testing::MeanDifference;
using testing::SyntheticPicture;

// The stored picture that `orientation` turns into `upright`.
cv::Mat Stored(const cv::Mat& upright, int orientation) {
  // Quarter turns undo each other; every other orientation undoes itself.
  const int inverse = orientation == 6 ? 8 : orientation == 8 ? 6 : orientation;
  return TurnUpright(upright.clone(), inverse);
}

class PhotoOrientationTest : public ::testing::TestWithParam<int> {};

TEST_P(PhotoOrientationTest, IsAppliedInEveryFormat) {
  const int orientation = GetParam();
  const cv::Mat upright = SyntheticPicture(60, 40);
  const cv::Mat stored = Stored(upright, orientation);
  const Bytes exif = ExifBlock(orientation, orientation % 2 == 0);
  for (const Bytes& bytes :
       {testing::JpegWithExif(testing::MakeJpeg(stored), exif),
        testing::WithChunk(testing::MakePng(stored), testing::PngChunk("eXIf", exif)),
        testing::WebpWithExif(testing::MakeWebp(stored, {.lossless = true}), exif)}) {
    const auto photo = DecodePhoto(bytes);
    ASSERT_TRUE(photo) << photo.error().message;
    EXPECT_LT(MeanDifference(photo->bgr, upright), 3) << Name(photo->format);
    EXPECT_EQ(photo->original_width_px, 60);
    EXPECT_EQ(photo->original_height_px, 40);
    EXPECT_EQ(photo->decode_scale, 1);
  }
}

INSTANTIATE_TEST_SUITE_P(AllEight, PhotoOrientationTest, ::testing::Range(1, 9));

TEST(PhotoTest, ReportsTheUprightFullSizeOfAReducedPhoto) {
  const Bytes jpeg =
      testing::JpegWithExif(testing::MakeJpeg(SyntheticPicture(101, 75)), ExifBlock(6));
  const auto photo = DecodePhoto(jpeg, {.max_pixels = 5'000});
  ASSERT_TRUE(photo) << photo.error().message;
  EXPECT_EQ(photo->decode_scale, 0.5);
  EXPECT_EQ(photo->bgr.size(), cv::Size(38, 51));
  EXPECT_EQ(photo->original_width_px, 75);
  EXPECT_EQ(photo->original_height_px, 101);
}

TEST(PhotoTest, RefusesABombBeforeAnyDecoder) {
  const Bytes png = testing::MakeBlackPng(16'000, 16'000);
  EXPECT_LE(png.size(), 32'500u);
  for (const Bytes& bomb : {png, testing::JpegHeaderOnly(65'500, 65'500)}) {
    Reason reason = Reason::kInternal;
    const auto peak = testing::PeakGrowth([&] { reason = DecodePhoto(bomb).error().reason; });
    EXPECT_EQ(reason, Reason::kPhotoDimensionsTooLarge);
    EXPECT_LE(peak.value_or(0), 10'000'000);
    EXPECT_EQ(ReadPhotoHeader(bomb, {}).error().reason, reason);
  }
}

using Outcomes = std::set<std::string_view>;

// What DecodePhoto may say to each family. PHOTO_TRUNCATED stands beside PHOTO_CORRUPT where a
// damaged length looks like an early end.
const std::map<std::string, Outcomes>& OutcomesOfFamilies() {
  static const Outcomes damaged = {"PHOTO_TRUNCATED", "PHOTO_CORRUPT"};
  static const std::map<std::string, Outcomes> outcomes = {
      {"truncated", {"PHOTO_TRUNCATED"}},
      {"pixel_bomb", {"PHOTO_DIMENSIONS_TOO_LARGE"}},
      {"giant_jpeg", {"PHOTO_DIMENSIONS_TOO_LARGE"}},
      {"scan_bomb", {"PHOTO_CORRUPT"}},
      {"two_formats", {"OK", "PHOTO_FORMAT_UNSUPPORTED"}},
      {"four_inks", {"OK"}},
      {"sixteen_bit", {"OK"}},
      {"interlaced", {"OK"}},
      {"animated", {"PHOTO_ANIMATED"}},
      {"metadata_bomb", {"OK"}},
      {"wrong_magic", {"PHOTO_TRUNCATED", "PHOTO_CORRUPT", "PHOTO_FORMAT_UNSUPPORTED"}},
      {"foreign_format", {"PHOTO_FORMAT_UNSUPPORTED"}},
      {"tiny", {"PHOTO_EMPTY", "PHOTO_TRUNCATED", "PHOTO_FORMAT_UNSUPPORTED"}},
      {"bit_flips",
       {"OK", "PHOTO_TRUNCATED", "PHOTO_CORRUPT", "PHOTO_DIMENSIONS_TOO_LARGE",
        "PHOTO_FORMAT_UNSUPPORTED", "PHOTO_ANIMATED"}},
      {"broken_structure", {"OK", "PHOTO_TRUNCATED", "PHOTO_CORRUPT", "PHOTO_FORMAT_UNSUPPORTED"}},
  };
  return outcomes;
}

std::string_view Outcome(const Bytes& bytes) {
  const auto photo = DecodePhoto(bytes);
  return photo ? "OK" : Name(photo.error().reason);
}

TEST(PhotoTest, GivesEachHostilePhotoTheAnswerOfItsFamily) {
  const std::vector<HostilePhoto> photos = testing::HostilePhotos();
  EXPECT_GE(photos.size(), 300u);
  std::map<std::string, int> members;
  std::set<std::string> names;
  for (const HostilePhoto& photo : photos) {
    ++members[photo.family];
    EXPECT_TRUE(names.insert(photo.name).second) << photo.name << " is not the only one";
    EXPECT_LE(photo.bytes.size(), 100'000u) << photo.name;
    const std::string_view outcome = Outcome(photo.bytes);
    ASSERT_TRUE(OutcomesOfFamilies().contains(photo.family)) << photo.family;
    EXPECT_TRUE(OutcomesOfFamilies().at(photo.family).contains(outcome))
        << photo.name << ": " << outcome;
  }
  EXPECT_EQ(members.size(), OutcomesOfFamilies().size());
  EXPECT_GE(members.size(), 14u);
  for (const auto& [family, count] : members) EXPECT_GE(count, 20) << family;
}

TEST(PhotoTest, SpendsLittleMemoryOnHostilePhotos) {
  if (!testing::kPeaksAreMeaningful) GTEST_SKIP() << "sanitizers keep freed memory";
  const std::vector<HostilePhoto> photos = testing::HostilePhotos();
  for (const HostilePhoto& photo : photos) {
    const auto peak = testing::PeakGrowth([&] { static_cast<void>(DecodePhoto(photo.bytes)); });
    if (!peak) GTEST_SKIP() << "this kernel does not tell peaks";
    EXPECT_LE(*peak, 10'000'000) << photo.name;
  }
}

TEST(PhotoTest, SaysTruncatedWhereverAPhotoIsCut) {
  for (const testing::Sample& sample : testing::Samples()) {
    for (std::size_t size = 1; size < sample.bytes.size(); ++size) {
      const Bytes cut(&sample.bytes[0], &sample.bytes[size]);
      EXPECT_EQ(Outcome(cut), "PHOTO_TRUNCATED") << sample.name << " at " << size;
    }
  }
}

RC_GTEST_PROP(PhotoTest, GivesATypedAnswerToAnyDamage, ()) {
  const Bytes whole = (*rc::gen::elementOf(testing::Samples())).bytes;
  for (int round = 0; round < 50; ++round) {
    Bytes bytes = whole;
    const int changes = *rc::gen::inRange(1, 20);
    for (int i = 0; i < changes; ++i) {
      bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<std::uint8_t>();
    }
    if (round % 4 == 0) bytes.resize(*rc::gen::inRange<std::size_t>(0, bytes.size()));
    const auto photo = DecodePhoto(bytes);
    if (photo) {
      RC_ASSERT(photo->bgr.type() == CV_8UC3);
      RC_ASSERT(!photo->bgr.empty());
    } else {
      RC_ASSERT(photo.error().reason != Reason::kInternal);
      RC_ASSERT(!photo.error().message.empty());
    }
  }
}

RC_GTEST_PROP(PhotoTest, GivesATypedAnswerToAnyBytes, (const Bytes& bytes)) {
  const auto photo = DecodePhoto(bytes);
  RC_ASSERT(!photo);
  RC_ASSERT(photo.error().reason != Reason::kInternal);
}

TEST(PhotoTest, DecodesOnSeveralThreadsAtOnce) {
  std::vector<std::thread> threads;
  std::vector<int> decoded(4);
  for (int& count : decoded) {
    threads.emplace_back([&count] {
      for (int round = 0; round < 20; ++round) {
        for (const testing::Sample& sample : testing::Samples()) {
          count += DecodePhoto(sample.bytes).has_value();
          count += DecodePhoto(std::span(sample.bytes).first(100)).has_value();
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(decoded, ::testing::Each(20 * std::ssize(testing::Samples())));
}

TEST(PhotoTest, SlowKeepsATurnedPhotoOfTwentyFourMegapixelsWithin150Megabytes) {
  if (!testing::kPeaksAreMeaningful) GTEST_SKIP() << "sanitizers keep freed memory";
  const Bytes jpeg =
      testing::JpegWithExif(testing::MakeJpeg(SyntheticPicture(6'000, 4'000)), ExifBlock(6));
  bool decoded = false;
  const auto peak = testing::PeakGrowth([&] { decoded = DecodePhoto(jpeg).has_value(); });
  if (!peak) GTEST_SKIP() << "this kernel does not tell peaks";
  EXPECT_TRUE(decoded);
  EXPECT_LE(*peak, 150'000'000);
}

}  // namespace
}  // namespace homeward
