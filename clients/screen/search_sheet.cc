#include <fmt/format.h>
#include <google/protobuf/util/time_util.h>

#include "clients/screen/search_text.h"
#include "clients/screen/search_view.h"

namespace homeward::client {
namespace {

std::string YesNo(bool value) { return value ? "true" : "false"; }

std::vector<std::string> CandidateCells(const v1::Candidate& candidate) {
  std::string flags;
  for (const int flag : candidate.flags()) {
    flags +=
        (flags.empty() ? "" : " ") + v1::AttributeFlag_Name(static_cast<v1::AttributeFlag>(flag));
  }
  return {
      std::to_string(candidate.rank()),
      candidate.record(),
      candidate.photo(),
      v1::RecordKind_Name(candidate.kind()),
      candidate.claimed_name(),
      candidate.unit(),
      DistanceText(candidate.distance()),
      candidate.has_evidence() ? fmt::format("{:.3f}", candidate.evidence().score()) : "",
      candidate.has_evidence() ? fmt::format("{:.2g}", candidate.evidence().stranger_rate()) : "",
      YesNo(candidate.above_operating_point()),
      flags,
      YesNo(candidate.erased())};
}

constexpr std::size_t kCandidateCellCount = 12;

}  // namespace

Sheet SearchSheet(const std::string& subject, const v1::Search& search) {
  Sheet sheet{{"subject", "search", "searchable_count", "compared_count", "no_candidate", "rank",
               "record", "photo", "kind", "claimed_name", "unit", "distance", "score",
               "stranger_rate", "above_operating_point", "flags", "erased", "error"},
              {}};
  const std::vector<std::string> beginning = {
      subject, search.name(), std::to_string(search.comparison().searchable_count()),
      std::to_string(search.comparison().compared_count()), YesNo(search.no_candidate())};
  for (const v1::Candidate& candidate : search.candidates()) {
    std::vector<std::string> row = beginning;
    std::vector<std::string> cells = CandidateCells(candidate);
    row.insert(row.end(), std::make_move_iterator(cells.begin()),
               std::make_move_iterator(cells.end()));
    row.emplace_back();
    sheet.rows.push_back(std::move(row));
  }
  if (sheet.rows.empty()) {
    std::vector<std::string> row = beginning;
    row.resize(beginning.size() + kCandidateCellCount + 1);
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

}  // namespace homeward::client
