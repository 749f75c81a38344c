#include "server/records/enrolment_search.h"

#include <string>
#include <utility>

#include "server/records/shot.h"

namespace homeward {
Result<EnrolmentSearch> EnrolmentSearch::Start(Casebook& book, const RecordId& record,
                                               RecordKind kind,
                                               const std::vector<PhotoEntry>& photos,
                                               int max_candidates) {
  EnrolmentSearch search;
  search.operating_point_ = book.operating_point();
  search.probe_ = ProbeIn(book, search.operating_point_.space_id, record,
                          [&](const std::string& id) { return TemplatesOfShots(photos, id); });
  search.request_.filter.kinds = EligibleKinds(kind);
  search.request_.max_candidates = max_candidates;
  if (!search.has_probe()) return search;
  auto found = SearchPerson(*book.gallery().Pin(), search.probe_, search.request_);
  if (!found) return std::unexpected(found.error());
  search.early_ = *std::move(found);
  return search;
}

Result<PersonAnswer> EnrolmentSearch::Finish(Casebook& book) const {
  return Renew(*book.gallery().Pin(), probe_, request_, early_);
}

}  // namespace homeward
