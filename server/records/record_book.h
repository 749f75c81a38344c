// Reading, changing and erasing records.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "server/records/casebook.h"
#include "server/records/intent.h"
#include "server/records/record_view.h"
#include "server/records/search_entry.h"

namespace homeward {

// Says which state of a record was read.
std::string EtagOf(const Record& record);

// The record with one change more, for whatever else is stored about it: photos and links show in a
// record, so its etag and time follow them. Errors: those of StoreReader and UnitOfWork.
Result<void> MarkChanged(UnitOfWork& unit, Record record, Time now);

// What a page of a list asks for. `filter_text` binds page tokens to the filter.
struct RecordQuery {
  SearchCriteria criteria;
  std::string filter_text;
  int page_size = 0;
  std::string page_token;
};

struct RecordPage {
  std::vector<RecordView> records;
  std::string next_page_token;  // empty on the last page
};

// Newest first. Errors: kPageTokenInvalid; those of CheckCriteria and PageSize.
Result<RecordPage> ListRecords(Casebook& book, const RecordQuery& query);

// The record as it shall be, from the record as it is.
using RecordEdit = std::function<Result<Record>(const Record&)>;

// Changes what is said about a person; kind, photos, times and comparisons stay whatever `edit`
// says. The gallery learns new attributes. An empty etag asks for no check.
// Errors: kRecordNotFound, kEtagMismatch; those of `edit` and CheckedRecord.
Result<RecordView> UpdateRecord(Casebook& book, const Intent& intent, const RecordId& id,
                                std::string_view etag, const RecordEdit& edit);

// Erases record, photos, faces, templates and bytes; durable when it returns a value. Where it
// fails after the record is gone, repeating the request finishes the work, as does a restart.
// The intent's purpose is the reason, which the tombstone keeps.
// Errors: kRecordNotFound, kEtagMismatch, kFieldMissing (no reason).
Result<RecordView> EraseRecord(Casebook& book, const Intent& intent, const RecordId& id,
                               std::string_view etag);

}  // namespace homeward
