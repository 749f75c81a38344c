// The rows of photos with their faces and templates.
#pragma once

#include <optional>
#include <vector>

#include "matcher/error.h"
#include "server/records/photo_entry.h"
#include "server/store/sqlite_connection.h"

namespace homeward {

// The methods do their part of the Store's, which says what is asked of them.
class PhotoTable {
 public:
  explicit PhotoTable(SqliteConnection& connection) : connection_(connection) {}

  Result<std::optional<PhotoEntry>> Find(const PhotoId& id) const;
  Result<std::vector<PhotoEntry>> List(const RecordId& record) const;
  Result<std::vector<PhotoId>> ListIds() const;

  // The photo's record is there.
  Result<void> Add(const PhotoEntry& photo, ChangeNumber change);
  // With faces, templates and coverage. Errors: kPhotoNotFound.
  Result<void> Delete(const PhotoId& id);
  // Every photo of the record, as Delete does. Returns which.
  Result<std::vector<PhotoId>> DeleteAll(const RecordId& record);

 private:
  Result<PhotoEntry> At(std::int64_t sequence) const;
  Result<std::vector<FaceEntry>> ListFaces(const PhotoId& photo) const;
  Result<std::vector<Template>> ListTemplates(const FaceId& face) const;
  Result<void> AddFace(const PhotoId& photo, const FaceEntry& face);

  SqliteConnection& connection_;
};

// The next columns of a template's row: space_id, vector. Errors: kStoreCorrupt.
Result<Template> ReadTemplate(SqliteStatement& row);

}  // namespace homeward
