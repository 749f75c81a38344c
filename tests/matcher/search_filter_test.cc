#include "matcher/search_filter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>

namespace homeward {
namespace {

struct RegionCase {
  std::string_view ancestor;
  std::string_view code;
  bool contains;
};

class RegionTest : public testing::TestWithParam<RegionCase> {};

TEST_P(RegionTest, ContainsWhatItsDigitsSay) {
  const RegionCase& each = GetParam();
  EXPECT_EQ(RegionContains(each.ancestor, each.code), each.contains)
      << each.ancestor << " and " << each.code;
}

INSTANTIATE_TEST_SUITE_P(
    Codes, RegionTest,
    testing::Values(
        RegionCase{"410000", "410000", true}, RegionCase{"410000", "410900", true},
        RegionCase{"410000", "410902", true}, RegionCase{"410000", "420902", false},
        RegionCase{"410900", "410902", true}, RegionCase{"410900", "410900", true},
        RegionCase{"410900", "411002", false}, RegionCase{"410900", "410000", false},
        RegionCase{"410902", "410902", true}, RegionCase{"410902", "410903", false},
        // Townships and villages below their county.
        RegionCase{"410902", "410902001", true}, RegionCase{"410902", "410902001204", true},
        RegionCase{"410900", "410902001204", true}, RegionCase{"410902001", "410902001204", true},
        RegionCase{"410902001000", "410902001204", true},
        RegionCase{"410902000000", "410902001204", true},
        RegionCase{"410900000000", "410902001204", true},
        RegionCase{"410902001", "410902002204", false},
        RegionCase{"410902001204", "410902001205", false},
        // Zeros inside a level are not its end.
        RegionCase{"411000", "411023", true}, RegionCase{"411000", "410902", false},
        RegionCase{"500100", "500200", false}, RegionCase{"410902100", "410902101", false},
        RegionCase{"410902100000", "410902100002", true},
        // Everything.
        RegionCase{"000000", "410902", true}, RegionCase{"", "410902", true}));

RecordAttributes Somebody() {
  return {.kind = RecordKind::kMissing,
          .sex = Sex::kFemale,
          .birth_year_min = 1950,
          .birth_year_max = 1955,
          .event_day = 20'000,
          .region_code = "410902",
          .unit = "units/puyang"};
}

TEST(SearchFilterTest, AnEmptyFilterAdmitsEveryone) {
  EXPECT_TRUE(MatchesKind({}, RecordKind::kAtRisk));
  EXPECT_TRUE(MatchesAttributes({}, Somebody()));
  EXPECT_TRUE(MatchesAttributes({}, {}));
}

TEST(SearchFilterTest, KnowsWhetherItAsksForMoreThanKinds) {
  SearchFilter filter;
  filter.kinds = {RecordKind::kMissing};
  EXPECT_FALSE(AsksForAttributes(filter));
  filter.event_day_max = 0;
  EXPECT_TRUE(AsksForAttributes(filter));
}

TEST(SearchFilterTest, WhatNobodyWroteDownHidesNobody) {
  const SearchFilter everything_asked{.kinds = {},
                                      .region_codes = {"410000"},
                                      .units = {"units/puyang"},
                                      .sex = Sex::kMale,
                                      .birth_year_min = 1990,
                                      .birth_year_max = 1999,
                                      .event_day_min = 1,
                                      .event_day_max = 2};
  EXPECT_TRUE(MatchesAttributes(everything_asked, {}));
  EXPECT_FALSE(MatchesAttributes(everything_asked, Somebody()));
}

TEST(SearchFilterTest, NarrowsByKind) {
  SearchFilter filter;
  filter.kinds = {RecordKind::kMissing, RecordKind::kAtRisk};
  EXPECT_TRUE(MatchesKind(filter, RecordKind::kMissing));
  EXPECT_FALSE(MatchesKind(filter, RecordKind::kStranded));
}

TEST(SearchFilterTest, NarrowsBySexButNotByAnUnknownOne) {
  SearchFilter filter;
  filter.sex = Sex::kMale;
  EXPECT_FALSE(MatchesAttributes(filter, Somebody()));
  filter.sex = Sex::kFemale;
  EXPECT_TRUE(MatchesAttributes(filter, Somebody()));
  filter.sex = Sex::kUnknown;
  EXPECT_TRUE(MatchesAttributes(filter, Somebody()));
}

TEST(SearchFilterTest, AdmitsBirthYearsThatOverlapThoseAsked) {
  struct Case {
    std::optional<int> min, max;
    bool matches;
  };
  for (const Case& each : {Case{1955, 1960, true}, Case{1940, 1950, true}, Case{1951, 1952, true},
                           Case{1956, std::nullopt, false}, Case{std::nullopt, 1949, false},
                           Case{std::nullopt, 1950, true}, Case{1955, std::nullopt, true}}) {
    SearchFilter filter;
    filter.birth_year_min = each.min;
    filter.birth_year_max = each.max;
    EXPECT_EQ(MatchesAttributes(filter, Somebody()), each.matches)
        << each.min.value_or(0) << ".." << each.max.value_or(0);
  }
  SearchFilter filter;
  filter.birth_year_min = 1990;
  RecordAttributes open_end = Somebody();
  open_end.birth_year_max = std::nullopt;
  EXPECT_TRUE(MatchesAttributes(filter, open_end));
}

TEST(SearchFilterTest, NarrowsByTheDayOfTheEventIncludingBothEnds) {
  SearchFilter filter;
  filter.event_day_min = 20'000;
  filter.event_day_max = 20'000;
  EXPECT_TRUE(MatchesAttributes(filter, Somebody()));
  filter.event_day_max = std::nullopt;
  filter.event_day_min = 20'001;
  EXPECT_FALSE(MatchesAttributes(filter, Somebody()));
  filter.event_day_min = std::nullopt;
  filter.event_day_max = 19'999;
  EXPECT_FALSE(MatchesAttributes(filter, Somebody()));
}

TEST(SearchFilterTest, AdmitsRecordsInAnyRegionAsked) {
  SearchFilter filter;
  filter.region_codes = {"110000", "410900"};
  EXPECT_TRUE(MatchesAttributes(filter, Somebody()));
  filter.region_codes = {"110000", "411000"};
  EXPECT_FALSE(MatchesAttributes(filter, Somebody()));
}

TEST(SearchFilterTest, AdmitsARecordWhoseRegionIsKnownOnlyRoughly) {
  SearchFilter filter;
  filter.region_codes = {"410902"};
  RecordAttributes rough;
  for (const std::string_view region : {"410000", "410900", "410900000000"}) {
    rough.region_code = region;
    EXPECT_TRUE(MatchesAttributes(filter, rough)) << region;
  }
  rough.region_code = "420000";
  EXPECT_FALSE(MatchesAttributes(filter, rough));
}

TEST(SearchFilterTest, NarrowsByUnit) {
  SearchFilter filter;
  filter.units = {"units/anyang"};
  EXPECT_FALSE(MatchesAttributes(filter, Somebody()));
  filter.units.push_back("units/puyang");
  EXPECT_TRUE(MatchesAttributes(filter, Somebody()));
}

TEST(SearchFilterTest, PairsAreEligibleInBothDirections) {
  const std::vector<RecordKind> kinds = {RecordKind::kStranded, RecordKind::kMissing,
                                         RecordKind::kAtRisk};
  for (const RecordKind a : kinds) {
    for (const RecordKind b : kinds) {
      const bool forth = testing::Value(EligibleKinds(a), testing::Contains(b));
      const bool back = testing::Value(EligibleKinds(b), testing::Contains(a));
      EXPECT_EQ(forth, back);
      EXPECT_EQ(forth, !(a == RecordKind::kAtRisk && b == RecordKind::kAtRisk));
    }
  }
}

}  // namespace
}  // namespace homeward
