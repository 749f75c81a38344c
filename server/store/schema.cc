#include "server/store/schema.h"

#include <fmt/format.h>

#include "server/store/meta_table.h"

namespace homeward {
namespace {

// 0 for an empty database.
Result<std::int64_t> SchemaVersion(SqliteConnection& connection) {
  SqliteStatement tables = connection.Prepare("SELECT name = 'meta' FROM sqlite_schema");
  const auto is_meta = ReadColumn<bool>(tables);
  if (!is_meta) return std::unexpected(is_meta.error());
  if (is_meta->empty()) return 0;
  if (std::ranges::find(*is_meta, true) != is_meta->end()) {
    const auto version = MetaTable(connection).FindNumber("schema_version");
    if (!version) return std::unexpected(version.error());
    if (*version) return **version;
  }
  return Fail(Reason::kStoreCorrupt, "The database was not made by Homeward.");
}

}  // namespace

Result<void> UpgradeSchema(SqliteConnection& connection) {
  SqliteTransaction transaction(connection);
  if (auto ok = transaction.BeginWrite(); !ok) return ok;
  const auto version = SchemaVersion(connection);
  if (!version) return std::unexpected(version.error());
  const auto steps = SchemaSteps();
  const auto newest = static_cast<std::int64_t>(steps.size());
  if (*version > newest) {
    return Fail(Reason::kSchemaTooNew,
                fmt::format("The data folder was written by a newer Homeward (schema {}; this one "
                            "knows {}): use that version.",
                            *version, newest),
                {{"schema", std::to_string(*version)}, {"known", std::to_string(newest)}});
  }
  for (std::int64_t step = *version; step < newest; ++step) {
    if (auto ok = connection.RunScript(steps[static_cast<std::size_t>(step)]); !ok) return ok;
  }
  if (*version < newest) {
    if (auto ok = MetaTable(connection).Put("schema_version", newest); !ok) return ok;
  }
  return transaction.Commit();
}

}  // namespace homeward
