#include "matcher/evidence.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace homeward {
namespace {

double LogOfGallery(std::int64_t people, const ChanceLine& line) {
  return line.gallery_exponent *
         std::log(static_cast<double>(std::max(people, line.least_gallery)) / 1000);
}

}  // namespace

Spread SpreadOf(std::span<const double> others, std::span<const double> synthetic) {
  others = others.subspan(std::min<std::size_t>(others.size(), kSpreadLeftOut));
  std::array<double, kSpreadNeighbours> nearest;
  std::size_t count = 0;
  while (count < nearest.size() && !(others.empty() && synthetic.empty())) {
    const bool is_other =
        synthetic.empty() || (!others.empty() && others.front() <= synthetic.front());
    auto& from = is_other ? others : synthetic;
    nearest[count++] = from.front();
    from = from.subspan(1);
  }
  if (count == 0) return {};
  const std::span<const double> taken(nearest.data(), count);
  double sum = 0;
  for (const double distance : taken) sum += distance;
  const double mean = sum / static_cast<double>(count);
  double squares = 0;
  for (const double distance : taken) squares += (distance - mean) * (distance - mean);
  const double deviation = std::sqrt(squares / static_cast<double>(count));
  return {static_cast<float>(mean), static_cast<float>(std::max(deviation, kLeastDeviation))};
}

double Score(double distance, const Spread& probe, const Spread& entry) {
  const auto one_sided = [&](const Spread& side) {
    return (static_cast<double>(side.mean) - distance) / static_cast<double>(side.deviation);
  };
  return (one_sided(probe) + one_sided(entry)) / 2;
}

double ExpectedStrangers(double score, std::int64_t compared, const ChanceLine& line) {
  return std::exp(line.intercept - line.slope * score + LogOfGallery(compared, line));
}

double ChanceOfStranger(double score, std::int64_t compared, const ChanceLine& line) {
  return std::clamp(ExpectedStrangers(score, compared, line), line.least_chance, 1.0);
}

Evidence EvidenceFor(double score, std::int64_t compared, const ChanceLine& line) {
  const double expected = ExpectedStrangers(score, compared, line);
  const double chance = ChanceOfStranger(score, compared, line);
  return {.score = score,
          .chance = chance,
          .chance_min = expected < line.least_chance ? 0 : chance * line.ratio_min,
          .chance_max = std::min(chance * line.ratio_max, 1.0)};
}

double ScoreForChance(double chance, std::int64_t compared, const ChanceLine& line) {
  return (line.intercept - std::log(chance) + LogOfGallery(compared, line)) / line.slope;
}

}  // namespace homeward
