#include "server/evaluate/plot_axis.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace homeward {
namespace {

void CheckAxis(const PlotAxis& axis) {
  RC_ASSERT(axis.ticks.size() >= 2u);
  RC_ASSERT(axis.ticks.size() <= 12u);
  for (const double tick : axis.ticks) {
    RC_ASSERT(tick >= axis.low - 1e-12);
    RC_ASSERT(tick <= axis.high + 1e-12);
    RC_ASSERT(axis.TickText(tick).size() <= 7u);
  }
  double last = -1;
  for (int i = 0; i <= 20; ++i) {
    const double at = axis.PositionOf(axis.low + (axis.high - axis.low) * i / 20);
    RC_ASSERT(at > last);
    last = at;
  }
  RC_ASSERT(axis.PositionOf(axis.low) == 0);
  RC_ASSERT(std::abs(axis.PositionOf(axis.high) - 1) < 1e-12);
  RC_ASSERT(axis.PositionOf(-5) == 0);
  RC_ASSERT(std::abs(axis.PositionOf(5) - 1) < 1e-12);
}

RC_GTEST_PROP(PlotAxisTest, OfSharesReachesFarEnoughAndNotMuchFarther, (std::uint16_t number)) {
  const double share = (1 + static_cast<double>(number)) / 65'536;
  const PlotAxis plain = ShareAxis("", share);
  CheckAxis(plain);
  RC_ASSERT(plain.high >= share);
  RC_ASSERT(plain.high <= std::max(0.01, 2.5 * share));
  const PlotAxis log = LogShareAxis("", share);
  CheckAxis(log);
  RC_ASSERT(log.low <= share * (1 + 1e-6));
  RC_ASSERT(log.low >= std::min(share / 2.6, 0.5) - 1e-12);
}

TEST(PlotAxisTest, WritesSharesWithTheDigitsThatMatter) {
  EXPECT_EQ(ShareText(0), "0 %");
  EXPECT_EQ(ShareText(1), "100 %");
  EXPECT_EQ(ShareText(0.003), "0.3 %");
  EXPECT_EQ(ShareText(0.012666), "1.27 %");
  EXPECT_EQ(ShareText(0.5726), "57.3 %");
  EXPECT_EQ(ShareText(0.00001), "0.001 %");
}

}  // namespace
}  // namespace homeward
