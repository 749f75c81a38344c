#include "server/store/database_file.h"

#include <fcntl.h>
#include <unistd.h>

#include "server/store/durable_file.h"
#include "server/store/meta_table.h"
#include "server/store/schema.h"

namespace homeward {
namespace {

// SQLite would make the file readable for everyone.
Result<void> MakeFile(const std::filesystem::path& file) {
  const FileDescriptor made(open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600));
  if (!made.is_open()) return FailedOn(file);
  return SyncFolder(file.parent_path());
}

Result<void> CheckIntegrity(SqliteConnection& connection) {
  SqliteStatement statement = connection.Prepare("PRAGMA quick_check(1)");
  const auto finding = ReadValue<std::string>(statement);
  if (!finding) return std::unexpected(finding.error());
  if (*finding == "ok") return {};
  return Fail(Reason::kStoreCorrupt,
              "The database is damaged: restore it from a backup. " + finding->value_or(""));
}

Result<void> CheckModels(SqliteConnection& connection, const std::string& space_id,
                         const std::string& digest) {
  MetaTable meta(connection);
  const std::string key = "models_digest/" + space_id;
  const auto kept = meta.FindText(key);
  if (!kept) return std::unexpected(kept.error());
  if (!*kept) return meta.Put(key, digest);
  if (**kept == digest) return {};
  return Fail(Reason::kModelMismatch,
              "The data folder holds templates of other models than these in the space " +
                  space_id + ": start with the weights it was made with.",
              {{"space", space_id}, {"kept", **kept}, {"given", digest}});
}

}  // namespace

Result<std::unique_ptr<SqliteConnection>> OpenDatabaseFile(
    const std::filesystem::path& file, std::chrono::milliseconds busy_wait,
    const std::map<std::string, std::string>& models_digests) {
  if (auto ok = MakeFile(file); !ok) return std::unexpected(ok.error());
  auto connection = SqliteConnection::Open(file, SqliteConnection::Access::kWrite, busy_wait);
  if (!connection) return connection;
  if (auto ok = CheckIntegrity(**connection); !ok) return std::unexpected(ok.error());
  if (auto ok = UpgradeSchema(**connection); !ok) return std::unexpected(ok.error());
  for (const auto& [space_id, digest] : models_digests) {
    auto ok = CheckModels(**connection, space_id, digest);
    if (!ok) return std::unexpected(ok.error());
  }
  return connection;
}

Result<void> EmptyWriteAheadLog(SqliteConnection& connection) {
  SqliteStatement statement = connection.Prepare("PRAGMA wal_checkpoint(TRUNCATE)");
  const auto busy = ReadValue<bool>(statement);
  if (!busy) return std::unexpected(busy.error());
  if (busy->value_or(true)) {
    return Fail(Reason::kStoreUnavailable,
                "Another process reads the database: what was erased stays in its log until then.");
  }
  return {};
}

}  // namespace homeward
