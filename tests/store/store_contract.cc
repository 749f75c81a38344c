#include "tests/store/store_contract.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <limits>

#include "server/store/face_json.h"
#include "server/store/record_json.h"
#include "server/store/search_json.h"

namespace homeward {
namespace {

std::string Text(std::span<const std::uint8_t> bytes) {
  return fmt::format("{:02x}", fmt::join(bytes, ""));
}

std::string Text(Time time) { return std::to_string(time.time_since_epoch().count()); }

template <class Tag>
std::string Text(const std::optional<Id<Tag>>& id) {
  return id ? id->ToString() : "-";
}

std::string Text(const RecordAttributes& a) {
  return fmt::format("{} {} {}..{} {} {} {}", static_cast<int>(a.kind), static_cast<int>(a.sex),
                     a.birth_year_min.value_or(-1), a.birth_year_max.value_or(-1),
                     a.event_day.value_or(-1), a.region_code, a.unit);
}

std::string Text(const std::vector<Template>& templates) {
  std::string text;
  for (const Template& each : templates) {
    text += fmt::format(" {}[{}]", each.space_id, fmt::join(each.vector, ","));
  }
  return text;
}

}  // namespace

std::string Describe(const Record& record) {
  return fmt::format("record {} {} {} {} {} {} {} {} {} {}\n", record.created_change,
                     record.id.ToString(), static_cast<int>(record.kind),
                     static_cast<int>(record.state), Text(record.created), Text(record.updated),
                     record.erased ? Text(*record.erased) : "-", record.version, record.unit,
                     Must(ParticularsOf(record)));
}

std::string Describe(const PhotoEntry& photo) {
  std::string text = fmt::format(
      "photo {} of {} change {} kind {} on {} {} {}x{} because {} at {}\n", photo.id.ToString(),
      photo.record.ToString(), photo.change, static_cast<int>(photo.kind),
      photo.capture_date ? fmt::format("{}/{}/{}", photo.capture_date->year,
                                       photo.capture_date->month, photo.capture_date->day)
                         : "-",
      Text(photo.sha256), photo.width_px, photo.height_px,
      static_cast<int>(photo.no_template_reason), Text(photo.created));
  for (const FaceEntry& face : photo.faces) {
    text += fmt::format("  face {} {}{} shot {} print {}\n", face.id.ToString(),
                        Must(GeometryOf(face.face)), Text(face.templates), face.shot,
                        face.face.print ? Text(face.face.print->values) : "-");
  }
  return text;
}

std::string Describe(const SearchEntry& search) {
  std::string text = fmt::format(
      "search {} at {} by {} for {} in {} origin {} probe {} {} {} change {} none {} {}\n",
      search.id.ToString(), Text(search.created), search.caller, search.purpose,
      search.case_reference, static_cast<int>(search.origin), Text(search.probe_record),
      Text(search.probe_photo), Text(search.probe_hash), search.change, search.no_candidate,
      Must(AccountOf(search)));
  for (const CandidateEntry& each : search.candidates) {
    text += fmt::format(
        "  {} {} {} {} {},{},{},{} {} {} probe {} flags", each.rank, each.record.ToString(),
        each.photo.ToString(), each.face.ToString(), each.box.x, each.box.y, each.box.width,
        each.box.height, each.distance, each.above_operating_point, each.probe_index,
        each.evidence ? each.evidence->score : -1, each.evidence ? each.evidence->chance : -1);
    for (const AttributeFlag flag : each.flags) text += fmt::format(" {}", static_cast<int>(flag));
    text += " placings " + Must(PlacingsText(each.placings));
    text += "\n";
  }
  return text;
}

std::string Describe(const RequestEntry& request) {
  std::string text = fmt::format("request {} {} {} {} record {} search {} photos", request.caller,
                                 request.method, request.request_id, Text(request.digest),
                                 Text(request.record), Text(request.search));
  for (const PhotoId& photo : request.photos) text += " " + photo.ToString();
  return text;
}

std::string Describe(const GalleryChange& change) {
  std::string text = fmt::format("change {}\n", change.number);
  for (const GalleryRecord& record : change.put_records) {
    text += fmt::format("  put {} {} {}\n", record.id.ToString(), record.created,
                        Text(record.attributes));
  }
  for (const GalleryFace& face : change.add_faces) {
    text +=
        fmt::format("  face {} {} {}{} shot {}\n", face.record.ToString(), face.photo.ToString(),
                    face.face.ToString(), Text(face.templates), face.shot);
  }
  for (const PhotoId& photo : change.remove_photos) text += "  remove " + photo.ToString();
  for (const RecordId& record : change.remove_records) text += "  remove " + record.ToString();
  return text;
}

std::vector<GalleryChange> LoadChanges(const Store& store) {
  std::vector<GalleryChange> changes;
  Must(store.LoadGallery([&](const GalleryChange& change) -> Result<void> {
    changes.push_back(change);
    return {};
  }));
  return changes;
}

std::string Describe(const Store& store) {
  const Page all{.size = std::numeric_limits<int>::max()};
  std::string text = fmt::format("last change {}\n", Must(store.LastChange()));
  for (const Record& record : Must(store.ListRecords({}, all))) {
    text += Describe(record);
    for (const RecordId& stay : Must(store.ListLinkedStays(record.id))) {
      text += "  linked with " + stay.ToString() + "\n";
    }
    for (const PhotoEntry& photo : Must(store.ListPhotos(record.id))) text += Describe(photo);
  }
  for (const SequencedSearch& each : Must(store.ListSearches("", all))) {
    text += fmt::format("{} ", each.sequence) + Describe(*Must(store.FindSearch(each.search.id)));
  }
  for (const GalleryChange& change : LoadChanges(store)) text += Describe(change);
  for (const PhotoId& photo : Must(store.ListPhotoIds())) text += photo.ToString() + "\n";
  const Coverage coverage = Must(store.CountCoverage());
  return text + fmt::format("{} of {}\n", coverage.compared_pairs, coverage.eligible_pairs);
}

void StoreContractTest::TearDown() {
  if (HasFailure()) return;
  const std::string before = Describe(store());
  Reopen();
  EXPECT_EQ(Describe(store()), before);
}

void StoreContractTest::Do(const std::function<void(UnitOfWork&)>& work) {
  const auto unit_of_work = Must(store().Begin());
  work(*unit_of_work);
  Must(unit_of_work->Commit(samples_.NewEvent()));
}

Record StoreContractTest::Add(RecordKind kind) {
  const Record record = samples_.NewRecord(kind);
  Do([&](UnitOfWork& work) { Must(work.AddRecord(record)); });
  return *Must(store().FindRecord(record.id));
}

PhotoEntry StoreContractTest::AddPhoto(const RecordId& record,
                                       const std::vector<std::string>& spaces) {
  const PhotoEntry photo = samples_.NewPhoto(record, spaces);
  Do([&](UnitOfWork& work) { Must(work.AddPhoto(photo)); });
  return *Must(store().FindPhoto(photo.id));
}

void StoreContractTest::Erase(const RecordId& record) {
  Do([&](UnitOfWork& work) { Must(work.EraseRecord(record, At(1'620'020'000), "asked")); });
}

}  // namespace homeward
