#include "server/evaluate/analyzer_pipeline.h"

#include <gtest/gtest.h>

#include "tests/testing/synthetic_faces.h"

namespace homeward {
namespace {

class AnalyzerPipelineTest : public ::testing::Test {
 protected:
  static Pipeline Make() {
    return AnalyzerPipeline(
        testing::SyntheticSpace(), "digest",
        []() -> Result<std::unique_ptr<FaceAnalyzer>> { return testing::MakeSyntheticAnalyzer(); });
  }

  void ExpectFailure(const std::vector<std::uint8_t>& photo, Reason reason) const {
    const auto made = make_(photo);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().reason, reason);
    EXPECT_TRUE(IsFailureToEnrol(reason));
  }

  const TemplateMaker make_ = Make().make_worker().value();
};

TEST_F(AnalyzerPipelineTest, GivesTheTemplateOfTheOneShown) {
  const auto made = make_(testing::PhotoOf(7));
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->face_template.space_id, testing::SyntheticSpace().id);
  EXPECT_EQ(made->face_template.vector, testing::VectorOf(7, 0));
}

TEST_F(AnalyzerPipelineTest, GivesAGradeForEachMeasure) {
  const Pipeline pipeline = Make();
  EXPECT_FALSE(pipeline.measures.empty());
  EXPECT_EQ(make_(testing::PhotoOf(7))->grades.size(), pipeline.measures.size());
}

// Every measure is turned so that the larger face, whose eyes are farther apart, is the better.
TEST_F(AnalyzerPipelineTest, GradesALargerFaceAsBetterByItsEyes) {
  const auto grade = [&](int size_px) {
    return make_(testing::PhotoOf(
                     {{.identity = 3, .variation = 0, .at = {8, 8}, .size_px = size_px}}))
        ->grades.front();
  };
  EXPECT_EQ(Make().measures.front(), "eye distance");
  EXPECT_LT(grade(48), grade(96));
}

TEST_F(AnalyzerPipelineTest, TakesTheLargestOfSeveralFaces) {
  const auto made =
      make_(testing::PhotoOf({{.identity = 3, .variation = 0, .at = {8, 8}, .size_px = 48},
                              {.identity = 4, .variation = 0, .at = {100, 8}, .size_px = 96}}));
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->face_template.vector, testing::VectorOf(4, 0));
}

TEST_F(AnalyzerPipelineTest, SaysWhyThereIsNoTemplate) {
  ExpectFailure(testing::PhotoOf(std::vector<testing::SyntheticFace>{}), Reason::kNoFaceFound);
  ExpectFailure(
      testing::PhotoOf(
          {{.identity = 3, .variation = 0, .at = {8, 8}, .size_px = testing::kTooSmallPx}}),
      Reason::kNoUsableFace);
  ExpectFailure({}, Reason::kPhotoEmpty);
  ExpectFailure({'t', 'e', 'x', 't', ' ', 'o', 'n', 'l', 'y', '.', '.', '.'},
                Reason::kPhotoFormatUnsupported);
}

TEST_F(AnalyzerPipelineTest, PassesOnThatAnAnalyzerCannotBeMade) {
  const Pipeline pipeline = AnalyzerPipeline(testing::SyntheticSpace(), "digest",
                                             []() -> Result<std::unique_ptr<FaceAnalyzer>> {
                                               return Fail(Reason::kModelFileMissing, "no weights");
                                             });
  const auto made = pipeline.make_worker();
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().reason, Reason::kModelFileMissing);
}

}  // namespace
}  // namespace homeward
