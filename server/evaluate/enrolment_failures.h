// Photos that gave no template, and why.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "matcher/error.h"
#include "matcher/template.h"
#include "server/evaluate/evaluation_set.h"

namespace homeward {

struct EnrolmentFailures {
  std::int64_t photos = 0;  // of every role
  std::int64_t failed = 0;
  std::map<std::string, std::int64_t> by_reason;  // of those that failed; by the reason's name
};

// By cohort, of every photo of the set. `templates[i]` is of photos[i].
std::map<std::string, EnrolmentFailures> FailuresByCohort(
    const std::vector<EvaluationPhoto>& photos, const std::vector<Result<Template>>& templates);

}  // namespace homeward
