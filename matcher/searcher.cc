#include "matcher/searcher.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace homeward {
namespace {

// How many of the nearest persons a probe's spread asks for.
constexpr int kStrangers = kSpreadNeighbours + kSpreadLeftOut;

// The account of one search, and which rows of the record table take part in it.
struct Admission {
  Comparison comparison;
  std::vector<std::uint8_t> rows;  // 1: takes part; bytes, as bits would have to be read to be set
};

std::string_view SpaceOf(const Probe& probe) {
  return probe.templates.empty() ? std::string_view() : probe.templates.front().space_id;
}

// Under which heading a record is counted.
class Headings {
 public:
  Headings(const GallerySnapshot& gallery, std::span<const Probe> probes,
           const SearchFilter& filter)
      : gallery_(gallery), filter_(filter), asks_for_attributes_(AsksForAttributes(filter)) {
    for (const Probe& probe : probes) {
      spaces_.push_back(gallery.FindSpace(SpaceOf(probe)));
      if (probe.self) own_row_ = gallery.FindRow(*probe.self);
    }
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

  // In the space in which it has most.
  std::int32_t TemplatesOf(std::size_t row) const {
    std::int32_t most = 0;
    for (const GallerySpace* space : spaces_) {
      if (space != nullptr) most = std::max(most, space->templates_of_record[row]);
    }
    return most;
  }

  bool IsInAll(std::size_t row) const {
    return std::ranges::all_of(spaces_, [&](const GallerySpace* space) {
      return space != nullptr && space->templates_of_record[row] > 0;
    });
  }

 private:
  const GallerySnapshot& gallery_;
  std::vector<const GallerySpace*> spaces_;  // null where the probe has no template
  const SearchFilter& filter_;
  const bool asks_for_attributes_;
  std::optional<std::uint32_t> own_row_;
  std::array<bool, 4> searched_{};  // by RecordKind
};

// Counts each record under the one heading that it belongs to.
Admission Admit(const GallerySnapshot& gallery, std::span<const Probe> probes,
                const SearchFilter& filter) {
  const Headings headings(gallery, probes, filter);
  Admission admission{{}, std::vector<std::uint8_t>(gallery.marks().size())};
  for (std::size_t row = 0; row < gallery.marks().size(); ++row) {
    const RecordMark& mark = gallery.marks()[row];
    if (mark.removed) continue;
    const auto heading = headings.Of(row, mark);
    ++admission.comparison.searchable;
    ++(admission.comparison.*heading);
    if (heading != &Comparison::compared) continue;
    admission.comparison.templates_compared += headings.TemplatesOf(row);
    admission.comparison.in_part += headings.IsInAll(row) ? 0 : 1;
    admission.rows[row] = 1;
  }
  return admission;
}

// The slots of the persons of admitted records whose template was committed after `after`.
SlotFilter AllowedPersons(const GallerySpace& space, const std::vector<std::uint8_t>& rows,
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
    const int allows = rows[space.record_of_slot[slot]] & space.is_person[slot];
    allowed.words[slot / 64] |= static_cast<std::uint64_t>(allows) << slot % 64;
  }
  return allowed;
}

// The nearest `count` persons, nearest first, and all of those that tie with the last of them.
std::vector<SlotHit> FindNearest(const GallerySpace& space, std::span<const float> probe,
                                 const SlotFilter& allowed, int count) {
  constexpr std::int64_t kMostHits = std::numeric_limits<int>::max();
  for (std::int64_t k = std::int64_t{count} + 16;; k *= 8) {
    k = std::min(k, kMostHits);
    auto hits = space.index->Search(probe, static_cast<int>(k), allowed);
    if (std::ssize(hits) < k ||
        hits[static_cast<std::size_t>(count) - 1].squared_distance < hits.back().squared_distance) {
      return hits;
    }
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
                        const SlotHit& hit) {
  const auto slot = static_cast<std::size_t>(hit.slot);
  const GalleryRecord& record = gallery.records()[space.record_of_slot[slot]];
  return {.record = record.id,
          .record_created = record.created,
          .attributes = record.attributes,
          .photo = space.owner_of_slot[slot].photo,
          .face = space.owner_of_slot[slot].face,
          .squared_distance = hit.squared_distance,
          .distance = std::sqrt(static_cast<double>(hit.squared_distance))};
}

// Of hits, nearest first, those that may be shown: as many as asked for, and what ties with the
// last of them.
std::span<const SlotHit> ShownOf(std::span<const SlotHit> hits, int max_candidates) {
  auto shown = std::min(hits.size(), static_cast<std::size_t>(std::max(max_candidates, 0)));
  while (shown > 0 && shown < hits.size() &&
         hits[shown].squared_distance == hits[shown - 1].squared_distance) {
    ++shown;
  }
  return hits.first(shown);
}

std::vector<double> DistancesOf(std::span<const SlotHit> hits, std::size_t most) {
  std::vector<double> distances;
  for (const SlotHit& hit : hits.first(std::min(hits.size(), most))) {
    distances.push_back(std::sqrt(static_cast<double>(hit.squared_distance)));
  }
  return distances;
}

// The probe's person. The probe fits the space.
std::vector<float> MeanOf(const Probe& probe, const Space& space) {
  std::vector<std::vector<float>> vectors;
  for (const Template& each : probe.templates) vectors.push_back(each.vector);
  return MeanTemplate(space, vectors).value().vector;
}

// The slots of the faces that count of these records.
SlotFilter FacesOf(const GallerySnapshot& gallery, const GallerySpace& space,
                   const std::vector<Candidate>& candidates) {
  std::vector<std::uint8_t> rows(gallery.marks().size());
  for (const Candidate& each : candidates) rows[*gallery.FindRow(each.record)] = 1;
  SlotFilter faces(space.index->size());
  for (std::size_t slot = 0; std::cmp_less(slot, space.index->size()); ++slot) {
    if (rows[space.record_of_slot[slot]] != 0 && space.owner_of_slot[slot].is_counted) {
      faces.Allow(static_cast<Slot>(slot));
    }
  }
  return faces;
}

// Names the nearest pair of faces, one of the probe's and one of the record's, in each candidate. A
// pair of only faces is there already.
void ShowNearestFaces(const GallerySnapshot& gallery, const GallerySpace& space, const Probe& probe,
                      std::vector<Candidate>& candidates) {
  const bool known = std::ranges::all_of(candidates, [&](const Candidate& each) {
    const Slot person = space.person_of_record[*gallery.FindRow(each.record)];
    return space.owner_of_slot[static_cast<std::size_t>(person)].is_counted;
  });
  if (known && probe.templates.size() == 1) return;
  std::unordered_map<RecordId, Candidate*> by_record;
  for (Candidate& each : candidates) by_record.emplace(each.record, &each);
  std::unordered_map<RecordId, float> nearest;
  const SlotFilter faces = FacesOf(gallery, space, candidates);
  for (int i = 0; i < std::ssize(probe.templates); ++i) {
    space.index->Scan(
        probe.templates[static_cast<std::size_t>(i)].vector, faces, [&](const SlotHit& hit) {
          const auto slot = static_cast<std::size_t>(hit.slot);
          const RecordId& record = gallery.records()[space.record_of_slot[slot]].id;
          const auto [least, is_first] = nearest.try_emplace(record, hit.squared_distance);
          if (!is_first && hit.squared_distance >= least->second) return;
          least->second = hit.squared_distance;
          Candidate& candidate = *by_record.at(record);
          candidate.photo = space.owner_of_slot[slot].photo;
          candidate.face = space.owner_of_slot[slot].face;
          candidate.probe_index = i;
        });
  }
}

// Says of each candidate what its distance is worth. Those whose template has gone keep what they
// have.
void Weigh(const GallerySnapshot& gallery, const GallerySpace& space, std::span<const float> person,
           SearchResult& result) {
  if (space.yardstick == nullptr) return;
  const ChanceLine& line = space.yardstick->line;
  const Spread spread =
      SpreadOf(result.nearest_distances, space.yardstick->cohort->NearestDistances(person));
  result.probe_spread = spread;
  for (Candidate& each : result.candidates) {
    const auto row = gallery.FindRow(each.record);
    const Slot slot = row ? space.person_of_record[*row] : kNoSlot;
    if (slot == kNoSlot) continue;
    const double score =
        Score(each.distance, spread, space.spread_of_slot[static_cast<std::size_t>(slot)]);
    each.evidence = EvidenceFor(score, result.comparison.compared, line);
  }
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
  const Admission admission = Admit(gallery, {&probe, 1}, request.filter);
  const std::vector<float> person = MeanOf(probe, space.space);
  const int count = std::max(request.max_candidates, space.yardstick ? kStrangers : 0);
  const auto hits =
      FindNearest(space, person, AllowedPersons(space, admission.rows, request.after), count);
  SearchResult result{.candidates = {},
                      .nearest_distances = {},
                      .comparison = admission.comparison,
                      .watermark = gallery.change_number()};
  for (const SlotHit& hit : ShownOf(hits, request.max_candidates)) {
    result.candidates.push_back(MakeCandidate(gallery, space, hit));
  }
  if (space.yardstick) result.nearest_distances = DistancesOf(hits, kStrangers);
  result.candidates = Ranked(std::move(result.candidates), request.max_candidates);
  ShowNearestFaces(gallery, space, probe, result.candidates);
  Weigh(gallery, space, person, result);
  return result;
}

Comparison Account(const GallerySnapshot& gallery, const Probe& probe, const SearchFilter& filter) {
  return Account(gallery, {&probe, 1}, filter);
}

Comparison Account(const GallerySnapshot& gallery, std::span<const Probe> probes,
                   const SearchFilter& filter) {
  return Admit(gallery, probes, filter).comparison;
}

std::vector<Candidate> CandidatesOf(const GallerySnapshot& gallery, const Probe& probe,
                                    std::span<const RecordId> records, const SearchResult& answer) {
  const GallerySpace* const space = gallery.FindSpace(SpaceOf(probe));
  if (space == nullptr) return {};
  SlotFilter persons(space->index->size());
  for (const RecordId& record : records) {
    const auto row = gallery.FindRow(record);
    const Slot person = row ? space->person_of_record[*row] : kNoSlot;
    if (person != kNoSlot) persons.Allow(person);
  }
  SearchResult shown = answer;
  shown.candidates.clear();
  const std::vector<float> person = MeanOf(probe, space->space);
  space->index->Scan(person, persons, [&](const SlotHit& hit) {
    shown.candidates.push_back(MakeCandidate(gallery, *space, hit));
  });
  ShowNearestFaces(gallery, *space, probe, shown.candidates);
  Weigh(gallery, *space, person, shown);
  return std::move(shown.candidates);
}

bool StillStands(const GallerySnapshot& gallery, const Probe& probe, const Candidate& candidate,
                 ChangeNumber watermark) {
  const GallerySpace* space = gallery.FindSpace(SpaceOf(probe));
  const auto row = gallery.FindRow(candidate.record);
  if (space == nullptr || !row || gallery.FindRecordOfPhoto(candidate.photo) == nullptr) {
    return false;
  }
  const Slot person = space->person_of_record[*row];
  return person != kNoSlot &&
         space->owner_of_slot[static_cast<std::size_t>(person)].committed <= watermark;
}

SearchResult Merge(const GallerySnapshot& gallery, const Probe& probe, const SearchResult& earlier,
                   SearchResult later, int max_candidates) {
  for (const Candidate& candidate : earlier.candidates) {
    later.candidates.push_back(candidate);
    if (const GalleryRecord* record = gallery.FindRecord(candidate.record)) {
      later.candidates.back().attributes = record->attributes;
    }
  }
  later.candidates = Ranked(std::move(later.candidates), max_candidates);
  std::vector<double> nearest;
  std::ranges::merge(earlier.nearest_distances, later.nearest_distances,
                     std::back_inserter(nearest));
  nearest.resize(std::min<std::size_t>(nearest.size(), kStrangers));
  later.nearest_distances = std::move(nearest);
  if (const GallerySpace* space = gallery.FindSpace(SpaceOf(probe))) {
    Weigh(gallery, *space, MeanOf(probe, space->space), later);
  }
  return later;
}

}  // namespace homeward
