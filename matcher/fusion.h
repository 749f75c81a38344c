// Several spaces searched as one: what each finds in its own index, weighed by its own yardstick,
// is put together per person. Templates of different spaces are never compared; their scores, which
// count standard deviations from the nearest strangers, may be added.
//
// Two people who both have a template in every space of the fusion are judged by the sum of their
// scores and the fusion's line. Where one of them lacks a template in a space, there is no sum:
// they are judged by the score and the line of the first space in which both have one, as a search
// of that space alone would, and the account counts them under Comparison::in_part.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "matcher/evidence.h"
#include "matcher/gallery_snapshot.h"
#include "matcher/searcher.h"

namespace homeward {

struct Fusion {
  std::string id;
  std::vector<std::string> space_ids;  // two or more, distinct, each with a yardstick
  ChanceLine line;                     // of the sum of the scores in all of them

  friend bool operator==(const Fusion&, const Fusion&) = default;
};

// So many candidates at least are taken from each space, and whoever is in none of these lists is
// not in the fused one. So the first of a list do not depend on how long it is, up to this length.
inline constexpr int kFusionDepth = 100;

// What each space is asked for, for Fuse.
SearchRequest RequestInSpace(SearchRequest request);

// `probes[i]` is one person's in the space `fusion.space_ids[i]`: without templates where there are
// none. `answers[i]` is what Search, or Merge, gave for it on this very snapshot, for one filter
// and RequestInSpace; anything where the probe is empty. Candidates are those of all answers, each
// with what all spaces say of it, in the order of IsListedBefore (decision.h); `distance`, `photo`,
// `face` and `probe_index` are of the first space in which both have a template. `probe_spread` and
// `nearest_distances` are of the fusion's first space. A function of its arguments. Thread
// safe.
SearchResult Fuse(const GallerySnapshot& gallery, std::span<const Probe> probes,
                  std::span<const SearchResult> answers, const SearchRequest& request,
                  const Fusion& fusion);

// Searches every space, and fuses. Errors: kModelMismatch for a probe that has no template at all
// or one of another space, and for a gallery without one of the fusion's spaces.
Result<SearchResult> SearchFused(const GallerySnapshot& gallery, std::span<const Probe> probes,
                                 const SearchRequest& request, const Fusion& fusion);

// The line that the evidence of a fused search's candidate was told by. The gallery is the one
// searched. Thread safe.
const ChanceLine& LineOf(const GallerySnapshot& gallery, const Candidate& candidate,
                         const Fusion& fusion);

}  // namespace homeward
