#include "matcher/gallery.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "matcher/gallery_snapshot.h"
#include "matcher/open_space.h"

namespace homeward {
namespace {

// A face in the gallery and where its templates are, by space; kNoSlot where it has none.
struct HeldFace {
  PhotoId photo;
  FaceId face;
  std::vector<Slot> slots;
};

Result<void> CheckTemplate(const Template& face_template, const std::vector<OpenSpace>& spaces) {
  const auto open = std::ranges::find_if(
      spaces, [&](const OpenSpace& each) { return each.space().id == face_template.space_id; });
  if (open == spaces.end()) {
    return Fail(Reason::kModelMismatch, "A template is of a space that this gallery does not hold.",
                {{"space", face_template.space_id}});
  }
  if (face_template.vector.size() != static_cast<std::size_t>(open->space().dimension) ||
      !std::ranges::all_of(face_template.vector, [](float v) { return std::isfinite(v); })) {
    return Fail(Reason::kModelMismatch,
                "A template has another length than its space, or is not finite.",
                {{"space", face_template.space_id}});
  }
  return {};
}

Result<void> CheckTemplates(const GalleryFace& face, const std::vector<OpenSpace>& spaces) {
  if (face.templates.empty()) return Fail(Reason::kInternal, "A gallery face has no template.");
  std::set<std::string_view> seen;
  for (const Template& face_template : face.templates) {
    if (auto ok = CheckTemplate(face_template, spaces); !ok) return ok;
    if (!seen.insert(face_template.space_id).second) {
      return Fail(Reason::kInternal, "A gallery face has two templates of one space.");
    }
  }
  return {};
}

}  // namespace

struct Gallery::State {
  ChangeNumber change_number = 0;
  std::int64_t record_count = 0;
  std::int64_t face_count = 0;
  std::uint64_t face_digest = 0;
  VersionedTable<GalleryRecord> records;
  VersionedTable<RecordMark> marks;
  VersionedIdMap row_of_record;
  VersionedIdMap row_of_photo;
  std::vector<MeasuredSpace> measured;
  std::vector<OpenSpace> spaces;                    // of the same
  std::vector<std::vector<HeldFace>> faces_of_row;  // not part of any snapshot

  Result<void> Check(const GalleryChange& change) const;
  void Commit(const GalleryChange& change) noexcept;
  std::shared_ptr<const GallerySnapshot> Freeze(const SpreadRecall& recall = nullptr) noexcept;

