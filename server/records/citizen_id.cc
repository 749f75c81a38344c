#include "server/records/citizen_id.h"

#include <algorithm>

namespace homeward {
namespace {

constexpr std::size_t kLength = 18;
constexpr std::size_t kLegacyLength = 15;
constexpr std::size_t kRegionLength = 6;

std::string Normalised(std::string_view text) {
  std::string number;
  for (const char c : text) {
    if (c != ' ') number += c == 'x' ? 'X' : c;
  }
  return number;
}

int Number(std::string_view digits) {
  int value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  return value;
}

bool AreDigits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::unexpected<Error> Invalid(const char* problem, const char* message) {
  return Fail(Reason::kCitizenIdInvalid, message, {{"problem", problem}});
}

}  // namespace

char CitizenIdCheckDigit(std::string_view number) {
  int sum = 0;
  int weight = 1;  // 2 to the power of the place, counted from the check digit's own, modulo 11
  for (std::size_t i = kLength - 1; i-- > 0;) {
    weight = weight * 2 % 11;
    sum += (number[i] - '0') * weight;
  }
  return "10X98765432"[sum % 11];
}

Result<CitizenId> ParseCitizenId(std::string_view text, const Date& today) {
  CitizenId id;
  id.number = Normalised(text);
  const std::string_view number = id.number;
  id.legacy = number.size() == kLegacyLength;
  if (!id.legacy && number.size() != kLength) {
    return Invalid("LENGTH", "A citizen ID number has 18 characters, or 15 in its old form.");
  }
  const std::string_view digits = number.substr(0, id.legacy ? kLegacyLength : kLength - 1);
  if (!AreDigits(digits) || (!id.legacy && number.back() != 'X' && !AreDigits(number.substr(17)))) {
    return Invalid("CHARACTER",
                   "A citizen ID number has digits only, but for an X as the last of 18.");
  }
  id.region_code = number.substr(0, kRegionLength);
  const std::size_t year_length = id.legacy ? 2 : 4;
  const std::size_t month_at = kRegionLength + year_length;
  id.birth_date = {Number(number.substr(kRegionLength, year_length)) + (id.legacy ? 1900 : 0),
                   Number(number.substr(month_at, 2)), Number(number.substr(month_at + 2, 2))};
  if (!IsValid(id.birth_date) || id.birth_date.day == 0 || id.birth_date > today) {
    return Invalid("BIRTH_DATE", "The birth date in the citizen ID number cannot be right.");
  }
  if (!id.legacy && number.back() != CitizenIdCheckDigit(number)) {
    return Invalid("CHECK_DIGIT",
                   "The citizen ID number's check digit does not fit: a digit was mistyped.");
  }
  id.sex = (digits.back() - '0') % 2 == 1 ? Sex::kMale : Sex::kFemale;
  return id;
}

}  // namespace homeward
