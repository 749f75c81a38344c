#include "matcher/cohort.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "matcher/evidence.h"
#include "matcher/flat_index.h"

namespace homeward {

Cohort::Cohort(int dimension, std::shared_ptr<const FaceIndexSnapshot> faces)
    : dimension_(dimension), faces_(std::move(faces)) {}

Result<std::shared_ptr<const Cohort>> Cohort::Create(int dimension, std::span<const float> rows) {
  const auto length = static_cast<std::size_t>(dimension);
  if (rows.size() % length != 0 || rows.size() / length < kSpreadNeighbours) {
    return Fail(Reason::kModelMismatch,
                "The synthetic faces are not whole vectors of their space, or too few.",
                {{"floats", std::to_string(rows.size())}});
  }
  FlatIndex index(dimension);
  for (; !rows.empty(); rows = rows.subspan(length)) {
    if (auto added = index.Add(rows.first(length)); !added) {
      return std::unexpected(added.error());
    }
  }
  return std::shared_ptr<const Cohort>(new Cohort(dimension, index.Pin()));
}

std::vector<double> Cohort::NearestDistances(std::span<const float> vector) const {
  const SlotFilter all = SlotFilter::Of(faces_->size());
  std::vector<double> distances;
  for (const SlotHit& hit : faces_->Search(vector, kSpreadNeighbours, all)) {
    distances.push_back(std::sqrt(static_cast<double>(hit.squared_distance)));
  }
  return distances;
}

}  // namespace homeward
