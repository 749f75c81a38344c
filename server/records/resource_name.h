// The names by which callers and the audit trail know things: `records/{record}`,
// `records/{record}/photos/{photo}`, `searches/{search}`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "matcher/id.h"

namespace homeward {

struct PhotoName {
  RecordId record;
  PhotoId photo;

  friend bool operator==(const PhotoName&, const PhotoName&) = default;
};

std::string NameOf(const RecordId& record);
std::string NameOf(const PhotoName& photo);
std::string NameOf(const SearchId& search);

// nullopt unless `name` is exactly what NameOf would write.
std::optional<RecordId> ParseRecordName(std::string_view name);
std::optional<PhotoName> ParsePhotoName(std::string_view name);
std::optional<SearchId> ParseSearchName(std::string_view name);

}  // namespace homeward
