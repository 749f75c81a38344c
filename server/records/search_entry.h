// A search as it is kept: who, when, why, against what, with what result.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "matcher/searcher.h"
#include "server/records/clock.h"
#include "server/records/date.h"
#include "server/records/outlook.h"
#include "server/records/photo_entry.h"

namespace homeward {

enum class SearchOrigin : std::uint8_t { kEnrolment = 1, kAdHoc = 2, kFolder = 3 };
enum class AttributeFlag : std::uint8_t {
  kNameDiffers,
  kSexDiffers,
  kAgeDiffers,
  kAccentDiffers,
  kChildAndAdult,  // one photo certainly shows a child, the other somebody grown up
};

// homeward.v1.SearchFilter as it was asked: ages as of the day of the search.
struct SearchCriteria {
  std::vector<RecordKind> kinds;
  std::vector<std::string> region_codes;
  std::vector<std::string> units;
  Sex sex = Sex::kUnknown;
  std::optional<int> age_min;
  std::optional<int> age_max;
  std::optional<Date> event_date_min;
  std::optional<Date> event_date_max;

  friend bool operator==(const SearchCriteria&, const SearchCriteria&) = default;
};

// What the matcher is asked for on the day `today`.
SearchFilter FilterOf(const SearchCriteria& criteria, const Date& today);

struct CandidateEntry {
  int rank = 0;  // 1 is the nearest
  RecordId record;
  PhotoId photo;
  FaceId face;
  cv::Rect2f box;
  double distance = 0;
  std::optional<Evidence> evidence = {};
  bool above_operating_point = false;
  std::vector<AttributeFlag> flags;
  int probe_index = 0;
  std::vector<Placing> placings = {};  // of a fused search
};

struct SearchEntry {
  SearchId id;
  Time created{};
  std::string caller;
  std::string purpose;
  std::string case_reference;
  SearchOrigin origin = SearchOrigin::kAdHoc;
  std::optional<RecordId> probe_record;  // stored probes only
  std::optional<PhotoId> probe_photo;
  // HMAC-SHA-256 of the bytes of a shown photo under the data folder's key; all zero otherwise.
  Sha256 probe_hash{};
  SearchCriteria criteria;
  Space space;
  OperatingPoint operating_point;
  ChangeNumber change = 0;  // of the gallery searched
  Comparison comparison;
  std::optional<Outlook> outlook = {};  // absent where nothing could tell, and in older searches
  bool no_candidate = true;
  std::vector<CandidateEntry> candidates;
};

}  // namespace homeward
