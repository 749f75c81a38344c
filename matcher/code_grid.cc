#include "matcher/code_grid.h"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <numeric>
#include <utility>

namespace homeward {
namespace {

// Few rows tell as much as all: sums over them pick between grids, and nothing rests on the choice
// but how many rows a search must compare.
constexpr std::size_t kSampledRows = 64;

std::vector<const float*> SampleOf(std::span<const float> rows, std::size_t dimension) {
  const std::size_t count = rows.size() / dimension;
  const std::size_t every = std::max(count / kSampledRows, std::size_t{1});
  std::vector<const float*> sample;
  for (std::size_t r = 0; r < count; r += every) sample.push_back(rows.data() + r * dimension);
  return sample;
}

float Median(std::vector<float>& values) {
  const auto middle = values.begin() + std::ssize(values) / 2;
  std::ranges::nth_element(values, middle);
  return *middle;
}

// Not means, which a single outlier would move.
std::vector<float> MediansOf(const std::vector<const float*>& sample, std::size_t dimension) {
  std::vector<float> medians;
  std::vector<float> values(sample.size());
  for (std::size_t i = 0; i < dimension; ++i) {
    std::ranges::transform(sample, values.begin(), [i](const float* row) { return row[i]; });
    medians.push_back(Median(values));
  }
  return medians;
}

double SumOfErrors(const std::vector<const float*>& sample, const CodeGrid& grid) {
  return std::accumulate(sample.begin(), sample.end(), 0.0,
                         [&](double sum, const float* row) { return sum + grid.ErrorOf(row); });
}

// Wide enough for the farthest component of the sample.
float WidestStep(float farthest) {
  return std::clamp(farthest / static_cast<float>(CodeGrid::kMiddle), FLT_MIN, FLT_MAX / 16);
}

// Steps worth trying for components that lie so far from their centres: those of a typical one,
// about the best for what is normally distributed and wider, and the widest.
std::vector<float> StepsFor(std::vector<float> deviations) {
  const float farthest = std::ranges::max(deviations);
  const float typical = Median(deviations);
  std::vector<float> steps{WidestStep(farthest)};
  for (const float share : {0.4F, 0.5F, 0.6F, 0.75F, 1.0F, 1.5F}) {
    if (typical * share > FLT_MIN) steps.push_back(std::min(typical * share, steps.front()));
  }
  return steps;
}

std::vector<float> DeviationsOf(const std::vector<const float*>& sample,
                                const std::vector<float>& centre) {
  std::vector<float> deviations;
  for (const float* row : sample) {
    for (std::size_t i = 0; i < centre.size(); ++i) {
      deviations.push_back(std::abs(row[i] - centre[i]));
    }
  }
  return deviations;
}

// The centre of rows that are all the same would be a vector itself, which must leave memory with
// its row.
CodeGrid GridOfOne(const float* row, std::size_t dimension) {
  float farthest = 0;
  for (std::size_t i = 0; i < dimension; ++i) farthest = std::max(farthest, std::abs(row[i]));
  return {std::vector<float>(dimension), WidestStep(farthest)};
}

CodeGrid BestGrid(const std::vector<const float*>& sample, std::size_t dimension) {
  const std::vector<float> centre = MediansOf(sample, dimension);
  std::vector<float> deviations = DeviationsOf(sample, centre);
  if (std::ranges::max(deviations) == 0) return GridOfOne(sample.front(), dimension);
  std::vector<CodeGrid> grids;
  for (const float step : StepsFor(std::move(deviations))) grids.emplace_back(centre, step);
  return *std::ranges::min_element(grids, {},
                                   [&](const CodeGrid& grid) { return SumOfErrors(sample, grid); });
}

}  // namespace

std::shared_ptr<const CodeGrid> CodeGrid::For(std::span<const float> rows, std::size_t dimension,
                                              std::shared_ptr<const CodeGrid> earlier) {
  constexpr double kNearlyAsWell = 1.1;
  const auto sample = SampleOf(rows, dimension);
  auto own = std::make_shared<const CodeGrid>(BestGrid(sample, dimension));
  const bool is_as_good = earlier != nullptr && SumOfErrors(sample, *earlier) <=
                                                    kNearlyAsWell * SumOfErrors(sample, *own);
  return is_as_good ? std::move(earlier) : std::move(own);
}

std::uint8_t CodeGrid::CodeOf(float component, std::size_t i) const {
  const float steps = (component - centre_[i]) / step_ + static_cast<float>(kMiddle) + 0.5F;
  return static_cast<std::uint8_t>(std::clamp(steps, 0.0F, static_cast<float>(kHighestCode)));
}

double CodeGrid::ErrorOf(const float* row) const {
  double sum = 0;
  for (std::size_t i = 0; i < centre_.size(); ++i) {
    const double error = ErrorOf(row[i], i, CodeOf(row[i], i));
    sum += error * error;
  }
  return std::sqrt(sum);
}

}  // namespace homeward
