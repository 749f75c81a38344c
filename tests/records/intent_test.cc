#include "server/records/intent.h"

#include <gtest/gtest.h>

#include "tests/testing/enrolment_stories.h"

namespace homeward {
namespace {

using namespace homeward::testing;

class IntentTest : public ::testing::Test {
 protected:
  IntentTest() {
    const auto work = book_.store().Begin().value();
    RequestEntry done;
    done.caller = intent_.caller;
    done.method = intent_.method;
    done.request_id = intent_.request_id;
    done.digest = intent_.digest;
    done.record = record_;
    work->RememberRequest(done).value();
    work->Commit({}).value();
  }

  CasebookFolder folder_;
  Casebook& book_ = folder_.book();
  const RecordId record_{book_.ids().Next()};
  const Intent intent_ = [] {
    Intent intent = IntentFor("CreateRecord", "intake-1");
    intent.digest.fill(7);
    return intent;
  }();
};

TEST_F(IntentTest, IsKnownAgainByCallerIdMethodAndContent) {
  EXPECT_EQ(FindAnswered(book_.store(), intent_).value()->record, record_);
  Intent other = intent_;
  other.purpose = "told in other words";  // its content is in the digest
  EXPECT_TRUE(FindAnswered(book_.store(), other).value());
}

TEST_F(IntentTest, IsRefusedWhereTheIdStandsForSomethingElse) {
  Intent other_method = intent_;
  other_method.method = "UpdateRecord";
  Intent other_content = intent_;
  other_content.digest.back() ^= 1;
  for (const Intent& other : {other_method, other_content}) {
    const auto found = FindAnswered(book_.store(), other);
    ASSERT_EQ(ReasonOf(found), Reason::kRequestIdReused);
    EXPECT_EQ(found.error().metadata.at("request_id"), "intake-1");
  }
}

TEST_F(IntentTest, IsNewForAnotherCallerOrAnotherIdOrNone) {
  Intent other_caller = intent_;
  other_caller.caller = "police";
  Intent other_id = intent_;
  other_id.request_id = "intake-10";
  Intent without_id = intent_;
  without_id.request_id.clear();
  for (const Intent& other : {other_caller, other_id, without_id}) {
    EXPECT_FALSE(FindAnswered(book_.store(), other).value());
  }
}

}  // namespace
}  // namespace homeward
