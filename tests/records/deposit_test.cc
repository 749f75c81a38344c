#include "server/records/deposit.h"

#include <gtest/gtest.h>

#include <optional>

#include "tests/testing/casebook_folder.h"

namespace homeward {
namespace {

const std::vector<std::uint8_t> kBytes{1, 2, 3};

TEST(DepositTest, TakesItsBytesOutAgainUnlessTheyAreKept) {
  testing::CasebookFolder folder;
  testing::SequentialIds ids;
  for (const bool keep : {false, true}) {
    std::optional<Deposit> deposit(folder.book().vault());
    deposit->Put(PhotoId{ids.Next()}, kBytes).value();
    deposit->Put(PhotoId{ids.Next()}, kBytes).value();
    EXPECT_EQ(folder.StoredPhotoCount(), 2);
    if (keep) deposit->Keep();
    deposit.reset();
    EXPECT_EQ(folder.StoredPhotoCount(), keep ? 2 : 0);
  }
}

}  // namespace
}  // namespace homeward
