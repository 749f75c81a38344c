#include "server/store/particulars_table.h"

#include "server/store/record_json.h"

namespace homeward {

Result<std::int64_t> ParticularsTable::Add(const Record& record) {
  const auto document = ParticularsOf(record);
  if (!document) return std::unexpected(document.error());
  const RecordAttributes attributes = AttributesOf(record);
  const auto added = connection_.Run(
      "INSERT INTO particulars (sex, birth_year_min, birth_year_max, event_day, region_code, unit, "
      "document) VALUES (?, ?, ?, ?, ?, ?, ?)",
      attributes.sex, attributes.birth_year_min, attributes.birth_year_max, attributes.event_day,
      attributes.region_code, attributes.unit, *document);
  if (!added) return std::unexpected(added.error());
  return connection_.last_rowid();
}

Result<void> ParticularsTable::Empty(std::int64_t sequence) {
  return connection_.Run(
      "UPDATE particulars SET sex = NULL, birth_year_min = NULL, birth_year_max = NULL, "
      "event_day = NULL, region_code = NULL, unit = NULL, document = NULL WHERE sequence = ?",
      sequence);
}

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

}  // namespace homeward
