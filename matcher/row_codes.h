// Rows in four bits a component, with which a search passes over those that cannot be among the
// nearest: an eighth of the memory to read, and the answer is still exact.
//
// A row x is kept as the nearest values h of a grid (code_grid.h), with its own `error`, a bound of
// |x - h|. A query Q is kept as whole numbers q, its components from the grid's centres over a step
// of its own, rounded; its error is a bound of |Q - h(q)|, where h(q) is what they are worth. Then
// by the triangle inequality, twice,
//     |Q - x| >= |h(q) - h| - error of Q - error,
// and |h(q) - h|^2 follows from |h|^2, kept with the row, and the product of the codes, a whole
// number, computed exactly. So rows that come out too far are farther than the k-th nearest so far,
// whatever was rounded. Rows that the grid cannot hold are never passed over.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "matcher/code_grid.h"
#include "matcher/code_kernel.h"

namespace homeward {

// Thread safe once made.
class RowCodes {
 public:
  static constexpr std::size_t kMostDimensions = kOctet * kMostOctets;

  // `rows`: `count` (a multiple of kCodedRows) times as many finite floats as the grid has
  // dimensions, at most kMostDimensions.
  RowCodes(const float* rows, std::size_t count, std::shared_ptr<const CodeGrid> grid);
  // A copy in which nothing is left of some rows.
  RowCodes(const RowCodes& other, std::span<const std::size_t> without);
  // Codes are as personal as what they code.
  ~RowCodes();
  RowCodes(const RowCodes&) = delete;
  RowCodes& operator=(const RowCodes&) = delete;

  const std::shared_ptr<const CodeGrid>& grid() const { return grid_; }
  // Rows 64 * tile to 64 * tile + 63.
  CodeTile tile(std::size_t tile) const;
  // Bit r: row 64 * tile + r is not told by its codes.
  std::uint64_t unknown(std::size_t tile) const { return unknown_[tile]; }

 private:
  void CodeRow(const float* row, std::size_t r);
  void Forget(std::size_t r);

  const std::shared_ptr<const CodeGrid> grid_;
  const std::size_t octets_;
  std::vector<std::uint8_t> codes_;
  std::vector<std::uint32_t> terms_;
  std::vector<std::uint64_t> unknown_;
};

// What one query is to the codes of one row set after the other. Not thread safe.
class QueryCode {
 public:
  // `query` must outlive it.
  explicit QueryCode(std::span<const float> query);

  // Codes the query for the grid of `rows`, unless it is already.
  void CodeFor(const RowCodes& rows);
  // For a kernel, which then finds all rows (but those unknown) of a row set of that grid that have
  // a fp32 squared distance, as squared_distances.h sums it, of at most `squared_distance`, and few
  // others. Valid until the next call.
  const CodedQuery& Within(float squared_distance);

 private:
  const std::span<const float> query_;
  std::vector<std::int8_t> codes_;
  std::shared_ptr<const CodeGrid> grid_;  // null: not coded yet
  double step_ = 0;
  double error_ = 0;
  double square_ = 0;  // of what the codes are worth
  double sum_ = 0;     // of the codes
  float squared_distance_ = 0;
  CodedQuery coded_{};
};

}  // namespace homeward
