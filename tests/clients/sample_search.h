// Searches as the service would answer, for tests of how they are told.
#pragma once

#include <string>

#include "homeward/v1/match_service.pb.h"

namespace homeward::client {

inline const std::string kSampleRecord = "records/01arz3ndektsv4rrffq69g5fav";

// Two candidates, the first of them above the operating point and with a flag.
inline v1::Search SampleSearch() {
  v1::Search search;
  search.set_name("searches/01arz3ndektsv4rrffq69g5fax");
  search.set_purpose("identify a man");
  search.set_origin(v1::AD_HOC);
  search.mutable_operating_point()->set_threshold(0.376);
  search.mutable_operating_point()->set_fpir(0.01);
  search.mutable_comparison()->set_searchable_count(20);
  search.mutable_comparison()->set_compared_count(17);
  v1::NotCompared* rest = search.mutable_comparison()->add_not_compared();
  rest->set_reason(v1::FILTERED);
  rest->set_count(2);
  rest = search.mutable_comparison()->add_not_compared();
  rest->set_reason(v1::WITHOUT_USABLE_FACE);
  rest->set_count(1);
  v1::Candidate* first = search.add_candidates();
  first->set_rank(1);
  first->set_record(kSampleRecord);
  first->set_photo(kSampleRecord + "/photos/01arz3ndektsv4rrffq69g5faw");
  first->set_distance(0.31234);
  first->mutable_evidence()->set_score(7.25);
  first->mutable_evidence()->set_stranger_rate(0.0031);
  first->mutable_evidence()->set_stranger_rate_min(0.001);
  first->mutable_evidence()->set_stranger_rate_max(0.008);
  first->set_above_operating_point(true);
  first->set_kind(v1::MISSING);
  first->set_claimed_name("王玉");
  first->set_unit("示例县公安局");
  first->add_flags(v1::AGE_DIFFERS);
  v1::Candidate* second = search.add_candidates();
  second->set_rank(2);
  second->set_record("records/11arz3ndektsv4rrffq69g5fav");
  second->set_distance(0.49);
  second->mutable_evidence()->set_score(2.1);
  second->mutable_evidence()->set_stranger_rate(0.8);
  second->mutable_evidence()->set_stranger_rate_min(0.25);
  second->mutable_evidence()->set_stranger_rate_max(1);
  second->set_kind(v1::STRANDED);
  return search;
}

// Nobody above the operating point; the nearest is listed all the same.
inline v1::Search SampleMiss() {
  v1::Search search = SampleSearch();
  search.set_no_candidate(true);
  search.mutable_candidates(0)->set_distance(0.452);
  search.mutable_candidates(0)->set_above_operating_point(false);
  search.mutable_candidates(0)->mutable_evidence()->set_stranger_rate(0.04);
  search.mutable_candidates(0)->clear_flags();
  return search;
}

}  // namespace homeward::client
