#include "server/records/record_book.h"

#include <string>
#include <utility>

#include "server/records/deed.h"
#include "server/records/erasure.h"
#include "server/records/page_token.h"
#include "server/records/record_check.h"
#include "server/records/resource_name.h"
#include "server/records/validation.h"

namespace homeward {
namespace {

Result<Record> FindUnchanged(const StoreReader& store, const RecordId& id, std::string_view etag) {
  auto record = FindOpenRecord(store, id);
  if (record && !etag.empty() && etag != EtagOf(*record)) {
    return Fail(Reason::kEtagMismatch,
                "The record changed since it was read; read it again and repeat the change.");
  }
  return record;
}

// What `edited` may change of `current`.
Result<Record> Edited(const Record& current, const RecordEdit& edit, Time now) {
  auto edited = edit(current);
  if (!edited) return edited;
  Record next = current;
  next.unit = std::move(edited->unit);
  next.source_reference = std::move(edited->source_reference);
  next.person = std::move(edited->person);
  next.details = std::move(edited->details);
  next.legal_basis = edited->legal_basis;
  return CheckedRecord(std::move(next), DayInChina(now));
}

}  // namespace

std::string EtagOf(const Record& record) { return std::to_string(record.version); }

Result<void> MarkChanged(UnitOfWork& unit, Record record, Time now) {
  ++record.version;
  record.updated = now;
  return unit.UpdateRecord(record);
}

Result<RecordPage> ListRecords(Casebook& book, const RecordQuery& query) {
  const ListIdentity list{"ListRecords", query.filter_text};
  if (auto ok = CheckCriteria(query.criteria); !ok) return std::unexpected(ok.error());
  const auto size = PageSize(query.page_size);
  if (!size) return std::unexpected(size.error());
  const auto before = OpenPageNumber(book.hash_key(), list, query.page_token);
  if (!before) return std::unexpected(before.error());
  const auto filter = FilterOf(query.criteria, DayInChina(book.clock().Now()));
  auto records = book.store().ListRecords(filter, {.size = *size + 1, .before = *before});
  if (!records) return std::unexpected(records.error());
  RecordPage page;
  if (std::ssize(*records) > *size) {
    records->pop_back();
    page.next_page_token = SealPageNumber(book.hash_key(), list, records->back().created_change);
  }
  for (Record& record : *records) {
    auto view = ViewOf(book.store(), std::move(record));
    if (!view) return std::unexpected(view.error());
    page.records.push_back(*std::move(view));
  }
  return page;
}

Result<RecordView> UpdateRecord(Casebook& book, const Intent& intent, const RecordId& id,
                                std::string_view etag, const RecordEdit& edit) {
  if (auto ok = CheckIntent(intent); !ok) return std::unexpected(ok.error());
  const auto done = Perform(book, intent, [&](UnitOfWork& unit) -> Result<Deed> {
    const Time now = book.clock().Now();
    const auto current = FindUnchanged(unit, id, etag);
    if (!current) return std::unexpected(current.error());
    auto next = Edited(*current, edit, now);
    if (!next) return std::unexpected(next.error());
    if (auto put = MarkChanged(unit, *next, now); !put) return std::unexpected(put.error());
    Deed deed{.object = NameOf(id), .record = id};
    if (auto attributes = AttributesOf(*next); attributes != AttributesOf(*current)) {
      deed.gallery.put_records.push_back({id, next->created_change, std::move(attributes)});
    }
    return deed;
  });
  if (!done) return std::unexpected(done.error());
  return FindViewOrTombstone(book.store(), id);
}

Result<RecordView> EraseRecord(Casebook& book, const Intent& intent, const RecordId& id,
                               std::string_view etag) {
  if (auto ok = CheckReasonedIntent(intent); !ok) return std::unexpected(ok.error());
  const auto done = Perform(book, intent, [&](UnitOfWork& unit) -> Result<Deed> {
    const auto current = FindUnchanged(unit, id, etag);
    if (!current) return std::unexpected(current.error());
    auto photos = unit.EraseRecord(id, book.clock().Now(), intent.purpose);
    if (!photos) return std::unexpected(photos.error());
    Deed deed{.object = NameOf(id), .record = id, .photos = *std::move(photos)};
    deed.gallery.remove_records.push_back(id);
    return deed;
  });
  if (!done) return std::unexpected(done.error());
  if (auto gone = FinishErasure(book, id, done->photos); !gone) {
    return std::unexpected(gone.error());
  }
  return FindViewOrTombstone(book.store(), id);
}

}  // namespace homeward
