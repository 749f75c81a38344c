// Faces of nobody: synthetic templates of one space that stand for strangers where a gallery holds
// too few of a kind.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "matcher/error.h"
#include "matcher/face_index.h"

namespace homeward {

// Immutable. Thread safe.
class Cohort {
 public:
  // `rows`: one vector after the other, `dimension` (>= 1) floats each. Errors: kModelMismatch
  // where they are not whole vectors of finite numbers, or fewer than kSpreadNeighbours
  // (evidence.h).
  static Result<std::shared_ptr<const Cohort>> Create(int dimension, std::span<const float> rows);

  int dimension() const { return dimension_; }
  std::int64_t size() const { return faces_->size(); }
  // i < size(). Valid as long as the cohort.
  std::span<const float> vector(std::int64_t i) const { return faces_->vector(i); }
  // Distances from `vector` to the kSpreadNeighbours nearest synthetic faces, ascending.
  std::vector<double> NearestDistances(std::span<const float> vector) const;

 private:
  Cohort(int dimension, std::shared_ptr<const FaceIndexSnapshot> faces);

  int dimension_;
  std::shared_ptr<const FaceIndexSnapshot> faces_;
};

}  // namespace homeward
