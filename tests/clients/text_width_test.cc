#include "clients/screen/text_width.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <algorithm>

#include "clients/screen/code_point.h"

namespace homeward::client {
namespace {

using ::testing::ElementsAre;

// Words of Latin letters and CJK characters, with blanks and punctuation between them.
rc::Gen<std::string> Prose() {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                          "a", "record", " ", "records/01arz3ndektsv4rrffq69g5fav", "人", "档案",
                          "，", "（", "）", "。", "é", "·", ", ", "😀")),
                      [](const std::vector<std::string>& parts) {
                        std::string text;
                        for (const std::string& part : parts) text += part;
                        return text;
                      });
}

std::string WithoutBlanks(std::string text) {
  std::erase(text, ' ');
  return text;
}

TEST(TextWidthTest, CountsTwoColumnsForCjkAndNoneForMarks) {
  EXPECT_EQ(Width(""), 0);
  EXPECT_EQ(Width("abc"), 3);
  EXPECT_EQ(Width("受助人员"), 8);
  EXPECT_EQ(Width("（，）"), 6);
  EXPECT_EQ(Width("e\u0301"), 1);
  EXPECT_EQ(Width("𠮷"), 2);  // outside the basic plane, as in rare names
}

TEST(TextWidthTest, KeepsWhatFitsAndMarksWhatIsCut) {
  EXPECT_EQ(Truncate("受助人员", 8), "受助人员");
  EXPECT_EQ(Truncate("受助人员", 7), "受助人…");
  EXPECT_EQ(Truncate("受助人员", 6), "受助…");
  EXPECT_EQ(Truncate("abc", 0), "");
  EXPECT_EQ(TruncateMiddle("IMG_20260315_0001.jpg", 12), "IMG_…001.jpg");
}

TEST(TextWidthTest, PadsByColumns) {
  EXPECT_EQ(Pad("姓名", 6), "姓名  ");
  EXPECT_EQ(PadLeft("7", 3), "  7");
  EXPECT_EQ(Pad("姓名", 2), "姓名");
}

TEST(TextWidthTest, MakesNothingOfCharactersThatSteerATerminal) {
  EXPECT_EQ(Printable("a\x1b[31mb"), "a\xEF\xBF\xBD[31mb");
  EXPECT_EQ(Printable("a\nb\r"),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD");
  EXPECT_EQ(Printable("\u202Egpj.exe"), "\xEF\xBF\xBDgpj.exe");
  EXPECT_EQ(Printable("\xff王"), "\xEF\xBF\xBD王");
}

TEST(TextWidthTest, ShowsNoControlCharacterWhateverComes) {
  rc::check([](const std::string& bytes) {
    const std::string printable = Printable(bytes);
    RC_ASSERT(std::ranges::none_of(printable, [](char letter) {
      return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F;
    }));
    RC_ASSERT(Printable(printable) == printable);
  });
}

TEST(TextWidthTest, TakesEveryByteExactlyOnce) {
  rc::check([](const std::string& bytes) {
    std::string_view rest = bytes;
    std::string again;
    while (!rest.empty()) again += TakeCodePoint(rest).bytes;
    RC_ASSERT(again == bytes);
  });
}

TEST(TextWrapTest, BreaksAtBlanksAndBetweenCjkCharacters) {
  EXPECT_THAT(Wrap("people decide who it is", 11), ElementsAre("people", "decide who", "it is"));
  EXPECT_THAT(Wrap("由工作人员核实", 6), ElementsAre("由工作", "人员核", "实"));
  EXPECT_THAT(Wrap("", 10), ElementsAre(""));
  EXPECT_THAT(Wrap("a\nb", 10), ElementsAre("a", "b"));
}

TEST(TextWrapTest, LetsNoLineBeginWithClosingPunctuation) {
  EXPECT_THAT(Wrap("受助人员，走失", 8), ElementsAre("受助人", "员，走失"));
  EXPECT_THAT(Wrap("受助（走失）人", 6), ElementsAre("受助", "（走", "失）人"));
}

TEST(TextWrapTest, BreaksAWordThatIsLongerThanALine) {
  EXPECT_THAT(Wrap("abcdefgh", 3), ElementsAre("abc", "def", "gh"));
}

TEST(TextWrapTest, HangsLinesBelowTheFirst) {
  EXPECT_EQ(WrapAfter(" 1  0.312", 6, "one two three", 11),
            " 1  0.312one\n      two\n      three\n");
  EXPECT_EQ(WrapAfter("x", 3, "one two", 6), "x  one\n   two\n");
}

TEST(TextWrapTest, LetsItemsFlowWithoutBreakingThem) {
  const std::vector<std::string> items = {"走失报告", "王玉", "示例县公安局",
                                          "abcdefghijklmnopqrstu"};
  EXPECT_EQ(FlowAfter("1", 3, items, 20),
            "1  走失报告 · 王玉\n   示例县公安局\n   abcdefghijklmnopq\n   rstu\n");
  EXPECT_EQ(FlowAfter("1", 3, items, 80),
            "1  走失报告 · 王玉 · 示例县公安局 · abcdefghijklmnopqrstu\n");
}

TEST(TextWrapTest, KeepsEveryCharacterAndTheWidth) {
  rc::check([] {
    const std::string text = *Prose();
    const int width = *rc::gen::inRange(10, 80);
    std::string joined;
    for (const std::string& line : Wrap(text, width)) {
      RC_ASSERT(Width(line) <= width);
      joined += line;
    }
    RC_ASSERT(WithoutBlanks(joined) == WithoutBlanks(text));
  });
}

TEST(TextWidthTest, CutsToTheWidthWhateverTheText) {
  rc::check([] {
    const std::string text = *Prose();
    const int width = *rc::gen::inRange(0, 60);
    RC_ASSERT(Width(Truncate(text, width)) <= width);
    RC_ASSERT(Width(TruncateMiddle(text, width)) <= width);
  });
}

}  // namespace
}  // namespace homeward::client
