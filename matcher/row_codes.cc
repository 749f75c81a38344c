#include "matcher/row_codes.h"

#include <string.h>

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <limits>

namespace homeward {
namespace {

constexpr double kMostQueryCode = 127;
// Well above what the sums of squares here are rounded by, in double precision.
constexpr double kRoundedUp = 1 + 1e-9;
// And what differences are, in steps: they are taken of numbers up to some hundred steps.
constexpr double kStepsRounded = 1e-12;

// The terms of a row are kept in sixteen bits each. The base, |h|^2 - error^2, lies between those
// of the smallest |h| with the largest error and the largest |h| with none; the base is rounded
// down and the error up, by one unit at least, which is more than they were rounded by before.
constexpr double kMostErrorSteps = 1;  // a component, on average; such rows are not told by codes
constexpr double kLeastBaseSteps = 0.25 - kMostErrorSteps * kMostErrorSteps;
constexpr double kMostBaseSteps = CodeGrid::kMiddle * CodeGrid::kMiddle;
constexpr double kUnits = 65'535;
constexpr double kBaseUnits = kUnits - 1;
constexpr double kErrorUnits = kUnits - 2;

// In steps squared.
double BaseUnit(const CodeGrid& grid) {
  return static_cast<double>(grid.dimension()) * (kMostBaseSteps - kLeastBaseSteps) / kBaseUnits;
}
double LeastBase(const CodeGrid& grid) {
  return static_cast<double>(grid.dimension()) * kLeastBaseSteps;
}
// In steps.
double ErrorUnit(const CodeGrid& grid) {
  return std::sqrt(static_cast<double>(grid.dimension())) * kMostErrorSteps / kErrorUnits;
}

// What a sum of `count` products in fp32 may be short of the true sum, in proportion: each addition
// and the difference and product before it round by 2^-24 at the most.
double ShortOf(std::size_t count) { return 1 + static_cast<double>(count + 4) * 0x1p-23; }

// Weights that make a kernel find every row.
void FindAll(CodedQuery& coded) {
  coded.base_weight = 0;
  coded.error_weight = 0;
  coded.offset = std::numeric_limits<float>::infinity();
}

}  // namespace

RowCodes::RowCodes(const float* rows, std::size_t count, std::shared_ptr<const CodeGrid> grid)
    : grid_(std::move(grid)),
      octets_(OctetsOf(grid_->dimension())),
      codes_(count / kCodedRows * TileBytes(octets_)),
      terms_(count),
      unknown_(count / kCodedRows) {
  for (std::size_t r = 0; r < count; ++r) CodeRow(rows + r * grid_->dimension(), r);
}

RowCodes::RowCodes(const RowCodes& other, std::span<const std::size_t> without)
    : grid_(other.grid_),
      octets_(other.octets_),
      codes_(other.codes_),
      terms_(other.terms_),
      unknown_(other.unknown_) {
  for (const std::size_t r : without) Forget(r);
}

RowCodes::~RowCodes() {
  explicit_bzero(codes_.data(), codes_.size());
  explicit_bzero(terms_.data(), terms_.size() * sizeof(std::uint32_t));
}

CodeTile RowCodes::tile(std::size_t tile) const {
  constexpr std::size_t kTilesAhead = 2;
  const std::size_t bytes = TileBytes(octets_);
  const std::size_t ahead = std::min(tile + kTilesAhead, unknown_.size() - 1);
  return {codes_.data() + tile * bytes, terms_.data() + tile * kCodedRows, octets_,
          codes_.data() + ahead * bytes};
}

void RowCodes::CodeRow(const float* row, std::size_t r) {
  const CodeGrid& grid = *grid_;
  std::uint8_t* const tile = codes_.data() + r / kCodedRows * TileBytes(octets_);
  double squared_error = 0;
  double squared_steps = 0;
  for (std::size_t i = 0; i < grid.dimension(); ++i) {
    const std::uint8_t code = grid.CodeOf(row[i], i);
    std::uint8_t& byte = tile[CodeByte(octets_, r % kCodedRows, i)];
    byte = static_cast<std::uint8_t>(byte | code << CodeShift(i));
    const double steps = code - CodeGrid::kMiddle;
    const double error = grid.ErrorOf(row[i], i, code);
    squared_error += error * error;
    squared_steps += steps * steps;
  }
  const double error = std::sqrt(squared_error) / static_cast<double>(grid.step());
  if (!(error < ErrorUnit(grid) * kErrorUnits)) {
    Forget(r);
    unknown_[r / kCodedRows] |= std::uint64_t{1} << r % kCodedRows;
    return;
  }
  const double base = (squared_steps - error * error - LeastBase(grid)) / BaseUnit(grid) - 1;
  const double errors = error / ErrorUnit(grid) + 2;
  terms_[r] = static_cast<std::uint32_t>(std::clamp(base, 0.0, kUnits)) |
              static_cast<std::uint32_t>(errors) << 16;
}

void RowCodes::Forget(std::size_t r) {
  std::uint8_t* const tile = codes_.data() + r / kCodedRows * TileBytes(octets_);
  for (std::size_t i = 0; i < octets_ * kOctet; ++i) {
    tile[CodeByte(octets_, r % kCodedRows, i)] = 0;
  }
  terms_[r] = 0;
  unknown_[r / kCodedRows] &= ~(std::uint64_t{1} << r % kCodedRows);
}

QueryCode::QueryCode(std::span<const float> query)
    : query_(query), codes_(OctetsOf(query.size()) * kOctet) {}

void QueryCode::CodeFor(const RowCodes& rows) {
  if (grid_ == rows.grid()) return;
  grid_ = rows.grid();
  const CodeGrid& grid = *grid_;
  const auto from_centre = [&](std::size_t i) {
    return static_cast<double>(query_[i]) - static_cast<double>(grid.centre(i));
  };
  double most = 0;
  for (std::size_t i = 0; i < query_.size(); ++i) most = std::max(most, std::abs(from_centre(i)));
  step_ = std::max(most / kMostQueryCode, double{FLT_MIN});
  double squared_error = 0;
  double squared_steps = 0;
  sum_ = 0;
  for (std::size_t i = 0; i < query_.size(); ++i) {
    const double steps =
        std::clamp(std::round(from_centre(i) / step_), -kMostQueryCode, kMostQueryCode);
    codes_[i] = static_cast<std::int8_t>(steps);
    const double error = from_centre(i) - steps * step_;
    squared_error += error * error;
    squared_steps += steps * steps;
    sum_ += steps;
  }
  error_ = std::sqrt(squared_error) * kRoundedUp +
           kStepsRounded * step_ * std::sqrt(static_cast<double>(query_.size()));
  square_ = squared_steps * step_ * step_;
  coded_.codes = codes_.data();
  squared_distance_ = std::numeric_limits<float>::quiet_NaN();
}

// A row is to be found where |h(q) - h| <= most + error, that is, both being squared, where
//     |h|^2 - error^2 - 2 most error <= most^2 - |h(q)|^2 + 2 h(q) h,
// whose last product is that of the codes times both steps, less what the middle of the grid makes
// of the sum of the query's. Everything is divided by twice the steps.
const CodedQuery& QueryCode::Within(float squared_distance) {
  if (squared_distance == squared_distance_) return coded_;
  squared_distance_ = squared_distance;
  // Products below FLT_MIN may have been lost altogether.
  const double most = std::sqrt(static_cast<double>(squared_distance) * ShortOf(query_.size()) +
                                static_cast<double>(query_.size()) * FLT_MIN) *
                          kRoundedUp +
                      error_;
  const double step = grid_->step();
  const double base_weight = BaseUnit(*grid_) * step / (2 * step_);
  const double error_weight = ErrorUnit(*grid_) * most / step_;
  const double offset = (most * most - square_) / (2 * step * step_) - CodeGrid::kMiddle * sum_ -
                        LeastBase(*grid_) * step / (2 * step_);
  // Well above what the kernel's few operations round by, in fp32, and the difference of squares.
  const double rounded = 1e-6 * (kUnits * (base_weight + error_weight) + std::abs(offset) + 1) +
                         1e-12 * (most * most + square_) / (2 * step * step_);
  constexpr double kMostWeight = 1e30;
  if (!(base_weight < kMostWeight && error_weight < kMostWeight &&
        std::abs(offset) < kMostWeight)) {
    FindAll(coded_);
    return coded_;
  }
  coded_.base_weight = static_cast<float>(base_weight);
  coded_.error_weight = static_cast<float>(error_weight);
  coded_.offset = static_cast<float>(offset + rounded);
  return coded_;
}

}  // namespace homeward
