// Codes of administrative regions (行政区划代码): 6 digits for province, prefecture or county, 9
// for a township, 12 for a village.
#pragma once

#include <string_view>

namespace homeward {

// Whether `code` has the form of one. Codes are never reused, so abolished ones are good; there is
// no list to look them up in. 000000 is the whole country; no other code begins with 0.
bool IsRegionCode(std::string_view code);

}  // namespace homeward
