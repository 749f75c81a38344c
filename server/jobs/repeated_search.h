// Open records are searched again when another operating point is put in force, since what lay just
// below it before may lie above it now, and on a schedule, since others have come and gone.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

#include "server/records/casebook.h"

namespace homeward {

struct RepeatedSearches {
  std::int64_t made = 0;
  std::int64_t left_out = 0;  // no face that can be compared, or erased in the meantime
};

// Searches with every open record that was stored before the last activation,
// newest first, one after the other, among the kinds that its enrolment was compared with. Each is
// kept as a search of kServiceCaller, with a purpose that names the operating point, under a
// request_id of this activation and record: so what was done is known by the database, and a
// further run, also after a crash, makes only what is missing. Ends early when `stopped()` and when
// another point is put in force. Errors: those of the store.
Result<RepeatedSearches> RepeatSearches(Casebook& book, const std::function<bool()>& stopped);

// The same once in each period of so many days (>= 1; counted from 1970-01-01) with every open
// record that was stored before the period began. A further run in the period makes only what is
// missing.
Result<RepeatedSearches> SearchOnSchedule(Casebook& book, std::chrono::days period,
                                          const std::function<bool()>& stopped);

}  // namespace homeward
