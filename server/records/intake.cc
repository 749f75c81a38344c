#include "server/records/intake.h"

#include <optional>
#include <span>
#include <string>
#include <utility>

#include "server/records/new_search.h"
#include "server/records/record_book.h"
#include "server/records/resource_name.h"
#include "server/records/shot.h"
#include "server/records/validation.h"

namespace homeward {
namespace {

// A new record, or the stored one as it is now, with its photo's mark upon it.
Result<Record> PutRecord(UnitOfWork& unit, const Intake& intake, std::size_t stored_photos,
                         Time now) {
  if (intake.is_new) {
    Record record = intake.record;
    record.created = record.updated = now;
    record.created_change = unit.change_number();
    const auto added = unit.AddRecord(record);
    if (!added) return std::unexpected(added.error());
    return record;
  }
  auto record = FindOpenRecord(unit, intake.record.id);
  if (!record) return record;
  if (stored_photos >= kMaxPhotosPerRecord) {
    return Fail(Reason::kTooManyPhotos, "The record holds as many photos as a record may.",
                {{"limit", std::to_string(kMaxPhotosPerRecord)}});
  }
  if (const auto marked = MarkChanged(unit, *record, now); !marked) {
    return std::unexpected(marked.error());
  }
  return record;
}

// Those of a record that was there before.
Result<std::vector<PhotoEntry>> StoredPhotos(const UnitOfWork& unit, const Intake& intake) {
  if (intake.is_new) return std::vector<PhotoEntry>();
  return unit.ListPhotos(intake.record.id);
}

// `photos` are the intake's; `known` has those stored before, and gets these.
Result<void> PutPhotos(UnitOfWork& unit, std::vector<PhotoEntry> photos, const RecordId& record,
                       Time now, std::vector<PhotoEntry>& known, Deed& deed) {
  NumberShots(known, photos);
  for (PhotoEntry& photo : photos) {
    photo.record = record;
    photo.created = now;
    if (auto added = unit.AddPhoto(photo); !added) return added;
    deed.photos.push_back(photo.id);
    for (const FaceEntry& face : photo.faces) {
      if (face.templates.empty()) continue;
      deed.gallery.add_faces.push_back(
          {photo.record, photo.id, face.id, face.templates, face.shot});
    }
    known.push_back(std::move(photo));
  }
  return {};
}

// Every face was compared, in this space, with all that was committed before this transaction.
Result<void> PutCoverage(UnitOfWork& unit, const Deed& deed, const std::string& space_id,
                         const Comparison& comparison) {
  for (const GalleryFace& face : deed.gallery.add_faces) {
    if (FindTemplate(face.templates, space_id) == nullptr) continue;
    auto added = unit.AddCoverage({.face = face.face,
                                   .space_id = space_id,
                                   .compared_through = unit.change_number() - 1,
                                   .compared_faces = comparison.templates_compared});
    if (!added) return added;
  }
  return {};
}

Result<void> PutSearch(Casebook& book, const Intent& intent, UnitOfWork& unit, const Intake& intake,
                       const EnrolmentSearch& search, const Record& record,
                       std::span<const PhotoEntry> known, Deed& deed) {
  const auto answer = search.Finish(book);
  if (!answer) return std::unexpected(answer.error());
  const auto space_ids = SpaceIdsOf(book, search.operating_point().space_id);
  SearchEntry entry = NewSearch(book, intent, SearchOrigin::kEnrolment, search.operating_point());
  entry.probe_record = record.id;
  if (!intake.is_new) entry.probe_photo = deed.photos.front();
  entry.criteria.kinds = search.kinds();
  const ProbeFacts facts = FactsOf(record, known.last(intake.photos.size()), known,
                                   space_ids.front(), DayInChina(entry.created));
  if (const auto added = AddResult(unit, answer->result, &record, facts, entry); !added) {
    return std::unexpected(added.error());
  }
  AddOutlook(book, answer->result, facts, entry);
  if (auto added = unit.AddSearch(entry); !added) return added;
  deed.search = entry.id;
  for (std::size_t i = 0; i < space_ids.size(); ++i) {
    auto put = PutCoverage(unit, deed, space_ids[i], answer->by_space[i].comparison);
    if (!put) return put;
  }
  return {};
}

}  // namespace

Result<Deed> PutIntake(Casebook& book, const Intent& intent, UnitOfWork& unit, const Intake& intake,
                       const EnrolmentSearch& search) {
  const Time now = book.clock().Now();
  auto photos = StoredPhotos(unit, intake);
  if (!photos) return std::unexpected(photos.error());
  const auto record = PutRecord(unit, intake, photos->size(), now);
  if (!record) return std::unexpected(record.error());
  Deed deed{.object = NameOf(record->id), .record = record->id};
  if (intake.is_new) {
    deed.gallery.put_records.push_back({record->id, record->created_change, AttributesOf(*record)});
  } else {
    deed.object = NameOf(PhotoName{record->id, intake.photos.front().id});
  }
  auto put = PutPhotos(unit, intake.photos, record->id, now, *photos, deed);
  if (!put) return std::unexpected(put.error());
  if (search.has_probe()) {
    put = PutSearch(book, intent, unit, intake, search, *record, *photos, deed);
    if (!put) return std::unexpected(put.error());
  }
  return deed;
}

}  // namespace homeward
