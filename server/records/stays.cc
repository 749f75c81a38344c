#include "server/records/stays.h"

#include <functional>
#include <utility>

#include "server/records/deed.h"
#include "server/records/record_book.h"
#include "server/records/resource_name.h"
#include "server/records/validation.h"

namespace homeward {
namespace {

// What is done to the two records, which are open, at a time.
using PairChange =
    std::function<Result<void>(UnitOfWork& unit, const Record& one, const Record& other, Time now)>;

Result<RecordView> ChangePair(Casebook& book, const Intent& intent, const RecordId& id,
                              const RecordId& other_id, const PairChange& change) {
  if (auto ok = CheckIntent(intent); !ok) return std::unexpected(ok.error());
  const auto done = Perform(book, intent, [&](UnitOfWork& unit) -> Result<Deed> {
    const auto one = FindOpenRecord(unit, id);
    if (!one) return std::unexpected(one.error());
    const auto other = FindOpenRecord(unit, other_id);
    if (!other) return std::unexpected(other.error());
    const Time now = book.clock().Now();
    auto changed = change(unit, *one, *other, now);
    if (changed) changed = MarkChanged(unit, *one, now);
    if (changed) changed = MarkChanged(unit, *other, now);
    if (!changed) return std::unexpected(changed.error());
    return Deed{.object = NameOf(id), .record = id};
  });
  if (!done) return std::unexpected(done.error());
  return FindViewOrTombstone(book.store(), id);
}

Result<void> Link(UnitOfWork& unit, const Record& one, const Record& other, Time now) {
  if (one.kind != RecordKind::kStranded || other.kind != RecordKind::kStranded) {
    return Fail(Reason::kKindMismatch, "Only two STRANDED records are stays of one person.");
  }
  return unit.LinkStays(one.id, other.id, now);
}

Result<void> Unlink(UnitOfWork& unit, const Record& one, const Record& other, Time) {
  return unit.UnlinkStays(one.id, other.id);
}

}  // namespace

Result<RecordView> LinkStays(Casebook& book, const Intent& intent, const RecordId& id,
                             const RecordId& other) {
  if (id == other) return InvalidField("other", "must be another record");
  return ChangePair(book, intent, id, other, Link);
}

Result<RecordView> UnlinkStays(Casebook& book, const Intent& intent, const RecordId& id,
                               const RecordId& other) {
  return ChangePair(book, intent, id, other, Unlink);
}

}  // namespace homeward
