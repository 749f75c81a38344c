#include "clients/catalogue/explanation.h"

#include <gmock/gmock.h>

namespace homeward::client {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

const Catalogue kEnglish(Language::kEnglish);
const Catalogue kChinese(Language::kChinese);

ClientError Error(const std::string& reason,
                  std::map<std::string, std::string, std::less<>> metadata = {}) {
  return {grpc::StatusCode::FAILED_PRECONDITION, reason, "words of the service",
          std::move(metadata)};
}

TEST(ExplanationTest, SaysHowToStartAServiceThatDoesNotAnswer) {
  const Explanation explanation =
      Explain(kEnglish, Error("SERVER_UNREACHABLE", {{"server", "127.0.0.1:1"}}));
  EXPECT_EQ(explanation.what, "The service at 127.0.0.1:1 does not answer.");
  ASSERT_THAT(explanation.next, SizeIs(1));
  EXPECT_THAT(explanation.next[0], HasSubstr("./run serve"));
}

TEST(ExplanationTest, ListsTheFacesOfAPhotoAsFlagsToUse) {
  const Explanation explanation = Explain(
      kChinese,
      Error("SEVERAL_FACES", {{"face_count", "2"}, {"boxes", "120.4,80,95,95;300,90.6,60,60"}}));
  EXPECT_EQ(explanation.what, "照片中有 2 张人脸，需要指定一张。");
  ASSERT_THAT(explanation.next, SizeIs(3));
  EXPECT_THAT(explanation.next[0], HasSubstr("--single-face"));
  EXPECT_EQ(explanation.next[1], "  --face-box 120,80,95,95");
  EXPECT_EQ(explanation.next[2], "  --face-box 300,91,60,60");
}

TEST(ExplanationTest, NamesThePhotoWhereACallHasSeveral) {
  EXPECT_EQ(Explain(kEnglish, Error("SEVERAL_FACES", {{"boxes", "1,2,3,4"}, {"photo_index", "1"}}))
                .next.at(1),
            "  --face-box 2:1,2,3,4");
  EXPECT_EQ(Explain(kEnglish, Error("SEVERAL_FACES", {{"boxes", "1,2,3,4"}, {"photo", "second"}}))
                .next.at(1),
            "  --face-box 2:1,2,3,4");
  EXPECT_EQ(Explain(kEnglish, Error("SEVERAL_FACES", {{"boxes", "1,2,3,4"}, {"photo", "first"}}))
                .next.at(1),
            "  --face-box 1:1,2,3,4");
}

TEST(ExplanationTest, BearsBoxesThatAreNoBoxes) {
  const Explanation explanation =
      Explain(kEnglish, Error("SEVERAL_FACES", {{"boxes", ";x,;"}, {"photo_index", "many"}}));
  EXPECT_THAT(explanation.next, SizeIs(3));
}

TEST(ExplanationTest, TellsSizesInMebibytes) {
  EXPECT_EQ(
      Explain(kEnglish, Error("PHOTO_TOO_LARGE", {{"bytes", "22020096"}, {"limit", "20971520"}}))
          .what,
      "The photo has 21.0 MiB; 20.0 MiB are allowed.");
}

TEST(ExplanationTest, PassesOnTheWordsOfTheServiceForAReasonItDoesNotKnow) {
  EXPECT_THAT(Explain(kEnglish, Error("REASON_OF_NEXT_YEAR")).what,
              HasSubstr("words of the service"));
  EXPECT_THAT(Explain(kChinese, Error("")).what, HasSubstr("words of the service"));
}

TEST(ExplanationTest, BearsAReasonWithoutItsMetadata) {
  EXPECT_EQ(Explain(kEnglish, Error("FIELD_MISSING")).what, "A required value is missing: –.");
}

}  // namespace
}  // namespace homeward::client