 private:
  Result<void> CheckPlace(const GalleryFace& face, const std::unordered_set<RecordId>& new_records,
                          std::unordered_map<PhotoId, RecordId>& new_photos,
                          std::unordered_set<FaceId>& new_faces) const;
  const HeldFace* FindFace(std::uint32_t row, const FaceId& face) const;
  bool HasTemplateOf(const HeldFace& held, const GalleryFace& face) const;
  void Put(const GalleryRecord& record);
  void Add(const GalleryFace& face);
  void RemovePhoto(const PhotoId& photo);
  void RemoveRecord(const RecordId& record);
  void Forget(std::uint32_t row, const HeldFace& face);
  OpenSpace::Recall RecallFor(std::size_t space, const SpreadRecall& recall) const;
};

Result<void> Gallery::State::Check(const GalleryChange& change) const {
  if (change.number <= change_number) {
    return Fail(
        Reason::kInternal, "A change of the gallery came out of order.",
        {{"number", std::to_string(change.number)}, {"last", std::to_string(change_number)}});
  }
  std::unordered_set<RecordId> new_records;
  for (const GalleryRecord& record : change.put_records) new_records.insert(record.id);
  std::unordered_map<PhotoId, RecordId> new_photos;
  std::unordered_set<FaceId> new_faces;
  for (const GalleryFace& face : change.add_faces) {
    if (auto ok = CheckTemplates(face, spaces); !ok) return ok;
    if (auto ok = CheckPlace(face, new_records, new_photos, new_faces); !ok) return ok;
  }
  return {};
}

// Whether the face or its templates are new and its record known, and its photo not another's.
Result<void> Gallery::State::CheckPlace(const GalleryFace& face,
                                        const std::unordered_set<RecordId>& new_records,
                                        std::unordered_map<PhotoId, RecordId>& new_photos,
                                        std::unordered_set<FaceId>& new_faces) const {
  const auto row = row_of_record.Find(face.record.bytes);
  if (!row && !new_records.contains(face.record)) {
    return Fail(Reason::kInternal, "A gallery face names an unknown record.",
                {{"record", face.record.ToString()}});
  }
  const auto photo_row = row_of_photo.Find(face.photo.bytes);
  const auto& new_owner = new_photos.emplace(face.photo, face.record).first->second;
  if ((photo_row && photo_row != row) || new_owner != face.record) {
    return Fail(Reason::kInternal, "A gallery face names the photo of another record.",
                {{"photo", face.photo.ToString()}});
  }
  const HeldFace* const held = row ? FindFace(*row, face.face) : nullptr;
  if (!new_faces.insert(face.face).second ||
      (held != nullptr && (held->photo != face.photo || HasTemplateOf(*held, face)))) {
    return Fail(Reason::kInternal, "A gallery face was added twice.",
                {{"face", face.face.ToString()}});
  }
  return {};
}

const HeldFace* Gallery::State::FindFace(std::uint32_t row, const FaceId& face) const {
  const auto found = std::ranges::find(faces_of_row[row], face, &HeldFace::face);
  return found == faces_of_row[row].end() ? nullptr : &*found;
}

// Whether one of the face's templates is of a space in which it has one already.
bool Gallery::State::HasTemplateOf(const HeldFace& held, const GalleryFace& face) const {
  for (std::size_t i = 0; i < spaces.size(); ++i) {
    if (held.slots[i] != kNoSlot && FindTemplate(face.templates, spaces[i].space().id) != nullptr) {
      return true;
    }
  }
  return false;
}

void Gallery::State::Commit(const GalleryChange& change) noexcept {
  change_number = change.number;
  for (const GalleryRecord& record : change.put_records) Put(record);
  for (const GalleryFace& face : change.add_faces) Add(face);
  for (const PhotoId& photo : change.remove_photos) RemovePhoto(photo);
  for (const RecordId& record : change.remove_records) RemoveRecord(record);
}

void Gallery::State::Put(const GalleryRecord& record) {
  if (const auto row = row_of_record.Find(record.id.bytes)) {
    records.Edit(*row).attributes = record.attributes;
    marks.Edit(*row).kind = record.attributes.kind;
    for (OpenSpace& open : spaces) open.SetKind(*row, record.attributes.kind);
    return;
  }
  row_of_record.Put(record.id.bytes, static_cast<std::uint32_t>(records.size()));
  records.Append(record);
  marks.Append({0, record.attributes.kind, false});
  faces_of_row.emplace_back();
  for (OpenSpace& open : spaces) open.AppendRecord(record.attributes.kind);
  ++record_count;
}

void Gallery::State::Add(const GalleryFace& face) {
  const std::uint32_t row = *row_of_record.Find(face.record.bytes);
  auto& faces = faces_of_row[row];
  auto held = std::ranges::find(faces, face.face, &HeldFace::face);
  if (held == faces.end()) {
    held = faces.insert(held, {face.photo, face.face, std::vector(spaces.size(), kNoSlot)});
    row_of_photo.Put(face.photo.bytes, row);
    ++marks.Edit(row).face_count;
    ++face_count;
    face_digest += DigestOf(face.face);
  }
  for (std::size_t i = 0; i < spaces.size(); ++i) {
    const Template* face_template = FindTemplate(face.templates, spaces[i].space().id);
    if (face_template == nullptr) continue;
    held->slots[i] =
        spaces[i].AddFace(row, face_template->vector, face.shot,
                          {.photo = face.photo, .face = face.face, .committed = change_number});
  }
}

void Gallery::State::RemovePhoto(const PhotoId& photo) {
  const auto row = row_of_photo.Find(photo.bytes);
  if (!row) return;
  row_of_photo.Erase(photo.bytes);
  std::erase_if(faces_of_row[*row], [&](const HeldFace& face) {
    if (face.photo != photo) return false;
    Forget(*row, face);
    return true;
  });
}

void Gallery::State::RemoveRecord(const RecordId& record) {
  const auto row = row_of_record.Find(record.bytes);
  if (!row) return;
  for (const HeldFace& face : std::exchange(faces_of_row[*row], {})) {
    Forget(*row, face);
    row_of_photo.Erase(face.photo.bytes);
  }
  row_of_record.Erase(record.bytes);
  records.Edit(*row) = {};
  marks.Edit(*row).removed = true;
  --record_count;
}

void Gallery::State::Forget(std::uint32_t row, const HeldFace& face) {
  for (std::size_t i = 0; i < spaces.size(); ++i) {
    if (face.slots[i] != kNoSlot) spaces[i].RemoveFace(row, face.slots[i]);
  }
  --marks.Edit(row).face_count;
  --face_count;
  face_digest -= DigestOf(face.face);
}

OpenSpace::Recall Gallery::State::RecallFor(std::size_t space, const SpreadRecall& recall) const {
  if (!recall) return nullptr;
  return [this, space, &recall](const FaceIndexSnapshot& faces, std::span<const std::uint32_t> rows,
                                std::span<const PartitionedSlot> joined) {
    std::vector<SpacePerson> persons;
    persons.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      persons.push_back({records[rows[i]].created, joined[i], faces.vector(joined[i].slot)});
    }
    return recall(measured[space], persons);
  };
}

