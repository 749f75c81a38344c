// Where a list goes on: opaque to callers, and good only for the list that gave it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "matcher/error.h"
#include "server/records/keyed_hash.h"

namespace homeward {

// A list with its filter, as text: tokens of one are refused by every other.
struct ListIdentity {
  std::string_view method;
  std::string_view arguments;  // everything but page size and token, in a canonical form
};

// Letters, digits, '-' and '_'.
std::string SealPageToken(const HashKey& key, const ListIdentity& list, std::string_view position);
// The position that was sealed; nullopt for an empty token, which asks for the first page.
// Errors: kPageTokenInvalid for anything that SealPageToken did not write for this list.
Result<std::optional<std::string>> OpenPageToken(const HashKey& key, const ListIdentity& list,
                                                 std::string_view token);

// The usual position: one number.
std::string SealPageNumber(const HashKey& key, const ListIdentity& list, std::int64_t number);
// 0 for an empty token. Errors: as OpenPageToken.
Result<std::int64_t> OpenPageNumber(const HashKey& key, const ListIdentity& list,
                                    std::string_view token);

// What a page size asks for: 50 for 0, at most 500. Errors: kFieldInvalid (negative).
Result<int> PageSize(int asked);

}  // namespace homeward
