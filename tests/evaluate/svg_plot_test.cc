#include "server/evaluate/svg_plot.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <sstream>

#include "tests/evaluate/xml_parser.h"

namespace homeward {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

SvgPlot PlotOf(std::vector<PlotSeries> series) {
  return {.id = "p",
          .x = LogShareAxis("x", 0.001),
          .y = ShareAxis("y", 0.5),
          .series = std::move(series)};
}

// Every number of every path and mark; all coordinates are.
std::vector<double> Coordinates(const std::string& svg) {
  std::vector<double> found;
  for (const std::string start : {" d=\"", "cx=\"", "cy=\""}) {
    for (std::size_t at = 0; (at = svg.find(start, at)) != std::string::npos;) {
      at += start.size();
      std::string path = svg.substr(at, svg.find('"', at) - at);
      for (char& letter : path) {
        if (letter >= 'A' && letter <= 'Z') letter = ' ';
      }
      std::istringstream numbers(path);
      for (double number = 0; numbers >> number;) found.push_back(number);
    }
  }
  return found;
}

RC_GTEST_PROP(SvgPlotTest, StaysInItsFrameWhateverTheValues,
              (const std::vector<std::pair<double, double>>& values)) {
  PlotSeries line{.name = "l"};
  PlotSeries marks{.name = "m", .form = PlotForm::kMarks};
  for (const auto& [x, y] : values) {
    line.points.push_back({x, y});
    marks.points.push_back({x, y, Interval{y - 1, y + 1}});
  }
  for (const double coordinate : Coordinates(DrawPlot(PlotOf({line, marks})))) {
    RC_ASSERT(coordinate >= 0);
    RC_ASSERT(coordinate <= 360);
  }
}

TEST(SvgPlotTest, ParsesAndNamesEachSeriesWithoutItsMarkup) {
  const std::string svg =
      DrawPlot(PlotOf({{.name = "<script>", .points = {{0.01, 0.1}, {0.1, 0.2}}},
                       {.name = "a & b", .form = PlotForm::kMarks, .points = {{0.1, 0.1}}}}));
  EXPECT_TRUE(IsWellFormedXml("<x>" + svg + "</x>"));
  EXPECT_THAT(svg, Not(HasSubstr("<script>")));
  EXPECT_THAT(svg, HasSubstr("&lt;script&gt;"));
  EXPECT_THAT(svg, HasSubstr("a &amp; b"));
  EXPECT_THAT(svg, HasSubstr("aria-labelledby=\"p-title\""));
}

TEST(SvgPlotTest, ThinsALineThatHasMorePointsThanCanBeSeenButKeepsItsEnd) {
  PlotSeries line{.name = "l"};
  for (int i = 0; i < 100'000; ++i) line.points.push_back({0.001 + i * 9.99e-6, i * 5e-6});
  const std::string svg = DrawPlot(PlotOf({line}));
  EXPECT_LT(svg.size(), 20'000u);
  const std::string end = DrawPlot(PlotOf({{.name = "l", .points = {line.points.back()}}}));
  const std::string last = end.substr(end.find("s0\" d=\"M") + 8);
  EXPECT_THAT(svg, HasSubstr("L" + last.substr(0, last.find('"')) + "\""));
}

}  // namespace
}  // namespace homeward
