#include "models/landmark_forest.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace homeward {

LandmarkForest::LandmarkForest(std::istream& weights) {
  int version = 0;
  dlib::deserialize(version, weights);
  if (version != 1) throw std::invalid_argument("an unknown version");
  std::vector<std::vector<dlib::impl::regression_tree>> forests;
  std::vector<std::vector<unsigned long>> anchors;
  std::vector<std::vector<dlib::vector<float, 2>>> deltas;
  dlib::deserialize(initial_, weights);
  dlib::deserialize(forests, weights);
  dlib::deserialize(anchors, weights);
  dlib::deserialize(deltas, weights);
  if (initial_.size() != static_cast<long>(kNumbers))
    throw std::invalid_argument("not five points");
  if (anchors.size() != forests.size() || deltas.size() != forests.size()) {
    throw std::invalid_argument("steps without features");
  }
  for (std::size_t i = 0; i < forests.size(); ++i) {
    if (anchors[i].size() != deltas[i].size() || forests[i].empty()) {
      throw std::invalid_argument("features without places");
    }
    Step step;
    step.anchors = anchors[i];
    step.deltas = deltas[i];
    step.splits_a_tree = forests[i].front().splits.size();
    for (const auto& tree : forests[i]) Add(tree, deltas[i].size(), step);
    steps_.push_back(std::move(step));
  }
}

void LandmarkForest::Add(const dlib::impl::regression_tree& tree, std::size_t features,
                         Step& step) {
  const std::size_t leaves = tree.leaf_values.size();
  if (tree.splits.size() != step.splits_a_tree || leaves != step.splits_a_tree + 1 ||
      (leaves & (leaves - 1)) != 0 || features > std::numeric_limits<std::uint16_t>::max()) {
    throw std::invalid_argument("trees that differ");
  }
  for (const auto& split : tree.splits) {
    if (split.idx1 >= features || split.idx2 >= features) {
      throw std::invalid_argument("a split by a feature that there is not");
    }
    step.splits.push_back({static_cast<std::uint16_t>(split.idx1),
                           static_cast<std::uint16_t>(split.idx2), split.thresh});
  }
  for (const auto& values : tree.leaf_values) {
    if (values.size() != static_cast<long>(kNumbers)) throw std::invalid_argument("odd leaves");
    std::copy(values.begin(), values.end(), step.leaves.emplace_back().begin());
  }
}

void LandmarkForest::AddTrees(const Step& step, const std::vector<float>& pixels, Leaf& shape) {
  const std::size_t count = step.splits_a_tree;
  const Split* splits = step.splits.data();
  const Leaf* leaves = step.leaves.data();
  const Leaf* const end = leaves + step.leaves.size();
  for (; leaves != end; leaves += count + 1, splits += count) {
    std::size_t at = 0;
    while (at < count) {
      const Split& split = splits[at];
      at = 2 * at + (pixels[split.first] - pixels[split.second] > split.threshold ? 1 : 2);
    }
    const Leaf& leaf = leaves[at - count];
    for (std::size_t i = 0; i < kNumbers; ++i) shape[i] += leaf[i];
  }
}

}  // namespace homeward
