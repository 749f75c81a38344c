#include "server/store/meta_table.h"

namespace homeward {
namespace {

constexpr std::string_view kFind = "SELECT value FROM meta WHERE key = ?";
constexpr std::string_view kPut = "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)";

}  // namespace

Result<std::optional<std::int64_t>> MetaTable::FindNumber(std::string_view key) const {
  SqliteStatement statement = connection_.Prepare(kFind);
  return ReadValue<std::int64_t>(statement.Bind(key));
}

Result<std::optional<std::string>> MetaTable::FindText(std::string_view key) const {
  SqliteStatement statement = connection_.Prepare(kFind);
  return ReadValue<std::string>(statement.Bind(key));
}

Result<void> MetaTable::Put(std::string_view key, std::int64_t value) {
  return connection_.Run(kPut, key, value);
}

Result<void> MetaTable::Put(std::string_view key, std::string_view value) {
  return connection_.Run(kPut, key, value);
}

Result<ChangeNumber> MetaTable::LastChange() const {
  const auto last = FindNumber("last_change");
  if (!last) return std::unexpected(last.error());
  if (!*last) return Fail(Reason::kStoreCorrupt, "The database does not know its last change.");
  return **last;
}

}  // namespace homeward
