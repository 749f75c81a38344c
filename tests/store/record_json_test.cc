#include "server/store/record_json.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/store/outcome.h"
#include "tests/store/random_values.h"
#include "tests/store/store_samples.h"

namespace homeward {
namespace {

Record ReadBack(const std::string& json, RecordKind kind) {
  Record record;
  record.kind = kind;
  Must(ReadParticulars(json, record));
  return record;
}

TEST(RecordJsonTest, HoldsWhatIsKnownAndNothingElse) {
  Record record;
  EXPECT_EQ(Must(ParticularsOf(record)), "{}");
  record.person.claimed_name = "陈\"某\"";
  record.person.age_min = 0;
  record.person.birth_date = Date{1964, 11, 0};
  record.person.sex = Sex::kMale;
  std::get<StrandedDetails>(record.details).found_time = At(1);
  EXPECT_EQ(Must(ParticularsOf(record)),
            R"({"details":{"found_time":1000000},"person":{"age_min":0,"birth_date":19641100,)"
            R"("claimed_name":"陈\"某\"","sex":2}})");
}

TEST(RecordJsonTest, GivesEveryFieldBack) {
  StoreSamples samples;
  for (const RecordKind kind : {RecordKind::kStranded, RecordKind::kMissing, RecordKind::kAtRisk}) {
    const Record record = samples.NewRecord(kind);
    const Record read = ReadBack(Must(ParticularsOf(record)), kind);
    EXPECT_EQ(read.person, record.person);
    EXPECT_EQ(read.details, record.details);
    EXPECT_EQ(read.legal_basis, record.legal_basis);
    EXPECT_EQ(read.source_reference, record.source_reference);
  }
}

RC_GTEST_PROP(RecordJsonTest, GivesAnyRecordBackAndWritesItTheSameWay, (std::uint64_t seed)) {
  const Record record = RandomValues(seed).AnyRecord();
  const std::string json = Must(ParticularsOf(record));
  const Record read = ReadBack(json, record.kind);
  RC_ASSERT(read.person == record.person);
  RC_ASSERT(read.details == record.details);
  RC_ASSERT(Must(ParticularsOf(read)) == json);
}

TEST(RecordJsonTest, RefusesTextThatIsNotUtf8) {
  Record record;
  record.person.claimed_name = "\xff\xfe";
  EXPECT_EQ(Outcome(ParticularsOf(record)), "INTERNAL");
}

TEST(RecordJsonTest, CallsWhatItWouldNotHaveWrittenDamage) {
  for (const char* json :
       {"", "{", "[]", "7", "null", R"({"person":7})", R"({"person":{"sex":4}})",
        R"({"person":{"sex":"F"}})", R"({"person":{"age_min":1.5}})",
        R"({"person":{"age_min":9999999999}})", R"({"person":{"claimed_name":7}})",
        R"({"person":{"aliases":"a"}})", R"({"person":{"birth_date":-1}})",
        R"({"details":{"found_time":"now"}})", R"({"legal_basis":99})"}) {
    Record record;
    EXPECT_EQ(Outcome(ReadParticulars(json, record)), "STORE_CORRUPT") << json;
  }
}

}  // namespace
}  // namespace homeward
