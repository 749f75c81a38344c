#include "matcher/face_cascade.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "tests/testing/fake_face_ports.h"
#include "tests/testing/synthetic_photo.h"

namespace homeward {
namespace {

using testing::FakeCascade;
using testing::MeanFaceLandmarker;
using testing::PictureOf;
using testing::RedDetector;

const RedDetector::Sight kSharp{};
const RedDetector::Sight kBlind{.least_px = 1'000'000};
const RedDetector::Sight kBroken{.error = Error{.reason = Reason::kInternal, .message = "broken"}};

constexpr float kSlackPx = 6;

auto FindFirst(FaceCascade& cascade, const cv::Mat& bgr) {
  PhotoReader photo(testing::PhotoOf(bgr));
  return cascade.FindFirst(photo);
}

auto FindAll(FaceCascade& cascade, const cv::Mat& bgr) {
  PhotoReader photo(testing::PhotoOf(bgr));
  return cascade.FindAll(photo);
}

auto FindIn(FaceCascade& cascade, const cv::Mat& bgr, const cv::Rect2f& box) {
  PhotoReader photo(testing::PhotoOf(bgr));
  return cascade.FindIn(photo, box);
}

void ExpectNear(const cv::Rect2f& box, const cv::Rect& face) {
  EXPECT_NEAR(box.x, face.x, kSlackPx);
  EXPECT_NEAR(box.y, face.y, kSlackPx);
  EXPECT_NEAR(box.width, face.width, kSlackPx);
}

TEST(FaceCascadeTest, FirstFaceStopsAtHogWhenItFindsOne) {
  FakeCascade fake;
  FaceCascade cascade = fake.Make(kSharp, kSharp);
  const cv::Rect face(100, 60, 120, 120);
  const auto faces = FindFirst(cascade, PictureOf({640, 480}, {face}));
  ASSERT_TRUE(faces);
  ASSERT_EQ(faces->size(), 1U);
  EXPECT_EQ(faces->front().found_by, DetectionStage::kHog);
  ExpectNear(faces->front().box, face);
  EXPECT_TRUE(fake.mmod_saw.empty());
}

TEST(FaceCascadeTest, EveryFaceTakesBothDetectorsAndTellsAFaceOnce) {
  FakeCascade fake;
  FaceCascade cascade = fake.Make(kSharp, kSharp);
  const auto faces =
      FindAll(cascade, PictureOf({640, 480}, {{100, 60, 120, 120}, {400, 200, 90, 90}}));
  ASSERT_TRUE(faces);
  EXPECT_EQ(faces->size(), 2U);
  EXPECT_EQ(fake.mmod_saw.size(), 1U);
}

TEST(FaceCascadeTest, ASecondFaceThatOnlyMmodSeesIsNotOverlooked) {
  FakeCascade fake;
  // On a copy of 1600 x 1200 the large face has 500 px and the small one 200.
  FaceCascade cascade = fake.Make({.least_px = 300}, kSharp);
  const auto faces =
      FindAll(cascade, PictureOf({640, 480}, {{100, 60, 200, 200}, {500, 300, 80, 80}}));
  ASSERT_TRUE(faces);
  ASSERT_EQ(faces->size(), 2U);
  EXPECT_EQ((*faces)[0].found_by, DetectionStage::kHog);
  EXPECT_EQ((*faces)[1].found_by, DetectionStage::kMmod);
}

TEST(FaceCascadeTest, AFaceThatNeedsSurroundingsIsFoundWithABorder) {
  FakeCascade fake;
  FaceCascade cascade = fake.Make(kBlind, {.needs_grey_border = true});
  const cv::Rect face(0, 0, 100, 100);
  const auto faces = FindFirst(cascade, PictureOf({110, 120}, {face}));
  ASSERT_TRUE(faces);
  ASSERT_EQ(faces->size(), 1U);
  EXPECT_EQ(faces->front().found_by, DetectionStage::kBordered);
  ExpectNear(faces->front().box, face);
}

TEST(FaceCascadeTest, ASmallPictureIsEnlarged) {
  FakeCascade fake;
  FaceCascade cascade = fake.Make({.least_px = 80}, {.least_px = 80});
  const cv::Rect face(20, 20, 45, 45);
  const auto faces = FindFirst(cascade, PictureOf({100, 90}, {face}));
  ASSERT_TRUE(faces);
  ASSERT_EQ(faces->size(), 1U);
  ExpectNear(faces->front().box, face);
}

TEST(FaceCascadeTest, ASmallFaceInALargePictureIsFoundAfterAMiss) {
  FakeCascade fake;
  FaceCascade cascade = fake.Make({.least_px = 80}, {.least_px = 80});
  const cv::Rect face(2000, 1200, 150, 150);
  const auto faces = FindFirst(cascade, PictureOf({4000, 3000}, {face}));
  ASSERT_TRUE(faces);
  ASSERT_EQ(faces->size(), 1U);
  EXPECT_EQ(faces->front().found_by, DetectionStage::kHog);
}

TEST(FaceCascadeTest, ASmallFaceInASmallPictureIsFoundAfterAMiss) {
  FakeCascade fake;
  FaceCascade cascade = fake.Make({.least_px = 80}, {.least_px = 80});
  const cv::Rect face(400, 120, 24, 24);
  const auto faces = FindFirst(cascade, PictureOf({640, 480}, {face}));
  ASSERT_TRUE(faces);
  ASSERT_EQ(faces->size(), 1U);
  EXPECT_EQ(faces->front().found_by, DetectionStage::kHog);
  ExpectNear(faces->front().box, face);
}

TEST(FaceCascadeTest, WhatIsSmallerThanAnyFaceOnTheLargestCopyIsAMiss) {
  FakeCascade fake;
  FaceCascade cascade = fake.Make({.least_px = 50}, kBlind);
  const auto faces = FindFirst(cascade, PictureOf({640, 480}, {{400, 120, 15, 15}}));
  ASSERT_TRUE(faces);
  EXPECT_TRUE(faces->empty());
}

TEST(FaceCascadeTest, AFaceThatOnlyMmodSeesIsFoundAnywhereInALargePicture) {
  for (const cv::Point corner : {cv::Point(20, 30), cv::Point(1850, 50), cv::Point(50, 1350),
                                 cv::Point(1860, 1360), cv::Point(940, 690)}) {
    const cv::Rect face(corner, cv::Size(120, 120));
    FakeCascade fake;
    FaceCascade cascade = fake.Make(kBlind, {.least_px = 80});
    const auto faces = FindFirst(cascade, PictureOf({2000, 1500}, {face}));
    ASSERT_TRUE(faces);
    ASSERT_EQ(faces->size(), 1U) << face;
    EXPECT_EQ(faces->front().found_by, DetectionStage::kMmod);
    ExpectNear(faces->front().box, face);
  }
}

TEST(FaceCascadeTest, ABoxWithoutAFaceInItIsAMiss) {
  for (const auto answer :
       {MeanFaceLandmarker::Answer::kNothing, MeanFaceLandmarker::Answer::kNoFace}) {
    FakeCascade fake;
    FaceCascade cascade = fake.Make(kSharp, kSharp, answer);
    const auto faces = FindFirst(cascade, PictureOf({640, 480}, {{100, 60, 120, 120}}));
    ASSERT_TRUE(faces);
    EXPECT_TRUE(faces->empty());
    EXPECT_GT(fake.hog_saw.size(), 5U);  // it went on to turned copies
  }
}

TEST(FaceCascadeTest, WorksWithoutTheSecondDetector) {
  std::vector<cv::Size> seen;
  FaceCascade cascade({.hog = std::make_unique<RedDetector>(kSharp, seen), .mmod = nullptr},
                      std::make_shared<MeanFaceLandmarker>());
  EXPECT_EQ(FindAll(cascade, PictureOf({640, 480}, {{100, 60, 120, 120}}))->size(), 1U);
}

PhotoReader ReaderOf(const std::vector<std::uint8_t>& jpeg) {
  return PhotoReader::Open(jpeg).value();
}

TEST(FaceCascadeTest, ALargeFaceOfALargePhotoIsFoundOnASmallCopyAndToldInTheWholePicture) {
  const cv::Rect face(800, 600, 1000, 1000);
  const auto jpeg = testing::MakeJpeg(PictureOf({4000, 3000}, {face}));
  PhotoReader photo = ReaderOf(jpeg);
  FakeCascade fake;
  FaceCascade cascade = fake.Make({.least_px = 80}, kSharp);
  const auto faces = cascade.FindFirst(photo);
  ASSERT_TRUE(faces);
  ASSERT_EQ(faces->size(), 1U);
  ExpectNear(faces->front().box, face);
  EXPECT_EQ(fake.hog_saw, std::vector{cv::Size(400, 300)});
  EXPECT_EQ(fake.landmarks_saw, std::vector{cv::Size(1000, 750)});
}

TEST(FaceCascadeTest, LandmarksOfASmallFaceAreFittedAgainOnTheCopyThatItsChipIsCutFrom) {
  const cv::Rect face(1600, 1000, 330, 330);
  const auto jpeg = testing::MakeJpeg(PictureOf({4000, 3000}, {face}));
  PhotoReader photo = ReaderOf(jpeg);
  FakeCascade fake;
  FaceCascade cascade = fake.Make(kSharp, kSharp);
  const auto faces = cascade.FindFirst(photo);
  ASSERT_TRUE(faces);
  ASSERT_EQ(faces->size(), 1U);
  ExpectNear(faces->front().box, face);
  EXPECT_EQ(fake.landmarks_saw, (std::vector{cv::Size(1000, 750), cv::Size(4000, 3000)}));
}

TEST(FaceCascadeTest, AGivenBoxIsLookedAtInItsOwnResolution) {
  const cv::Rect face(1600, 1000, 200, 200);
  const auto jpeg = testing::MakeJpeg(PictureOf({4000, 3000}, {face}));
  PhotoReader photo = ReaderOf(jpeg);
  FakeCascade fake;
  FaceCascade cascade = fake.Make({.least_px = 80}, kSharp);
  const auto found = cascade.FindIn(photo, cv::Rect2f(face));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->found_by, DetectionStage::kHog);
  ExpectNear(found->box, face);
}

TEST(FaceCascadeTest, ADetectorsErrorIsTold) {
  FakeCascade fake;
  FaceCascade cascade = fake.Make(kBroken, kSharp);
  const cv::Mat picture = PictureOf({640, 480}, {});
  EXPECT_EQ(FindAll(cascade, picture).error().message, "broken");
  EXPECT_EQ(FindFirst(cascade, picture).error().message, "broken");
  EXPECT_EQ(FindIn(cascade, picture, {10, 10, 50, 50}).error().message, "broken");
}

RC_GTEST_PROP(FaceCascadeTest, NoPassLooksAtMorePixelsThanItsOptionsAllow, ()) {
  FakeCascade fake;
  const CascadeOptions options{.hog_pixels = 8'000,
                               .hog_whole_pixels = 30'000,
                               .mmod_pixels = 5'000,
                               .mmod_retry_pixels = 8'000,
                               .small_face_pixels = 80'000,
                               .turned_hog_pixels = 5'000,
                               .turned_mmod_pixels = 3'000};
  FaceCascade cascade = fake.Make(kBlind, kBlind, MeanFaceLandmarker::Answer::kFace, options);
  const cv::Size size(*rc::gen::inRange(40, 900), *rc::gen::inRange(40, 900));
  RC_ASSERT(FindAll(cascade, PictureOf(size, {}))->empty());
  for (const cv::Size& seen : fake.hog_saw) RC_ASSERT(seen.area() <= 80'000 * 1.1);
  for (const cv::Size& seen : fake.mmod_saw) RC_ASSERT(seen.area() <= 8'000 * 1.1);
}

TEST(FaceCascadeTest, DoesNotRepeatAPassThatWouldSeeNothingNew) {
  FakeCascade fake;
  CascadeOptions options;
  options.mmod_retry_pixels = options.mmod_pixels;
  options.retry_max_scale = options.max_scale;
  FaceCascade cascade = fake.Make(kBlind, kBlind, MeanFaceLandmarker::Answer::kFace, options);
  ASSERT_TRUE(FindFirst(cascade, PictureOf({640, 480}, {})));
  EXPECT_EQ(fake.mmod_saw.size(), 5U);  // as it is, with a border, and three turns
}

TEST(FaceCascadeTest, AGivenBoxMeansTheFaceThatOverlapsItMost) {
  FakeCascade fake;
  FaceCascade cascade = fake.Make(kSharp, kSharp);
  const cv::Rect left(100, 100, 100, 100);
  const cv::Rect right(230, 100, 100, 100);
  const cv::Mat picture = PictureOf({640, 480}, {left, right});
  const auto face = FindIn(cascade, picture, cv::Rect2f(240, 110, 90, 90));
  ASSERT_TRUE(face);
  EXPECT_EQ(face->found_by, DetectionStage::kHog);
  ExpectNear(face->box, right);
}

TEST(FaceCascadeTest, AGivenBoxInWhichNothingIsDetectedIsTakenAtItsWord) {
  FakeCascade fake;
  FaceCascade cascade = fake.Make(kBlind, kBlind);
  const auto face = FindIn(cascade, PictureOf({640, 480}, {}), cv::Rect2f(200, 100, 90, 90));
  ASSERT_TRUE(face);
  EXPECT_EQ(face->found_by, DetectionStage::kGivenBox);
  ASSERT_TRUE(face->landmarks);
  ExpectNear(face->box, {200, 100, 90, 90});
}

TEST(FaceCascadeTest, AGivenBoxWithoutAFaceHasNoLandmarks) {
  FakeCascade fake;
  FaceCascade cascade = fake.Make(kBlind, kBlind, MeanFaceLandmarker::Answer::kNothing);
  const cv::Rect2f box(600, 440, 90, 90);  // reaches over the border
  const auto face = FindIn(cascade, PictureOf({640, 480}, {}), box);
  ASSERT_TRUE(face);
  EXPECT_EQ(face->found_by, DetectionStage::kGivenBox);
  EXPECT_FALSE(face->landmarks);
  EXPECT_EQ(face->box, box);
}

}  // namespace
}  // namespace homeward
