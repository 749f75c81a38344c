#include "server/evaluate/svg_plot.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "server/evaluate/html_text.h"

namespace homeward {
namespace {

// In the plot's own units: about a pixel each on the narrowest screen, so that letters of 12 stay
// readable there.
constexpr double kWidth = 360;
constexpr double kHeight = 280;
constexpr double kLeft = 46;
constexpr double kRight = kWidth - 20;
constexpr double kTop = 26;
constexpr double kBottom = kHeight - 42;
constexpr double kLeastStep = 0.7;  // nearer points of a line cannot be told apart

double AtX(const SvgPlot& plot, double x) {
  return kLeft + (kRight - kLeft) * plot.x.PositionOf(x);
}
double AtY(const SvgPlot& plot, double y) {
  return kBottom - (kBottom - kTop) * plot.y.PositionOf(y);
}

void AppendFrame(std::string& svg, const SvgPlot& plot) {
  const auto out = std::back_inserter(svg);
  for (const double tick : plot.x.ticks) {
    fmt::format_to(out,
                   "<path class=\"grid\" d=\"M{0:.1f} {1}V{2}\"/>"
                   "<text x=\"{0:.1f}\" y=\"{3}\" text-anchor=\"middle\">{4}</text>\n",
                   AtX(plot, tick), kTop, kBottom, kBottom + 16, plot.x.TickText(tick));
  }
  for (const double tick : plot.y.ticks) {
    fmt::format_to(out,
                   "<path class=\"grid\" d=\"M{1} {0:.1f}H{2}\"/>"
                   "<text x=\"{3}\" y=\"{4:.1f}\" text-anchor=\"end\">{5}</text>\n",
                   AtY(plot, tick), kLeft, kRight, kLeft - 5, AtY(plot, tick) + 4,
                   plot.y.TickText(tick));
  }
  fmt::format_to(out,
                 "<text class=\"axis\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{} →</text>"
                 "<text class=\"axis\" x=\"2\" y=\"13\">↑ {}</text>\n",
                 kRight, kHeight - 7, HtmlText(plot.x.label), HtmlText(plot.y.label));
}

void AppendLine(std::string& svg, const SvgPlot& plot, const PlotSeries& series) {
  std::string path;
  double last_x = -kWidth;
  double last_y = -kHeight;
  for (const PlotPoint& point : series.points) {
    const double x = AtX(plot, point.x);
    const double y = AtY(plot, point.y);
    const bool is_last = &point == &series.points.back();
    if (!is_last && std::hypot(x - last_x, y - last_y) < kLeastStep) continue;
    fmt::format_to(std::back_inserter(path), "{}{:.1f} {:.1f}", path.empty() ? 'M' : 'L', x, y);
    last_x = x;
    last_y = y;
  }
  if (path.empty()) return;
  fmt::format_to(std::back_inserter(svg), "<path class=\"{} s{}\" d=\"{}\"/>\n",
                 series.form == PlotForm::kGuide ? "guide" : "line", series.style, path);
}

void AppendMarks(std::string& svg, const SvgPlot& plot, const PlotSeries& series) {
  const auto out = std::back_inserter(svg);
  for (const PlotPoint& point : series.points) {
    const double x = AtX(plot, point.x);
    if (point.interval) {
      fmt::format_to(out, "<path class=\"bar s{}\" d=\"M{:.1f} {:.1f}V{:.1f}\"/>", series.style, x,
                     AtY(plot, point.interval->low), AtY(plot, point.interval->high));
    }
    fmt::format_to(out, "<circle class=\"mark s{}\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4\"/>\n",
                   series.style, x, AtY(plot, point.y));
  }
}

std::string Legend(const SvgPlot& plot) {
  std::string html = "<ul class=\"legend\" aria-hidden=\"true\">";
  for (const PlotSeries& series : plot.series) {
    const bool is_mark = series.form == PlotForm::kMarks;
    fmt::format_to(
        std::back_inserter(html), "<li><svg class=\"key\" viewBox=\"0 0 26 10\">{}</svg>{}</li>\n",
        is_mark
            ? fmt::format("<circle class=\"mark s{}\" cx=\"13\" cy=\"5\" r=\"4\"/>", series.style)
            : fmt::format("<path class=\"{} s{}\" d=\"M0 5H26\"/>",
                          series.form == PlotForm::kGuide ? "guide" : "line", series.style),
        HtmlText(series.name));
  }
  return html + "</ul>\n";
}

}  // namespace

std::string DrawPlot(const SvgPlot& plot) {
  std::string svg = fmt::format(
      "<svg class=\"plot\" viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{}-title\" "
      "aria-describedby=\"{}-text\">\n",
      kWidth, kHeight, plot.id, plot.id);
  AppendFrame(svg, plot);
  for (const PlotSeries& series : plot.series) {
    if (series.form == PlotForm::kMarks) {
      AppendMarks(svg, plot, series);
    } else {
      AppendLine(svg, plot, series);
    }
  }
  return svg + "</svg>\n" + Legend(plot);
}

}  // namespace homeward
