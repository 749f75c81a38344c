#include <fmt/format.h>

#include <map>
#include <string>

#include "clients/screen/search_text.h"
#include "clients/screen/search_view.h"

namespace homeward::client {
namespace {

using Cells = std::map<std::string, std::string>;

std::string YesNo(bool value) { return value ? "true" : "false"; }

std::string FlagsText(const v1::Candidate& candidate) {
  std::string text;
  for (const int flag : candidate.flags()) {
    text +=
        (text.empty() ? "" : " ") + v1::AttributeFlag_Name(static_cast<v1::AttributeFlag>(flag));
  }
  return text;
}

// "a=1 b=7 c=": the rank in each space, none where it is far down.
std::string PlacingsText(const v1::Candidate& candidate) {
  std::string text;
  for (const v1::Placing& each : candidate.placings()) {
    text += fmt::format("{}{}={}", text.empty() ? "" : " ", each.space(),
                        each.has_rank() ? std::to_string(each.rank()) : "");
  }
  return text;
}

void AddCandidate(const v1::Candidate& candidate, Cells& cells) {
  cells["rank"] = std::to_string(candidate.rank());
  cells["record"] = candidate.record();
  cells["photo"] = candidate.photo();
  cells["kind"] = v1::RecordKind_Name(candidate.kind());
  cells["claimed_name"] = candidate.claimed_name();
  cells["unit"] = candidate.unit();
  cells["distance"] = DistanceText(candidate.distance());
  cells["above_operating_point"] = YesNo(candidate.above_operating_point());
  cells["flags"] = FlagsText(candidate);
  cells["erased"] = YesNo(candidate.erased());
  cells["placings"] = PlacingsText(candidate);
  if (!candidate.has_evidence()) return;
  const v1::Evidence& evidence = candidate.evidence();
  cells["score"] = fmt::format("{:.3f}", evidence.score());
  cells["stranger_rate"] = fmt::format("{:.2g}", evidence.stranger_rate());
  cells["stranger_rate_min"] = fmt::format("{:.2g}", evidence.stranger_rate_min());
  cells["stranger_rate_max"] = fmt::format("{:.2g}", evidence.stranger_rate_max());
}

Sheet EmptySheet() {
  return {{"subject",
           "search",
           "searchable_count",
           "compared_count",
           "no_candidate",
           "rank",
           "record",
           "photo",
           "kind",
           "claimed_name",
           "unit",
           "distance",
           "score",
           "stranger_rate",
           "above_operating_point",
           "flags",
           "erased",
           "error",
           "stranger_rate_min",
           "stranger_rate_max",
           "placings"},
          {}};
}

}  // namespace

Sheet SearchSheet(const std::string& subject, const v1::Search& search) {
  Sheet sheet = EmptySheet();
  const Cells account = {
      {"subject", subject},
      {"search", search.name()},
      {"searchable_count", std::to_string(search.comparison().searchable_count())},
      {"compared_count", std::to_string(search.comparison().compared_count())},
      {"no_candidate", YesNo(search.no_candidate())}};
  for (const v1::Candidate& candidate : search.candidates()) {
    Cells cells = account;
    AddCandidate(candidate, cells);
    sheet.AddRow(cells);
  }
  if (sheet.rows.empty()) sheet.AddRow(account);
  return sheet;
}

Sheet UnansweredSheet(const std::string& subject, const std::string& reason) {
  Sheet sheet = EmptySheet();
  sheet.AddRow({{"subject", subject}, {"error", reason}});
  return sheet;
}

}  // namespace homeward::client
