#include "server/records/resource_name.h"

#include <algorithm>

namespace homeward {
namespace {

constexpr std::string_view kRecords = "records/";
constexpr std::string_view kPhotos = "/photos/";
constexpr std::string_view kSearches = "searches/";
constexpr std::string_view kOperatingPoints = "operatingPoints/";
constexpr std::size_t kLongestPointName = 63;

template <class AnyId>
std::optional<AnyId> ParseAfter(std::string_view prefix, std::string_view name) {
  if (!name.starts_with(prefix)) return std::nullopt;
  return AnyId::Parse(name.substr(prefix.size()));
}

bool IsLetterOrDigit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

}  // namespace

std::string NameOf(const RecordId& record) { return std::string(kRecords) + record.ToString(); }

std::string NameOf(const PhotoName& photo) {
  return NameOf(photo.record) + std::string(kPhotos) + photo.photo.ToString();
}

std::string NameOf(const SearchId& search) { return std::string(kSearches) + search.ToString(); }

std::optional<RecordId> ParseRecordName(std::string_view name) {
  return ParseAfter<RecordId>(kRecords, name);
}

std::optional<PhotoName> ParsePhotoName(std::string_view name) {
  const auto middle = name.find(kPhotos);
  if (middle == std::string_view::npos) return std::nullopt;
  const auto record = ParseRecordName(name.substr(0, middle));
  const auto photo = ParseAfter<PhotoId>(kPhotos, name.substr(middle));
  if (!record || !photo) return std::nullopt;
  return PhotoName{*record, *photo};
}

std::optional<SearchId> ParseSearchName(std::string_view name) {
  return ParseAfter<SearchId>(kSearches, name);
}

std::string NameOfOperatingPoint(std::string_view point) {
  return std::string(kOperatingPoints).append(point);
}

std::optional<std::string> ParseOperatingPointName(std::string_view name) {
  if (!name.starts_with(kOperatingPoints)) return std::nullopt;
  name.remove_prefix(kOperatingPoints.size());
  const auto fits = [](char c) { return IsLetterOrDigit(c) || c == '-' || c == '.'; };
  if (name.empty() || name.size() > kLongestPointName || !std::ranges::all_of(name, fits) ||
      !IsLetterOrDigit(name.front()) || !IsLetterOrDigit(name.back())) {
    return std::nullopt;
  }
  return std::string(name);
}

}  // namespace homeward
