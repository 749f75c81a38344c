// dlib's shape predictor laid out for the cache. For adapters of dlib only: it brings dlib in.
#pragma once

#include <dlib/image_processing/shape_predictor.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <istream>
#include <vector>

namespace homeward {

// Five points fitted by the trees of a dlib::shape_predictor, which keeps each leaf in a block of
// its own and spends most of its time waiting for them. The points are dlib's, to the bit. Thread
// safety: const methods may run concurrently.
class LandmarkForest {
 public:
  static constexpr std::size_t kNumbers = 10;  // two a point
  using Shape = dlib::matrix<float, 0, 1>;

  // What dlib::serialize(shape_predictor) wrote. Errors: dlib::serialization_error, and
  // std::invalid_argument for trees of another shape than complete ones of five points.
  explicit LandmarkForest(std::istream& weights);

  // As dlib::shape_predictor does.
  template <typename Image>
  std::vector<dlib::point> Fit(const Image& image, const dlib::rectangle& box) const;

 private:
  using Leaf = std::array<float, kNumbers>;
  struct Split {
    std::uint16_t first;
    std::uint16_t second;
    float threshold;
  };
  // Trees of one cascade step, each `splits` of `splits_a_tree` and one leaf more.
  struct Step {
    std::vector<unsigned long> anchors;
    std::vector<dlib::vector<float, 2>> deltas;
    std::size_t splits_a_tree = 0;
    std::vector<Split> splits;
    std::vector<Leaf> leaves;
  };

  static void Add(const dlib::impl::regression_tree& tree, std::size_t features, Step& step);
  static void AddTrees(const Step& step, const std::vector<float>& pixels, Leaf& shape);

  Shape initial_;
  std::vector<Step> steps_;
};

template <typename Image>
std::vector<dlib::point> LandmarkForest::Fit(const Image& image, const dlib::rectangle& box) const {
  Shape shape = initial_;
  Leaf numbers;
  std::vector<float> pixels;
  for (const Step& step : steps_) {
    dlib::impl::extract_feature_pixel_values(image, box, shape, initial_, step.anchors, step.deltas,
                                             pixels);
    std::copy(shape.begin(), shape.end(), numbers.begin());
    AddTrees(step, pixels, numbers);
    std::copy(numbers.begin(), numbers.end(), shape.begin());
  }
  const dlib::point_transform_affine to_image = dlib::impl::unnormalizing_tform(box);
  std::vector<dlib::point> points;
  for (unsigned long i = 0; i < kNumbers / 2; ++i) {
    points.emplace_back(to_image(dlib::impl::location(shape, i)));
  }
  return points;
}

}  // namespace homeward
