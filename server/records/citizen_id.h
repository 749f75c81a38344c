// Citizen ID numbers (GB 11643): 18 characters with a check digit, or 15 digits of the old form.
#pragma once

#include <string>
#include <string_view>

#include "matcher/error.h"
#include "matcher/search_filter.h"
#include "server/records/date.h"

namespace homeward {

// What a number says. It proves nothing about the person who states it.
struct CitizenId {
  std::string number;       // without spaces, upper-case X
  std::string region_code;  // where it was first given, 6 digits, perhaps abolished since
  Date birth_date;
  Sex sex = Sex::kUnknown;
  bool legacy = false;  // 15 digits: born in 19xx, and nothing to check them by

  friend bool operator==(const CitizenId&, const CitizenId&) = default;
};

// Spaces are dropped and a lower-case x is accepted. Errors: kCitizenIdInvalid with metadata
// `problem`: LENGTH, CHARACTER, BIRTH_DATE (not on the calendar, or after `today`) or CHECK_DIGIT;
// the number is never repeated.
Result<CitizenId> ParseCitizenId(std::string_view text, const Date& today);

// ISO 7064 MOD 11-2 over the first 17 digits of `number`: '0' to '9' or 'X'.
char CitizenIdCheckDigit(std::string_view number);

}  // namespace homeward
