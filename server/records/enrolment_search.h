// The search that storing faces is. Most of it runs before the transaction, on a pinned gallery;
// inside, under the writer lock, only what was committed in between is compared.
#pragma once

#include "matcher/searcher.h"
#include "server/records/casebook.h"
#include "server/records/person_search.h"
#include "server/records/photo_entry.h"

namespace homeward {

class EnrolmentSearch {
 public:
  // With every template in `photos`, against the kinds that a record of `kind` is compared with;
  // never against the record's own faces. Errors: kModelMismatch.
  static Result<EnrolmentSearch> Start(Casebook& book, const RecordId& record, RecordKind kind,
                                       const std::vector<PhotoEntry>& photos, int max_candidates);

  // Whether there is anything to search with.
  bool has_probe() const { return probe_.has_templates(); }
  const std::vector<RecordKind>& kinds() const { return request_.filter.kinds; }
  // In force when the search began: what it is decided by, and in whose space it compares.
  const OperatingPoint& operating_point() const { return operating_point_; }

  // The result as one search of the newest gallery would give it; the account likewise. Call it
  // under the writer lock, where the gallery does not move. has_probe() must hold.
  Result<PersonAnswer> Finish(Casebook& book) const;

 private:
  EnrolmentSearch() = default;

  OperatingPoint operating_point_;
  PersonProbe probe_;
  SearchRequest request_;
  PersonAnswer early_;  // on the pinned gallery
};

}  // namespace homeward
