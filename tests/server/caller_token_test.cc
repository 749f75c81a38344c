#include "server/rpc/caller_token.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace homeward {
namespace {

TEST(CallerTokenTest, KnowsTheCallerByTheTokenAlone) {
  EXPECT_TRUE(rc::check([](const std::string& token, const std::string& shown) {
    const CallerToken known(token, "local");
    RC_ASSERT(known.Authenticate("Bearer " + shown).has_value() ==
              (!token.empty() && shown == token));
    RC_ASSERT(known.Authenticate("Bearer " + token).has_value() == !token.empty());
    RC_ASSERT(!known.Authenticate(token));
  }));
  EXPECT_EQ(CallerToken("x", "local").Authenticate("Bearer x").value(), "local");
}

TEST(CallerTokenTest, RefusesWithoutRepeatingWhatWasShown) {
  const auto refused = CallerToken("abcd", "local").Authenticate("Bearer secret");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::kUnauthenticated);
  EXPECT_EQ(refused.error().message.find("secret"), std::string::npos);
  EXPECT_TRUE(refused.error().metadata.empty());
}

}  // namespace
}  // namespace homeward
