#include "server/store/search_json.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/store/outcome.h"
#include "tests/store/store_samples.h"

namespace homeward {
namespace {

TEST(SearchJsonTest, GivesTheWholeAccountBack) {
  StoreSamples samples;
  const SearchEntry search = samples.NewSearch("");
  SearchEntry read;
  Must(ReadAccount(Must(AccountOf(search)), read));
  EXPECT_EQ(read.criteria, search.criteria);
  EXPECT_EQ(read.space, search.space);
  EXPECT_EQ(read.comparison, search.comparison);
  EXPECT_EQ(read.operating_point.name, search.operating_point.name);
  EXPECT_EQ(read.operating_point.space_id, search.operating_point.space_id);
  EXPECT_EQ(read.operating_point.threshold, search.operating_point.threshold);
  EXPECT_EQ(read.operating_point.fpir, search.operating_point.fpir);
  EXPECT_EQ(read.operating_point.gallery_size, search.operating_point.gallery_size);
  EXPECT_EQ(read.operating_point.data, search.operating_point.data);
  EXPECT_EQ(read.operating_point.measured_on, search.operating_point.measured_on);
}

TEST(SearchJsonTest, GivesTheOutlookBackAndReadsSearchesWithoutOne) {
  SearchEntry search;
  search.outlook = Outlook{.expected_miss_rate = 0.31,
                           .notices = {OutlookNotice::kChildToAdult, OutlookNotice::kInfant},
                           .advice = {Advice::kLaterPhoto, Advice::kMorePhotos}};
  SearchEntry read;
  Must(ReadAccount(Must(AccountOf(search)), read));
  EXPECT_EQ(read.outlook, search.outlook);
  SearchEntry older;
  Must(ReadAccount(R"({"comparison":{"compared":3,"searchable":3}})", older));
  EXPECT_FALSE(older.outlook);
  EXPECT_EQ(Outcome(ReadAccount(R"({"outlook":{"advice":[7]}})", older)), "STORE_CORRUPT");
}

TEST(SearchJsonTest, RefusesNumbersThatAreNotFinite) {
  SearchEntry search;
  search.operating_point.threshold = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(Outcome(AccountOf(search)), "INTERNAL");
}

TEST(SearchJsonTest, CallsWhatItWouldNotHaveWrittenDamage) {
  for (const char* json :
       {"", R"({"criteria":[]})", R"({"criteria":{"kinds":[4]}})", R"({"criteria":{"kinds":[0]}})",
        R"({"comparison":{"compared":"all"}})"}) {
    SearchEntry search;
    EXPECT_EQ(Outcome(ReadAccount(json, search)), "STORE_CORRUPT") << json;
  }
}

}  // namespace
}  // namespace homeward
