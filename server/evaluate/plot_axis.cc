#include "server/evaluate/plot_axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace homeward {
namespace {

constexpr double kRounding = 1e-9;
constexpr double kLeastShare = 1.5e-5;

}  // namespace

double PlotAxis::PositionOf(double value) const {
  const double inside = std::clamp(value, low, high);
  if (is_log) return std::log(inside / low) / std::log(high / low);
  return (inside - low) / (high - low);
}

std::string PlotAxis::TickText(double tick) const {
  return is_share ? ShareText(tick) : fmt::format("{:g}", tick);
}

std::string ShareText(double share) {
  const double percent = 100 * share;
  if (percent == 0) return "0 %";
  return fmt::format("{:g} %", percent < 0.0995 ? std::round(percent * 1e4) / 1e4
                               : percent < 9.95 ? std::round(percent * 100) / 100
                                                : std::round(percent * 10) / 10);
}

PlotAxis LogShareAxis(std::string label, double smallest) {
  PlotAxis axis{.label = std::move(label), .low = 0.1, .high = 1, .ticks = {}, .is_log = true};
  while (axis.low > smallest * (1 + kRounding) && axis.low > kLeastShare) axis.low /= 10;
  const bool is_wide = axis.low < 0.009;
  for (double tick = 1; tick > axis.low * 0.9; tick /= 10) {
    axis.ticks.push_back(tick);
    if (is_wide || tick < axis.low * 2) continue;
    axis.ticks.push_back(tick / 2);
    axis.ticks.push_back(tick / 5);
  }
  return axis;
}

PlotAxis ShareAxis(std::string label, double largest) {
  struct End {
    double high;
    double step;
  };
  constexpr std::array kEnds = {End{0.01, 0.002}, End{0.02, 0.005}, End{0.05, 0.01}, End{0.1, 0.02},
                                End{0.2, 0.05},   End{0.3, 0.1},    End{0.5, 0.1},   End{1, 0.2}};
  const auto* end =
      std::ranges::find_if(kEnds, [&](const End& each) { return each.high >= largest; });
  if (end == kEnds.end()) --end;
  PlotAxis axis{.label = std::move(label), .low = 0, .high = end->high, .ticks = {}};
  for (int i = 0; i * end->step < end->high * (1 + kRounding); ++i) {
    axis.ticks.push_back(i * end->step);
  }
  return axis;
}

}  // namespace homeward
