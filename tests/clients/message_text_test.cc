#include "clients/screen/message_text.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <sstream>

#include "clients/screen/text_width.h"
#include "homeward/v1/record.pb.h"

namespace homeward::client {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;

Page PageOf(int width, Language language = Language::kEnglish) {
  return {Catalogue(language), width, false};
}

v1::Record RecordSaying(const std::string& text) {
  v1::Record record;
  record.set_kind(v1::AT_RISK);
  record.mutable_person()->set_claimed_name(text);
  record.mutable_person()->add_aliases(text);
  record.mutable_person()->add_aliases("阿福");
  record.mutable_person()->set_remarks(text);
  record.mutable_at_risk()->add_visit_dates()->set_year(2026);
  record.mutable_create_time()->set_seconds(1'772'323'200);
  return record;
}

RC_GTEST_PROP(MessageTextTest, KeepsToThePageAndSteersNoTerminalWhateverIsSaid, ()) {
  const auto part = rc::gen::element<std::string>("人", "陈某", "word ", "\x1b[2J", "\n", "\u202E",
                                                  "e\u0301", "𠮷", "records/01arz3ndektsv4rrff");
  std::string text;
  for (const auto& each : *rc::gen::container<std::vector<std::string>>(part)) text += each;
  const int width = *rc::gen::inRange(kNarrowestPage, kWidestPage);
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    const std::string shown = FieldLines(RecordSaying(text), PageOf(width, language));
    RC_ASSERT(shown.find('\x1b') == std::string::npos);
    RC_ASSERT(shown.find("\u202E") == std::string::npos);
    std::istringstream lines(shown);
    for (std::string line; std::getline(lines, line);) RC_ASSERT(Width(line) <= width);
  }
}

TEST(MessageTextTest, ShowsWhatIsSetAndNothingElse) {
  v1::Record record;
  record.mutable_person()->set_age_min(0);  // an infant, not "unknown"
  const std::string shown = FieldLines(record, PageOf(80));
  EXPECT_THAT(shown, HasSubstr(" 0\n"));
  EXPECT_EQ(std::ranges::count(shown, '\n'), 1);
  EXPECT_EQ(FieldLines(v1::Record(), PageOf(80)), "");
}

TEST(MessageTextTest, ShowsWordsForNumbersAndTheNumberOfANewerWord) {
  v1::Record record;
  record.set_kind(v1::STRANDED);
  record.mutable_person()->set_sex(static_cast<v1::Sex>(77));
  EXPECT_THAT(FieldLines(record, PageOf(80)), AllOf(HasSubstr("stranded person"), HasSubstr("77")));
  EXPECT_THAT(FieldLines(record, PageOf(80, Language::kChinese)), HasSubstr("受助人员"));
}

TEST(MessageTextTest, ShowsADateAsFarAsItIsKnown) {
  v1::Record record;
  record.mutable_person()->mutable_birth_date()->set_year(1950);
  EXPECT_THAT(FieldLines(record, PageOf(80)), EndsWith("  1950\n"));
  record.mutable_person()->mutable_birth_date()->set_month(3);
  EXPECT_THAT(FieldLines(record, PageOf(80)), EndsWith("  1950-03\n"));
}

}  // namespace
}  // namespace homeward::client
