#include "server/process/nearest_name.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <vector>

namespace homeward {
namespace {

TEST(NearestNameTest, CountsSingleCharacterEdits) {
  EXPECT_EQ(EditDistance("", ""), 0u);
  EXPECT_EQ(EditDistance("listen", "listn"), 1u);
  EXPECT_EQ(EditDistance("threads", "treads"), 1u);
  EXPECT_EQ(EditDistance("kitten", "sitting"), 3u);
  EXPECT_EQ(EditDistance("", "abc"), 3u);
}

TEST(NearestNameTest, FindsTheNameThatWasMeant) {
  const std::vector<std::string> names{"data", "listen", "weights"};
  EXPECT_EQ(NearestName("wieghts", names), "weights");
  EXPECT_EQ(NearestName("dta", names), "data");
}

TEST(NearestNameTest, IsADistance) {
  EXPECT_TRUE(rc::check([](const std::string& a, const std::string& b, const std::string& c) {
    RC_ASSERT(EditDistance(a, b) == EditDistance(b, a));
    RC_ASSERT((EditDistance(a, b) == 0) == (a == b));
    RC_ASSERT(EditDistance(a, c) <= EditDistance(a, b) + EditDistance(b, c));
  }));
}

}  // namespace
}  // namespace homeward
