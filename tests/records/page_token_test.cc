#include "server/records/page_token.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/testing/reasons.h"

namespace homeward {
namespace {

using homeward::testing::ReasonOf;

const HashKey kKey{1, 2, 3};
const ListIdentity kList{"ListRecords", "arguments"};

TEST(PageTokenTest, GivesBackThePositionThatWasSealed) {
  rc::check([](const std::string& position, const std::string& method, const std::string& text) {
    const ListIdentity list{method, text};
    const auto token = SealPageToken(kKey, list, position);
    RC_ASSERT(OpenPageToken(kKey, list, token).value() == position);
  });
  rc::check([](std::int64_t number) {
    RC_ASSERT(OpenPageNumber(kKey, kList, SealPageNumber(kKey, kList, number)).value() == number);
  });
}

TEST(PageTokenTest, AsksForTheFirstPageWhenItIsEmpty) {
  EXPECT_FALSE(OpenPageToken(kKey, kList, "").value());
  EXPECT_EQ(OpenPageNumber(kKey, kList, "").value(), 0);
}

TEST(PageTokenTest, IsRefusedByEveryOtherListAndKey) {
  const auto token = SealPageNumber(kKey, kList, 7);
  for (const ListIdentity& list :
       {ListIdentity{"ListRecords", "argument"}, ListIdentity{"ListRecord", "sarguments"},
        ListIdentity{"ListSearches", "arguments"}}) {
    EXPECT_EQ(ReasonOf(OpenPageNumber(kKey, list, token)), Reason::kPageTokenInvalid);
  }
  EXPECT_EQ(ReasonOf(OpenPageNumber(HashKey{}, kList, token)), Reason::kPageTokenInvalid);
}

TEST(PageTokenTest, IsRefusedWhenAnythingInItChanged) {
  const auto token = SealPageNumber(kKey, kList, 1234);
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(ReasonOf(OpenPageNumber(kKey, kList, changed)), Reason::kPageTokenInvalid) << i;
    EXPECT_EQ(ReasonOf(OpenPageNumber(kKey, kList, token.substr(0, i + 1) + "!")),
              Reason::kPageTokenInvalid);
  }
  EXPECT_EQ(ReasonOf(OpenPageNumber(kKey, kList, token + "A")), Reason::kPageTokenInvalid);
  EXPECT_EQ(ReasonOf(OpenPageNumber(kKey, kList, "7")), Reason::kPageTokenInvalid);
}

TEST(PageTokenTest, TakesNoPositionThatIsNoNumberForOne) {
  EXPECT_EQ(ReasonOf(OpenPageNumber(kKey, kList, SealPageToken(kKey, kList, "12x"))),
            Reason::kPageTokenInvalid);
}

TEST(PageSizeTest, IsBoundedAndNeverNegative) {
  EXPECT_EQ(PageSize(0).value(), 50);
  EXPECT_EQ(PageSize(1).value(), 1);
  EXPECT_EQ(PageSize(500).value(), 500);
  EXPECT_EQ(PageSize(501).value(), 500);
  EXPECT_EQ(ReasonOf(PageSize(-1)), Reason::kFieldInvalid);
}

}  // namespace
}  // namespace homeward
