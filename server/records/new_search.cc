#include "server/records/new_search.h"

#include <algorithm>
#include <optional>

#include "matcher/decision.h"
#include "server/records/attribute_flags.h"
#include "server/records/person_search.h"

namespace homeward {
namespace {

// nullopt where the record or photo that hit is no longer there.
Result<std::optional<CandidateEntry>> EntryOf(const StoreReader& store, const Candidate& candidate,
                                              const Record* probe, const ProbeFacts& facts,
                                              const OperatingPoint& point) {
  const auto record = store.FindRecord(candidate.record);
  if (!record) return std::unexpected(record.error());
  const auto photo = store.FindPhoto(candidate.photo);
  if (!photo) return std::unexpected(photo.error());
  if (!*record || (*record)->state != RecordState::kOpen || !*photo) return std::nullopt;
  const auto& faces = (*photo)->faces;
  const auto face = std::ranges::find(faces, candidate.face, &FaceEntry::id);
  if (face == faces.end()) return std::nullopt;
  CandidateEntry entry{.record = candidate.record,
                       .photo = candidate.photo,
                       .face = candidate.face,
                       .box = face->face.box,
                       .distance = candidate.distance,
                       .evidence = candidate.evidence,
                       .above_operating_point = IsAbove(point, candidate),
                       .flags = {},
                       .probe_index = candidate.probe_index,
                       .placings = candidate.placings};
  if (probe != nullptr) entry.flags = AttributeFlagsOf(*probe, **record);
  const auto age_shown = AgeIn(**record, {&**photo, 1});
  if (facts.age_shown && age_shown && AreChildAndAdult(*facts.age_shown, *age_shown)) {
    entry.above_operating_point = false;
    entry.flags.push_back(AttributeFlag::kChildAndAdult);
  }
  return entry;
}

}  // namespace

SearchEntry NewSearch(Casebook& book, const Intent& intent, SearchOrigin origin,
                      const OperatingPoint& point) {
  SearchEntry search;
  search.id = SearchId{book.ids().Next()};
  search.created = book.clock().Now();
  search.caller = intent.caller;
  search.purpose = intent.purpose;
  search.case_reference = intent.case_reference;
  search.origin = origin;
  search.space = SearchedSpace(book, point.space_id);
  search.operating_point = point;
  return search;
}

Result<int> AddResult(const StoreReader& store, const SearchResult& result, const Record* probe,
                      const ProbeFacts& facts, SearchEntry& search) {
  int left_out = 0;
  search.candidates.clear();
  for (const Candidate& candidate : result.candidates) {
    auto entry = EntryOf(store, candidate, probe, facts, search.operating_point);
    if (!entry) return std::unexpected(entry.error());
    if (!*entry) {
      ++left_out;
      continue;
    }
    (*entry)->rank = static_cast<int>(search.candidates.size()) + 1;
    search.candidates.push_back(**std::move(entry));
  }
  search.no_candidate =
      std::ranges::none_of(search.candidates, &CandidateEntry::above_operating_point);
  search.comparison = result.comparison;
  search.change = result.watermark;
  return left_out;
}

void AddOutlook(const Casebook& book, const SearchResult& result, const ProbeFacts& facts,
                SearchEntry& search) {
  const auto gallery = book.gallery().Pin();
  const GallerySpace* space = gallery->FindSpace(SpaceIdsOf(book, search.space.id).front());
  search.outlook = OutlookOf(space == nullptr ? nullptr : space->yardstick.get(), result,
                             search.operating_point, facts);
}

}  // namespace homeward
