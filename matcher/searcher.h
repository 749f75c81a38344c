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

// What is searched with: one or more faces of one person, in one space.
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

struct Candidate {
  RecordId record;
  ChangeNumber record_created = 0;
  RecordAttributes attributes;
  PhotoId photo;  // the very photo and face that hit
  FaceId face;
  int probe_index = 0;  // which of Probe::templates hit
  float squared_distance = 0;
  double distance = 0;  // Euclidean
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

  friend bool operator==(const Comparison&, const Comparison&) = default;
};

struct SearchResult {
  // Distinct records, nearest first, ties by record_created, then id. Of a record's equally near
  // faces the one committed first hit.
  std::vector<Candidate> candidates;
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

// The candidates of two searches of the same probe as one list of at most `max_candidates`: a
// record in both keeps its nearest hit. `later` decides what is still there: of `earlier`, only
// candidates for which `gallery` still holds the photo that hit are kept, with the attributes that
// their records have there. Thread safe.
std::vector<Candidate> Merge(const GallerySnapshot& gallery, std::span<const Candidate> earlier,
                             std::span<const Candidate> later, int max_candidates);

}  // namespace homeward
