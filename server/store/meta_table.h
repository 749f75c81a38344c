// What the database knows about itself: one value a key.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "matcher/error.h"
#include "matcher/gallery.h"
#include "server/store/sqlite_connection.h"

namespace homeward {

class MetaTable {
 public:
  explicit MetaTable(SqliteConnection& connection) : connection_(connection) {}

  Result<std::optional<std::int64_t>> FindNumber(std::string_view key) const;
  Result<std::optional<std::string>> FindText(std::string_view key) const;
  Result<void> Put(std::string_view key, std::int64_t value);
  Result<void> Put(std::string_view key, std::string_view value);

  // The last change of what can be searched; 0 in a new database.
  Result<ChangeNumber> LastChange() const;
  Result<void> PutLastChange(ChangeNumber change) { return Put("last_change", change); }

 private:
  SqliteConnection& connection_;
};

}  // namespace homeward
