#include "server/store/photo_table.h"

#include "server/store/face_json.h"
#include "server/store/vector_bytes.h"

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

Result<FaceEntry> ReadFace(SqliteStatement& row) {
  FaceEntry face;
  row.Read(face.id);
  auto geometry = ReadGeometry(row.Next<std::string>());
  if (!geometry) return std::unexpected(geometry.error());
  face.face = *std::move(geometry);
  return face;
}

}  // namespace

Result<Template> ReadTemplate(SqliteStatement& row) {
  Template face_template;
  row.Read(face_template.space_id);
  auto vector = VectorOfBytes(row.Next<std::vector<std::uint8_t>>());
  if (!vector) return std::unexpected(vector.error());
  face_template.vector = *std::move(vector);
  return face_template;
}

Result<std::vector<Template>> PhotoTable::ListTemplates(const FaceId& face) const {
  SqliteStatement statement = connection_.Prepare(
      "SELECT space_id, vector FROM templates WHERE face = ? ORDER BY sequence");
  return ReadAll(statement.Bind(face), ReadTemplate);
}

Result<std::vector<FaceEntry>> PhotoTable::ListFaces(const PhotoId& photo) const {
  SqliteStatement statement =
      connection_.Prepare("SELECT id, geometry FROM faces WHERE photo = ? ORDER BY sequence");
  return ReadAll(statement.Bind(photo), [this](SqliteStatement& row) -> Result<FaceEntry> {
    auto face = ReadFace(row);
    if (!face) return face;
    auto templates = ListTemplates(face->id);
    if (!templates) return std::unexpected(templates.error());
    face->templates = *std::move(templates);
    return face;
  });
}

Result<PhotoEntry> PhotoTable::At(std::int64_t sequence) const {
  SqliteStatement statement = connection_.Prepare(
      "SELECT id, record, kind, capture_date, sha256, width_px, height_px, no_template_reason, "
      "created, change FROM photos WHERE sequence = ?");
  auto photo = ReadOne(statement.Bind(sequence), ReadPhoto);
  if (!photo) return std::unexpected(photo.error());
  if (!*photo) return Fail(Reason::kStoreCorrupt, "The database is damaged: a photo is lost.");
  auto faces = ListFaces((*photo)->id);
  if (!faces) return std::unexpected(faces.error());
  (*photo)->faces = *std::move(faces);
  return **std::move(photo);
}

Result<std::optional<PhotoEntry>> PhotoTable::Find(const PhotoId& id) const {
  SqliteStatement statement = connection_.Prepare("SELECT sequence FROM photos WHERE id = ?");
  const auto sequence = ReadValue<std::int64_t>(statement.Bind(id));
  if (!sequence) return std::unexpected(sequence.error());
  if (!*sequence) return std::nullopt;
  return At(**sequence);
}

Result<std::vector<PhotoEntry>> PhotoTable::List(const RecordId& record) const {
  SqliteStatement statement =
      connection_.Prepare("SELECT sequence FROM photos WHERE record = ? ORDER BY sequence");
  return ReadAll(statement.Bind(record),
                 [this](SqliteStatement& row) { return At(row.Next<std::int64_t>()); });
}

Result<std::vector<PhotoId>> PhotoTable::ListIds() const {
  SqliteStatement statement = connection_.Prepare("SELECT id FROM photos ORDER BY sequence");
  return ReadColumn<PhotoId>(statement);
}

Result<void> PhotoTable::Add(const PhotoEntry& photo, ChangeNumber change) {
  auto added = connection_.Run(
      "INSERT INTO photos (id, record, kind, capture_date, sha256, width_px, height_px, "
      "no_template_reason, created, change) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      photo.id, photo.record, photo.kind, photo.capture_date, photo.sha256, photo.width_px,
      photo.height_px, photo.no_template_reason, photo.created, change);
  for (auto face = photo.faces.begin(); added && face != photo.faces.end(); ++face) {
    added = AddFace(photo.id, *face);
  }
  return added;
}

Result<void> PhotoTable::AddFace(const PhotoId& photo, const FaceEntry& face) {
  const auto geometry = GeometryOf(face.face);
  if (!geometry) return std::unexpected(geometry.error());
  if (auto ok = connection_.Run("INSERT INTO faces (id, photo, geometry) VALUES (?, ?, ?)", face.id,
                                photo, *geometry);
      !ok) {
    return ok;
  }
  for (const Template& face_template : face.templates) {
    const auto vector = VectorBytes(face_template.vector);
    if (!vector) return std::unexpected(vector.error());
    if (auto ok = connection_.Run("INSERT INTO templates (face, space_id, vector) VALUES (?, ?, ?)",
                                  face.id, face_template.space_id, *vector);
        !ok) {
      return ok;
    }
  }
  return {};
}

Result<void> PhotoTable::Delete(const PhotoId& id) {
  const auto deleted = connection_.Run("DELETE FROM photos WHERE id = ?", id);
  if (deleted && connection_.changed_rows() == 0) {
    return Fail(Reason::kPhotoNotFound, "There is no such photo.");
  }
  return deleted;
}

Result<std::vector<PhotoId>> PhotoTable::DeleteAll(const RecordId& record) {
  SqliteStatement statement =
      connection_.Prepare("SELECT id FROM photos WHERE record = ? ORDER BY sequence");
  auto ids = ReadColumn<PhotoId>(statement.Bind(record));
  if (!ids) return ids;
  if (auto ok = connection_.Run("DELETE FROM photos WHERE record = ?", record); !ok) {
    return std::unexpected(ok.error());
  }
  return ids;
}

}  // namespace homeward
