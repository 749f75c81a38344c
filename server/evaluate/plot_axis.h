// One axis of a plot: where a value lies, and what is written beside it.
#pragma once

#include <string>
#include <vector>

namespace homeward {

struct PlotAxis {
  std::string label;
  double low = 0;  // > 0 on a logarithmic axis
  double high = 1;
  std::vector<double> ticks;
  bool is_log = false;
  bool is_share = true;  // ticks are written in percent

  // From 0 at `low` to 1 at `high`; what lies beyond is put at the nearest end.
  double PositionOf(double value) const;
  std::string TickText(double tick) const;
};

// A share of 1 with all the digits that are worth reading: "0.3 %", "12.5 %".
std::string ShareText(double share);

// A logarithmic axis of shares up to 1, from a round share that is not above `smallest`, but at
// least 1 in 100,000.
PlotAxis LogShareAxis(std::string label, double smallest);
// A plain axis of shares from 0 to a round number not below `largest` (at most 1).
PlotAxis ShareAxis(std::string label, double largest);

}  // namespace homeward
