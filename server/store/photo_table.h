// The rows of photos: added, and emptied when the photo is erased.
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

  // `record` is created_change of the photo's record.
  Result<void> Add(const PhotoEntry& photo, ChangeNumber record, ChangeNumber change);
  // With faces, templates and coverage. Errors: kPhotoNotFound.
  Result<void> Delete(const PhotoId& id);
  // Every photo of the record, as Delete does. Returns which.
  Result<std::vector<PhotoId>> DeleteAll(ChangeNumber record);

 private:
  Result<PhotoEntry> At(std::int64_t sequence) const;
  Result<std::optional<std::int64_t>> SequenceOf(const PhotoId& id) const;
  Result<void> Empty(std::int64_t sequence);

  SqliteConnection& connection_;
};

}  // namespace homeward
