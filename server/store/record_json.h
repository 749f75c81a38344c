// What is said about a person, as the one JSON document of a record's row.
#pragma once

#include <string>
#include <string_view>

#include "matcher/error.h"
#include "server/records/record.h"

namespace homeward {

// Person, details, legal basis and source reference. Equal values give equal text. Errors:
// kInternal where the details are not of the record's kind, or text is not UTF-8.
Result<std::string> ParticularsOf(const Record& record);
// The inverse; `record.kind` says which details are expected. Errors: kStoreCorrupt.
Result<void> ReadParticulars(std::string_view json, Record& record);

}  // namespace homeward
