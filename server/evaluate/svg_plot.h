// Curves and marks between two axes, as SVG that takes its colours from the page around it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/evaluate/interval.h"
#include "server/evaluate/plot_axis.h"

namespace homeward {

struct PlotPoint {
  double x = 0;
  double y = 0;
  std::optional<Interval> interval = {};  // of y
};

enum class PlotForm : std::uint8_t {
  kLine,
  kMarks,
  kGuide,  // a thin dashed line to compare with
};

struct PlotSeries {
  std::string name;
  PlotForm form = PlotForm::kLine;
  int style = 0;  // the colour and the dashes: classes s0, s1, ... kPlotStyles - 1 of the page
  std::vector<PlotPoint> points = {};
};
inline constexpr int kPlotStyles = 12;

struct SvgPlot {
  std::string id;  // of the figure: the elements ID-title and ID-text name and describe the plot
  PlotAxis x;
  PlotAxis y;
  std::vector<PlotSeries> series;
};

// The drawing and its legend.
std::string DrawPlot(const SvgPlot& plot);

}  // namespace homeward
