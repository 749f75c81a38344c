#include "server/records/photo_analysis.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>

#include "tests/testing/enrolment_stories.h"

namespace homeward {
namespace {

using namespace homeward::testing;
using ::testing::HasSubstr;
using ::testing::SizeIs;

Face FaceOf(const cv::Rect2f& box, bool usable) {
  Face face;
  face.box = box;
  if (usable) face.templates = {{"synthetic", {1, 2}}};
  return face;
}

class PhotoAnalysisTest : public ::testing::Test {
 protected:
  Result<AnalyzedPhoto> Analyze(const std::vector<std::uint8_t>& bytes,
                                const std::optional<cv::Rect2f>& box = {}) {
    return AnalyzePhoto(book_, intent_, {.bytes = bytes, .face_box = box});
  }

  CasebookFolder folder_{1};  // a lease that is not given back would hold up the next call
  Casebook& book_ = folder_.book();
  Intent intent_ = IntentFor("AnalyzePhoto");
};

// Numbers from the wire: whatever they are, an answer or a refusal with its reason.
RC_GTEST_FIXTURE_PROP(PhotoAnalysisTest, AnswersOrRefusesWhateverTheBox, ()) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  const auto side = rc::gen::oneOf(
      rc::gen::map(rc::gen::inRange(-600, 600), [](int n) { return static_cast<float>(n) / 2; }),
      rc::gen::element(0.0f, -0.0f, 1e-30f, 1e30f, -1e30f, std::numeric_limits<float>::max(),
                       std::numeric_limits<float>::lowest(), kInfinity, -kInfinity, std::nanf("")));
  const cv::Rect2f box(*side, *side, *side, *side);
  const auto analyzed = Analyze(PhotoOf(1), box);
  if (analyzed) {
    RC_ASSERT(std::isfinite(box.x) && std::isfinite(box.width) && box.width > 0 && box.height > 0);
    RC_ASSERT(analyzed->faces.size() <= 1u);
  } else {
    RC_ASSERT(analyzed.error().reason == Reason::kFaceBoxUnmatched);
  }
}

TEST_F(PhotoAnalysisTest, GivesTheAnalyzerBackAfterEveryRefusal) {
  const std::vector<std::uint8_t> torn = {0xff, 0xd8, 0xff, 0xe0};
  for (int time = 0; time < 3; ++time) {
    EXPECT_FALSE(Analyze(torn));
    EXPECT_FALSE(Analyze({}));
    EXPECT_FALSE(Analyze(PhotoOf(1), cv::Rect2f(-50, -50, 10, 10)));
    intent_.cancelled = [] { return true; };
    EXPECT_EQ(ReasonOf(Analyze(PhotoOf(1))), Reason::kCancelled);
    intent_.cancelled = [] { return false; };
    EXPECT_THAT(Analyze(PhotoOf(1))->faces, SizeIs(1));
  }
}

TEST_F(PhotoAnalysisTest, StartsNoWorkForACallerWhoLeftWhileItWaitedForAnAnalyzer) {
  int asked = 0;
  intent_.cancelled = [&asked] { return ++asked > 1; };  // leaves after the first look
  EXPECT_EQ(ReasonOf(Analyze(PhotoOf(1))), Reason::kCancelled);
  intent_.cancelled = [] { return false; };
  EXPECT_TRUE(Analyze(PhotoOf(1)));
}

TEST_F(PhotoAnalysisTest, ChoosesTheFaceThatIsMeant) {
  const Face usable = FaceOf({0, 0, 50, 50}, true);
  const Face other = FaceOf({60, 0, 40, 40}, true);
  const Face poor = FaceOf({0, 60, 90, 90}, false);
  const ShownPhoto any;
  const ShownPhoto single{.bytes = {}, .face_box = {}, .single_face = true};
  const ShownPhoto boxed{.bytes = {}, .face_box = cv::Rect2f(0, 0, 1, 1)};

  EXPECT_EQ(ChooseFace(any, {}).value(), std::nullopt);
  EXPECT_EQ(ChooseFace(any, {poor, usable}).value()->box, usable.box)
      << "a bystander who cannot be compared is no second choice";
  EXPECT_EQ(ChooseFace(any, {poor}).value()->box, poor.box);
  EXPECT_EQ(ChooseFace(single, {usable, other}).value()->box, usable.box);
  EXPECT_EQ(ChooseFace(boxed, {poor}).value()->box, poor.box);
  EXPECT_EQ(ReasonOf(ChooseFace(boxed, {})), Reason::kFaceBoxUnmatched);

  const auto several = ChooseFace(any, {poor, usable, other});
  ASSERT_EQ(ReasonOf(several), Reason::kSeveralFaces);
  EXPECT_EQ(several.error().metadata.at("face_count"), "2");
  EXPECT_EQ(several.error().metadata.at("boxes"), "0,0,50,50;60,0,40,40")
      << "only faces that repeating the call with would help";
  EXPECT_THAT(several.error().message, HasSubstr("2 faces"));

  EXPECT_EQ(ReasonOf(ChooseUsableFace(any, {})), Reason::kNoFaceFound);
  EXPECT_EQ(ReasonOf(ChooseUsableFace(any, {poor})), Reason::kNoUsableFace);
  EXPECT_EQ(ReasonOf(ChooseUsableFace(boxed, {poor})), Reason::kNoUsableFace);
}

}  // namespace
}  // namespace homeward
