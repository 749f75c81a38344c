#include "clients/screen/csv.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>

namespace homeward::client {
namespace {

// Reads a line back by RFC 4180.
std::vector<std::string> Parse(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (std::size_t index = 0; index + 2 < line.size() + 0; ++index) {
    const char letter = line[index];
    if (quoted && letter == '"' && line[index + 1] == '"') {
      cells.back() += line[index++];
    } else if (letter == '"') {
      quoted = !quoted;
    } else if (letter == ',' && !quoted) {
      cells.emplace_back();
    } else {
      cells.back() += letter;
    }
  }
  return cells;
}

TEST(CsvTest, QuotesOnlyWhatNeedsIt) {
  const std::vector<std::string> cells = {"王玉", "a,b", "say \"x\"", "", "two\nlines"};
  EXPECT_EQ(CsvLine(cells), "王玉,\"a,b\",\"say \"\"x\"\"\",,\"two\nlines\"\r\n");
}

TEST(CsvTest, DisarmsWhatASpreadsheetWouldRun) {
  const std::vector<std::string> cells = {"=HYPERLINK(\"x\")", "+1", "-1", "@x", "a=b"};
  EXPECT_EQ(CsvLine(cells), "\"'=HYPERLINK(\"\"x\"\")\",'+1,'-1,'@x,a=b\r\n");
}

TEST(CsvTest, ReadsBackWhatItWrote) {
  rc::check([] {
    const auto cells = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(
        rc::gen::container<std::string>(rc::gen::element('a', ',', '"', '\n', ' ', '\\'))));
    RC_ASSERT(Parse(CsvLine(cells)) == cells);
  });
}

}  // namespace
}  // namespace homeward::client
