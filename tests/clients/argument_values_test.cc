#include "clients/cli/argument_values.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>

namespace homeward::client {
namespace {

RC_GTEST_PROP(ArgumentValuesTest, ReadsEveryDayOfTheCalendarAndNoOther, ()) {
  const int year = *rc::gen::inRange(1800, 2200);
  const int month = *rc::gen::inRange(0, 14);
  const int day = *rc::gen::inRange(0, 33);
  const std::chrono::year_month_day calendar(std::chrono::year(year),
                                             std::chrono::month(static_cast<unsigned>(month)),
                                             std::chrono::day(static_cast<unsigned>(day)));
  const auto date = ParseDate(fmt::format("{:04}-{:02}-{:02}", year, month, day));
  RC_ASSERT(date.has_value() == calendar.ok());
  if (!date) return;
  RC_ASSERT(date->year() == year && date->month() == month && date->day() == day);
}

TEST(ArgumentValuesTest, ReadsADateInOneWayOnly) {
  for (const char* text :
       {"", "2021", "2021-05", "2021-5-7", "2021-5-007", "21-05-07", "2021/05/07", "2021-05-07 ",
        " 021-05-07", "2021-05-7x", "-021-05-07", "20210507--", "99999-1-01", "2021年5月7日"}) {
    const auto date = ParseDate(text);
    ASSERT_FALSE(date.has_value()) << text;
    EXPECT_EQ(date.error().message, Message::kUsageDate);
    EXPECT_EQ(date.error().values.at("value"), text);
    EXPECT_EQ(date.error().exit_code, ExitCode::kUsage);
  }
}

TEST(ArgumentValuesTest, ReadsAnAgeOrARangeOfAges) {
  const std::vector<std::tuple<const char*, int, int>> ages = {
      {"0", 0, 0}, {"65", 65, 65}, {"60-70", 60, 70}, {"130", 130, 130}, {"7-7", 7, 7}};
  for (const auto& [text, min, max] : ages) {
    const auto age = ParseAge(text);
    ASSERT_TRUE(age.has_value()) << text;
    EXPECT_EQ(age->min, min);
    EXPECT_EQ(age->max, max);
  }
  for (const char* text : {"", "-", "-5", "5-", "70-60", "131", "0-131", "6o", "60 - 70", "+6",
                           "60-70-80", "99999999999", "６５"}) {
    EXPECT_FALSE(ParseAge(text).has_value()) << text;
  }
}

RC_GTEST_PROP(ArgumentValuesTest, ReadsBackABoxAsItIsOffered, ()) {
  const auto number = rc::gen::inRange(-5000, 5000);
  const int x = *number;
  const int y = *number;
  const int width = *number;
  const int height = *number;
  const int photo = *rc::gen::inRange(-1, 6);
  const auto choice = ParseFaceChoice(fmt::format("{}:{},{},{},{}", photo, x, y, width, height));
  RC_ASSERT(choice.has_value() == (photo >= 1 && width > 0 && height > 0));
  if (!choice) return;
  RC_ASSERT(choice->photo == photo);
  RC_ASSERT(choice->box.x_px() == x && choice->box.height_px() == height);
}

TEST(ArgumentValuesTest, RefusesABoxThatIsNone) {
  for (const char* text :
       {"", "1,2,3", "1,2,3,4,5", "1,2,3,", "a,2,3,4", "1,2,nan,4", "1,2,inf,4", "1, 2,3,4", ":",
        "0:1,2,3,4", "x:1,2,3,4", "1:2:3,4,5,6", "1,2,0,4", "1,2,3,-4", "1,2,1e999,4"}) {
    EXPECT_FALSE(ParseFaceChoice(text).has_value()) << text;
  }
  EXPECT_EQ(ParseFaceChoice("1.5,2,3,4")->photo, 1);
}

TEST(ArgumentValuesTest, KnowsTheWordsOfTheHelpPageAndNoOther) {
  EXPECT_EQ(ParseKind("stranded"), v1::STRANDED);
  EXPECT_EQ(ParseKind("at-risk"), v1::AT_RISK);
  EXPECT_EQ(ParseSex("female"), v1::FEMALE);
  EXPECT_EQ(ParsePhotoKind("document"), v1::DOCUMENT_PHOTO);
  for (const char* text : {"", "Stranded", "strande", "stranded ", "1"}) {
    EXPECT_FALSE(ParseKind(text).has_value()) << text;
    EXPECT_FALSE(ParseSex(text).has_value()) << text;
    EXPECT_FALSE(ParsePhotoKind(text).has_value()) << text;
  }
}

TEST(ArgumentValuesTest, NamesTheOptionAndTheBoundsOfANumber) {
  EXPECT_EQ(*ParseNumber("--top", "200", 1, 200), 200);
  for (const char* text : {"0", "201", "", "2.5", "ten", "99999999999999999999", " 5"}) {
    const auto number = ParseNumber("--top", text, 1, 200);
    ASSERT_FALSE(number.has_value()) << text;
    EXPECT_EQ(number.error().values.at("option"), "--top");
    EXPECT_EQ(number.error().values.at("min"), "1");
    EXPECT_EQ(number.error().values.at("max"), "200");
  }
}

}  // namespace
}  // namespace homeward::client
