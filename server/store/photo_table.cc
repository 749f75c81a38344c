#include "server/store/photo_table.h"

#include "server/store/face_table.h"

namespace homeward {
namespace {

Result<PhotoEntry> ReadPhoto(SqliteStatement& row) {
  PhotoEntry photo;
  row.Read(photo.id);
  row.Read(photo.record);
  row.Read(photo.kind);
  row.Read(photo.capture_date);
  row.Read(photo.sha256);
  row.Read(photo.width_px);
  row.Read(photo.height_px);
  row.Read(photo.no_template_reason);
  row.Read(photo.created);
  row.Read(photo.change);
  return photo;
}

}  // namespace

Result<PhotoEntry> PhotoTable::At(std::int64_t sequence) const {
  SqliteStatement statement = connection_.Prepare(
      "SELECT p.id, r.id, p.kind, p.capture_date, p.sha256, p.width_px, p.height_px, "
      "p.no_template_reason, p.created, p.change FROM photos AS p "
      "JOIN records AS r ON r.created_change = p.record WHERE p.sequence = ?");
  auto photo = ReadOne(statement.Bind(sequence), ReadPhoto);
  if (!photo) return std::unexpected(photo.error());
  if (!*photo) return Fail(Reason::kStoreCorrupt, "The database is damaged: a photo is lost.");
  auto faces = FaceTable(connection_).List(sequence);
  if (!faces) return std::unexpected(faces.error());
  (*photo)->faces = *std::move(faces);
  return **std::move(photo);
}

Result<std::optional<std::int64_t>> PhotoTable::SequenceOf(const PhotoId& id) const {
  SqliteStatement statement = connection_.Prepare("SELECT sequence FROM photos WHERE id = ?");
  return ReadValue<std::int64_t>(statement.Bind(id));
}

Result<std::optional<PhotoEntry>> PhotoTable::Find(const PhotoId& id) const {
  const auto sequence = SequenceOf(id);
  if (!sequence) return std::unexpected(sequence.error());
  if (!*sequence) return std::nullopt;
  return At(**sequence);
}

Result<std::vector<PhotoEntry>> PhotoTable::List(const RecordId& record) const {
  SqliteStatement statement = connection_.Prepare(
      "SELECT p.sequence FROM records AS r JOIN photos AS p ON p.record = r.created_change "
      "WHERE r.id = ? ORDER BY p.sequence");
  return ReadAll(statement.Bind(record),
                 [this](SqliteStatement& row) { return At(row.Next<std::int64_t>()); });
}

Result<std::vector<PhotoId>> PhotoTable::ListIds() const {
  SqliteStatement statement =
      connection_.Prepare("SELECT id FROM photos WHERE id IS NOT NULL ORDER BY sequence");
  return ReadColumn<PhotoId>(statement);
}

Result<void> PhotoTable::Add(const PhotoEntry& photo, ChangeNumber record, ChangeNumber change) {
  auto added = connection_.Run(
      "INSERT INTO photos (id, record, kind, capture_date, sha256, width_px, height_px, "
      "no_template_reason, created, change) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      photo.id, record, photo.kind, photo.capture_date, photo.sha256, photo.width_px,
      photo.height_px, photo.no_template_reason, photo.created, change);
  const std::int64_t sequence = connection_.last_rowid();
  for (auto face = photo.faces.begin(); added && face != photo.faces.end(); ++face) {
    added = FaceTable(connection_).Add(*face, sequence);
  }
  return added;
}

Result<void> PhotoTable::Empty(std::int64_t sequence) {
  if (auto ok = FaceTable(connection_).EmptyAll(sequence); !ok) return ok;
  return connection_.Run(
      "UPDATE photos SET id = NULL, record = NULL, kind = NULL, capture_date = NULL, "
      "sha256 = NULL, width_px = NULL, height_px = NULL, no_template_reason = NULL, "
      "created = NULL, change = NULL WHERE sequence = ?",
      sequence);
}

Result<void> PhotoTable::Delete(const PhotoId& id) {
  const auto sequence = SequenceOf(id);
  if (!sequence) return std::unexpected(sequence.error());
  if (!*sequence) return Fail(Reason::kPhotoNotFound, "There is no such photo.");
  return Empty(**sequence);
}

Result<std::vector<PhotoId>> PhotoTable::DeleteAll(ChangeNumber record) {
  SqliteStatement statement =
      connection_.Prepare("SELECT id FROM photos WHERE record = ? ORDER BY sequence");
  auto ids = ReadColumn<PhotoId>(statement.Bind(record));
  if (!ids) return ids;
  for (const PhotoId& id : *ids) {
    if (auto ok = Delete(id); !ok) return std::unexpected(ok.error());
  }
  return ids;
}

}  // namespace homeward