std::shared_ptr<const GallerySnapshot> Gallery::State::Freeze(const SpreadRecall& recall) noexcept {
  GallerySnapshot::Content content;
  content.change_number = change_number;
  content.record_count = record_count;
  content.face_count = face_count;
  content.face_digest = face_digest;
  content.records = records.Freeze();
  content.marks = marks.Freeze();
  content.row_of_record = row_of_record.Freeze();
  content.row_of_photo = row_of_photo.Freeze();
  for (std::size_t i = 0; i < spaces.size(); ++i) {
    content.spaces.push_back(spaces[i].Freeze(change_number, RecallFor(i, recall)));
  }
  return std::make_shared<const GallerySnapshot>(std::move(content));
}

Gallery::Gallery(std::vector<MeasuredSpace> spaces, const IndexFactory& make_index)
    : state_(std::make_unique<State>()) {
  for (MeasuredSpace& each : spaces) {
    auto index = make_index(each.space);
    state_->measured.push_back(each);
    state_->spaces.emplace_back(std::move(each), std::move(index));
  }
  published_ = state_->Freeze();
}

Gallery::~Gallery() = default;

Result<void> Gallery::Apply(const GalleryChange& change) {
  if (auto ok = Load(change); !ok) return ok;
  Publish();
  return {};
}

Result<void> Gallery::Load(const GalleryChange& change) {
  if (auto ok = state_->Check(change); !ok) return ok;
  state_->Commit(change);
  return {};
}

void Gallery::Publish() { Publish(nullptr); }

void Gallery::Publish(const SpreadRecall& recall) {
  auto snapshot = state_->Freeze(recall);
  // The one replaced, perhaps with no reader left, is taken apart after the lock is gone.
  const std::scoped_lock lock(published_mutex_);
  published_.swap(snapshot);
}

KeptGallery Gallery::Keep() {
  KeptGallery kept{Pin(), {}};
  for (OpenSpace& open : state_->spaces) {
    if (auto spreads = open.KeepSpreads())
      kept.spreads.emplace(open.space().id, *std::move(spreads));
  }
  return kept;
}

std::shared_ptr<const GallerySnapshot> Gallery::Pin() const {
  const std::scoped_lock lock(published_mutex_);
  return published_;
}

}  // namespace homeward
