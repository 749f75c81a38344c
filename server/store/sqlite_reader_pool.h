// Reading connections, leased one to a thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "matcher/error.h"
#include "server/store/sqlite_connection.h"

namespace homeward {

// Thread safe.
class SqliteReaderPool {
 public:
  // `size` >= 1 connections to a database that is there. Errors: as SqliteConnection::Open.
  static Result<std::unique_ptr<SqliteReaderPool>> Open(const std::filesystem::path& file, int size,
                                                        std::chrono::milliseconds busy_wait);

  // Gives the connection back when it is destroyed. The pool must outlive it.
  class Lease {
   public:
    Lease(SqliteReaderPool& pool, std::unique_ptr<SqliteConnection> connection)
        : pool_(pool), connection_(std::move(connection)) {}
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease() { pool_.GiveBack(std::move(connection_)); }
    SqliteConnection& operator*() const { return *connection_; }

   private:
    SqliteReaderPool& pool_;
    std::unique_ptr<SqliteConnection> connection_;
  };
  // Waits for a free one.
  Lease Acquire();

  // Runs `work` while nobody reads: waits for those who do, and lets newcomers wait. One at a time.
  template <class Work>
  auto WhileIdle(Work work) {
    std::unique_lock lock(mutex_);
    draining_ = true;
    changed_.wait(lock, [this] { return free_.size() == size_; });
    const auto result = work();
    draining_ = false;
    changed_.notify_all();
    return result;
  }

 private:
  explicit SqliteReaderPool(std::vector<std::unique_ptr<SqliteConnection>> connections)
      : size_(connections.size()), free_(std::move(connections)) {}
  void GiveBack(std::unique_ptr<SqliteConnection> connection);

  const std::size_t size_;
  std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_.
  bool draining_ = false;
  std::vector<std::unique_ptr<SqliteConnection>> free_;
};

}  // namespace homeward
