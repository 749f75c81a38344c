#include "server/jobs/repeated_search.h"

#include <fmt/format.h>

#include <chrono>
#include <string>
#include <utility>

#include "server/jobs/service_caller.h"
#include "server/records/face_search.h"

namespace homeward {
namespace {

constexpr int kPageSize = 100;
// An enrolment that had begun before the activation keeps the point before it, and is stored later.
constexpr std::chrono::minutes kEnrolmentTakes{2};

// Why open records are searched with again. `name` is of this occasion alone.
struct Occasion {
  std::string name;
  std::string purpose;
  Time at;  // records that came later were searched with since
};

Intent IntentFor(const Occasion& occasion, const RecordId& record) {
  Intent intent;
  intent.caller = kServiceCaller;
  intent.method = "SearchFaces";
  intent.purpose = "searched again: " + occasion.purpose;
  intent.request_id = fmt::format("again/{}/{}", occasion.name, record.ToString());
  return intent;
}

bool IsNothingToSearchWith(Reason reason) {
  return reason == Reason::kNoFaceFound || reason == Reason::kNoUsableFace ||
         reason == Reason::kRecordNotFound;
}

Result<void> Repeat(Casebook& book, const Occasion& occasion, const Record& record,
                    RepeatedSearches& searches) {
  const Intent intent = IntentFor(occasion, record.id);
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

// Newest first.
Result<RepeatedSearches> RepeatAll(Casebook& book, const Occasion& occasion,
                                   const std::function<bool()>& is_over) {
  RepeatedSearches searches;
  Page page{.size = kPageSize};
  for (;;) {
    const auto records = book.store().ListRecords({}, page);
    if (!records) return std::unexpected(records.error());
    for (const Record& record : *records) {
      if (is_over()) return searches;
      if (record.created > occasion.at) continue;
      if (auto ok = Repeat(book, occasion, record, searches); !ok) {
        return std::unexpected(ok.error());
      }
    }
    if (std::ssize(*records) < kPageSize) return searches;
    page.before = records->back().created_change;
  }
}

}  // namespace

Result<RepeatedSearches> RepeatSearches(Casebook& book, const std::function<bool()>& stopped) {
  const auto activation = book.store().FindLastActivation();
  if (!activation) return std::unexpected(activation.error());
  if (!*activation) return RepeatedSearches{};
  const auto& [point, space_id, at, caller, purpose] = **activation;
  return RepeatAll(book,
                   {.name = fmt::format("{}/{}", point, at.time_since_epoch().count()),
                    .purpose = "operating point " + point,
                    .at = at + kEnrolmentTakes},
                   [&] { return stopped() || book.operating_point().name != point; });
}

Result<RepeatedSearches> SearchOnSchedule(Casebook& book, std::chrono::days period,
                                          const std::function<bool()>& stopped) {
  const auto periods = book.clock().Now().time_since_epoch() / period;
  return RepeatAll(book,
                   {.name = fmt::format("{} days/{}", period.count(), periods),
                    .purpose = "on schedule",
                    .at = Time(periods * period)},
                   stopped);
}

}  // namespace homeward
