// The limits that the contract (proto/homeward/v1) sets to what callers may say. Metadata `field`
// of every error is the field's path in the request.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "matcher/error.h"
#include "server/records/date.h"
#include "server/records/intent.h"
#include "server/records/search_entry.h"

namespace homeward {

inline constexpr std::size_t kMaxTextCharacters = 2'000;
inline constexpr std::size_t kMaxReasonCharacters = 200;  // of a purpose or a case reference
inline constexpr std::size_t kMaxRequestIdCharacters = 128;
inline constexpr std::size_t kMaxAliases = 20;
inline constexpr std::size_t kMaxVisits = 1'000;
inline constexpr std::size_t kMaxFilterValues = 100;
inline constexpr std::size_t kMaxPhotosPerCall = 5;
inline constexpr std::size_t kMaxPhotoBytesPerCall = std::size_t{25} << 20;
inline constexpr std::size_t kMaxPhotosPerRecord = 1'000;
inline constexpr int kUsualCandidates = 20;
inline constexpr int kMaxCandidates = 200;

// Characters of UTF-8 text.
std::size_t CharacterCount(std::string_view text);

// The error kFieldInvalid, in the words "`field` `what`."
std::unexpected<Error> InvalidField(std::string_view field, std::string_view what);
// `text` holds at most `most` characters. Errors: kFieldInvalid.
Result<void> CheckText(std::string_view field, std::string_view text, std::size_t most);
// Errors: kFieldInvalid.
Result<void> CheckDate(std::string_view field, const std::optional<Date>& date);
// Ages in full years, the smaller first. Errors: kFieldInvalid.
Result<void> CheckAges(std::string_view min_field, const std::optional<int>& min,
                       std::string_view max_field, const std::optional<int>& max);
// Empty, or a code. Errors: kRegionCodeInvalid.
Result<void> CheckRegionCode(std::string_view field, std::string_view code);

// Case reference and request_id. Errors: kFieldInvalid.
Result<void> CheckIntent(const Intent& intent);
// The same, and a purpose. Errors: kPurposeMissing, kFieldInvalid.
Result<void> CheckPurposefulIntent(const Intent& intent);
// The same, where the purpose is the reason for erasing something. Errors: kFieldMissing,
// kFieldInvalid.
Result<void> CheckReasonedIntent(const Intent& intent);

// `filter.` comes before the paths of fields. Errors: kFieldInvalid, kRegionCodeInvalid.
Result<void> CheckCriteria(const SearchCriteria& criteria);

// How many candidates `asked` stands for. Errors: kFieldInvalid (negative).
Result<int> CandidateCount(int asked);

}  // namespace homeward
