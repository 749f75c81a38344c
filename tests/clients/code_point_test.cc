#include "clients/screen/code_point.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <string>

namespace homeward::client {
namespace {

std::string Encoded(char32_t value) {
  const auto part = [value](int shift, unsigned lead, unsigned mask) {
    return static_cast<char>(lead | ((value >> shift) & mask));
  };
  if (value < 0x80) return {static_cast<char>(value)};
  if (value < 0x800) return {part(6, 0xC0, 0x1F), part(0, 0x80, 0x3F)};
  if (value < 0x10000) return {part(12, 0xE0, 0x0F), part(6, 0x80, 0x3F), part(0, 0x80, 0x3F)};
  return {part(18, 0xF0, 0x07), part(12, 0x80, 0x3F), part(6, 0x80, 0x3F), part(0, 0x80, 0x3F)};
}

TEST(CodePointTest, ReadsEveryCodePointThereIs) {
  for (char32_t value = 0; value <= 0x10FFFF; ++value) {
    const std::string text = Encoded(value);
    std::string_view rest = text;
    const CodePoint taken = TakeCodePoint(rest);
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    const auto number = static_cast<std::uint32_t>(value);
    ASSERT_TRUE(taken.value == (surrogate ? U'\uFFFD' : value)) << number;
    ASSERT_EQ(taken.bytes.size(), surrogate ? 1 : text.size()) << number;
    ASSERT_EQ(IsUtf8(text), !surrogate) << number;
  }
}

TEST(CodePointTest, TakesOneByteOfWhatIsNoUtf8AndGoesOn) {
  for (const std::string text : {"\xd5\xc5", "\xc0\x80", "\xe0\x80\x80", "\xf4\x90\x80\x80", "\xff",
                                 "\xe4\xba", "\xf0\xa0\xae", "\x80"}) {
    std::string_view rest = text;
    const CodePoint taken = TakeCodePoint(rest);
    EXPECT_TRUE(taken.value == U'\uFFFD');
    EXPECT_EQ(taken.bytes.size(), 1u);
    EXPECT_EQ(taken.width, 1);
    EXPECT_FALSE(IsUtf8(text));
    EXPECT_FALSE(IsUtf8("人" + text));
  }
  EXPECT_TRUE(IsUtf8(""));
  EXPECT_TRUE(IsUtf8("\xef\xbf\xbd")) << "the sign of replacement is a character itself";
}

RC_GTEST_PROP(CodePointTest, FindsTheTextAgainAfterAnyBytes, (const std::string& bytes)) {
  const std::string text = bytes + " 王";
  std::string_view rest = text;
  char32_t last = 0;
  while (!rest.empty()) last = TakeCodePoint(rest).value;
  RC_ASSERT((last == U'王'));
}

}  // namespace
}  // namespace homeward::client
