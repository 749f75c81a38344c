#include "clients/screen/json.h"

#include <gtest/gtest.h>

#include "clients/screen/view.h"
#include "homeward/v1/record_service.pb.h"
#include "homeward/v1/search.pb.h"

namespace homeward::client {
namespace {

TEST(JsonTest, NamesEveryFieldInTheOrderOfTheContract) {
  EXPECT_EQ(
      JsonOf(v1::Comparison()).dump(),
      R"({"searchable_count":0,"compared_count":0,"compared_face_count":0,"not_compared":[],"compared_in_part_count":0})");
}

TEST(JsonTest, KeepsTheKeysOfWhatIsAbsent) {
  const Json person = JsonOf(v1::Person());
  EXPECT_TRUE(person.at("age_min").is_null());
  EXPECT_TRUE(person.at("birth_date").is_null());
  EXPECT_EQ(person.at("claimed_name"), "");
  EXPECT_TRUE(JsonOf(v1::Record()).at("stranded").is_null());
}

TEST(JsonTest, WritesDaysTimesAndWordsAsText) {
  v1::Record record;
  record.set_kind(v1::AT_RISK);
  record.mutable_create_time()->set_seconds(1772323200);
  record.mutable_person()->mutable_birth_date()->set_year(1950);
  record.mutable_person()->mutable_birth_date()->set_month(3);
  record.mutable_person()->mutable_birth_date()->set_day(9);
  record.mutable_person()->set_age_min(0);
  const Json json = JsonOf(record);
  EXPECT_EQ(json.at("kind"), "AT_RISK");
  EXPECT_EQ(json.at("create_time"), "2026-03-01T00:00:00Z");
  EXPECT_EQ(json.at("person").at("birth_date"), "1950-03-09");
  EXPECT_EQ(json.at("person").at("age_min"), 0);
}

TEST(JsonTest, WritesLargeNumbersAsNumbers) {
  v1::Search search;
  search.set_change_number(9007199254740993);
  EXPECT_EQ(JsonOf(search).at("change_number").dump(), "9007199254740993");
}

TEST(JsonTest, WritesLists) {
  v1::Search search;
  v1::Candidate* candidate = search.add_candidates();
  candidate->add_flags(v1::SEX_DIFFERS);
  candidate->add_flags(v1::AGE_DIFFERS);
  candidate->set_distance(0.25);
  const Json json = JsonOf(search).at("candidates");
  ASSERT_EQ(json.size(), 1U);
  EXPECT_EQ(json[0].at("flags").dump(), R"(["SEX_DIFFERS","AGE_DIFFERS"])");
  EXPECT_EQ(json[0].at("distance"), 0.25);
}

TEST(JsonTest, ShowsNoBytes) {
  v1::NewPhoto photo;
  photo.set_data("secret");
  EXPECT_FALSE(JsonOf(photo).contains("data"));
}

TEST(ViewTest, PutsTheSchemaFirst) {
  EXPECT_EQ(WithSchema("homeward.health/1", {{"status", "SERVING"}}).dump(),
            R"({"schema":"homeward.health/1","status":"SERVING"})");
}

}  // namespace
}  // namespace homeward::client
