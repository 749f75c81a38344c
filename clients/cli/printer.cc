#include "clients/cli/printer.h"

#include <algorithm>

#include "clients/screen/text_width.h"

namespace homeward::client {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Paths may be no UTF-8: what cannot be shown is replaced rather than refused.
std::string Dump(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

// For a terminal: names of files and the words of a service are anybody's. Line breaks stay.
std::string Shown(std::string_view text) {
  std::string shown;
  while (true) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    shown += Printable(text.substr(0, end));
    if (end == text.size()) return shown;
    shown += '\n';
    text.remove_prefix(end + 1);
  }
}

}  // namespace

void Printer::BeginList() {
  in_list_ = true;
  if (options_.format == OutputFormat::kJson) terminal_.out << '[';
}

void Printer::Print(const View& view) {
  switch (options_.format) {
    case OutputFormat::kTable:
      terminal_.out << view.text;
      break;
    case OutputFormat::kJson:
      PrintJson(view);
      break;
    case OutputFormat::kNdjson:
      for (const Json& object : view.objects) terminal_.out << Dump(object, -1) << '\n';
      break;
    case OutputFormat::kCsv:
      PrintCsv(view.sheet);
      break;
  }
  terminal_.out.flush();
}

void Printer::PrintJson(const View& view) {
  if (view.is_list && !in_list_) {
    terminal_.out << Dump(Json(view.objects), 2) << '\n';
    return;
  }
  for (const Json& object : view.objects) {
    if (in_list_) terminal_.out << (printed_ ? ",\n" : "\n");
    terminal_.out << Dump(object, 2);
    if (!in_list_) terminal_.out << '\n';
    printed_ = true;
  }
}

void Printer::PrintCsv(const Sheet& sheet) {
  if (!printed_) {
    if (options_.byte_order_mark) terminal_.out << kByteOrderMark;
    terminal_.out << CsvLine(sheet.keys);
  }
  printed_ = true;
  for (const std::vector<std::string>& row : sheet.rows) terminal_.out << CsvLine(row);
}

bool Printer::Finish() {
  if (in_list_ && options_.format == OutputFormat::kJson) {
    terminal_.out << (printed_ ? "\n]\n" : "]\n");
  }
  in_list_ = false;
  terminal_.out.flush();
  return terminal_.out.good();
}

void Printer::Note(Message message, const Values& values) {
  if (options_.quiet) return;
  terminal_.err << WrapAfter("", 0, Shown(page_.Say(message, values)), page_.width);
}

void Printer::Complain(const Explanation& explanation) {
  terminal_.err << WrapAfter("homeward: ", 10, Shown(explanation.what), page_.width);
  for (const std::string& step : explanation.next) {
    terminal_.err << WrapAfter("", 10, Shown(step), page_.width);
  }
}

void Printer::Progress(const std::string& text) {
  if (options_.quiet || !terminal_.err_is_terminal || terminal_.out_is_terminal) return;
  terminal_.err << "\r\033[K" << Truncate(text, page_.width - 1) << std::flush;
}

}  // namespace homeward::client
