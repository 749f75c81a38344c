// What an operating point has to say of itself before it is stored.
#pragma once

#include "server/records/operating_point_entry.h"
#include "server/records/validation.h"

namespace homeward {

// A name for a URL, and what every threshold comes from: data, N, FPIR and date. Fields are named
// as in the contract. Errors: kFieldMissing, kFieldInvalid.
Result<void> CheckOperatingPoint(const OperatingPointEntry& entry);

}  // namespace homeward
