#include "server/store/gallery_rows.h"

#include <limits>
#include <optional>
#include <utility>

#include "server/store/face_table.h"
#include "server/store/meta_table.h"
#include "server/store/particulars_table.h"

namespace homeward {
namespace {

constexpr ChangeNumber kNever = std::numeric_limits<ChangeNumber>::max();

Result<GalleryRecord> ReadGalleryRecord(SqliteStatement& row) {
  GalleryRecord record;
  row.Read(record.created);
  row.Read(record.id);
  record.attributes = ReadAttributes(row);
  return record;
}

// One template, with the face it is of and the change it came with.
struct FaceRow {
  ChangeNumber change = 0;
  GalleryFace face;
};

Result<FaceRow> ReadFaceRow(SqliteStatement& row) {
  FaceRow read;
  row.Read(read.change);
  row.Read(read.face.record);
  row.Read(read.face.photo);
  row.Read(read.face.face);
  auto face_template = ReadTemplate(row);
  if (!face_template) return std::unexpected(face_template.error());
  read.face.templates.push_back(*std::move(face_template));
  row.Read(read.face.shot);
  return read;
}

// Rows in the order of their changes, one ahead.
template <class Row>
class RowsAhead {
 public:
  RowsAhead(SqliteStatement& statement, Result<Row> (*read)(SqliteStatement&),
            ChangeNumber Row::* change)
      : statement_(statement), read_(read), change_(change) {}

  Result<void> Advance() {
    auto row = ReadOne(statement_, read_);
    if (!row) return std::unexpected(std::move(row.error()));
    row_ = *std::move(row);
    return {};
  }
  ChangeNumber change() const { return row_ ? *row_.*change_ : kNever; }
  Row& row() { return *row_; }

 private:
  SqliteStatement& statement_;
  Result<Row> (*read_)(SqliteStatement&);
  ChangeNumber Row::* change_;
  std::optional<Row> row_;
};

void AddFace(GalleryFace&& face, std::vector<GalleryFace>& faces) {
  if (!faces.empty() && faces.back().face == face.face) {
    faces.back().templates.push_back(std::move(face.templates.front()));
  } else {
    faces.push_back(std::move(face));
  }
}

// Moves everything of the next change into `change`.
Result<void> ReadChange(RowsAhead<GalleryRecord>& records, RowsAhead<FaceRow>& faces,
                        GalleryChange& change) {
  change.number = std::min(records.change(), faces.change());
  while (records.change() == change.number) {
    change.put_records.push_back(std::move(records.row()));
    if (auto ok = records.Advance(); !ok) return ok;
  }
  while (faces.change() == change.number) {
    AddFace(std::move(faces.row().face), change.add_faces);
    if (auto ok = faces.Advance(); !ok) return ok;
  }
  return {};
}

}  // namespace

Result<void> ReadGallery(SqliteConnection& connection,
                         const std::function<Result<void>(const GalleryChange&)>& apply) {
  const auto last_change = MetaTable(connection).LastChange();
  if (!last_change) return std::unexpected(last_change.error());
  SqliteStatement record_rows = connection.Prepare(
      "SELECT r.created_change, r.id, r.kind, p.sex, p.birth_year_min, p.birth_year_max, "
      "p.event_day, p.region_code, p.unit FROM records AS r "
      "JOIN particulars AS p ON p.sequence = r.particulars ORDER BY r.created_change");
  SqliteStatement face_rows = connection.Prepare(
      "SELECT coalesce(t.change, p.change), r.id, p.id, f.id, t.space_id, t.vector, f.shot "
      "FROM templates AS t "
      "JOIN faces AS f ON f.sequence = t.face JOIN photos AS p ON p.sequence = f.photo "
      "JOIN records AS r ON r.created_change = p.record ORDER BY t.sequence");
  RowsAhead<GalleryRecord> records(record_rows, ReadGalleryRecord, &GalleryRecord::created);
  RowsAhead<FaceRow> faces(face_rows, ReadFaceRow, &FaceRow::change);
  if (auto ok = records.Advance(); !ok) return ok;
  if (auto ok = faces.Advance(); !ok) return ok;
  ChangeNumber applied = 0;
  while (std::min(records.change(), faces.change()) != kNever) {
    GalleryChange change;
    if (auto ok = ReadChange(records, faces, change); !ok) return ok;
    if (auto ok = apply(change); !ok) return ok;
    applied = change.number;
  }
  // Changes that left nothing to load count too.
  if (applied == *last_change) return {};
  GalleryChange last;
  last.number = *last_change;
  return apply(last);
}

}  // namespace homeward
