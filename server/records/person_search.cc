#include "server/records/person_search.h"

#include <algorithm>
#include <utility>

namespace homeward {
namespace {

// What each space is asked for.
SearchRequest RequestOf(const PersonProbe& probe, const SearchRequest& request) {
  return probe.fusion == nullptr ? request : RequestInSpace(request);
}

void PutTogether(const GallerySnapshot& gallery, const PersonProbe& probe,
                 const SearchRequest& request, PersonAnswer& answer) {
  answer.result = probe.fusion == nullptr
                      ? answer.by_space.front()
                      : Fuse(gallery, probe.probes, answer.by_space, request, *probe.fusion);
}

Result<SearchResult> RenewInSpace(const GallerySnapshot& gallery, const Probe& probe,
                                  const SearchRequest& request, const SearchResult& earlier) {
  const bool all_stand = std::ranges::all_of(earlier.candidates, [&](const Candidate& candidate) {
    return StillStands(gallery, probe, candidate, earlier.watermark);
  });
  // A record that lost or got a photo has another place, and may give its own to another record.
  if (!all_stand) return Search(gallery, probe, request);
  SearchRequest later_request = request;
  later_request.after = earlier.watermark;
  auto later = Search(gallery, probe, later_request);
  if (!later) return later;
  return Merge(gallery, probe, earlier, *std::move(later), request.max_candidates);
}

}  // namespace

std::vector<std::string> SpaceIdsOf(const Casebook& book, const std::string& space_id) {
  const Fusion* const fusion = book.FindFusion(space_id);
  return fusion == nullptr ? std::vector{space_id} : fusion->space_ids;
}

Space SearchedSpace(const Casebook& book, const std::string& space_id) {
  if (const Space* const space = book.FindSpace(space_id)) return *space;
  Space fused{.id = space_id, .model = {}, .dimension = 0};
  for (const std::string& id : SpaceIdsOf(book, space_id)) {
    const Space& member = *book.FindSpace(id);
    fused.model += (fused.model.empty() ? "" : "; ") + member.model;
    fused.dimension += member.dimension;
  }
  return fused;
}

bool PersonProbe::has_templates() const {
  return std::ranges::any_of(probes, [](const Probe& probe) { return !probe.templates.empty(); });
}

PersonProbe ProbeIn(const Casebook& book, const std::string& space_id,
                    const std::optional<RecordId>& self,
                    const std::function<std::vector<Template>(const std::string&)>& templates_in) {
  PersonProbe probe{.probes = {}, .fusion = book.FindFusion(space_id)};
  for (const std::string& id : SpaceIdsOf(book, space_id)) {
    probe.probes.push_back({.templates = templates_in(id), .self = self});
  }
  return probe;
}

Result<PersonAnswer> SearchPerson(const GallerySnapshot& gallery, const PersonProbe& probe,
                                  const SearchRequest& request) {
  PersonAnswer answer;
  for (const Probe& each : probe.probes) {
    answer.by_space.emplace_back();
    if (each.templates.empty()) continue;
    auto found = Search(gallery, each, RequestOf(probe, request));
    if (!found) return std::unexpected(found.error());
    answer.by_space.back() = *std::move(found);
  }
  PutTogether(gallery, probe, request, answer);
  return answer;
}

Result<PersonAnswer> Renew(const GallerySnapshot& gallery, const PersonProbe& probe,
                           const SearchRequest& request, const PersonAnswer& earlier) {
  if (gallery.change_number() == earlier.result.watermark) return earlier;
  PersonAnswer answer;
  for (std::size_t i = 0; i < probe.probes.size(); ++i) {
    answer.by_space.emplace_back();
    if (probe.probes[i].templates.empty()) continue;
    auto found =
        RenewInSpace(gallery, probe.probes[i], RequestOf(probe, request), earlier.by_space[i]);
    if (!found) return std::unexpected(found.error());
    answer.by_space.back() = *std::move(found);
  }
  PutTogether(gallery, probe, request, answer);
  return answer;
}

}  // namespace homeward
