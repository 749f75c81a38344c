#include "matcher/template.h"

#include <algorithm>
#include <cmath>

namespace homeward {
namespace {

// What `values` are multiplied by to become a template's part of this space.
template <class Number>
double Scale(const Space& space, const std::vector<Number>& values) {
  if (space.metric == Metric::kEuclidean) return 1;
  double squares = 0;
  for (const double each : values) squares += each * each;
  return squares > 0 ? 1 / std::sqrt(squares) : 1;
}

}  // namespace

const Template* FindTemplate(std::span<const Template> templates, std::string_view space_id) {
  const auto found = std::ranges::find(templates, space_id, &Template::space_id);
  return found == templates.end() ? nullptr : &*found;
}

Result<Template> MeanTemplate(const Space& space, std::span<const std::vector<float>> vectors) {
  const auto dimension = static_cast<std::size_t>(space.dimension);
  std::vector<double> sum(dimension, 0.0);
  for (const auto& vector : vectors) {
    if (vector.size() != dimension) {
      return Fail(Reason::kModelMismatch, "a vector has not the size of the space " + space.id);
    }
    const double scale = Scale(space, vector);
    for (std::size_t i = 0; i < dimension; ++i) sum[i] += scale * vector[i];
  }
  if (vectors.empty()) return Fail(Reason::kModelMismatch, "no vector to make a template of");
  Template mean{.space_id = space.id, .vector = {}};
  for (double& each : sum) each /= static_cast<double>(vectors.size());
  const double scale = Scale(space, sum);
  for (const double each : sum) mean.vector.push_back(static_cast<float>(scale * each));
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
