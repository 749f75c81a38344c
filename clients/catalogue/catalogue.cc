#include "clients/catalogue/catalogue.h"

#include <algorithm>
#include <array>

namespace homeward::client {
namespace {

constexpr std::string_view kTable =
#include "homeward_catalogue/message_table.inc"
    ;

constexpr std::size_t kEntryCount =
    static_cast<std::size_t>(std::ranges::count(kTable, '\n')) - 1;  // less the header line

// Cuts `rest` at the first `end` and returns what stands before it. A table without that end does
// not compile.
consteval std::string_view Take(std::string_view& rest, char end) {
  const std::size_t length = rest.find(end);
  if (length == std::string_view::npos) throw "messages.tsv: a line does not have three columns";
  const std::string_view taken = rest.substr(0, length);
  rest.remove_prefix(length + 1);
  return taken;
}

consteval std::array<CatalogueEntry, kEntryCount> ParseTable() {
  std::array<CatalogueEntry, kEntryCount> entries;
  std::string_view rest = kTable;
  Take(rest, '\n');
  for (CatalogueEntry& entry : entries) {
    entry.key = Take(rest, '\t');
    entry.english = Take(rest, '\t');
    entry.chinese = Take(rest, '\n');
  }
  return entries;
}

constexpr std::array<CatalogueEntry, kEntryCount> kEntries = ParseTable();

std::string Fill(std::string_view text, const Values& values) {
  std::string filled;
  while (true) {
    const std::size_t open = text.find('{');
    const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) return filled.append(text);
    filled.append(text.substr(0, open));
    const auto value = values.find(text.substr(open + 1, close - open - 1));
    filled.append(value == values.end() ? "–" : value->second);
    text.remove_prefix(close + 1);
  }
}

}  // namespace

std::span<const CatalogueEntry> CatalogueEntries() { return kEntries; }

std::vector<std::string_view> Places(std::string_view text) {
  std::vector<std::string_view> places;
  for (std::size_t open = text.find('{'); open != std::string_view::npos;
       open = text.find('{', open + 1)) {
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) break;
    places.push_back(text.substr(open + 1, close - open - 1));
  }
  return places;
}

std::string Catalogue::Say(Message message, const Values& values) const {
  const CatalogueEntry& entry = kEntries[static_cast<std::size_t>(message)];
  return Fill(language_ == Language::kChinese ? entry.chinese : entry.english, values);
}

std::optional<std::string> Catalogue::SayByKey(std::string_view key, const Values& values) const {
  const auto entry = std::ranges::find(kEntries, key, &CatalogueEntry::key);
  if (entry == kEntries.end()) return std::nullopt;
  return Say(static_cast<Message>(entry - kEntries.begin()), values);
}

std::string Catalogue::Join(std::span<const std::string> items) const {
  std::string joined;
  for (const std::string& item : items) {
    if (!joined.empty()) joined += Say(Message::kListSeparator);
    joined += item;
  }
  return joined;
}

}  // namespace homeward::client
