#include "server/evaluate/enrolment_failures.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <random>

namespace homeward {
namespace {

constexpr std::array kSomeReasons = {Reason::kNoFaceFound, Reason::kPhotoTruncated};

RC_GTEST_PROP(EnrolmentFailuresTest, AddUpOverCohortsAndReasons, (std::uint64_t seed)) {
  std::mt19937_64 random(seed);
  std::vector<EvaluationPhoto> photos(random() % 200);
  std::vector<Result<Template>> templates;
  std::int64_t failed = 0;
  for (EvaluationPhoto& photo : photos) {
    photo.cohort = std::to_string(random() % 4);
    photo.role = static_cast<EvaluationRole>(random() % 4);
    if (random() % 3 != 0) {
      templates.emplace_back(Template{"fake", {1}});
      continue;
    }
    ++failed;
    templates.emplace_back(Fail(kSomeReasons[random() % 2], ""));
  }
  std::int64_t photos_counted = 0;
  for (const auto& [name, cohort] : FailuresByCohort(photos, templates)) {
    std::int64_t by_reason = 0;
    for (const auto& [reason, count] : cohort.by_reason) by_reason += count;
    RC_ASSERT(by_reason == cohort.failed);
    RC_ASSERT(cohort.failed <= cohort.photos);
    photos_counted += cohort.photos;
    failed -= cohort.failed;
  }
  RC_ASSERT(failed == 0);
  RC_ASSERT(photos_counted == std::ssize(photos));
}

}  // namespace
}  // namespace homeward
