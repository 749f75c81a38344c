// Rows in eight bits a component, with which a search passes over those that cannot be among the
// nearest: a quarter of the memory to read, and the answer is still exact.
//
// A row x is kept as whole numbers c, its components over `scale`, rounded; `error` is the most
// that |x - scale c| is. A query Q is coded alike, by the same scale, with an error of its own.
// Then by the triangle inequality, twice,
//     |Q - x| >= scale sqrt(D) - error of Q - error,    D = |q - c|^2, a whole number, computed
//     exactly,
// so that rows whose D is too large are farther than the k-th nearest so far, whatever was rounded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "matcher/code_kernel.h"

namespace homeward {

// Thread safe once made.
class RowCodes {
 public:
  // `rows`: `count` (a multiple of kCodedRows) of `dimension` (at most kQuad * kMostQuads) finite
  // floats.
  RowCodes(const float* rows, std::size_t count, std::size_t dimension);
  // Codes are as personal as what they code.
  ~RowCodes();
  RowCodes(const RowCodes&) = delete;
  RowCodes& operator=(const RowCodes&) = delete;

  std::size_t quads() const { return quads_; }
  float scale() const { return scale_; }
  double error() const { return error_; }
  // Of rows 64 * tile to 64 * tile + 63, see CodeIndex.
  const std::uint8_t* codes(std::size_t tile) const {
    return codes_.get() + tile * kCodedRows * kQuad * quads_;
  }
  const std::int32_t* squares(std::size_t tile) const {
    return squares_.data() + tile * kCodedRows;
  }

 private:
  void CodeRow(const float* row, std::size_t dimension, std::size_t r);

  const std::size_t quads_;
  const float scale_;
  double error_ = 0;
  const std::size_t bytes_;
  const std::unique_ptr<std::uint8_t[]> codes_;
  std::vector<std::int32_t> squares_;
};

// What one query is to the codes of one row set after the other. Not thread safe.
class QueryCode {
 public:
  // `query` must outlive it.
  explicit QueryCode(std::span<const float> query);

  // Codes the query by the scale of `rows`.
  void CodeFor(const RowCodes& rows);
  // Bit r: row 64 * tile + r of those that the query was coded for may have a fp32 squared
  // distance, as squared_distances.h sums it, of at most `squared_distance`. All that have one have
  // their bit.
  std::uint64_t MayBeWithin(float squared_distance, const RowCodes& rows, std::size_t tile) const;

 private:
  std::int32_t LimitFor(float squared_distance, const RowCodes& rows) const;

  const std::span<const float> query_;
  CodeKernel* const kernel_;
  std::vector<std::int8_t> codes_;
  std::int32_t square_ = 0;
  std::int32_t sum_ = 0;
  float scale_ = 0;  // 0: not coded yet
  double error_ = 0;
};

}  // namespace homeward
