// A rate of each group under the other, with its interval, as SVG.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/evaluate/interval.h"
#include "server/evaluate/plot_axis.h"

namespace homeward {

struct SvgRow {
  std::string name;
  std::string value_text;
  double value = 0;
  std::optional<Interval> interval = {};
};

struct SvgRows {
  std::string id;  // as of SvgPlot
  PlotAxis axis;
  std::vector<SvgRow> rows;
  std::optional<double> guide = {};  // a dashed line across all rows
};

std::string DrawRows(const SvgRows& rows);

}  // namespace homeward
