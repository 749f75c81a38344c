#include "server/jobs/repeated_search.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "server/jobs/service_caller.h"
#include "server/records/face_search.h"

namespace homeward {
namespace {

constexpr int kPageSize = 100;
// An enrolment that had begun before the activation keeps the point before it, and is stored later.
constexpr std::chrono::minutes kEnrolmentTakes{2};

Intent IntentFor(const Activation& activation, const RecordId& record) {
  Intent intent;
  intent.caller = kServiceCaller;
  intent.method = "SearchFaces";
  intent.purpose = fmt::format("searched again: operating point {}", activation.point);
  intent.request_id = fmt::format("again/{}/{}/{}", activation.point,
                                  activation.at.time_since_epoch().count(), record.ToString());
  return intent;
}

bool IsNothingToSearchWith(Reason reason) {
  return reason == Reason::kNoFaceFound || reason == Reason::kNoUsableFace ||
         reason == Reason::kRecordNotFound;
}

Result<void> Repeat(Casebook& book, const Activation& activation, const Record& record,
                    RepeatedSearches& searches) {
  const Intent intent = IntentFor(activation, record.id);
  const auto done = FindAnswered(book.store(), intent);
  if (!done) return std::unexpected(done.error());
  if (*done) return {};
  FaceQuery query{.probe = record.id, .criteria = {}};
  query.criteria.kinds = EligibleKinds(record.kind);
  const auto found = SearchFaces(book, intent, query);
  if (!found && !IsNothingToSearchWith(found.error().reason)) {
    return std::unexpected(found.error());
  }
  ++(found ? searches.made : searches.left_out);
  return {};
}

}  // namespace

Result<RepeatedSearches> RepeatSearches(Casebook& book, const std::function<bool()>& stopped) {
  RepeatedSearches searches;
  const auto activation = book.store().FindLastActivation();
  if (!activation) return std::unexpected(activation.error());
  if (!*activation) return searches;
  const auto is_over = [&] {
    return stopped() || book.operating_point().name != (*activation)->point;
  };
  Page page{.size = kPageSize};
  for (;;) {
    const auto records = book.store().ListRecords({}, page);
    if (!records) return std::unexpected(records.error());
    for (const Record& record : *records) {
      if (is_over()) return searches;
      if (record.created > (*activation)->at + kEnrolmentTakes) continue;
      if (auto ok = Repeat(book, **activation, record, searches); !ok) {
        return std::unexpected(ok.error());
      }
    }
    if (std::ssize(*records) < kPageSize) return searches;
    page.before = records->back().created_change;
  }
}

}  // namespace homeward
