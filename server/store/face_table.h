// The rows of faces and their templates: added, and emptied when their photo is erased.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "matcher/error.h"
#include "server/records/photo_entry.h"
#include "server/store/sqlite_connection.h"
#include "server/store/store.h"

namespace homeward {

// Photos are named by the sequence of their row.
class FaceTable {
 public:
  explicit FaceTable(SqliteConnection& connection) : connection_(connection) {}

  Result<std::vector<FaceEntry>> List(std::int64_t photo) const;
  Result<void> Add(const FaceEntry& face, std::int64_t photo);
  // Of a face that is stored. Errors: kInternal where there is none, or it has one there already.
  Result<void> AddTemplate(const FaceId& face, const Template& face_template, ChangeNumber change);
  // Photos after the one of this sequence that show a face with a template, but none in the space.
  Result<std::vector<UnfilledPhoto>> ListUnfilled(const std::string& space_id, std::int64_t after,
                                                  int most) const;
  Result<SpaceFill> CountFilled(const std::string& space_id) const;
  // With templates and coverage.
  Result<void> EmptyAll(std::int64_t photo);

 private:
  Result<std::vector<Template>> ListTemplates(std::int64_t face) const;
  Result<void> AddTemplate(const Template& face_template, std::int64_t face,
                           std::optional<ChangeNumber> change);

  SqliteConnection& connection_;
};

// The next columns of a template's row: space_id, vector. Errors: kStoreCorrupt.
Result<Template> ReadTemplate(SqliteStatement& row);

}  // namespace homeward
