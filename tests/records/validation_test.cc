#include "server/records/validation.h"

#include <gtest/gtest.h>

#include <functional>

#include "tests/testing/reasons.h"

namespace homeward {
namespace {

using homeward::testing::ReasonOf;

std::string Repeated(std::string_view text, std::size_t times) {
  std::string repeated;
  for (; times > 0; --times) repeated += text;
  return repeated;
}

TEST(ValidationTest, CountsCharactersAndNotBytes) {
  EXPECT_EQ(CharacterCount(""), 0U);
  EXPECT_EQ(CharacterCount("abc"), 3U);
  EXPECT_EQ(CharacterCount("濮阳市"), 3U);
  EXPECT_EQ(CharacterCount("𠮷"), 1U);
  EXPECT_TRUE(CheckText("f", Repeated("濮", 2000), 2000));
  const auto refused = CheckText("f", Repeated("濮", 2001), 2000);
  EXPECT_EQ(ReasonOf(refused), Reason::kFieldInvalid);
  EXPECT_EQ(refused.error().metadata.at("field"), "f");
}

TEST(ValidationTest, WantsAPurposeOfOneToTwoHundredCharacters) {
  Intent intent;
  EXPECT_EQ(ReasonOf(CheckPurposefulIntent(intent)), Reason::kPurposeMissing);
  intent.purpose = " \n";
  EXPECT_EQ(ReasonOf(CheckPurposefulIntent(intent)), Reason::kPurposeMissing);
  intent.purpose = "寻";
  EXPECT_TRUE(CheckPurposefulIntent(intent));
  intent.purpose = Repeated("寻", 200);
  EXPECT_TRUE(CheckPurposefulIntent(intent));
  intent.purpose = Repeated("寻", 201);
  EXPECT_EQ(ReasonOf(CheckPurposefulIntent(intent)), Reason::kFieldInvalid);
}

TEST(ValidationTest, BoundsCaseReferenceAndRequestId) {
  Intent intent;
  intent.case_reference = Repeated("案", 200);
  intent.request_id = std::string(128, 'x');
  EXPECT_TRUE(CheckIntent(intent));
  intent.case_reference += "x";
  EXPECT_EQ(CheckIntent(intent).error().metadata.at("field"), "case_reference");
  intent.case_reference.clear();
  intent.request_id += "x";
  EXPECT_EQ(CheckIntent(intent).error().metadata.at("field"), "request_id");
}

TEST(ValidationTest, ReadsNumbersOfCandidates) {
  EXPECT_EQ(CandidateCount(0).value(), 20);
  EXPECT_EQ(CandidateCount(1).value(), 1);
  EXPECT_EQ(CandidateCount(200).value(), 200);
  EXPECT_EQ(CandidateCount(100'000).value(), 200);
  EXPECT_EQ(ReasonOf(CandidateCount(-1)), Reason::kFieldInvalid);
}

struct CriteriaCase {
  const char* field;  // null: accepted
  std::function<void(SearchCriteria&)> change;
  Reason reason = Reason::kFieldInvalid;
};

TEST(ValidationTest, ChecksFilters) {
  const std::vector<CriteriaCase> cases = {
      {nullptr, [](auto&) {}},
      {nullptr, [](auto& c) { c.region_codes = {"410000", "410902001", "410902001001"}; }},
      {"filter.region_codes", [](auto& c) { c.region_codes = {"41"}; }, Reason::kRegionCodeInvalid},
      {"filter.region_codes", [](auto& c) { c.region_codes = {"41000a"}; },
       Reason::kRegionCodeInvalid},
      {"filter.region_codes", [](auto& c) { c.region_codes = {""}; }},
      {nullptr, [](auto& c) { c.region_codes.assign(100, "410000"); }},
      {"filter.region_codes", [](auto& c) { c.region_codes.assign(101, "410000"); }},
      {nullptr, [](auto& c) { c.kinds.assign(100, RecordKind::kMissing); }},
      {"filter.kinds", [](auto& c) { c.kinds.assign(101, RecordKind::kMissing); }},
      {nullptr, [](auto& c) { c.units.assign(100, "u"); }},
      {"filter.units", [](auto& c) { c.units.assign(101, "u"); }},
      {"filter.units", [](auto& c) { c.units = {""}; }},
      {"filter.units", [](auto& c) { c.units = {std::string(2001, 'u')}; }},
      {nullptr, [](auto& c) { c.age_min = 0, c.age_max = 130; }},
      {nullptr, [](auto& c) { c.age_max = 0; }},
      {"filter.age_min", [](auto& c) { c.age_min = -1; }},
      {"filter.age_max", [](auto& c) { c.age_max = 131; }},
      {"filter.age_max", [](auto& c) { c.age_min = 40, c.age_max = 39; }},
      {nullptr, [](auto& c) { c.event_date_min = c.event_date_max = Date{2026, 3, 1}; }},
      {nullptr, [](auto& c) { c.event_date_min = Date{2026, 0, 0}; }},
      {"filter.event_date_min", [](auto& c) { c.event_date_min = Date{2026, 2, 30}; }},
      {"filter.event_date_max", [](auto& c) { c.event_date_max = Date{0, 2, 3}; }},
      {"filter.event_date_max",
       [](auto& c) { c.event_date_min = Date{2026, 3, 2}, c.event_date_max = Date{2026, 3, 1}; }},
  };
  for (std::size_t i = 0; i < cases.size(); ++i) {
    SearchCriteria criteria;
    cases[i].change(criteria);
    const auto checked = CheckCriteria(criteria);
    EXPECT_EQ(checked.has_value(), cases[i].field == nullptr) << i;
    if (checked || cases[i].field == nullptr) continue;
    EXPECT_EQ(checked.error().reason, cases[i].reason) << i;
    EXPECT_EQ(checked.error().metadata.at("field"), cases[i].field) << i;
  }
}

}  // namespace
}  // namespace homeward
