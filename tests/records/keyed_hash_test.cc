#include "server/records/keyed_hash.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <vector>

namespace homeward {
namespace {

TEST(KeyedHashTest, IsHmacSha256) {
  // RFC 4231, test case 2, with its key of 4 bytes filled up with zeros as HMAC does.
  HashKey key{};
  std::copy_n("Jefe", 4, key.begin());
  EXPECT_EQ(
      fmt::format("{:02x}",
                  fmt::join(KeyedHash(key, std::string_view("what do ya want for nothing?")), "")),
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(KeyedHashTest, DependsOnKeyAndContent) {
  HashKey key{};
  HashKey other_key{};
  other_key[31] = 1;
  EXPECT_EQ(KeyedHash(key, std::string_view("a")), KeyedHash(key, std::vector<std::uint8_t>{'a'}));
  EXPECT_NE(KeyedHash(key, std::string_view("a")), KeyedHash(key, std::string_view("b")));
  EXPECT_NE(KeyedHash(key, std::string_view("a")), KeyedHash(other_key, std::string_view("a")));
}

}  // namespace
}  // namespace homeward
