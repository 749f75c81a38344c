#include "server/evaluate/interval.h"

#include <algorithm>
#include <cmath>

namespace homeward {

Interval WilsonInterval(double p, double n) {
  constexpr double kNormal95 = 1.959963984540054;  // two-sided
  constexpr double kSquare = kNormal95 * kNormal95;
  const double centre = (p + kSquare / (2 * n)) / (1 + kSquare / n);
  const double half =
      kNormal95 / (1 + kSquare / n) * std::sqrt(p * (1 - p) / n + kSquare / (4 * n * n));
  // At the ends what rounding leaves over is no share.
  return {p == 0 ? 0 : std::max(0.0, centre - half), p == 1 ? 1 : std::min(1.0, centre + half)};
}

}  // namespace homeward
