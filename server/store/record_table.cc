#include "server/store/record_table.h"

#include "server/store/record_json.h"

namespace homeward {
namespace {

std::unexpected<Error> NotFound() {
  return Fail(Reason::kRecordNotFound, "There is no such record, or it was erased.");
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
  const auto particulars = row.Next<std::optional<std::string>>();
  if (row.failure()) return std::unexpected(*row.failure());
  if (auto read = ReadParticulars(particulars.value_or("{}"), record); !read) {
    return std::unexpected(read.error());
  }
  return record;
}

}  // namespace

RecordAttributes ReadAttributes(SqliteStatement& row) {
  RecordAttributes attributes;
  row.Read(attributes.kind);
  row.Read(attributes.sex);
  row.Read(attributes.birth_year_min);
  row.Read(attributes.birth_year_max);
  row.Read(attributes.event_day);
  row.Read(attributes.region_code);
  row.Read(attributes.unit);
  return attributes;
}

Result<Record> RecordTable::At(ChangeNumber created_change) const {
  SqliteStatement statement = connection_.Prepare(
      "SELECT created_change, id, kind, state, created, updated, erased, version, unit, "
      "particulars FROM records WHERE created_change = ?");
  auto record = ReadOne(statement.Bind(created_change), ReadRecord);
  if (!record) return std::unexpected(record.error());
  if (!*record) return Fail(Reason::kStoreCorrupt, "The database is damaged: a record is lost.");
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
      "SELECT created_change, kind, sex, birth_year_min, birth_year_max, event_day, region_code, "
      "unit FROM records WHERE state = 1 AND created_change < ? ORDER BY created_change DESC");
  newest_first.Bind(page.before == 0 ? std::numeric_limits<ChangeNumber>::max() : page.before);
  std::vector<Record> records;
  while (std::ssize(records) < page.size) {
    const auto has_row = newest_first.Step();
    if (!has_row) return std::unexpected(has_row.error());
    if (!*has_row) break;
    const auto created_change = newest_first.Next<ChangeNumber>();
    const RecordAttributes attributes = ReadAttributes(newest_first);
    if (!MatchesKind(filter, attributes.kind) || !MatchesAttributes(filter, attributes)) continue;
    auto record = At(created_change);
    if (!record) return std::unexpected(record.error());
    records.push_back(*std::move(record));
  }
  return records;
}

Result<void> RecordTable::CheckOpen(const RecordId& id) const {
  SqliteStatement statement =
      connection_.Prepare("SELECT 1 FROM records WHERE id = ? AND state = 1");
  const auto open = ReadValue<bool>(statement.Bind(id));
  if (!open) return std::unexpected(open.error());
  if (!*open) return NotFound();
  return {};
}

Result<void> RecordTable::Add(const Record& record, ChangeNumber change) {
  const auto particulars = ParticularsOf(record);
  if (!particulars) return std::unexpected(particulars.error());
  const RecordAttributes attributes = AttributesOf(record);
  return connection_.Run(
      "INSERT INTO records (created_change, id, kind, state, created, updated, version, unit, sex, "
      "birth_year_min, birth_year_max, event_day, region_code, particulars) "
      "VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      change, record.id, record.kind, record.created, record.updated, record.version, record.unit,
      attributes.sex, attributes.birth_year_min, attributes.birth_year_max, attributes.event_day,
      attributes.region_code, *particulars);
}

Result<void> RecordTable::Update(const Record& record) {
  const auto particulars = ParticularsOf(record);
  if (!particulars) return std::unexpected(particulars.error());
  const RecordAttributes attributes = AttributesOf(record);
  const auto updated = connection_.Run(
      "UPDATE records SET updated = ?, version = ?, unit = ?, sex = ?, birth_year_min = ?, "
      "birth_year_max = ?, event_day = ?, region_code = ?, particulars = ? "
      "WHERE id = ? AND kind = ? AND state = 1",
      record.updated, record.version, record.unit, attributes.sex, attributes.birth_year_min,
      attributes.birth_year_max, attributes.event_day, attributes.region_code, *particulars,
      record.id, record.kind);
  if (updated && connection_.changed_rows() == 0) return NotFound();
  return updated;
}

Result<void> RecordTable::Bury(const RecordId& id, Time at, const std::string& reason) {
  const auto buried = connection_.Run(
      "UPDATE records SET state = 2, updated = ?1, erased = ?1, erase_reason = ?2, "
      "version = version + 1, unit = NULL, sex = NULL, birth_year_min = NULL, "
      "birth_year_max = NULL, event_day = NULL, region_code = NULL, particulars = NULL "
      "WHERE id = ?3 AND state = 1",
      at, reason, id);
  if (buried && connection_.changed_rows() == 0) return NotFound();
  return buried;
}

}  // namespace homeward
