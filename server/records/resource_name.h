// The names by which callers and the audit trail know things: `records/{record}`,
// `records/{record}/photos/{photo}`, `searches/{search}`, `operatingPoints/{operating_point}`.
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
// Of an operating point by its own name, "lfw-fpir-0.01".
std::string NameOfOperatingPoint(std::string_view point);

// nullopt unless `name` is exactly what NameOf would write.
std::optional<RecordId> ParseRecordName(std::string_view name);
std::optional<PhotoName> ParsePhotoName(std::string_view name);
std::optional<SearchId> ParseSearchName(std::string_view name);
// The point's own name: 1 to 63 characters of a-z, 0-9, '-' and '.', the first and the last a
// letter or digit.
std::optional<std::string> ParseOperatingPointName(std::string_view name);

}  // namespace homeward
