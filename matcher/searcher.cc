#include "matcher/searcher.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace homeward {
namespace {

// The account of one search, and which rows of the record table take part in it.
struct Admission {
  Comparison comparison;
  std::vector<std::uint8_t> rows;  // 1: takes part; bytes, as bits would have to be read to be set
};

// One record's nearest face, while candidates are being found.
struct RecordHit {
  float squared_distance = 0;
  Slot slot = 0;
  int probe_index = 0;
  std::uint32_t row = 0;

  // Among the faces of one record, the one committed first; among probes, the first given.
  friend bool operator<(const RecordHit& a, const RecordHit& b) {
    return std::tie(a.squared_distance, a.slot, a.probe_index) <
           std::tie(b.squared_distance, b.slot, b.probe_index);
  }
};

using NearestByRow = std::unordered_map<std::uint32_t, RecordHit>;

std::string_view SpaceOf(const Probe& probe) {
  return probe.templates.empty() ? std::string_view() : probe.templates.front().space_id;
}

// Under which heading a record is counted.
class Headings {
 public:
  Headings(const GallerySnapshot& gallery, const GallerySpace* space, const Probe& probe,
           const SearchFilter& filter)
      : gallery_(gallery),
        space_(space),
        filter_(filter),
        asks_for_attributes_(AsksForAttributes(filter)),
        own_row_(probe.self ? gallery.FindRow(*probe.self) : std::nullopt) {
    for (const RecordKind kind :
         {RecordKind::kStranded, RecordKind::kMissing, RecordKind::kAtRisk}) {
      searched_[static_cast<std::size_t>(kind)] = MatchesKind(filter, kind);
    }
  }

  std::int64_t Comparison::* Of(std::size_t row, const RecordMark& mark) const {
    if (own_row_ == row) return &Comparison::own;
    if (!searched_[static_cast<std::size_t>(mark.kind)]) return &Comparison::kind_not_searched;
    if (asks_for_attributes_ && !MatchesAttributes(filter_, gallery_.records()[row].attributes)) {
      return &Comparison::filtered;
    }
    if (mark.face_count == 0) return &Comparison::no_usable_face;
    return TemplatesOf(row) == 0 ? &Comparison::other_space : &Comparison::compared;
  }

  std::int32_t TemplatesOf(std::size_t row) const {
    return space_ == nullptr ? 0 : space_->templates_of_record[row];
  }

