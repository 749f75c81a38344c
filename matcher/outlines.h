// Short vectors in the place of long ones, from which most pairs of rows are seen to be far apart.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "matcher/face_index.h"

namespace homeward {

// A vector and the slot that hits name it by.
struct SlotVector {
  Slot slot = 0;
  const float* vector = nullptr;
};

// Rows in an order in which neighbours stand together, and their outlines: what their vectors
// amount to along the kLength directions in which the rows differ most. Distances between outlines
// are at most those between the vectors, but for rounding, which Limit() makes up for. Immutable;
// wiped at the end. Thread safe.
class Outlines {
 public:
  static constexpr std::size_t kLength = 64;

  // Null where they would not pay: for few rows, and for vectors of so few components, or so large
  // ones, that the bound would not hold.
  static std::unique_ptr<const Outlines> Make(std::vector<SlotVector> rows, int dimension);

  Outlines(const Outlines&) = delete;
  Outlines& operator=(const Outlines&) = delete;
  ~Outlines();

  std::size_t dimension() const { return dimension_; }  // of the vectors
  std::span<const SlotVector> rows() const { return rows_; }
  // The outlines of kTileRows rows from `first`, a multiple of it, as the kernels want them
  // (tile_kernel.h).
  const float* tile(std::size_t first) const { return tiles_.data() + first * kLength; }
  std::array<float, kLength> outline(std::size_t row) const;
  // If SquaredDistances (squared_distances.h) has two rows no farther apart than `squared`, a
  // kernel has their outlines nearer than this.
  float Limit(float squared) const;

 private:
  Outlines(std::vector<SlotVector> rows, std::size_t dimension);
  void FindAxes();
  void Sketch(const float* vector, std::span<float> outline) const;

  const std::size_t dimension_;
  std::vector<SlotVector> rows_;
  double longest_ = 0;        // length of the longest row
  std::vector<double> axes_;  // orthonormal, kLength of them
  std::vector<float> tiles_;
};

}  // namespace homeward
