// What two records say differently about the person. To look at: it never excludes a candidate and
// never changes the order.
#pragma once

#include <vector>

#include "server/records/record.h"
#include "server/records/search_entry.h"

namespace homeward {

// What is unknown in either record differs from nothing. Names differ where neither record's name
// or aliases hold one of the other's; ages where no year of birth fits both; accents where neither
// is part of the other.
std::vector<AttributeFlag> AttributeFlagsOf(const Record& one, const Record& other);

}  // namespace homeward
