#include "matcher/face_analyzer.h"

#include <gtest/gtest.h>

#include "matcher/quality.h"
#include "tests/testing/fake_face_ports.h"
#include "tests/testing/photo_corpus.h"

namespace homeward {
namespace {

using testing::FakeCascade;
using testing::HalvesEmbedder;
using testing::MeanFaceLandmarker;
using testing::PhotoOf;
using testing::PictureOf;
using testing::RedDetector;

const cv::Size kSize(640, 480);
const cv::Rect kLarge(80, 60, 160, 160);
const cv::Rect kSmall(420, 200, 90, 90);

class FaceAnalyzerTest : public ::testing::Test {
 protected:
  FaceAnalyzer Analyzer(RedDetector::Sight sight = {},
                        MeanFaceLandmarker::Answer answer = MeanFaceLandmarker::Answer::kFace) {
    std::vector<std::unique_ptr<FaceEmbedder>> embedders;
    embedders.push_back(std::make_unique<HalvesEmbedder>(batches_));
    embedders.push_back(std::make_unique<HalvesEmbedder>(other_batches_, "other"));
    return {fake_.Make(sight, sight, answer), std::move(embedders)};
  }

  FakeCascade fake_;
  std::vector<std::size_t> batches_;
  std::vector<std::size_t> other_batches_;
};

TEST_F(FaceAnalyzerTest, TellsEveryFaceLargestFirstEachWithATemplateOfEachSpace) {
  const auto faces = Analyzer().Analyze(PhotoOf(PictureOf(kSize, {kSmall, kLarge})), {});
  ASSERT_TRUE(faces);
  ASSERT_EQ(faces->size(), 2U);
  EXPECT_GT((*faces)[0].box.width, (*faces)[1].box.width);
  for (const Face& face : *faces) {
    ASSERT_EQ(face.templates.size(), 2U);
    EXPECT_EQ(face.templates[0].space_id, "halves");
    EXPECT_EQ(face.templates[1].space_id, "other");
  }
}

TEST_F(FaceAnalyzerTest, EmbedsEveryChipAndItsMirrorInOneBatch) {
  ASSERT_TRUE(Analyzer().Analyze(PhotoOf(PictureOf(kSize, {kSmall, kLarge})), {}));
  EXPECT_EQ(batches_, (std::vector<std::size_t>{4}));
  EXPECT_EQ(other_batches_, (std::vector<std::size_t>{4}));
}

TEST_F(FaceAnalyzerTest, MakesTheTemplateOfAFaceFoundBeforeInOneSpaceAlone) {
  const cv::Mat picture = PictureOf(kSize, {kLarge});
  auto analyzer = Analyzer();
  PhotoReader reader(PhotoOf(picture));
  const auto faces = analyzer.Analyze(reader, {});
  ASSERT_TRUE(faces);
  batches_.clear();
  const auto made = analyzer.MakeTemplate(reader, faces->front().landmarks, "other");
  ASSERT_TRUE(made);
  EXPECT_EQ(made->space_id, "other");
  EXPECT_EQ(made->vector, faces->front().templates[1].vector);
  EXPECT_TRUE(batches_.empty());
  const auto unknown = analyzer.MakeTemplate(reader, faces->front().landmarks, "unheard-of");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().reason, Reason::kModelMismatch);
}

TEST_F(FaceAnalyzerTest, ATemplateMadeLaterFromWhatIsStoredIsTheSameToTheBitInALargePhotoToo) {
  for (const int side : {700, 200}) {
    cv::Mat picture = PictureOf({2597, 1903}, {{1000, 900, side, side}});
    picture(cv::Rect(1000, 900, side / 3, side)) = cv::Scalar(20, 30, 220);
    const auto jpeg = testing::JpegWithExif(testing::MakeJpeg(picture), testing::ExifBlock(6));
    auto analyzer = Analyzer();
    auto photo = PhotoReader::Open(jpeg).value();
    const auto faces = analyzer.Analyze(photo, {.single_face = true});
    ASSERT_TRUE(faces);
    ASSERT_EQ(faces->size(), 1U);
    const Face& face = faces->front();
    EXPECT_NEAR(face.box.width, side, 16);
    EXPECT_NEAR(face.quality.eye_distance_px, 0.39F * face.box.width, 3);
    auto later = PhotoReader::Open(jpeg).value();
    const auto made = analyzer.MakeTemplate(later, face.landmarks, face.templates[0].space_id);
    EXPECT_EQ(made.value().vector, face.templates[0].vector) << side;
  }
}

TEST_F(FaceAnalyzerTest, ATemplateIsTheMeanOfChipAndMirror) {
  cv::Mat picture = PictureOf(kSize, {kLarge});
  picture(cv::Rect(kLarge.x, kLarge.y, kLarge.width / 2, kLarge.height)) = cv::Scalar(0, 0, 210);
  const auto faces = Analyzer().Analyze(PhotoOf(picture), {});
  ASSERT_TRUE(faces);
  ASSERT_EQ(faces->size(), 1U);
  const auto& vector = faces->front().templates.front().vector;
  EXPECT_FLOAT_EQ(vector[0], vector[1]);
  EXPECT_NEAR(vector[0], (210 + 255) / 2.0, 3);
}

TEST_F(FaceAnalyzerTest, ASingleFaceIsTheLargest) {
  const auto faces =
      Analyzer().Analyze(PhotoOf(PictureOf(kSize, {kSmall, kLarge})), {.single_face = true});
  ASSERT_TRUE(faces);
  ASSERT_EQ(faces->size(), 1U);
  EXPECT_NEAR(faces->front().box.width, kLarge.width, 6);
  EXPECT_TRUE(fake_.mmod_saw.empty());
}

TEST_F(FaceAnalyzerTest, AGivenBoxChoosesTheFace) {
  const auto faces =
      Analyzer().Analyze(PhotoOf(PictureOf(kSize, {kSmall, kLarge})), {.box = cv::Rect2f(kSmall)});
  ASSERT_TRUE(faces);
  ASSERT_EQ(faces->size(), 1U);
  EXPECT_NEAR(faces->front().box.x, kSmall.x, 6);
  EXPECT_FALSE(faces->front().templates.empty());
}

TEST_F(FaceAnalyzerTest, RefusesABoxThatCoversNoPixelOfThePicture) {
  const Photo photo = PhotoOf(PictureOf(kSize, {kLarge}));
  for (const cv::Rect2f box : {cv::Rect2f(700, 10, 50, 50), cv::Rect2f(10, -60, 50, 50),
                               cv::Rect2f(10, 10, 0, 50), cv::Rect2f(10, 10, -5, -5),
                               cv::Rect2f(10, 10, 1e-30F, 50), cv::Rect2f(10, -50, 50, 50.5F)}) {
    const auto faces = Analyzer().Analyze(photo, {.box = box});
    ASSERT_FALSE(faces) << box;
    EXPECT_EQ(faces.error().reason, Reason::kFaceBoxUnmatched);
  }
}

TEST_F(FaceAnalyzerTest, APictureWithoutFacesIsAnEmptyAnswer) {
  const auto faces = Analyzer().Analyze(PhotoOf(PictureOf(kSize, {})), {});
  ASSERT_TRUE(faces);
  EXPECT_TRUE(faces->empty());
  EXPECT_TRUE(batches_.empty());
}

TEST_F(FaceAnalyzerTest, AGivenBoxInWhichNothingCanBeMadeOutHasNoTemplate) {
  auto analyzer = Analyzer({.least_px = 1'000'000}, MeanFaceLandmarker::Answer::kNothing);
  const auto faces =
      analyzer.Analyze(PhotoOf(PictureOf(kSize, {})), {.box = cv::Rect2f(10, 10, 90, 90)});
  ASSERT_TRUE(faces);
  ASSERT_EQ(faces->size(), 1U);
  EXPECT_EQ(faces->front().found_by, DetectionStage::kGivenBox);
  EXPECT_TRUE(faces->front().templates.empty());
}

TEST_F(FaceAnalyzerTest, AFaceTooSmallForATemplateIsStillToldAndFlagged) {
  // The mean face's eyes are 0.39 of its box apart.
  const auto small_side = static_cast<int>(kLeastEyeDistancePx / 0.39F) - 2;
  const auto faces =
      Analyzer({.least_px = 4})
          .Analyze(PhotoOf(PictureOf({100, 90}, {{30, 30, small_side, small_side}})), {});
  ASSERT_TRUE(faces);
  ASSERT_EQ(faces->size(), 1U);
  EXPECT_LT(faces->front().quality.eye_distance_px, kLeastEyeDistancePx);
  EXPECT_TRUE(faces->front().templates.empty());
  EXPECT_EQ(faces->front().quality.flags.front(), QualityFlag::kTooSmall);
}

TEST_F(FaceAnalyzerTest, WithoutTemplatesItMeasuresAndEmbedsNothing) {
  const auto faces =
      Analyzer().Analyze(PhotoOf(PictureOf(kSize, {kLarge})), {.make_templates = false});
  ASSERT_TRUE(faces);
  ASSERT_EQ(faces->size(), 1U);
  EXPECT_GT(faces->front().quality.eye_distance_px, 0);
  EXPECT_TRUE(faces->front().templates.empty());
  EXPECT_TRUE(batches_.empty());
}

TEST_F(FaceAnalyzerTest, ADetectorsErrorIsTold) {
  auto analyzer = Analyzer({.error = Error{.reason = Reason::kInternal, .message = "broken"}});
  EXPECT_EQ(analyzer.Analyze(PhotoOf(PictureOf(kSize, {})), {}).error().message, "broken");
}

}  // namespace
}  // namespace homeward
