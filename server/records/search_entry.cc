#include "server/records/search_entry.h"

namespace homeward {

SearchFilter FilterOf(const SearchCriteria& criteria, const Date& today) {
  SearchFilter filter;
  filter.kinds = criteria.kinds;
  filter.region_codes = criteria.region_codes;
  filter.units = criteria.units;
  if (criteria.sex != Sex::kUnknown) filter.sex = criteria.sex;
  // Whoever is 30 today was born 30 years ago, or 31 with the birthday still to come this year.
  if (criteria.age_max) filter.birth_year_min = today.year - *criteria.age_max - 1;
  if (criteria.age_min) filter.birth_year_max = today.year - *criteria.age_min;
  if (criteria.event_date_min) filter.event_day_min = FirstDay(*criteria.event_date_min);
  if (criteria.event_date_max) filter.event_day_max = LastDay(*criteria.event_date_max);
  return filter;
}

}  // namespace homeward
