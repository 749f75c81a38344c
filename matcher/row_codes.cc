#include "matcher/row_codes.h"

#include <string.h>

#include <algorithm>
#include <cfloat>
#include <cmath>

namespace homeward {
namespace {

constexpr float kMostCode = 127;
// Well above what the sums of squares here are rounded by, in double precision.
constexpr double kRoundedUp = 1 + 1e-9;

float ScaleOf(std::span<const float> components) {
  float most = 0;
  for (const float each : components) most = std::max(most, std::abs(each));
  // Codes of what is next to nothing are 0; it is the error then.
  return std::max(most / kMostCode, FLT_MIN);
}

std::int32_t CodeOf(float component, float scale) {
  const float code = std::clamp(component / scale, -kMostCode, kMostCode);
  return static_cast<std::int32_t>(code + std::copysign(0.5F, code));
}

double SquaredError(float component, std::int32_t code, float scale) {
  const double error = static_cast<double>(component) - code * static_cast<double>(scale);
  return error * error;
}

// What a sum of `count` products in fp32 may be short of the true sum, in proportion: each addition
// and the difference and product before it round by 2^-24 at the most.
double ShortOf(std::size_t count) { return 1 + static_cast<double>(count + 4) * 0x1p-23; }

}  // namespace

RowCodes::RowCodes(const float* rows, std::size_t count, std::size_t dimension)
    : quads_(QuadsOf(dimension)),
      scale_(ScaleOf({rows, count * dimension})),
      bytes_(count * kQuad * quads_),
      codes_(std::make_unique_for_overwrite<std::uint8_t[]>(bytes_)),
      squares_(count) {
  std::fill_n(codes_.get(), bytes_, std::uint8_t{128});
  for (std::size_t r = 0; r < count; ++r) CodeRow(rows + r * dimension, dimension, r);
  error_ = std::sqrt(error_) * kRoundedUp;
}

RowCodes::~RowCodes() {
  explicit_bzero(codes_.get(), bytes_);
  explicit_bzero(squares_.data(), squares_.size() * sizeof(std::int32_t));
}

// Keeps in error_ the largest squared error so far.
void RowCodes::CodeRow(const float* row, std::size_t dimension, std::size_t r) {
  std::uint8_t* const tile = codes_.get() + r / kCodedRows * kCodedRows * kQuad * quads_;
  double squared_error = 0;
  for (std::size_t i = 0; i < dimension; ++i) {
    const std::int32_t code = CodeOf(row[i], scale_);
    tile[CodeIndex(quads_, r % kCodedRows, i)] = static_cast<std::uint8_t>(code + 128);
    squares_[r] += code * code;
    squared_error += SquaredError(row[i], code, scale_);
  }
  error_ = std::max(error_, squared_error);
}

QueryCode::QueryCode(std::span<const float> query)
    : query_(query), kernel_(BestCodeKernel()), codes_(QuadsOf(query.size()) * kQuad) {}

void QueryCode::CodeFor(const RowCodes& rows) {
  if (scale_ == rows.scale()) return;
  scale_ = rows.scale();
  square_ = 0;
  sum_ = 0;
  double squared_error = 0;
  for (std::size_t i = 0; i < query_.size(); ++i) {
    const std::int32_t code = CodeOf(query_[i], scale_);
    codes_[i] = static_cast<std::int8_t>(code);
    square_ += code * code;
    sum_ += code;
    squared_error += SquaredError(query_[i], code, scale_);
  }
  error_ = std::sqrt(squared_error) * kRoundedUp;
}

std::uint64_t QueryCode::MayBeWithin(float squared_distance, const RowCodes& rows,
                                     std::size_t tile) const {
  return kernel_({.rows = rows.codes(tile),
                  .row_squares = rows.squares(tile),
                  .query = codes_.data(),
                  .quads = rows.quads(),
                  .query_square = square_,
                  .query_sum = sum_,
                  .limit = LimitFor(squared_distance, rows)});
}

std::int32_t QueryCode::LimitFor(float squared_distance, const RowCodes& rows) const {
  const std::int32_t farthest = FarthestOf(rows.quads());
  // Products below FLT_MIN may have been lost altogether.
  const double most = static_cast<double>(squared_distance) * ShortOf(query_.size()) +
                      static_cast<double>(query_.size()) * FLT_MIN;
  const double codes =
      (std::sqrt(most) + error_ + rows.error()) / static_cast<double>(rows.scale());
  const double limit = codes * codes * kRoundedUp;
  // Also where the distance overflowed.
  return limit < farthest ? static_cast<std::int32_t>(limit) : farthest;
}

}  // namespace homeward
