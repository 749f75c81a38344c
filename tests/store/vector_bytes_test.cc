#include "server/store/vector_bytes.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>

#include "tests/store/outcome.h"

namespace homeward {
namespace {

using ::testing::ElementsAre;

TEST(VectorBytesTest, AreFloatsInLittleEndian) {
  EXPECT_THAT(Must(VectorBytes(std::vector<float>{1, -2})),
              ElementsAre(0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0));
}

RC_GTEST_PROP(VectorBytesTest, GiveTheSameVectorBack, (const std::vector<float>& vector)) {
  RC_PRE(!vector.empty());
  RC_PRE(std::ranges::all_of(vector, [](float each) { return std::isfinite(each); }));
  RC_ASSERT(Must(VectorOfBytes(Must(VectorBytes(vector)))) == vector);
}

TEST(VectorBytesTest, AreRefusedWhereTheyAreNoVector) {
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(Outcome(VectorBytes({})), "INTERNAL");
  EXPECT_EQ(Outcome(VectorBytes(std::vector<float>{1, kNan})), "INTERNAL");
  EXPECT_EQ(Outcome(VectorOfBytes({})), "STORE_CORRUPT");
  EXPECT_EQ(Outcome(VectorOfBytes(std::vector<std::uint8_t>{0, 0, 0x80, 0x3f, 0})),
            "STORE_CORRUPT");
  EXPECT_EQ(Outcome(VectorOfBytes(std::vector<std::uint8_t>{0, 0, 0x80, 0x7f})), "STORE_CORRUPT")
      << "infinite";
}

}  // namespace
}  // namespace homeward
