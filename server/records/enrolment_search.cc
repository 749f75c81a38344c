#include "server/records/enrolment_search.h"

#include <algorithm>
#include <utility>

#include "server/records/shot.h"

namespace homeward {
Result<EnrolmentSearch> EnrolmentSearch::Start(Casebook& book, const RecordId& record,
                                               RecordKind kind,
                                               const std::vector<PhotoEntry>& photos,
                                               int max_candidates) {
  EnrolmentSearch search;
  search.operating_point_ = book.operating_point();
  search.probe_ = {.templates = TemplatesOfShots(photos, search.operating_point_.space_id),
                   .self = record};
  search.request_.filter.kinds = EligibleKinds(kind);
  search.request_.max_candidates = max_candidates;
  if (!search.has_probe()) return search;
  auto found = Search(*book.gallery().Pin(), search.probe_, search.request_);
  if (!found) return std::unexpected(found.error());
  search.early_ = *std::move(found);
  return search;
}

Result<SearchResult> EnrolmentSearch::Finish(Casebook& book) const {
  const auto newest = book.gallery().Pin();
  if (newest->change_number() == early_.watermark) return early_;
  const bool all_stand = std::ranges::all_of(early_.candidates, [&](const Candidate& candidate) {
    return StillStands(*newest, probe_, candidate, early_.watermark);
  });
  // A record that lost or got a photo has another place, and may give its own to another record.
  if (!all_stand) return Search(*newest, probe_, request_);
  SearchRequest later_request = request_;
  later_request.after = early_.watermark;
  auto later = Search(*newest, probe_, later_request);
  if (!later) return later;
  return Merge(*newest, probe_, early_, *std::move(later), request_.max_candidates);
}

}  // namespace homeward
