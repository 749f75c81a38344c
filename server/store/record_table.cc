#include "server/store/record_table.h"

#include <limits>

#include "server/store/particulars_table.h"
#include "server/store/record_json.h"

namespace homeward {
namespace {

// A row that another row names is not there.
std::unexpected<Error> Lost() {
  return Fail(Reason::kStoreCorrupt, "The database is damaged: a record is lost.");
}

Result<Record> ReadRecord(SqliteStatement& row) {
  Record record;
  row.Read(record.created_change);
  row.Read(record.id);
  row.Read(record.kind);
  row.Read(record.state);
  row.Read(record.created);
  row.Read(record.updated);
  row.Read(record.erased);
  row.Read(record.version);
  record.unit = row.Next<std::optional<std::string>>().value_or("");
  const auto document = row.Next<std::optional<std::string>>();
  if (!document && record.state == RecordState::kOpen) return Lost();
  if (auto read = ReadParticulars(document.value_or("{}"), record); !read) {
    return std::unexpected(read.error());
  }
  return record;
}

}  // namespace

Result<Record> RecordTable::At(ChangeNumber created_change) const {
  SqliteStatement statement = connection_.Prepare(
      "SELECT r.created_change, r.id, r.kind, r.state, r.created, r.updated, r.erased, r.version, "
      "p.unit, p.document FROM records AS r LEFT JOIN particulars AS p "
      "ON p.sequence = r.particulars WHERE r.created_change = ?");
  auto record = ReadOne(statement.Bind(created_change), ReadRecord);
  if (!record) return std::unexpected(record.error());
  if (!*record) return Lost();
  return **std::move(record);
}

Result<std::optional<Record>> RecordTable::Find(const RecordId& id) const {
  SqliteStatement statement =
      connection_.Prepare("SELECT created_change FROM records WHERE id = ?");
  const auto created_change = ReadValue<ChangeNumber>(statement.Bind(id));
  if (!created_change) return std::unexpected(created_change.error());
  if (!*created_change) return std::nullopt;
  return At(**created_change);
}

Result<std::vector<Record>> RecordTable::List(const SearchFilter& filter, const Page& page) const {
  // The matcher's own predicate decides, on a walk that ends with the page: what is listed and what
  // is searched cannot differ.
  SqliteStatement newest_first = connection_.Prepare(
      "SELECT r.created_change, r.kind, p.sex, p.birth_year_min, p.birth_year_max, p.event_day, "
      "p.region_code, p.unit FROM records AS r JOIN particulars AS p "
      "ON p.sequence = r.particulars WHERE r.created_change < ? ORDER BY r.created_change DESC");
  newest_first.Bind(page.before == 0 ? std::numeric_limits<ChangeNumber>::max() : page.before);
  std::vector<Record> records;
  while (std::ssize(records) < page.size) {
    const auto has_row = newest_first.Step();
    if (!has_row) return std::unexpected(has_row.error());
    if (!*has_row) break;
    const auto created_change = newest_first.Next<ChangeNumber>();
    const RecordAttributes attributes = ReadAttributes(newest_first);
    if (newest_first.failure()) return std::unexpected(*newest_first.failure());
    if (!MatchesKind(filter, attributes.kind) || !MatchesAttributes(filter, attributes)) continue;
    auto record = At(created_change);
    if (!record) return std::unexpected(record.error());
    records.push_back(*std::move(record));
  }
  return records;
}

Result<ChangeNumber> RecordTable::FindOpen(const RecordId& id) const {
  SqliteStatement statement =
      connection_.Prepare("SELECT created_change FROM records WHERE id = ? AND state = 1");
  const auto created_change = ReadValue<ChangeNumber>(statement.Bind(id));
  if (!created_change) return std::unexpected(created_change.error());
  if (!*created_change) {
    return Fail(Reason::kRecordNotFound, "There is no such record, or it was erased.");
  }
  return **created_change;
}

Result<std::int64_t> RecordTable::ParticularsAt(ChangeNumber created_change) const {
  SqliteStatement statement =
      connection_.Prepare("SELECT particulars FROM records WHERE created_change = ?");
  const auto sequence = ReadValue<std::int64_t>(statement.Bind(created_change));
  if (!sequence) return std::unexpected(sequence.error());
  if (!*sequence) return Lost();
  return **sequence;
}

Result<void> RecordTable::Add(const Record& record, ChangeNumber change) {
  const auto particulars = ParticularsTable(connection_).Add(record);
  if (!particulars) return std::unexpected(particulars.error());
  return connection_.Run(
      "INSERT INTO records (created_change, id, kind, state, created, updated, version, "
      "particulars) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      change, record.id, record.kind, RecordState::kOpen, record.created, record.updated,
      record.version, *particulars);
}

Result<void> RecordTable::Update(const Record& record) {
  const auto created_change = FindOpen(record.id);
  if (!created_change) return std::unexpected(created_change.error());
  const auto before = ParticularsAt(*created_change);
  if (!before) return std::unexpected(before.error());
  ParticularsTable table(connection_);
  const auto after = table.Add(record);
  if (!after) return std::unexpected(after.error());
  if (auto ok =
          connection_.Run("UPDATE records SET updated = ?, version = ?, particulars = ? "
                          "WHERE created_change = ? AND kind = ?",
                          record.updated, record.version, *after, *created_change, record.kind);
      !ok) {
    return ok;
  }
  if (connection_.changed_rows() == 0) {
    return Fail(Reason::kInternal, "A record cannot change its kind.");
  }
  return table.Empty(*before);
}

Result<void> RecordTable::Bury(ChangeNumber created_change, Time at, const std::string& reason) {
  const auto particulars = ParticularsAt(created_change);
  if (!particulars) return std::unexpected(particulars.error());
  if (auto ok = connection_.Run(
          "UPDATE records SET state = ?1, updated = ?2, erased = ?2, erase_reason = ?3, "
          "version = version + 1, particulars = NULL WHERE created_change = ?4",
          RecordState::kErased, at, reason, created_change);
      !ok) {
    return ok;
  }
  return ParticularsTable(connection_).Empty(*particulars);
}

}  // namespace homeward
