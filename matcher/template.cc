#include "matcher/template.h"

#include <cmath>

namespace homeward {

Result<Template> MeanTemplate(const Space& space, std::span<const std::vector<float>> vectors) {
  const auto dimension = static_cast<std::size_t>(space.dimension);
  std::vector<double> sum(dimension, 0.0);
  for (const auto& vector : vectors) {
    if (vector.size() != dimension) {
      return Fail(Reason::kModelMismatch, "a vector has not the size of the space " + space.id);
    }
    for (std::size_t i = 0; i < dimension; ++i) sum[i] += vector[i];
  }
  if (vectors.empty()) return Fail(Reason::kModelMismatch, "no vector to make a template of");
  Template mean{.space_id = space.id, .vector = {}};
  for (const double each : sum) {
    mean.vector.push_back(static_cast<float>(each / static_cast<double>(vectors.size())));
  }
  return mean;
}

Result<double> Distance(const Template& a, const Template& b) {
  if (a.space_id != b.space_id || a.vector.size() != b.vector.size()) {
    return Fail(Reason::kModelMismatch, "templates of different spaces cannot be compared",
                {{"space", a.space_id}, {"other_space", b.space_id}});
  }
  double squares = 0;
  for (std::size_t i = 0; i < a.vector.size(); ++i) {
    const double off = static_cast<double>(a.vector[i]) - b.vector[i];
    squares += off * off;
  }
  return std::sqrt(squares);
}

}  // namespace homeward
