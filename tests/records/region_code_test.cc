#include "server/records/region_code.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace homeward {
namespace {

TEST(RegionCodeTest, Has6Or9Or12Digits) {
  for (const char* code : {"410000", "410900", "410902", "120000", "120101", "659001", "410902001",
                           "410902000", "410902001204", "410902000000", "000000"}) {
    EXPECT_TRUE(IsRegionCode(code)) << code;
  }
  for (const char* code : {"", "41", "4109", "41090", "4109020", "41090200", "4109020012",
                           "41090200120", "4109020012041", "41090a", "41090 ", " 410902", "-10902",
                           "４１０９０２", "010902", "000001", "000000001"}) {
    EXPECT_FALSE(IsRegionCode(code)) << code;
  }
}

TEST(RegionCodeTest, MayBeAbolished) {
  // Numbers that ID cards still begin with, though no region has them any more.
  for (const char* code : {"460025", "460026", "440524"}) EXPECT_TRUE(IsRegionCode(code)) << code;
}

RC_GTEST_PROP(RegionCodeTest, HoldsNothingButDigits, (const std::string& text)) {
  if (IsRegionCode(text)) {
    RC_ASSERT(text.find_first_not_of("0123456789") == std::string::npos);
    RC_ASSERT(text.size() % 3 == 0 && text.size() >= 6 && text.size() <= 12);
  }
}

RC_GTEST_PROP(RegionCodeTest, IsAnyNumberOfARightLengthThatBeginsWithNo0, ()) {
  const auto size = *rc::gen::element<std::size_t>(6, 9, 12);
  auto code = *rc::gen::container<std::string>(size, rc::gen::inRange('0', static_cast<char>(':')));
  if (code.front() == '0') code.front() = '1';
  RC_ASSERT(IsRegionCode(code));
  code[*rc::gen::inRange<std::size_t>(0, size)] = *rc::gen::element('x', '\0', '.', '\xff');
  RC_ASSERT(!IsRegionCode(code));
}

}  // namespace
}  // namespace homeward
