#include "server/evaluate/space_choice.h"

#include <gmock/gmock.h>

namespace homeward {
namespace {

using ::testing::HasSubstr;

const std::vector<Space> kServed = {{"one", "1.dat", 128}, {"two", "2.dat", 512}};

TEST(SpaceChoiceTest, TakesAllWhereNoneIsNamedAndOtherwiseThoseNamed) {
  EXPECT_EQ(ChooseSpaces(kServed, {}), kServed);
  EXPECT_EQ(ChooseSpaces(kServed, {"two"}), std::vector{kServed[1]});
  EXPECT_EQ(ChooseSpaces(kServed, {"two", "one"}), (std::vector{kServed[1], kServed[0]}));
}

TEST(SpaceChoiceTest, RefusesANameThatIsNotServedAndSaysWhichAre) {
  const auto chosen = ChooseSpaces(kServed, {"one", "three"});
  ASSERT_FALSE(chosen);
  EXPECT_EQ(chosen.error().reason, Reason::kConfigInvalid);
  EXPECT_THAT(chosen.error().message, HasSubstr("`three`; there are: one, two."));
  EXPECT_FALSE(ChooseSpaces(kServed, {""}));
}

TEST(SpaceChoiceTest, RefusesANameThatIsSaidTwice) {
  EXPECT_FALSE(ChooseSpaces(kServed, {"one", "one"}));
}

}  // namespace
}  // namespace homeward
