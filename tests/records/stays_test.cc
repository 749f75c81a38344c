#include "server/records/stays.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testing/enrolment_stories.h"

namespace homeward {
namespace {

using namespace homeward::testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class StaysTest : public ::testing::Test {
 protected:
  RecordId Store(RecordKind kind) { return Enrol(book_, kind, {}).value().record.record.id; }
  Result<RecordView> Link(const RecordId& one, const RecordId& other) {
    return LinkStays(book_, IntentFor("LinkStays"), one, other);
  }
  Result<RecordView> Unlink(const RecordId& one, const RecordId& other) {
    return UnlinkStays(book_, IntentFor("UnlinkStays"), one, other);
  }

  CasebookFolder folder_;
  Casebook& book_ = folder_.book();
  RecordId one_ = Store(RecordKind::kStranded);
  RecordId other_ = Store(RecordKind::kStranded);
};

TEST_F(StaysTest, LinkBothWaysAndUnlink) {
  EXPECT_THAT(Link(one_, other_).value().linked_stays, ElementsAre(other_));
  EXPECT_THAT(FindView(book_.store(), other_).value().linked_stays, ElementsAre(one_));
  EXPECT_THAT(Unlink(other_, one_).value().linked_stays, IsEmpty());
  EXPECT_THAT(FindView(book_.store(), one_).value().linked_stays, IsEmpty());
}

TEST_F(StaysTest, CountAsAChangeOfBoth) {
  const auto version = [&](const RecordId& id) {
    return FindView(book_.store(), id).value().record.version;
  };
  const auto before = version(one_) + version(other_);
  Link(one_, other_).value();
  EXPECT_EQ(version(one_) + version(other_), before + 2);
  EXPECT_FALSE(Link(one_, other_));
  EXPECT_EQ(version(one_) + version(other_), before + 2);
}

TEST_F(StaysTest, RefuseWhatCannotBeLinked) {
  Link(one_, other_).value();
  EXPECT_EQ(ReasonOf(Link(one_, other_)), Reason::kAlreadyLinked);
  EXPECT_EQ(ReasonOf(Link(other_, one_)), Reason::kAlreadyLinked);
  EXPECT_EQ(ReasonOf(Link(one_, one_)), Reason::kFieldInvalid);
  EXPECT_EQ(ReasonOf(Link(one_, RecordId{})), Reason::kRecordNotFound);
  EXPECT_EQ(ReasonOf(Link(RecordId{}, one_)), Reason::kRecordNotFound);
  EXPECT_EQ(ReasonOf(Link(one_, Store(RecordKind::kMissing))), Reason::kKindMismatch);
  EXPECT_EQ(ReasonOf(Link(Store(RecordKind::kAtRisk), one_)), Reason::kKindMismatch);
}

TEST_F(StaysTest, RefuseToUnlinkWhatIsNotLinked) {
  EXPECT_EQ(ReasonOf(Unlink(one_, other_)), Reason::kNotLinked);
  EXPECT_EQ(ReasonOf(Unlink(one_, RecordId{})), Reason::kRecordNotFound);
}

TEST_F(StaysTest, GoWithAnErasedRecord) {
  Link(one_, other_).value();
  Erase(book_, other_).value();
  EXPECT_THAT(FindView(book_.store(), one_).value().linked_stays, IsEmpty());
  EXPECT_EQ(ReasonOf(Link(one_, other_)), Reason::kRecordNotFound);
}

TEST_F(StaysTest, StaySearchableEachForItself) {
  const auto first = Enrol(book_, RecordKind::kStranded, {{1, 0}}).value().record.record.id;
  const auto second = Enrol(book_, RecordKind::kStranded, {{1, 1}}).value().record.record.id;
  Link(first, second).value();
  const auto report = Enrol(book_, RecordKind::kMissing, {{1, 0}}).value();
  EXPECT_THAT(RecordsOf(*report.search), ElementsAre(first, second));
}

}  // namespace
}  // namespace homeward
