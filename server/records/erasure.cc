#include "server/records/erasure.h"

namespace homeward {

namespace {

Result<void> ForgetSpreads(Casebook& book, const RecordId& id) {
  if (book.spreads() == nullptr) return {};
  const auto record = book.store().FindRecord(id);
  if (!record) return std::unexpected(record.error());
  return *record ? book.spreads()->Forget((*record)->created_change) : Result<void>();
}

}  // namespace

Result<void> FinishErasure(Casebook& book, const RecordId& record,
                           std::span<const PhotoId> photos) {
  Result<void> finished;
  for (const PhotoId& photo : photos) {
    if (auto removed = book.vault().Remove(photo); !removed) finished = removed;
  }
  if (auto forgotten = ForgetSpreads(book, record); !forgotten) finished = forgotten;
  if (auto scrubbed = book.store().ScrubErased(); !scrubbed) finished = scrubbed;
  return finished;
}

}  // namespace homeward
