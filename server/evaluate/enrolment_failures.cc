#include "server/evaluate/enrolment_failures.h"

namespace homeward {

std::map<std::string, EnrolmentFailures> FailuresByCohort(
    const std::vector<EvaluationPhoto>& photos, const std::vector<Result<Template>>& templates) {
  std::map<std::string, EnrolmentFailures> cohorts;
  for (std::size_t i = 0; i < photos.size(); ++i) {
    EnrolmentFailures& cohort = cohorts[photos[i].cohort];
    ++cohort.photos;
    if (templates[i]) continue;
    ++cohort.failed;
    ++cohort.by_reason[std::string(Name(templates[i].error().reason))];
  }
  return cohorts;
}

}  // namespace homeward
