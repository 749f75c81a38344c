#include "server/records/record_check.h"

#include <gtest/gtest.h>

#include <functional>

#include "tests/testing/reasons.h"

namespace homeward {
namespace {

constexpr Date kToday{2026, 3, 1};
const std::string kLongest(2000, 'x');
const std::string kTooLong(2001, 'x');

struct RecordCase {
  const char* field;  // null: accepted
  std::function<void(Record&)> change;
  Reason reason = Reason::kFieldInvalid;
};

void ExpectAll(const std::vector<RecordCase>& cases) {
  for (std::size_t i = 0; i < cases.size(); ++i) {
    Record record;
    cases[i].change(record);
    const auto checked = CheckedRecord(record, kToday);
    ASSERT_EQ(checked.has_value(), cases[i].field == nullptr) << "case " << i;
    if (checked) continue;
    EXPECT_EQ(checked.error().reason, cases[i].reason) << "case " << i;
    EXPECT_EQ(checked.error().metadata.at("field"), cases[i].field) << "case " << i;
  }
}

TEST(RecordCheckTest, KnowsTheLimitsOfWhatIsSaidAboutAPerson) {
  ExpectAll({
      {nullptr, [](Record& r) { r.person.claimed_name = kLongest; }},
      {"record.person.claimed_name", [](Record& r) { r.person.claimed_name = kTooLong; }},
      {"record.person.remarks", [](Record& r) { r.person.remarks = kTooLong; }},
      {"record.person.words_spoken", [](Record& r) { r.person.words_spoken = kTooLong; }},
      {nullptr, [](Record& r) { r.person.aliases.assign(20, "a"); }},
      {"record.person.aliases", [](Record& r) { r.person.aliases.assign(21, "a"); }},
      {"record.person.aliases", [](Record& r) { r.person.aliases = {kTooLong}; }},
      {nullptr, [](Record& r) { r.person.age_min = 0, r.person.age_max = 0; }},
      {nullptr, [](Record& r) { r.person.age_min = 0, r.person.age_max = 130; }},
      {"record.person.age_max", [](Record& r) { r.person.age_min = 3; }},
      {"record.person.age_min", [](Record& r) { r.person.age_max = 3; }},
      {"record.person.age_max", [](Record& r) { r.person.age_min = 1, r.person.age_max = 131; }},
      {"record.person.age_min", [](Record& r) { r.person.age_min = -1, r.person.age_max = 3; }},
      {"record.person.age_max", [](Record& r) { r.person.age_min = 4, r.person.age_max = 3; }},
      {"record.person.age_date", [](Record& r) { r.person.age_date = Date{2026, 13, 1}; }},
      {nullptr, [](Record& r) { r.person.birth_date = Date{1950, 0, 0}; }},
      {nullptr, [](Record& r) { r.person.birth_date = Date{2000, 2, 29}; }},
      {"record.person.birth_date", [](Record& r) { r.person.birth_date = Date{1900, 2, 29}; }},
      {"record.person.birth_date", [](Record& r) { r.person.birth_date = Date{1950, 0, 3}; }},
      {"record.person.birth_date", [](Record& r) { r.person.birth_date = Date{}; }},
      {nullptr, [](Record& r) { r.person.height_cm = 20; }},
      {nullptr, [](Record& r) { r.person.height_cm = 260; }},
      {"record.person.height_cm", [](Record& r) { r.person.height_cm = 19; }},
      {"record.person.height_cm", [](Record& r) { r.person.height_cm = 261; }},
      {nullptr, [](Record& r) { r.person.home_region_code = "410902001"; }},
      {"record.person.home_region_code", [](Record& r) { r.person.home_region_code = "4109"; },
       Reason::kRegionCodeInvalid},
      {nullptr, [](Record& r) { r.person.citizen_id = "11010519491231002X"; }},
      {nullptr, [](Record& r) { r.person.citizen_id = "110105491231002"; }},
      {"record.person.citizen_id", [](Record& r) { r.person.citizen_id = "110105194912310021"; },
       Reason::kCitizenIdInvalid},
      {"record.person.citizen_id", [](Record& r) { r.person.citizen_id = "1234"; },
       Reason::kCitizenIdInvalid},
  });
}

TEST(RecordCheckTest, KnowsTheLimitsOfEachKindsDetails) {
  const auto stranded = [](auto change) {
    return [=](Record& r) {
      StrandedDetails details;
      change(details);
      r.details = details;
    };
  };
  const auto missing = [](auto change) {
    return [=](Record& r) {
      MissingDetails details;
      change(details);
      r.details = details;
    };
  };
  const auto at_risk = [](auto change) {
    return [=](Record& r) {
      AtRiskDetails details;
      change(details);
      r.details = details;
    };
  };
  ExpectAll({
      {"record.unit", [](Record& r) { r.unit = kTooLong; }},
      {"record.source_reference", [](Record& r) { r.source_reference = kTooLong; }},
      {"record.stranded.found_region_code", stranded([](auto& d) { d.found_region_code = "x"; }),
       Reason::kRegionCodeInvalid},
      {"record.stranded.place_of_stay", stranded([](auto& d) { d.place_of_stay = kTooLong; })},
      {"record.missing.lost_region_code", missing([](auto& d) { d.lost_region_code = "41090"; }),
       Reason::kRegionCodeInvalid},
      {"record.missing.reporter_contact", missing([](auto& d) { d.reporter_contact = kTooLong; })},
      {"record.missing.lost_date", missing([](auto& d) { d.lost_date = Date{2026, 4, 31}; })},
      {"record.missing.last_photo_date",
       missing([](auto& d) { d.last_photo_date = Date{1, 1, 1}; })},
      {"record.at_risk.township_region_code",
       at_risk([](auto& d) { d.township_region_code = "41090200"; }), Reason::kRegionCodeInvalid},
      {"record.at_risk.guardian_name", at_risk([](auto& d) { d.guardian_name = kTooLong; })},
      {"record.at_risk.registered_date",
       at_risk([](auto& d) { d.registered_date = Date{2026, 0, 1}; })},
      {"record.at_risk.visit_dates",
       at_risk([](auto& d) { d.visit_dates = {Date{2026, 1, 1}, Date{2026, 2, 31}}; })},
      {nullptr, at_risk([](auto& d) { d.visit_dates.assign(1'000, Date{2026, 1, 1}); })},
      {"record.at_risk.visit_dates",
       at_risk([](auto& d) { d.visit_dates.assign(1'001, Date{2026, 1, 1}); })},
  });
}

TEST(RecordCheckTest, NormalisesTheCitizenIdNumberAndNeverRepeatsABadOne) {
  Record record;
  record.person.citizen_id = " 110105 19491231 002x";
  EXPECT_EQ(CheckedRecord(record, kToday).value().person.citizen_id, "11010519491231002X");
  record.person.citizen_id = "110105194912310029";
  const auto refused = CheckedRecord(record, kToday);
  ASSERT_FALSE(refused);
  EXPECT_FALSE(refused.error().message.contains("4912"));
  for (const auto& [key, value] : refused.error().metadata) EXPECT_FALSE(value.contains("4912"));
}

TEST(RecordCheckTest, DatesAnAgeThatCameWithoutADate) {
  Record record;
  EXPECT_FALSE(CheckedRecord(record, kToday).value().person.age_date);
  record.person.age_min = record.person.age_max = 40;
  EXPECT_EQ(CheckedRecord(record, kToday).value().person.age_date, kToday);
  record.person.age_date = Date{2020, 0, 0};
  EXPECT_EQ(CheckedRecord(record, kToday).value().person.age_date, (Date{2020, 0, 0}));
}

}  // namespace
}  // namespace homeward
