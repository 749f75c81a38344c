// A face as a point of one space.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/error.h"

namespace homeward {

// How far two vectors of a space lie apart.
enum class Metric : std::uint8_t {
  kEuclidean,
  kCosine,  // templates have length 1, so that their Euclidean order is that of the cosine
};

// A space is one embedding model at one version with one template rule (chip geometry, mirror).
// Templates of different spaces are never compared. Distances are Euclidean.
struct Space {
  std::string id;     // for example "dlib-resnet-v1+mirror"
  std::string model;  // file name and sha256 of the weights, for the record of a search
  int dimension = 0;
  Metric metric = Metric::kEuclidean;

  friend bool operator==(const Space&, const Space&) = default;
};

struct Template {
  std::string space_id;
  std::vector<float> vector;  // Space::dimension floats
};

// The one in this space, or null. Thread safe.
const Template* FindTemplate(std::span<const Template> templates, std::string_view space_id);

// The mean of one face's vectors, unscaled; in a space of kCosine the mean of their directions, of
// length 1 (a vector of length 0 has none and stays as it is). Errors: kModelMismatch if there is
// none, or one has not space.dimension floats.
Result<Template> MeanTemplate(const Space& space, std::span<const std::vector<float>> vectors);

// Euclidean. Errors: kModelMismatch for templates of different spaces or sizes.
Result<double> Distance(const Template& a, const Template& b);

// What puts a candidate forward (decision.h), and where that comes from: a threshold means nothing
// without its data, N and FPIR.
struct OperatingPoint {
  std::string name;
  std::string space_id;
  double threshold = 0;     // distance
  double fpir = 0;          // what is promised: the nominal one
  int gallery_size = 0;     // N it was measured at
  std::string data;         // what it was measured on
  std::string measured_on;  // ISO 8601 date
  // The bound on the line of chance that kept the promise on `data`: where the line told people
  // there less than they were worth, it lies below `fpir`. 0: the line is taken at its word.
  double chance = 0;
};

// What the chance of a candidate is held against.
inline double ChanceBound(const OperatingPoint& point) {
  return point.chance > 0 ? point.chance : point.fpir;
}

}  // namespace homeward
