// Results to `out` in the form that was asked for; words to people to `err`.
#pragma once

#include <string>

#include "clients/catalogue/explanation.h"
#include "clients/cli/terminal.h"
#include "clients/screen/page.h"
#include "clients/screen/view.h"

namespace homeward::client {

enum class OutputFormat { kTable, kJson, kNdjson, kCsv };

struct PrinterOptions {
  OutputFormat format = OutputFormat::kTable;
  bool quiet = false;            // only results and errors
  bool byte_order_mark = false;  // before CSV, for spreadsheets that need one
};

class Printer {
 public:
  // `terminal` must outlive the printer.
  Printer(Terminal& terminal, Page page, PrinterOptions options)
      : terminal_(terminal), page_(std::move(page)), options_(options) {}

  const Page& page() const { return page_; }
  OutputFormat format() const { return options_.format; }
  bool for_people() const { return options_.format == OutputFormat::kTable; }

  // Announces that any number of results come, so that as JSON they are one array.
  void BeginList();
  void Print(const View& view);
  // Ends the list. False where the results could not be written.
  bool Finish();

  // A line for people beside the results.
  void Note(Message message, const Values& values = {});
  // Why something was not done and what to do next; printed even when quiet.
  void Complain(const Explanation& explanation);
  // How far a long run is, in place of the last such line; only where a person watches and the
  // results go elsewhere. An empty text takes the line away.
  void Progress(const std::string& text);

 private:
  void PrintJson(const View& view);
  void PrintCsv(const Sheet& sheet);

  Terminal& terminal_;
  const Page page_;
  const PrinterOptions options_;
  bool in_list_ = false;
  bool printed_ = false;  // something of the list, or the header of CSV
};

}  // namespace homeward::client
