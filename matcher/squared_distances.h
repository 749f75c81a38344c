// Squared Euclidean distances of one query to several rows, bit for bit as faiss::fvec_L2sqr sums
// them in Debian's build: component by component, from the first to the last, in fp32.
#pragma once

#include <array>

namespace homeward {

// Rows per call. One sum is a chain of dependent additions; eight at once keep the adder busy.
inline constexpr int kRowsAtOnce = 8;

// distances[r] = sum over i of (query[i] - rows[r][i])^2. `query` and every row have `dimension`
// floats, without alignment; rows may repeat. Thread safe.
void SquaredDistances(const float* query, const std::array<const float*, kRowsAtOnce>& rows,
                      int dimension, std::array<float, kRowsAtOnce>& distances);

}  // namespace homeward
