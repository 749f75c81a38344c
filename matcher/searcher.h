// Templates in, ranked distinct records out, with an exact account of what was compared.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "matcher/gallery.h"
#include "matcher/gallery_snapshot.h"
#include "matcher/search_filter.h"
#include "matcher/template.h"

namespace homeward {

// What is searched with: one or more faces of one person, in one space. Their mean is compared.
struct Probe {
  std::vector<Template> templates;  // not empty, all of one space
  // A stored record never meets itself.
  std::optional<RecordId> self;
};

struct SearchRequest {
  SearchFilter filter;
  int max_candidates = 20;  // >= 1
  // Compare only faces committed after this change; the account is that of the whole search, whose
  // other part was compared before.
  ChangeNumber after = 0;
};

// Where a candidate of a fused search (fusion.h) stands in one of its spaces.
struct Placing {
  std::string space_id;
  // 1 more than how many of those compared there lie nearer. Absent where that are as many as
  // SearchResult::nearest_distances tells of, or more.
  std::optional<int> rank = {};
  double distance = 0;
  std::optional<Evidence> evidence = {};  // what it is worth there, by the space's own line

  friend bool operator==(const Placing&, const Placing&) = default;
};

struct Candidate {
  RecordId record;
  ChangeNumber record_created = 0;
  RecordAttributes attributes;
  PhotoId photo;  // the photo and face of the record that are nearest to a face of the probe's
  FaceId face;
  int probe_index = 0;  // which of Probe::templates that is
  float squared_distance = 0;
  double distance = 0;  // Euclidean, between the two persons' templates
  // Absent where the space has no yardstick.
  std::optional<Evidence> evidence = {};
  // Of a fused search: in each space in which both have a template, in the fusion's order.
  std::vector<Placing> placings = {};
};

// Every record of the gallery is counted exactly once, and
// searchable = compared + own + kind_not_searched + filtered + other_space + no_usable_face.
struct Comparison {
  std::int64_t searchable = 0;  // N: records in the gallery
  std::int64_t compared = 0;    // N1: records with at least one template compared
  std::int64_t own = 0;         // the probe's own record
  std::int64_t kind_not_searched = 0;
  std::int64_t filtered = 0;     // excluded by region, unit, sex, age or date
  std::int64_t other_space = 0;  // usable faces, none of them in the probe's space
  std::int64_t no_usable_face = 0;
  std::int64_t templates_compared = 0;  // the gallery's; each once, however many the probe has
  // Of a fused search: of those compared, how many were so in some of its spaces only.
  std::int64_t in_part = 0;

  friend bool operator==(const Comparison&, const Comparison&) = default;
};

struct SearchResult {
  // Distinct records, nearest first, ties by record_created, then id. Of a record's equally near
  // faces the one committed first is shown.
  std::vector<Candidate> candidates;
  // To the nearest persons compared, ascending; as many as the probe's spread asks for.
  std::vector<double> nearest_distances;
  // How near strangers come to the probe. Absent where the space has no yardstick.
  std::optional<Spread> probe_spread = {};
  Comparison comparison;
  ChangeNumber watermark = 0;  // the snapshot's change number
};

// The K nearest distinct records, exactly. Thread safe. `probe.templates` must be of a space of the
// gallery: errors kModelMismatch otherwise.
Result<SearchResult> Search(const GallerySnapshot& gallery, const Probe& probe,
                            const SearchRequest& request);

// The account alone, as Search would give it on this snapshot. A probe without templates is
// compared with nothing, and the account says so under other_space. Thread safe.
Comparison Account(const GallerySnapshot& gallery, const Probe& probe, const SearchFilter& filter);

// The same in several spaces, of a probe in each. A record is compared where it is in any; of its
// templates those of the space count in which it has most, as each face has one in every space.
Comparison Account(const GallerySnapshot& gallery, std::span<const Probe> probes,
                   const SearchFilter& filter);

// What Search shows of these records where they are among the nearest, in no order: whoever has no
// template in the probe's space is left out. `answer` is what it gave for the probe on this
// snapshot. Thread safe.
std::vector<Candidate> CandidatesOf(const GallerySnapshot& gallery, const Probe& probe,
                                    std::span<const RecordId> records, const SearchResult& answer);

// Whether a search that found `candidate` at the change `watermark` would find it at the same
// distance in `gallery`: the photo shown is there, and the person's template is no newer one.
// Thread safe.
bool StillStands(const GallerySnapshot& gallery, const Probe& probe, const Candidate& candidate,
                 ChangeNumber watermark);

// Two searches of the same probe as one: `earlier`, all of whose candidates still stand, and
// `later`, which searched `gallery` for what was committed since, with whose account and watermark.
// The attributes are those that the records have there. Thread safe.
SearchResult Merge(const GallerySnapshot& gallery, const Probe& probe, const SearchResult& earlier,
                   SearchResult later, int max_candidates);

}  // namespace homeward
