#include "server/records/record_view.h"

#include <utility>

namespace homeward {
namespace {

std::unexpected<Error> NotFound() {
  return Fail(Reason::kRecordNotFound,
              "There is no such record, or it was erased, or you may not see it.");
}

}  // namespace

Result<RecordView> ViewOf(const StoreReader& store, Record record) {
  RecordView view{
      .record = std::move(record), .linked_stays = {}, .photo_count = 0, .warnings = {}};
  if (view.record.state == RecordState::kErased) return view;
  auto linked = store.ListLinkedStays(view.record.id);
  if (!linked) return std::unexpected(linked.error());
  const auto photos = store.ListPhotos(view.record.id);
  if (!photos) return std::unexpected(photos.error());
  view.linked_stays = *std::move(linked);
  view.photo_count = static_cast<int>(photos->size());
  view.warnings = WarningsOf(view.record);
  return view;
}

Result<RecordView> FindView(const StoreReader& store, const RecordId& id) {
  auto record = FindOpenRecord(store, id);
  if (!record) return std::unexpected(record.error());
  return ViewOf(store, *std::move(record));
}

Result<RecordView> FindViewOrTombstone(const StoreReader& store, const RecordId& id) {
  auto record = store.FindRecord(id);
  if (!record) return std::unexpected(record.error());
  if (!*record) return NotFound();
  return ViewOf(store, **std::move(record));
}

Result<Record> FindOpenRecord(const StoreReader& store, const RecordId& id) {
  auto record = store.FindRecord(id);
  if (!record) return std::unexpected(record.error());
  if (!*record || (*record)->state != RecordState::kOpen) return NotFound();
  return **std::move(record);
}

}  // namespace homeward
