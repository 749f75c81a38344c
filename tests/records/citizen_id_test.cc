#include "server/records/citizen_id.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace homeward {
namespace {

constexpr Date kToday = {2026, 11, 22};

// The problem that is found with `text`, or "OK".
std::string Problem(std::string_view text) {
  const auto id = ParseCitizenId(text, kToday);
  if (id) return "OK";
  EXPECT_EQ(id.error().reason, Reason::kCitizenIdInvalid);
  return id.error().metadata.at("problem");
}

TEST(CitizenIdTest, TellsRegionBirthDateAndSex) {
  EXPECT_EQ(*ParseCitizenId("11010519491231002X", kToday),
            (CitizenId{"11010519491231002X", "110105", {1949, 12, 31}, Sex::kFemale, false}));
  EXPECT_EQ(*ParseCitizenId("440524188001010014", kToday),
            (CitizenId{"440524188001010014", "440524", {1880, 1, 1}, Sex::kMale, false}));
  EXPECT_EQ(*ParseCitizenId("990000190001010008", kToday),
            (CitizenId{"990000190001010008", "990000", {1900, 1, 1}, Sex::kFemale, false}));
  EXPECT_EQ(*ParseCitizenId("990000190001010016", kToday),
            (CitizenId{"990000190001010016", "990000", {1900, 1, 1}, Sex::kMale, false}));
}

TEST(CitizenIdTest, AcceptsTheOldFormOf15Digits) {
  EXPECT_EQ(*ParseCitizenId("990000491231001", kToday),
            (CitizenId{"990000491231001", "990000", {1949, 12, 31}, Sex::kMale, true}));
  EXPECT_EQ(ParseCitizenId("990000000229002", kToday).error().metadata.at("problem"), "BIRTH_DATE")
      << "1900 had no 29 February";
}

TEST(CitizenIdTest, IsNormalised) {
  EXPECT_EQ(ParseCitizenId("11010519491231002x", kToday)->number, "11010519491231002X");
  EXPECT_EQ(ParseCitizenId(" 110105 19491231 002x ", kToday)->number, "11010519491231002X");
}

TEST(CitizenIdTest, SaysWhatIsWrongAndNeverRepeatsTheNumber) {
  EXPECT_EQ(Problem(""), "LENGTH");
  EXPECT_EQ(Problem("99000019000101000"), "LENGTH");
  EXPECT_EQ(Problem("9900001900010100080"), "LENGTH");
  EXPECT_EQ(Problem("99000019000101000Y"), "CHARACTER");
  EXPECT_EQ(Problem("9900001900010100X8"), "CHARACTER");
  EXPECT_EQ(Problem("99000049123100X"), "CHARACTER") << "the old form has no X";
  EXPECT_EQ(Problem("9900001900-1-1000"), "LENGTH");
  EXPECT_EQ(Problem("99000019000101+008"), "CHARACTER");
  EXPECT_EQ(Problem("110105202302290026"), "BIRTH_DATE");
  EXPECT_EQ(Problem("990000190000010008"), "BIRTH_DATE") << "no month";
  EXPECT_EQ(Problem("990000190001000008"), "BIRTH_DATE") << "no day";
  EXPECT_EQ(Problem("990000179901010008"), "BIRTH_DATE");
  EXPECT_EQ(Problem("990000190001010007"), "CHECK_DIGIT");
  const Error error = ParseCitizenId("990000190001010007", kToday).error();
  EXPECT_EQ(error.message.find("1900"), std::string::npos);
}

TEST(CitizenIdTest, IsOfSomebodyWhoIsBornAlready) {
  const auto number = [](const std::string& first) { return first + CitizenIdCheckDigit(first); };
  EXPECT_EQ(Problem(number("99000020261122001")), "OK") << "today";
  EXPECT_EQ(Problem(number("99000020261123001")), "BIRTH_DATE") << "tomorrow";
}

// A number of somebody, right in every way.
std::string AnyNumber() {
  const auto digits = [](int value, std::size_t width) {
    const std::string text = std::to_string(value);
    return std::string(width - text.size(), '0') + text;
  };
  const std::string number =
      digits(*rc::gen::inRange(0, 1'000'000), 6) + digits(*rc::gen::inRange(1800, 2026), 4) +
      digits(*rc::gen::inRange(1, 13), 2) + digits(*rc::gen::inRange(1, 29), 2) +
      digits(*rc::gen::inRange(0, 1000), 3);
  return number + CitizenIdCheckDigit(number);
}

RC_GTEST_PROP(CitizenIdTest, IsAcceptedWithItsOwnCheckDigitAndNoOther, ()) {
  const std::string number = AnyNumber();
  RC_ASSERT(Problem(number) == "OK");
  for (const char digit : std::string("0123456789X")) {
    std::string other = number;
    other.back() = digit;
    RC_ASSERT(Problem(other) == (other == number ? "OK" : "CHECK_DIGIT"));
  }
}

RC_GTEST_PROP(CitizenIdTest, BetraysEveryWrongDigitAndEverySwapOfNeighbours, ()) {
  const std::string number = AnyNumber();
  const auto place = *rc::gen::inRange<std::size_t>(0, 17);
  std::string mistyped = number;
  mistyped[place] = *rc::gen::inRange('0', static_cast<char>('9' + 1));
  RC_ASSERT((Problem(mistyped) == "OK") == (mistyped == number));
  std::string swapped = number;
  std::swap(swapped[place], swapped[place + 1]);
  RC_ASSERT((Problem(swapped) == "OK") == (swapped == number));
}

RC_GTEST_PROP(CitizenIdTest, TakesAnyTextWithoutFalling, (const std::string& text)) {
  const auto id = ParseCitizenId(text, kToday);
  if (id) RC_ASSERT(IsValid(id->birth_date));
}

}  // namespace
}  // namespace homeward
