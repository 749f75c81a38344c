#include "server/store/search_json.h"

#include "server/store/json_fields.h"

namespace homeward {

template <class Io, StoredAs<SearchCriteria> Self>
static void Fields(Io& io, Self& criteria) {
  io("kinds", criteria.kinds);
  io("region_codes", criteria.region_codes);
  io("units", criteria.units);
  io("sex", criteria.sex);
  io("age_min", criteria.age_min);
  io("age_max", criteria.age_max);
  io("event_date_min", criteria.event_date_min);
  io("event_date_max", criteria.event_date_max);
}

template <class Io, StoredAs<Space> Self>
static void Fields(Io& io, Self& space) {
  io("id", space.id);
  io("model", space.model);
  io("dimension", space.dimension);
}

template <class Io, StoredAs<OperatingPoint> Self>
static void Fields(Io& io, Self& point) {
  io("name", point.name);
  io("space_id", point.space_id);
  io("threshold", point.threshold);
  io("fpir", point.fpir);
  io("gallery_size", point.gallery_size);
  io("data", point.data);
  io("measured_on", point.measured_on);
  io("chance", point.chance);
}

template <class Io, StoredAs<Comparison> Self>
static void Fields(Io& io, Self& comparison) {
  io("searchable", comparison.searchable);
  io("compared", comparison.compared);
  io("own", comparison.own);
  io("kind_not_searched", comparison.kind_not_searched);
  io("filtered", comparison.filtered);
  io("other_space", comparison.other_space);
  io("no_usable_face", comparison.no_usable_face);
  io("templates_compared", comparison.templates_compared);
  io("in_part", comparison.in_part);
}

template <class Io, StoredAs<Evidence> Self>
static void Fields(Io& io, Self& evidence) {
  io("score", evidence.score);
  io("chance", evidence.chance);
  io("chance_min", evidence.chance_min);
  io("chance_max", evidence.chance_max);
}

template <class Io, StoredAs<Placing> Self>
static void Fields(Io& io, Self& placing) {
  io("space_id", placing.space_id);
  io("rank", placing.rank);
  io("distance", placing.distance);
  io("evidence", placing.evidence);
}

template <class Io, StoredAs<Outlook> Self>
static void Fields(Io& io, Self& outlook) {
  io("expected_miss_rate", outlook.expected_miss_rate);
  io("notices", outlook.notices);
  io("advice", outlook.advice);
}

template <class Io, StoredAs<SearchEntry> Self>
static void Fields(Io& io, Self& search) {
  io("criteria", search.criteria);
  io("space", search.space);
  io("operating_point", search.operating_point);
  io("comparison", search.comparison);
  io("outlook", search.outlook);
}

Result<std::string> AccountOf(const SearchEntry& search) { return ToJson(search); }

Result<std::string> PlacingsText(const std::vector<Placing>& placings) { return ToJson(placings); }

Result<std::vector<Placing>> ReadPlacings(std::string_view json) {
  std::vector<Placing> placings;
  if (auto read = FromJson(json, placings); !read) return std::unexpected(read.error());
  return placings;
}

Result<void> ReadAccount(std::string_view json, SearchEntry& search) {
  return FromJson(json, search);
}

}  // namespace homeward
