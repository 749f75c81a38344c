#include "server/evaluate/evaluation_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace homeward {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kHeader = "identity\tpath\trole\tcohort\n";

Result<std::vector<EvaluationPhoto>> Parse(std::string_view lines) {
  return ParseEvaluationSet(std::string(kHeader) + std::string(lines), "/set");
}

TEST(EvaluationSetTest, ReadsEveryRoleAndResolvesPathsAgainstTheManifest) {
  const auto photos = Parse(
      "赵一\tp/1.jpg\treference\tadult\n"
      "赵一\tp/2.jpg\tmate\tadult\n"
      "\n"
      "x\t/elsewhere/3.jpg\tfiller\t\n"
      "钱二\tp/4.jpg\tnonmate\tchild\r\n");
  ASSERT_TRUE(photos) << photos.error().message;
  ASSERT_EQ(photos->size(), 4u);
  EXPECT_EQ(photos->at(0).identity, "赵一");
  EXPECT_EQ(photos->at(0).file, "/set/p/1.jpg");
  EXPECT_EQ(photos->at(1).role, EvaluationRole::kMate);
  EXPECT_EQ(photos->at(2).role, EvaluationRole::kFiller);
  EXPECT_EQ(photos->at(2).file, "/elsewhere/3.jpg");
  EXPECT_EQ(photos->at(2).cohort, "");
  EXPECT_EQ(photos->at(3).role, EvaluationRole::kNonmate);
  EXPECT_EQ(photos->at(3).cohort, "child");
  EXPECT_EQ(photos->at(3).line, 6);
}

TEST(EvaluationSetTest, ReadsAManifestWithAByteOrderMarkAndWithoutALastNewline) {
  const std::string text = "\xef\xbb\xbf" + std::string(kHeader) + "a\tb.jpg\treference\tc";
  EXPECT_TRUE(ParseEvaluationSet(text, "/set"));
}

struct Refused {
  std::string_view lines;
  std::string_view says;
};

class RefusedSetTest : public ::testing::TestWithParam<Refused> {};

TEST_P(RefusedSetTest, IsRefusedInWordsThatNameTheLine) {
  const auto photos = Parse(GetParam().lines);
  ASSERT_FALSE(photos);
  EXPECT_EQ(photos.error().reason, Reason::kFieldInvalid);
  EXPECT_THAT(photos.error().message, HasSubstr(GetParam().says));
  EXPECT_TRUE(photos.error().metadata.contains("line"));
}

INSTANTIATE_TEST_SUITE_P(
    Sets, RefusedSetTest,
    ::testing::Values(Refused{"", "no photo"},
                      Refused{"a\tb.jpg\treference\tc\td\n", "four columns"},
                      Refused{"\tb.jpg\treference\tc\n", "missing"},
                      Refused{"a\t\treference\tc\n", "missing"},
                      Refused{"a\tb.jpg\tReference\tc\n", "Line 2 of the manifest: role"},
                      Refused{"a\tb.jpg\n", "role \"\""},
                      Refused{"a\tb.jpg\tmate\tc\n", "a mate has no reference"},
                      Refused{"a\tb.jpg\tfiller\tc\na\td.jpg\tmate\tc\n", "Line 3"},
                      Refused{"a\tb.jpg\treference\tc\na\td.jpg\tfiller\tc\n", "a filler has"},
                      Refused{"a\tb.jpg\treference\tc\na\td.jpg\tnonmate\tc\n", "a nonmate is of"},
                      Refused{"a\tb.jpg\tfiller\tc\na\td.jpg\tnonmate\tc\n", "a nonmate is of"}));

TEST(EvaluationSetTest, RefusesAnotherHeader) {
  EXPECT_FALSE(ParseEvaluationSet("path\tidentity\trole\tcohort\na\tb\treference\tc\n", ""));
  EXPECT_FALSE(ParseEvaluationSet("", ""));
}

TEST(EvaluationSetTest, RefusesAManifestThatIsNotThere) {
  const auto photos = ReadEvaluationSet("/no/such/manifest.tsv");
  ASSERT_FALSE(photos);
  EXPECT_THAT(photos.error().message, HasSubstr("/no/such/manifest.tsv"));
}

TEST(EvaluationSetTest, KeepsOfEachEnrolledIdentityThePhotoThatComesFirst) {
  const auto photos = Parse(
      "a\t1.jpg\treference\t\n"
      "a\t2.jpg\tmate\t\n"
      "f\t3.jpg\tfiller\t\n"
      "a\t4.jpg\treference\t\n"
      "a\t5.jpg\tmate\t\n"
      "f\t6.jpg\tfiller\t\n"
      "n\t7.jpg\tnonmate\t\n"
      "n\t8.jpg\tnonmate\t\n");
  ASSERT_TRUE(photos);
  std::string kept;
  for (const EvaluationPhoto& photo : FirstPhotosOnly(*photos)) kept += photo.path.substr(0, 1);
  EXPECT_EQ(kept, "123578");
}

TEST(EvaluationSetTest, RefusesAFileThatIsEnrolledAndSearchedWith) {
  const auto photos = Parse(
      "a\t1.jpg\treference\t\n"
      "b\t2.jpg\tfiller\t\n"
      "a\t3.jpg\tmate\t\n"
      "c\t4.jpg\tnonmate\t\n");
  ASSERT_TRUE(photos);
  EXPECT_TRUE(CheckDistinctFiles(*photos, {"d1", "d2", "d3", "d4"}));
  // Twice on one side is no leak.
  EXPECT_TRUE(CheckDistinctFiles(*photos, {"d1", "d1", "d3", "d3"}));
  for (const std::vector<std::string>& digests :
       {std::vector<std::string>{"d1", "d2", "d1", "d4"}, {"d1", "d2", "d3", "d2"}}) {
    const auto checked = CheckDistinctFiles(*photos, digests);
    ASSERT_FALSE(checked);
    EXPECT_THAT(checked.error().message, HasSubstr("is the same file as"));
  }
}

}  // namespace
}  // namespace homeward
