#include "matcher/squared_distances.h"

#include <cstring>

namespace homeward {
namespace {

// Four floats: one SSE register, which every amd64 machine has. Wider ones would gain nothing, as
// the scan is bound by memory.
using Lanes = float __attribute__((vector_size(16)));

constexpr int kLanes = 4;
static_assert(kRowsAtOnce == 2 * kLanes);

Lanes Load(const float* source) {
  Lanes lanes;
  std::memcpy(&lanes, source, sizeof lanes);
  return lanes;
}

// `sums` and four components of four rows: transposed, so that each row is summed in its own lane,
// in order. Called out of line, it would keep the sums in memory and take five times as long.
[[gnu::always_inline]] inline Lanes PlusFourComponents(const float* query, const float* const* rows,
                                                       int first, Lanes sums) {
  const Lanes part = Load(query + first);
  Lanes a = part - Load(rows[0] + first);
  Lanes b = part - Load(rows[1] + first);
  Lanes c = part - Load(rows[2] + first);
  Lanes d = part - Load(rows[3] + first);
  a *= a;
  b *= b;
  c *= c;
  d *= d;
  const Lanes ab_low = __builtin_shufflevector(a, b, 0, 4, 1, 5);
  const Lanes ab_high = __builtin_shufflevector(a, b, 2, 6, 3, 7);
  const Lanes cd_low = __builtin_shufflevector(c, d, 0, 4, 1, 5);
  const Lanes cd_high = __builtin_shufflevector(c, d, 2, 6, 3, 7);
  sums += __builtin_shufflevector(ab_low, cd_low, 0, 1, 4, 5);
  sums += __builtin_shufflevector(ab_low, cd_low, 2, 3, 6, 7);
  sums += __builtin_shufflevector(ab_high, cd_high, 0, 1, 4, 5);
  sums += __builtin_shufflevector(ab_high, cd_high, 2, 3, 6, 7);
  return sums;
}

}  // namespace

void SquaredDistances(const float* query, const std::array<const float*, kRowsAtOnce>& rows,
                      int dimension, std::array<float, kRowsAtOnce>& distances) {
  Lanes low{};
  Lanes high{};
  int i = 0;
  for (; i + kLanes <= dimension; i += kLanes) {
    low = PlusFourComponents(query, rows.data(), i, low);
    high = PlusFourComponents(query, rows.data() + kLanes, i, high);
  }
  std::memcpy(distances.data(), &low, sizeof low);
  std::memcpy(distances.data() + kLanes, &high, sizeof high);
  for (; i < dimension; ++i) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const float difference = query[i] - rows[row][i];
      distances[row] += difference * difference;
    }
  }
}

}  // namespace homeward
