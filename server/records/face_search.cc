#include "server/records/face_search.h"

#include <algorithm>
#include <utility>

#include "server/records/deed.h"
#include "server/records/keyed_hash.h"
#include "server/records/new_search.h"
#include "server/records/person_search.h"
#include "server/records/photo_book.h"
#include "server/records/record_view.h"
#include "server/records/shot.h"
#include "server/records/validation.h"

namespace homeward {
namespace {

// What is searched with, and what is known about it.
struct Searched {
  PersonProbe probe;
  std::optional<Record> record = {};    // stored probes only
  std::optional<PhotoId> photo = {};    // a stored photo only
  std::optional<Face> shown_face = {};  // a shown photo only
  Sha256 shown_hash{};
  ProbeFacts facts = {};
};

// Takes the templates of what is searched. Errors: kNoFaceFound, kNoUsableFace.
Result<PersonProbe> StoredProbe(const Casebook& book, const std::string& space_id,
                                const RecordId& self, std::span<const PhotoEntry> photos) {
  PersonProbe probe = ProbeIn(book, space_id, self,
                              [&](const std::string& id) { return TemplatesOfShots(photos, id); });
  if (probe.has_templates()) return probe;
  const auto shows_face = [](const PhotoEntry& photo) { return !photo.faces.empty(); };
  if (std::ranges::none_of(photos, shows_face))
    return Fail(Reason::kNoFaceFound, "Nothing that is stored there shows a face.");
  return Fail(Reason::kNoUsableFace, "No face that is stored there can be compared.");
}

ProbeFacts StoredFacts(const Casebook& book, const Record& record,
                       std::span<const PhotoEntry> searched, std::span<const PhotoEntry> known,
                       const std::string& space_id) {
  return FactsOf(record, searched, known, SpaceIdsOf(book, space_id).front(),
                 DayInChina(book.clock().Now()));
}

Result<Searched> Prepare(Casebook& book, const Intent& intent, const ShownPhoto& shown,
                         const std::string& space_id) {
  const auto analyzed = AnalyzePhoto(book, intent, shown);
  if (!analyzed) return std::unexpected(analyzed.error());
  auto face = ChooseUsableFace(shown, analyzed->faces);
  if (!face) return std::unexpected(face.error());
  const auto shown_in = [&](const std::string& id) -> std::vector<Template> {
    const Template* const found = FindTemplate(face->templates, id);
    return found == nullptr ? std::vector<Template>() : std::vector{*found};
  };
  Searched searched{.probe = ProbeIn(book, space_id, std::nullopt, shown_in),
                    .shown_hash = KeyedHash(book.hash_key(), shown.bytes),
                    .facts = FactsOf(*face)};
  if (!searched.probe.has_templates()) {
    return Fail(Reason::kNoUsableFace, "The face gives no template of the space that is searched.");
  }
  searched.shown_face = *std::move(face);
  return searched;
}

Result<Searched> Prepare(Casebook& book, const Intent&, const RecordId& id,
                         const std::string& space_id) {
  auto record = FindOpenRecord(book.store(), id);
  if (!record) return std::unexpected(record.error());
  const auto photos = book.store().ListPhotos(id);
  if (!photos) return std::unexpected(photos.error());
  auto probe = StoredProbe(book, space_id, id, *photos);
  if (!probe) return std::unexpected(probe.error());
  Searched searched{.probe = *std::move(probe), .record = *std::move(record)};
  searched.facts = StoredFacts(book, *searched.record, *photos, *photos, space_id);
  return searched;
}

Result<Searched> Prepare(Casebook& book, const Intent&, const PhotoName& name,
                         const std::string& space_id) {
  const auto photo = FindPhotoOf(book.store(), name);
  if (!photo) return std::unexpected(photo.error());
  auto record = FindOpenRecord(book.store(), name.record);
  if (!record) return std::unexpected(record.error());
  const std::span searched_photos(&*photo, 1);
  auto probe = StoredProbe(book, space_id, name.record, searched_photos);
  if (!probe) return std::unexpected(probe.error());
  Searched searched{.probe = *std::move(probe), .record = *std::move(record), .photo = name.photo};
  const auto known = book.store().ListPhotos(name.record);
  if (!known) return std::unexpected(known.error());
  searched.facts = StoredFacts(book, *searched.record, searched_photos, *known, space_id);
  return searched;
}

// A hit that the database no longer has means that the gallery pinned was being left behind: the
// search is made again, so that the place goes to whoever comes next.
Result<SearchEntry> MakeSearch(Casebook& book, const Intent& intent, const FaceQuery& query,
                               const Searched& searched, const OperatingPoint& point,
                               int max_candidates) {
  constexpr int kAttempts = 3;
  SearchEntry entry = NewSearch(book, intent, query.origin, point);
  entry.criteria = query.criteria;
  entry.probe_photo = searched.photo;
  entry.probe_hash = searched.shown_hash;
  if (searched.record) entry.probe_record = searched.record->id;
  const SearchRequest request{.filter = FilterOf(query.criteria, DayInChina(entry.created)),
                              .max_candidates = max_candidates};
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const auto answer = SearchPerson(*book.gallery().Pin(), searched.probe, request);
    if (!answer) return std::unexpected(answer.error());
    const auto left_out =
        AddResult(book.store(), answer->result, searched.record ? &*searched.record : nullptr,
                  searched.facts, entry);
    if (!left_out) return std::unexpected(left_out.error());
    AddOutlook(book, answer->result, searched.facts, entry);
    if (*left_out == 0) break;
  }
  return entry;
}

Result<RequestEntry> Keep(Casebook& book, const Intent& intent, const SearchEntry& search) {
  return Perform(book, intent, [&](UnitOfWork& unit) -> Result<Deed> {
    if (auto added = unit.AddSearch(search); !added) return std::unexpected(added.error());
    return Deed{.object = NameOf(search.id), .search = search.id};
  });
}

}  // namespace

Result<void> CheckQuery(const Intent& intent, const FaceQuery& query) {
  if (auto ok = CheckPurposefulIntent(intent); !ok) return ok;
  if (const auto count = CandidateCount(query.max_candidates); !count) {
    return std::unexpected(count.error());
  }
  return CheckCriteria(query.criteria);
}

Result<FaceSearch> SearchFaces(Casebook& book, const Intent& intent, const FaceQuery& query) {
  if (auto ok = CheckQuery(intent, query); !ok) return std::unexpected(ok.error());
  auto done = FindAnswered(book.store(), intent);
  if (!done) return std::unexpected(done.error());
  std::optional<Face> probe_face;
  const bool is_shown = std::holds_alternative<ShownPhoto>(query.probe);
  // The face shown is not kept, so a repetition looks for it again.
  if (!*done || is_shown) {
    const OperatingPoint point = book.operating_point();
    auto searched =
        std::visit([&](const auto& probe) { return Prepare(book, intent, probe, point.space_id); },
                   query.probe);
    if (!searched) return std::unexpected(searched.error());
    probe_face = std::move(searched->shown_face);
    if (!*done) {
      const auto entry =
          MakeSearch(book, intent, query, *searched, point, *CandidateCount(query.max_candidates));
      if (!entry) return std::unexpected(entry.error());
      auto kept = Keep(book, intent, *entry);
      if (!kept) return std::unexpected(kept.error());
      *done = *std::move(kept);
    }
  }
  auto view = FindView(book.store(), *(*done)->search);
  if (!view) return std::unexpected(view.error());
  return FaceSearch{*std::move(view), std::move(probe_face)};
}

}  // namespace homeward
