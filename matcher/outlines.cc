#include "matcher/outlines.h"

#include <string.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <opencv2/core.hpp>
#include <utility>

#include "matcher/tile_kernel.h"

namespace homeward {
namespace {

constexpr std::size_t kLeastRows = 2048;
constexpr std::size_t kSample = 4096;
// Beyond, squares might overflow.
constexpr double kLongest = 1e15;
// Up to which the bound below was proven.
constexpr std::size_t kMostComponents = 4096;

struct Outlined {
  SlotVector row;
  std::array<float, Outlines::kLength> outline;
};

// Along which of the foremost axes they differ most.
std::size_t WidestAxis(std::span<const Outlined> rows) {
  constexpr std::size_t kForemost = 16;
  std::array<double, kForemost> sums{};
  std::array<double, kForemost> squares{};
  for (const Outlined& row : rows) {
    for (std::size_t k = 0; k < kForemost; ++k) {
      sums[k] += double{row.outline[k]};
      squares[k] += double{row.outline[k]} * double{row.outline[k]};
    }
  }
  const auto variance = [&](std::size_t k) {
    return squares[k] - sums[k] * sums[k] / static_cast<double>(rows.size());
  };
  std::size_t widest = 0;
  for (std::size_t k = 1; k < kForemost; ++k) {
    if (variance(k) > variance(widest)) widest = k;
  }
  return widest;
}

// Halves them along their widest axis, and again each half, down to a group of a tile.
void BringTogether(std::span<Outlined> rows) {
  if (rows.size() <= kGroupRows) return;
  const std::size_t k = WidestAxis(rows);
  const std::size_t half = (rows.size() / 2 + kGroupRows - 1) / kGroupRows * kGroupRows;
  std::nth_element(
      rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(half), rows.end(),
      [k](const Outlined& a, const Outlined& b) { return a.outline[k] < b.outline[k]; });
  BringTogether(rows.first(half));
  BringTogether(rows.subspan(half));
}

double LengthOf(const float* vector, std::size_t dimension) {
  double squares = 0;
  for (std::size_t i = 0; i < dimension; ++i) squares += double{vector[i]} * double{vector[i]};
  return std::sqrt(squares);
}

}  // namespace

std::unique_ptr<const Outlines> Outlines::Make(std::vector<SlotVector> rows, int dimension) {
  const auto length = static_cast<std::size_t>(dimension);
  if (rows.size() < kLeastRows || length <= kLength || length > kMostComponents) return nullptr;
  std::unique_ptr<const Outlines> outlines(new Outlines(std::move(rows), length));
  return outlines->longest_ < kLongest ? std::move(outlines) : nullptr;
}

Outlines::Outlines(std::vector<SlotVector> rows, std::size_t dimension)
    : dimension_(dimension), rows_(std::move(rows)) {
  FindAxes();
  std::vector<Outlined> outlined;
  outlined.reserve(rows_.size());
  for (const SlotVector& row : rows_) {
    longest_ = std::max(longest_, LengthOf(row.vector, dimension_));
    outlined.push_back({row, {}});
    Sketch(row.vector, outlined.back().outline);
  }
  BringTogether(outlined);
  tiles_.resize((rows_.size() + kTileRows - 1) / kTileRows * kTileRows * kLength);
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    rows_[i] = outlined[i].row;
    float* tile = tiles_.data() + i / kTileRows * kTileRows * kLength;
    for (std::size_t k = 0; k < kLength; ++k) {
      tile[TileIndex(kLength, i % kTileRows, k)] = outlined[i].outline[k];
    }
  }
  explicit_bzero(outlined.data(), outlined.size() * sizeof(Outlined));
}

// A face's outline is a biometric as its vector is: it must not linger in freed memory.
Outlines::~Outlines() { explicit_bzero(tiles_.data(), tiles_.size() * sizeof(float)); }

void Outlines::FindAxes() {
  const std::size_t step = std::max<std::size_t>(1, rows_.size() / kSample);
  const auto count = static_cast<int>((rows_.size() + step - 1) / step);
  cv::Mat_<double> sample(count, static_cast<int>(dimension_));
  for (int i = 0; i < count; ++i) {
    std::copy_n(rows_[static_cast<std::size_t>(i) * step].vector, dimension_, sample[i]);
  }
  cv::Mat covariance;
  cv::Mat mean;
  cv::calcCovarMatrix(sample, covariance, mean, cv::COVAR_NORMAL | cv::COVAR_ROWS, CV_64F);
  cv::Mat values;
  cv::Mat_<double> vectors;
  cv::eigen(covariance, values, vectors);
  axes_.assign(vectors[0], vectors[0] + kLength * dimension_);
}

void Outlines::Sketch(const float* vector, std::span<float> outline) const {
  for (std::size_t k = 0; k < kLength; ++k) {
    const double* axis = axes_.data() + k * dimension_;
    double sum = 0;
    for (std::size_t i = 0; i < dimension_; ++i) sum += axis[i] * double{vector[i]};
    outline[k] = static_cast<float>(sum);
  }
}

std::array<float, Outlines::kLength> Outlines::outline(std::size_t row) const {
  const float* in_tile = tile(row / kTileRows * kTileRows);
  std::array<float, kLength> outline;
  for (std::size_t k = 0; k < kLength; ++k) {
    outline[k] = in_tile[TileIndex(kLength, row % kTileRows, k)];
  }
  return outline;
}

// With u = 2^-24, n components and m = kLength: of two vectors at the distance d, SquaredDistances
// has s with d^2 <= s (1 + 2 (n + 3) u) + what underflows. The outlines, each rounded once, lie no
// farther apart than d + 4 u longest_, and a kernel has for them at most the square of that times
// 1 + 2 (m + 3) u. Both factors together are less than 1 + 2^-10 for n <= 4096; FLT_MIN is far more
// than underflows.
float Outlines::Limit(float squared) const {
  const double distance = std::sqrt(double{squared} + double{std::numeric_limits<float>::min()}) +
                          std::ldexp(longest_, -22);
  return std::nextafter(static_cast<float>((1 + std::ldexp(1.0, -10)) * distance * distance),
                        std::numeric_limits<float>::infinity());
}

}  // namespace homeward
