#include "server/evaluate/html_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/evaluate/xml_parser.h"

namespace homeward {
namespace {

std::string Replaced(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) {
    text.replace(at, what.size(), with);
  }
  return text;
}

RC_GTEST_PROP(HtmlTextTest, HoldsNoMarkupWhateverTheBytes, (const std::string& bytes)) {
  const std::string html = HtmlText(bytes);
  RC_ASSERT(html.find_first_of("<>\"'") == std::string::npos);
  RC_ASSERT(html.find_first_of(std::string("\x01\x08\x1b\x7f\0", 5)) == std::string::npos);
}

RC_GTEST_PROP(HtmlTextTest, SaysTheSameAsATextWithoutControls, (std::string letters)) {
  for (char& letter : letters) letter = static_cast<char>(' ' + (letter & 0x3F));
  std::string back = HtmlText(letters);
  for (const auto& [escaped, plain] :
       {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}}) {
    back = Replaced(back, escaped, plain);
  }
  RC_ASSERT(back == letters);
}

TEST(HtmlTextTest, KeepsWhatIsWellFormedAndReplacesWhatIsNot) {
  EXPECT_EQ(HtmlText("老人 é 🙂"), "老人 é 🙂");
  const std::string no = "\xef\xbf\xbd";
  EXPECT_EQ(HtmlText("\xff"), no);
  EXPECT_EQ(HtmlText("a\xe8\x80"), "a" + no + no) << "cut off";
  EXPECT_EQ(HtmlText("\xc0\xaf"), no + no) << "overlong";
  EXPECT_EQ(HtmlText("\xed\xa0\x80"), no + no + no) << "a surrogate";
  EXPECT_EQ(HtmlText("\xef\xbf\xbe"), no + no + no) << "no character";
  EXPECT_EQ(HtmlText("\xf4\x90\x80\x80"), no + no + no + no) << "beyond Unicode";
}

TEST(HtmlTextTest, MakesTablesThatParseWhateverIsInTheirCells) {
  std::string every_byte;
  for (int byte = 0; byte < 256; ++byte) every_byte.push_back(static_cast<char>(byte));
  EXPECT_TRUE(IsWellFormedXml(HtmlTable({"<a", every_byte}, {{"]]>", "&nbsp;"}, {every_byte}})));
  EXPECT_EQ(HtmlTable({}, {{"a"}}).find("thead"), std::string::npos);
}

}  // namespace
}  // namespace homeward