 private:
  const GallerySnapshot& gallery_;
  const GallerySpace* space_;
  const SearchFilter& filter_;
  const bool asks_for_attributes_;
  const std::optional<std::uint32_t> own_row_;
  std::array<bool, 4> searched_{};  // by RecordKind
};

// Counts each record under the one heading that it belongs to.
Admission Admit(const GallerySnapshot& gallery, const GallerySpace* space, const Probe& probe,
                const SearchFilter& filter) {
  const Headings headings(gallery, space, probe, filter);
  Admission admission{{}, std::vector<std::uint8_t>(gallery.marks().size())};
  for (std::size_t row = 0; row < gallery.marks().size(); ++row) {
    const RecordMark& mark = gallery.marks()[row];
    if (mark.removed) continue;
    const auto heading = headings.Of(row, mark);
    ++admission.comparison.searchable;
    ++(admission.comparison.*heading);
    if (heading != &Comparison::compared) continue;
    admission.comparison.templates_compared += headings.TemplatesOf(row);
    admission.rows[row] = 1;
  }
  return admission;
}

// The slots of admitted records that were committed after `after`.
SlotFilter AllowedSlots(const GallerySpace& space, const std::vector<std::uint8_t>& rows,
                        ChangeNumber after) {
  const Slot size = space.index->size();
  Slot first = 0;
  for (Slot end = size; first < end;) {
    const Slot middle = first + (end - first) / 2;
    const bool is_later = space.owner_of_slot[static_cast<std::size_t>(middle)].committed > after;
    (is_later ? end : first) = is_later ? middle : middle + 1;
  }
  SlotFilter allowed(size);
  for (auto slot = static_cast<std::size_t>(first); slot < static_cast<std::size_t>(size); ++slot) {
    allowed.words[slot / 64] |= std::uint64_t{rows[space.record_of_slot[slot]]} << slot % 64;
  }
  return allowed;
}

NearestByRow GroupByRow(const GallerySpace& space, const std::vector<SlotHit>& hits,
                        int probe_index) {
  NearestByRow nearest;
  for (const SlotHit& hit : hits) {
    const std::uint32_t row = space.record_of_slot[static_cast<std::size_t>(hit.slot)];
    nearest.try_emplace(row, RecordHit{hit.squared_distance, hit.slot, probe_index, row});
  }
  return nearest;
}

// Whether `count` records are strictly nearer than the farthest hit: then every record that could
// tie with the last of them has shown up as well.
bool Settles(const NearestByRow& nearest, const std::vector<SlotHit>& hits, int count) {
  return std::ranges::count_if(nearest, [&](const auto& each) {
           return each.second.squared_distance < hits.back().squared_distance;
         }) >= count;
}

// The nearest `count` records to one template, and perhaps more; all of those that tie at the end.
// One record may have many faces, so more hits are asked for until enough records have shown up.
NearestByRow FindNearest(const GallerySpace& space, const Template& probe, int probe_index,
                         const SlotFilter& allowed, int count) {
  constexpr std::int64_t kMostHits = std::numeric_limits<int>::max();
  for (std::int64_t k = 2 * std::int64_t{count} + 16;; k *= 8) {
    k = std::min(k, kMostHits);
    const auto hits = space.index->Search(probe.vector, static_cast<int>(k), allowed);
    NearestByRow nearest = GroupByRow(space, hits, probe_index);
    if (std::ssize(hits) < k || Settles(nearest, hits, count)) return nearest;
  }
}

bool RanksBefore(const Candidate& a, const Candidate& b) {
  return std::tie(a.squared_distance, a.record_created, a.record) <
         std::tie(b.squared_distance, b.record_created, b.record);
}

std::vector<Candidate> Ranked(std::vector<Candidate> candidates, int max_candidates) {
  std::ranges::stable_sort(candidates, RanksBefore);
  const auto most = static_cast<std::size_t>(std::max(max_candidates, 0));
  if (candidates.size() > most)
    candidates.erase(candidates.begin() + max_candidates, candidates.end());
  return candidates;
}

Candidate MakeCandidate(const GallerySnapshot& gallery, const GallerySpace& space,
                        const RecordHit& hit) {
  const GalleryRecord& record = gallery.records()[hit.row];
  const SlotOwner& owner = space.owner_of_slot[static_cast<std::size_t>(hit.slot)];
  return {.record = record.id,
          .record_created = record.created,
          .attributes = record.attributes,
          .photo = owner.photo,
          .face = owner.face,
          .probe_index = hit.probe_index,
          .squared_distance = hit.squared_distance,
          .distance = std::sqrt(static_cast<double>(hit.squared_distance))};
}

Result<const GallerySpace*> CheckProbe(const GallerySnapshot& gallery, const Probe& probe) {
  const GallerySpace* space = gallery.FindSpace(SpaceOf(probe));
  const auto fits = [&](const Template& each) {
    return space != nullptr && each.space_id == space->space.id &&
           std::cmp_equal(each.vector.size(), space->space.dimension) &&
           std::ranges::all_of(each.vector, [](float v) { return std::isfinite(v); });
  };
  if (space == nullptr || !std::ranges::all_of(probe.templates, fits)) {
    return Fail(Reason::kModelMismatch, "The probe is not of one space that this gallery holds.",
                {{"space", std::string(SpaceOf(probe))}});
  }
  return space;
}

}  // namespace

Result<SearchResult> Search(const GallerySnapshot& gallery, const Probe& probe,
                            const SearchRequest& request) {
  const auto checked = CheckProbe(gallery, probe);
  if (!checked) return std::unexpected(checked.error());
  const GallerySpace& space = **checked;
  const Admission admission = Admit(gallery, &space, probe, request.filter);
  const SlotFilter allowed = AllowedSlots(space, admission.rows, request.after);

  NearestByRow nearest;
  for (int i = 0; i < std::ssize(probe.templates); ++i) {
    const Template& face_template = probe.templates[static_cast<std::size_t>(i)];
    for (const auto& [row, hit] :
         FindNearest(space, face_template, i, allowed, request.max_candidates)) {
      const auto [best, added] = nearest.try_emplace(row, hit);
      if (!added) best->second = std::min(best->second, hit);
    }
  }
  std::vector<Candidate> candidates;
  candidates.reserve(nearest.size());
  for (const auto& [row, hit] : nearest) candidates.push_back(MakeCandidate(gallery, space, hit));
  return SearchResult{.candidates = Ranked(std::move(candidates), request.max_candidates),
                      .comparison = admission.comparison,
                      .watermark = gallery.change_number()};
}

Comparison Account(const GallerySnapshot& gallery, const Probe& probe, const SearchFilter& filter) {
  return Admit(gallery, gallery.FindSpace(SpaceOf(probe)), probe, filter).comparison;
}

std::vector<Candidate> Merge(const GallerySnapshot& gallery, std::span<const Candidate> earlier,
                             std::span<const Candidate> later, int max_candidates) {
  std::vector<Candidate> both;
  for (const Candidate& candidate : earlier) {
    const GalleryRecord* record = gallery.FindRecordOfPhoto(candidate.photo);
    if (record == nullptr) continue;
    both.push_back(candidate);
    both.back().attributes = record->attributes;
  }
  both.insert(both.end(), later.begin(), later.end());
  both = Ranked(std::move(both), std::numeric_limits<int>::max());
  std::unordered_set<RecordId> seen;
  std::erase_if(both, [&](const Candidate& each) { return !seen.insert(each.record).second; });
  return Ranked(std::move(both), max_candidates);
}

}  // namespace homeward
