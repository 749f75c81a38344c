#include "matcher/id.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <unordered_set>

namespace homeward {
namespace {

using IdBytes = std::array<std::uint8_t, 16>;

TEST(IdTest, WritesTheLowestAndTheHighestId) {
  IdBytes bytes{};
  EXPECT_EQ(EncodeId(bytes), "00000000000000000000000000");
  bytes.fill(0xFF);
  EXPECT_EQ(EncodeId(bytes), "7zzzzzzzzzzzzzzzzzzzzzzzzz");
}

TEST(IdTest, WritesTheFirstByteFirst) {
  IdBytes bytes{};
  bytes[15] = 33;
  EXPECT_EQ(EncodeId(bytes), "00000000000000000000000011");
  bytes = {0x80};
  EXPECT_EQ(EncodeId(bytes), "40000000000000000000000000");
}

RC_GTEST_PROP(IdTest, ReadsWhatItWrote, (const IdBytes& bytes)) {
  const std::string text = EncodeId(bytes);
  RC_ASSERT(text.size() == 26u);
  RC_ASSERT(DecodeId(text) == bytes);
}

RC_GTEST_PROP(IdTest, KeepsTheOrderOfTheBytes, (const IdBytes& a, const IdBytes& b)) {
  RC_ASSERT((a < b) == (EncodeId(a) < EncodeId(b)));
}

RC_GTEST_PROP(IdTest, ReadsNothingButWhatItWouldWrite, ()) {
  const auto text = *rc::gen::container<std::string>(
      26, rc::gen::weightedOneOf<char>(
              {{99, rc::gen::elementOf(std::string("0123456789abcdefghjkmnpqrstvwxyz"))},
               {1, rc::gen::arbitrary<char>()}}));
  const auto bytes = DecodeId(text);
  if (bytes) RC_ASSERT(EncodeId(*bytes) == text);
}

TEST(IdTest, RefusesOtherSpellings) {
  const std::string valid = "01h2xcejqtf2nbrexx3vqjhp41";
  ASSERT_TRUE(DecodeId(valid));
  EXPECT_FALSE(DecodeId(""));
  EXPECT_FALSE(DecodeId(valid.substr(1)));
  EXPECT_FALSE(DecodeId(valid + "0"));
  EXPECT_FALSE(DecodeId("8" + valid.substr(1))) << "more than 128 bits";
  EXPECT_FALSE(DecodeId("zzzzzzzzzzzzzzzzzzzzzzzzzz"));
  for (const char stranger : {'i', 'l', 'o', 'u', 'A', 'Z', '-', ' ', '\0', '\xE6'}) {
    std::string text = valid;
    text[13] = stranger;
    EXPECT_FALSE(DecodeId(text)) << static_cast<int>(stranger);
  }
}

RC_GTEST_PROP(IdTest, ParsesIntoTheSameTypedId, (const IdBytes& bytes)) {
  const RecordId id{bytes};
  RC_ASSERT(RecordId::Parse(id.ToString()) == id);
}

TEST(IdTest, KeepsIdsOfDifferentThingsApart) {
  static_assert(!std::is_convertible_v<RecordId, PhotoId>);
  static_assert(!std::equality_comparable_with<RecordId, PhotoId>);
  EXPECT_FALSE(PhotoId::Parse("no id"));
}

TEST(IdTest, ServesAsAKey) {
  std::unordered_set<FaceId> ids;
  for (std::uint8_t i = 0; i < 100; ++i) ids.insert(FaceId{{i}});
  EXPECT_EQ(ids.size(), 100u);
  EXPECT_TRUE(ids.contains(FaceId{{42}}));
  EXPECT_FALSE(ids.contains(FaceId{{100}}));
}

}  // namespace
}  // namespace homeward
