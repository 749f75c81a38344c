#include "server/evaluate/interval.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace homeward {
namespace {

RC_GTEST_PROP(IntervalTest, HoldsTheShareAndNarrowsWithTrials, (std::uint16_t share)) {
  const double p = static_cast<double>(share) / 65'535;
  double width = 1;
  for (const double n : {1.0, 10.0, 1'000.0}) {
    const Interval found = WilsonInterval(p, n);
    RC_ASSERT(0 <= found.low && found.low <= p && p <= found.high && found.high <= 1);
    RC_ASSERT(found.low < found.high);
    RC_ASSERT(found.high - found.low < width);
    width = found.high - found.low;
  }
}

}  // namespace
}  // namespace homeward
