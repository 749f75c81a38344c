// The rows of faces and their templates: added, and emptied when their photo is erased.
#pragma once

#include <vector>

#include "matcher/error.h"
#include "server/records/photo_entry.h"
#include "server/store/sqlite_connection.h"

namespace homeward {

// Photos are named by the sequence of their row.
class FaceTable {
 public:
  explicit FaceTable(SqliteConnection& connection) : connection_(connection) {}

  Result<std::vector<FaceEntry>> List(std::int64_t photo) const;
  Result<void> Add(const FaceEntry& face, std::int64_t photo);
  // With templates and coverage.
  Result<void> EmptyAll(std::int64_t photo);

 private:
  Result<std::vector<Template>> ListTemplates(std::int64_t face) const;
  Result<void> AddTemplate(const Template& face_template, std::int64_t face);

  SqliteConnection& connection_;
};

// The next columns of a template's row: space_id, vector. Errors: kStoreCorrupt.
Result<Template> ReadTemplate(SqliteStatement& row);

}  // namespace homeward
