#include "server/evaluate/plot_axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace homeward {
namespace {

constexpr double kRounding = 1e-9;
constexpr double kLeastShare = 1e-5;

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
  PlotAxis axis{.label = std::move(label), .low = 1, .high = 1, .ticks = {1}, .is_log = true};
  const double end = std::max(std::min(smallest, 0.5), kLeastShare) * (1 + kRounding);
  const bool is_wide = end < 0.009;  // room for powers of ten alone
  for (int i = 1; axis.low > end; ++i) {
    constexpr std::array kSteps = {1.0, 0.5, 0.2};
    axis.low = kSteps[static_cast<std::size_t>(i) % 3] * std::pow(10, -(i / 3));
    if (!is_wide || i % 3 == 0) axis.ticks.push_back(axis.low);
  }
  return axis;
}

PlotAxis ShareAxis(std::string label, double largest) {
  struct End {
    double high;
    double step;
  };
  constexpr std::array kEnds = {End{0.01, 0.002}, End{0.02, 0.005}, End{0.05, 0.01}, End{0.1, 0.02},
                                End{0.15, 0.05},  End{0.2, 0.05},   End{0.3, 0.1},   End{0.4, 0.1},
                                End{0.5, 0.1},    End{0.6, 0.1},    End{0.8, 0.2},   End{1, 0.2}};
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
