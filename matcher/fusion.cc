#include "matcher/fusion.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "matcher/decision.h"

namespace homeward {
namespace {

// One person, as each space sees them: absent where one of the two has no template.
using Views = std::vector<std::optional<Candidate>>;

std::optional<int> RankOf(double distance, const SearchResult& answer) {
  const std::vector<double>& nearest = answer.nearest_distances;
  const auto nearer = std::ranges::lower_bound(nearest, distance) - nearest.begin();
  if (nearer == std::ssize(nearest)) return std::nullopt;
  return static_cast<int>(nearer) + 1;
}

// Everybody that any space lists, with what every space says of them.
std::map<RecordId, Views> ViewsOfAll(const GallerySnapshot& gallery, std::span<const Probe> probes,
                                     std::span<const SearchResult> answers) {
  std::map<RecordId, Views> people;
  for (std::size_t i = 0; i < probes.size(); ++i) {
    if (probes[i].templates.empty()) continue;
    for (const Candidate& each : answers[i].candidates) {
      people.try_emplace(each.record, probes.size()).first->second[i] = each;
    }
  }
  for (std::size_t i = 0; i < probes.size(); ++i) {
    if (probes[i].templates.empty()) continue;
    std::vector<RecordId> unseen;
    for (const auto& [record, views] : people) {
      if (!views[i]) unseen.push_back(record);
    }
    for (Candidate& each : CandidatesOf(gallery, probes[i], unseen, answers[i])) {
      people.at(each.record)[i] = std::move(each);
    }
  }
  return people;
}

std::vector<Placing> PlacingsOf(const Views& views, std::span<const SearchResult> answers,
                                const Fusion& fusion) {
  std::vector<Placing> placings;
  for (std::size_t i = 0; i < views.size(); ++i) {
    if (!views[i]) continue;
    placings.push_back({.space_id = fusion.space_ids[i],
                        .rank = RankOf(views[i]->distance, answers[i]),
                        .distance = views[i]->distance,
                        .evidence = views[i]->evidence});
  }
  return placings;
}

// The evidence of all spaces together; without a template in one, that of the first there is.
std::optional<Evidence> EvidenceOf(const std::vector<Placing>& placings, std::int64_t compared,
                                   const Fusion& fusion) {
  if (placings.size() < fusion.space_ids.size()) return placings.front().evidence;
  double score = 0;
  for (const Placing& each : placings) {
    if (!each.evidence) return std::nullopt;
    score += each.evidence->score;
  }
  return EvidenceFor(score, compared, fusion.line);
}

Candidate Fused(Views views, std::span<const SearchResult> answers, std::int64_t compared,
                const Fusion& fusion) {
  std::vector<Placing> placings = PlacingsOf(views, answers, fusion);
  const auto leading =
      std::ranges::find_if(views, [](const auto& view) { return view.has_value(); });
  Candidate candidate = *std::move(*leading);
  candidate.evidence = EvidenceOf(placings, compared, fusion);
  candidate.placings = std::move(placings);
  return candidate;
}

}  // namespace

SearchRequest RequestInSpace(SearchRequest request) {
  request.max_candidates = std::max(request.max_candidates, kFusionDepth);
  return request;
}

SearchResult Fuse(const GallerySnapshot& gallery, std::span<const Probe> probes,
                  std::span<const SearchResult> answers, const SearchRequest& request,
                  const Fusion& fusion) {
  SearchResult fused{.candidates = {},
                     .nearest_distances = {},
                     .comparison = Account(gallery, probes, request.filter),
                     .watermark = gallery.change_number()};
  if (!probes.front().templates.empty()) {
    fused.nearest_distances = answers.front().nearest_distances;
    fused.probe_spread = answers.front().probe_spread;
  }
  const std::int64_t compared = fused.comparison.compared;
  std::vector<WeighedCandidate> people;
  for (auto& [record, views] : ViewsOfAll(gallery, probes, answers)) {
    Candidate person = Fused(std::move(views), answers, compared, fusion);
    const double score = person.evidence ? person.evidence->score : 0;
    const double strangers = ExpectedStrangers(score, compared, LineOf(gallery, person, fusion));
    people.push_back({std::move(person), strangers});
  }
  std::ranges::sort(people, IsListedBefore);
  for (WeighedCandidate& each : people) {
    if (std::ssize(fused.candidates) >= request.max_candidates) break;
    fused.candidates.push_back(std::move(each.candidate));
  }
  return fused;
}

Result<SearchResult> SearchFused(const GallerySnapshot& gallery, std::span<const Probe> probes,
                                 const SearchRequest& request, const Fusion& fusion) {
  std::vector<SearchResult> answers(probes.size());
  bool has_any = false;
  for (std::size_t i = 0; i < probes.size(); ++i) {
    if (probes[i].templates.empty()) continue;
    auto answer = Search(gallery, probes[i], RequestInSpace(request));
    if (!answer) return answer;
    answers[i] = *std::move(answer);
    has_any = true;
  }
  if (!has_any) {
    return Fail(Reason::kModelMismatch, "The probe has no template in any space of the fusion.",
                {{"space", fusion.id}});
  }
  return Fuse(gallery, probes, answers, request, fusion);
}

const ChanceLine& LineOf(const GallerySnapshot& gallery, const Candidate& candidate,
                         const Fusion& fusion) {
  if (candidate.placings.size() == fusion.space_ids.size()) return fusion.line;
  return gallery.FindSpace(candidate.placings.front().space_id)->yardstick->line;
}

}  // namespace homeward
