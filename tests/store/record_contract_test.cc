#include "tests/store/store_contract.h"

namespace homeward {
namespace {

TEST_P(StoreContractTest, FindsARecordAsItWasAdded) {
  for (const RecordKind kind : {RecordKind::kStranded, RecordKind::kMissing, RecordKind::kAtRisk}) {
    const Record sample = SampleRecord(ids(), kind);
    const Record found = Add(sample);
    Record expected = sample;
    expected.created_change = Must(store().LastChange());
    EXPECT_EQ(found, expected);
  }
  EXPECT_EQ(Must(store().FindRecord(ids().Next<RecordId>())), std::nullopt);
}

}  // namespace
}  // namespace homeward
