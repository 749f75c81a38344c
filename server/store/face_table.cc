#include "server/store/face_table.h"

#include "server/store/face_json.h"
#include "server/store/vector_bytes.h"

namespace homeward {

Result<Template> ReadTemplate(SqliteStatement& row) {
  Template face_template;
  row.Read(face_template.space_id);
  auto vector = VectorOfBytes(row.Next<std::vector<std::uint8_t>>());
  if (!vector) return std::unexpected(vector.error());
  face_template.vector = *std::move(vector);
  return face_template;
}

Result<std::vector<Template>> FaceTable::ListTemplates(std::int64_t face) const {
  SqliteStatement statement = connection_.Prepare(
      "SELECT space_id, vector FROM templates WHERE face = ? ORDER BY sequence");
  return ReadAll(statement.Bind(face), ReadTemplate);
}

Result<std::vector<FaceEntry>> FaceTable::List(std::int64_t photo) const {
  SqliteStatement statement = connection_.Prepare(
      "SELECT sequence, id, geometry, print, shot FROM faces WHERE photo = ? ORDER BY sequence");
  return ReadAll(statement.Bind(photo), [this](SqliteStatement& row) -> Result<FaceEntry> {
    FaceEntry face;
    auto templates = ListTemplates(row.Next<std::int64_t>());
    if (!templates) return std::unexpected(templates.error());
    face.templates = *std::move(templates);
    row.Read(face.id);
    auto geometry = ReadGeometry(row.Next<std::string>());
    if (!geometry) return std::unexpected(geometry.error());
    face.face = *std::move(geometry);
    row.Read(face.face.print);
    row.Read(face.shot);
    return face;
  });
}

Result<void> FaceTable::Add(const FaceEntry& face, std::int64_t photo) {
  const auto geometry = GeometryOf(face.face);
  if (!geometry) return std::unexpected(geometry.error());
  auto added =
      connection_.Run("INSERT INTO faces (id, photo, geometry, print, shot) VALUES (?, ?, ?, ?, ?)",
                      face.id, photo, *geometry, face.face.print, face.shot);
  const std::int64_t sequence = connection_.last_rowid();
  for (auto it = face.templates.begin(); added && it != face.templates.end(); ++it) {
    added = AddTemplate(*it, sequence, std::nullopt);
  }
  return added;
}

Result<void> FaceTable::AddTemplate(const Template& face_template, std::int64_t face,
                                    std::optional<ChangeNumber> change) {
  const auto vector = VectorBytes(face_template.vector);
  if (!vector) return std::unexpected(vector.error());
  return connection_.Run(
      "INSERT INTO templates (face, space_id, vector, change) VALUES (?, ?, ?, ?)", face,
      face_template.space_id, *vector, change);
}

Result<void> FaceTable::AddTemplate(const FaceId& face, const Template& face_template,
                                    ChangeNumber change) {
  SqliteStatement statement = connection_.Prepare(
      "SELECT sequence FROM faces AS f WHERE id = ? AND NOT EXISTS "
      "(SELECT 1 FROM templates WHERE face = f.sequence AND space_id = ?)");
  const auto sequence = ReadValue<std::int64_t>(statement.Bind(face, face_template.space_id));
  if (!sequence) return std::unexpected(sequence.error());
  if (!*sequence) {
    return Fail(Reason::kInternal, "A template of a face that is not stored or has one there.");
  }
  return AddTemplate(face_template, **sequence, change);
}

Result<std::vector<UnfilledPhoto>> FaceTable::ListUnfilled(const std::string& space_id,
                                                           std::int64_t after, int most) const {
  SqliteStatement statement = connection_.Prepare(
      "SELECT p.sequence, p.id FROM photos AS p WHERE p.sequence > ? AND EXISTS ("
      "SELECT 1 FROM faces AS f WHERE f.photo = p.sequence "
      "AND EXISTS (SELECT 1 FROM templates WHERE face = f.sequence) "
      "AND NOT EXISTS (SELECT 1 FROM templates WHERE face = f.sequence AND space_id = ?)) "
      "ORDER BY p.sequence LIMIT ?");
  return ReadAll(statement.Bind(after, space_id, most),
                 [](SqliteStatement& row) -> Result<UnfilledPhoto> {
                   UnfilledPhoto photo;
                   row.Read(photo.sequence);
                   row.Read(photo.id);
                   return photo;
                 });
}

Result<SpaceFill> FaceTable::CountFilled(const std::string& space_id) const {
  SqliteStatement statement = connection_.Prepare(
      "SELECT count(DISTINCT face), count(DISTINCT iif(space_id = ?, face, NULL)) FROM templates");
  auto fill = ReadOne(statement.Bind(space_id), [](SqliteStatement& row) -> Result<SpaceFill> {
    SpaceFill read;
    row.Read(read.faces);
    row.Read(read.filled);
    return read;
  });
  if (!fill) return std::unexpected(fill.error());
  return fill->value_or(SpaceFill{});
}

Result<void> FaceTable::EmptyAll(std::int64_t photo) {
  for (const std::string_view sql :
       {"DELETE FROM coverage WHERE template IN (SELECT t.sequence FROM templates AS t "
        "JOIN faces AS f ON f.sequence = t.face WHERE f.photo = ?)",
        "UPDATE templates SET face = NULL, space_id = NULL, vector = NULL, change = NULL "
        "WHERE face IN (SELECT sequence FROM faces WHERE photo = ?)",
        "UPDATE faces SET id = NULL, photo = NULL, geometry = NULL, print = NULL, shot = 0 "
        "WHERE photo = ?"}) {
    if (auto ok = connection_.Run(sql, photo); !ok) return ok;
  }
  return {};
}

}  // namespace homeward
