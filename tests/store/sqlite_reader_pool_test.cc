#include "server/store/sqlite_reader_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <optional>
#include <thread>

#include "tests/store/database_folder.h"
#include "tests/store/outcome.h"

namespace homeward {
namespace {

class SqliteReaderPoolTest : public ::testing::Test {
 protected:
  SqliteReaderPoolTest() {
    std::ofstream(folder_.file()).close();
    writer_ = Must(SqliteConnection::Open(folder_.file(), SqliteConnection::Access::kWrite, {}));
    pool_ = Must(SqliteReaderPool::Open(folder_.file(), 2, {}));
  }

  DatabaseFolder folder_;
  std::unique_ptr<SqliteConnection> writer_;
  std::unique_ptr<SqliteReaderPool> pool_;
};

TEST_F(SqliteReaderPoolTest, LeasesAConnectionToOneThreadAtATime) {
  std::atomic<int> readers = 0;
  std::atomic<int> most = 0;
  const auto read = [&] {
    for (int i = 0; i < 200; ++i) {
      const auto lease = pool_->Acquire();
      const int now = ++readers;
      int known = most;
      while (now > known && !most.compare_exchange_weak(known, now)) {
      }
      EXPECT_FALSE((*lease).in_transaction());
      --readers;
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(read);
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(most, 2);
}

TEST_F(SqliteReaderPoolTest, RunsIdleWorkWhileNobodyReadsAndLetsNewReadersWait) {
  std::atomic<int> readers = 0;
  std::atomic<bool> reading = true;
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      while (reading) {
        const auto lease = pool_->Acquire();
        ++readers;
        std::this_thread::yield();
        --readers;
      }
    });
  }
  for (int i = 0; i < 200; ++i) EXPECT_EQ(pool_->WhileIdle([&] { return readers.load(); }), 0);
  reading = false;
  for (std::thread& thread : threads) thread.join();
}

TEST_F(SqliteReaderPoolTest, OpensNothingWhereThereIsNoDatabase) {
  EXPECT_EQ(Outcome(SqliteReaderPool::Open(folder_.path() / "absent.db", 2, {})),
            "STORE_UNAVAILABLE");
}

}  // namespace
}  // namespace homeward
