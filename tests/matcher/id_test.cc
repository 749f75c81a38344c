#include "matcher/id.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace homeward {
namespace {

RC_GTEST_PROP(IdTest, ParsesWhatItPrints, (const std::array<std::uint8_t, 16>& bytes)) {
  const RecordId id{bytes};
  const std::string text = id.ToString();
  RC_ASSERT(text.size() == 26u);
  RC_ASSERT(RecordId::Parse(text) == id);
}

TEST(IdTest, PrintsTheEndsOfItsRange) {
  RecordId id;
  EXPECT_EQ(id.ToString(), std::string(26, '0'));
  id.bytes.fill(0xff);
  EXPECT_EQ(id.ToString(), "7" + std::string(25, 'z'));
}

TEST(IdTest, RefusesWhatItWouldNotHavePrinted) {
  for (const std::string& text : {
           std::string(),
           std::string(25, '0'),
           std::string(27, '0'),
           "8" + std::string(25, '0'),  // 129 bits
           std::string(25, '0') + "A",  // upper case
           std::string(25, '0') + "o",  // not in the alphabet
           std::string(25, '0') + "/",
       }) {
    EXPECT_FALSE(RecordId::Parse(text)) << text;
  }
}

}  // namespace
}  // namespace homeward
