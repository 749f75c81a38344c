#include "server/store/search_table.h"

#include <limits>

#include "server/store/json_fields.h"
#include "server/store/search_json.h"

namespace homeward {
namespace {

Result<SearchEntry> ReadSearch(SqliteStatement& row) {
  SearchEntry search;
  row.Read(search.id);
  row.Read(search.created);
  row.Read(search.caller);
  row.Read(search.purpose);
  row.Read(search.case_reference);
  row.Read(search.origin);
  row.Read(search.probe_record);
  row.Read(search.probe_photo);
  row.Read(search.probe_hash);
  row.Read(search.change);
  row.Read(search.no_candidate);
  if (auto read = ReadAccount(row.Next<std::string>(), search); !read) {
    return std::unexpected(read.error());
  }
  return search;
}

Result<CandidateEntry> ReadCandidate(SqliteStatement& row) {
  CandidateEntry candidate;
  row.Read(candidate.rank);
  row.Read(candidate.record);
  row.Read(candidate.photo);
  row.Read(candidate.face);
  row.Read(candidate.box.x);
  row.Read(candidate.box.y);
  row.Read(candidate.box.width);
  row.Read(candidate.box.height);
  row.Read(candidate.distance);
  row.Read(candidate.above_operating_point);
  row.Read(candidate.probe_index);
  const auto score = row.Next<std::optional<double>>();
  const auto chance = row.Next<std::optional<double>>();
  const auto chance_min = row.Next<std::optional<double>>();
  const auto chance_max = row.Next<std::optional<double>>();
  if (score && chance) {
    candidate.evidence = {*score, *chance, chance_min.value_or(0), chance_max.value_or(1)};
  }
  if (auto read = FromJson(row.Next<std::string>(), candidate.flags); !read) {
    return std::unexpected(read.error());
  }
  if (const auto json = row.Next<std::optional<std::string>>()) {
    auto placings = ReadPlacings(*json);
    if (!placings) return std::unexpected(placings.error());
    candidate.placings = *std::move(placings);
  }
  return candidate;
}

}  // namespace

Result<SearchEntry> SearchTable::At(std::int64_t sequence) const {
  SqliteStatement statement = connection_.Prepare(
      "SELECT id, created, caller, purpose, case_reference, origin, probe_record, probe_photo, "
      "probe_hash, change, no_candidate, account FROM searches WHERE sequence = ?");
  auto search = ReadOne(statement.Bind(sequence), ReadSearch);
  if (!search) return std::unexpected(search.error());
  if (!*search) return Fail(Reason::kStoreCorrupt, "The database is damaged: a search is lost.");
  return **std::move(search);
}

Result<std::vector<CandidateEntry>> SearchTable::ListCandidates(std::int64_t sequence) const {
  SqliteStatement statement = connection_.Prepare(
      "SELECT rank, record, photo, face, box_x, box_y, box_width, box_height, distance, "
      "above_operating_point, probe_index, score, chance, chance_min, chance_max, flags, placings "
      "FROM candidates WHERE search = ? ORDER BY rank");
  return ReadAll(statement.Bind(sequence), ReadCandidate);
}

Result<std::optional<SearchEntry>> SearchTable::Find(const SearchId& id) const {
  SqliteStatement statement = connection_.Prepare("SELECT sequence FROM searches WHERE id = ?");
  const auto sequence = ReadValue<std::int64_t>(statement.Bind(id));
  if (!sequence) return std::unexpected(sequence.error());
  if (!*sequence) return std::nullopt;
  auto search = At(**sequence);
  if (!search) return search;
  auto candidates = ListCandidates(**sequence);
  if (!candidates) return std::unexpected(candidates.error());
  search->candidates = *std::move(candidates);
  return search;
}

Result<std::vector<SequencedSearch>> SearchTable::List(const std::string& case_reference,
                                                       const Page& page) const {
  SqliteStatement statement = connection_.Prepare(
      case_reference.empty()
          ? "SELECT sequence FROM searches WHERE sequence < ?1 ORDER BY sequence DESC LIMIT ?2"
          : "SELECT sequence FROM searches WHERE sequence < ?1 AND case_reference = ?3 "
            "ORDER BY sequence DESC LIMIT ?2");
  statement.Bind(page.before == 0 ? std::numeric_limits<std::int64_t>::max() : page.before,
                 page.size);
  if (!case_reference.empty()) statement.Bind(case_reference);
  return ReadAll(statement, [this](SqliteStatement& row) -> Result<SequencedSearch> {
    const auto sequence = row.Next<std::int64_t>();
    auto search = At(sequence);
    if (!search) return std::unexpected(search.error());
    return SequencedSearch{sequence, *std::move(search)};
  });
}

Result<void> SearchTable::Add(const SearchEntry& search) {
  const auto account = AccountOf(search);
  if (!account) return std::unexpected(account.error());
  auto added = connection_.Run(
      "INSERT INTO searches (id, created, caller, purpose, case_reference, origin, probe_record, "
      "probe_photo, probe_hash, change, no_candidate, account) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      search.id, search.created, search.caller, search.purpose, search.case_reference,
      search.origin, search.probe_record, search.probe_photo, search.probe_hash, search.change,
      search.no_candidate, *account);
  const std::int64_t sequence = connection_.last_rowid();
  for (auto it = search.candidates.begin(); added && it != search.candidates.end(); ++it) {
    added = AddCandidate(sequence, *it);
  }
  return added;
}

Result<void> SearchTable::AddCandidate(std::int64_t sequence, const CandidateEntry& candidate) {
  const auto flags = ToJson(candidate.flags);
  if (!flags) return std::unexpected(flags.error());
  std::optional<std::string> placings;
  if (!candidate.placings.empty()) {
    auto text = PlacingsText(candidate.placings);
    if (!text) return std::unexpected(text.error());
    placings = *std::move(text);
  }
  // Four parameters, NULL where there is no evidence.
  const auto part = [&](double Evidence::* member) {
    std::optional<double> value;
    if (candidate.evidence) value = (*candidate.evidence).*member;
    return value;
  };
  return connection_.Run(
      "INSERT INTO candidates (search, rank, record, photo, face, box_x, box_y, box_width, "
      "box_height, distance, above_operating_point, probe_index, score, chance, "
      "chance_min, chance_max, flags, placings) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      sequence, candidate.rank, candidate.record, candidate.photo, candidate.face, candidate.box.x,
      candidate.box.y, candidate.box.width, candidate.box.height, candidate.distance,
      candidate.above_operating_point, candidate.probe_index, part(&Evidence::score),
      part(&Evidence::chance), part(&Evidence::chance_min), part(&Evidence::chance_max), *flags,
      placings);
}

}  // namespace homeward
