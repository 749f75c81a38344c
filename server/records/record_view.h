// A record with what is derived about it, as it is shown.
#pragma once

#include <vector>

#include "server/records/record.h"
#include "server/records/warnings.h"
#include "server/store/store.h"

namespace homeward {

struct RecordView {
  Record record;
  std::vector<RecordId> linked_stays;
  int photo_count = 0;
  std::vector<Warning> warnings;
};

Result<RecordView> ViewOf(const StoreReader& store, Record record);
// Errors: kRecordNotFound, for an erased record too.
Result<RecordView> FindView(const StoreReader& store, const RecordId& id);
// Of an erased record, the tombstone. Errors: kRecordNotFound.
Result<RecordView> FindViewOrTombstone(const StoreReader& store, const RecordId& id);

// The record, if it is there and open. Errors: kRecordNotFound.
Result<Record> FindOpenRecord(const StoreReader& store, const RecordId& id);

}  // namespace homeward
