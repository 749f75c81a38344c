#include "server/api/named_resource.h"

namespace homeward {

Result<RecordId> RecordNamed(const std::string& name) {
  if (const auto id = ParseRecordName(name)) return *id;
  return Fail(Reason::kRecordNotFound, "There is no such record; a name is `records/{record}`.");
}

Result<PhotoName> PhotoNamed(const std::string& name) {
  if (const auto photo = ParsePhotoName(name)) return *photo;
  return Fail(Reason::kPhotoNotFound,
              "There is no such photo; a name is `records/{record}/photos/{photo}`.");
}

Result<SearchId> SearchNamed(const std::string& name) {
  if (const auto id = ParseSearchName(name)) return *id;
  return Fail(Reason::kSearchNotFound, "There is no such search; a name is `searches/{search}`.");
}

Result<std::string> OperatingPointNamed(const std::string& name) {
  if (const auto point = ParseOperatingPointName(name)) return *point;
  return Fail(Reason::kOperatingPointNotFound,
              "There is no such operating point; a name is `operatingPoints/{operating_point}`.");
}

}  // namespace homeward
