#include "server/store/sqlite_reader_pool.h"

namespace homeward {

Result<std::unique_ptr<SqliteReaderPool>> SqliteReaderPool::Open(
    const std::filesystem::path& file, int size, std::chrono::milliseconds busy_wait) {
  std::vector<std::unique_ptr<SqliteConnection>> connections;
  for (int i = 0; i < size; ++i) {
    auto connection = SqliteConnection::Open(file, SqliteConnection::Access::kRead, busy_wait);
    if (!connection) return std::unexpected(connection.error());
    connections.push_back(*std::move(connection));
  }
  return std::unique_ptr<SqliteReaderPool>(new SqliteReaderPool(std::move(connections)));
}

SqliteReaderPool::Lease SqliteReaderPool::Acquire() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !draining_ && !free_.empty(); });
  auto connection = std::move(free_.back());
  free_.pop_back();
  return {*this, std::move(connection)};
}

void SqliteReaderPool::GiveBack(std::unique_ptr<SqliteConnection> connection) {
  {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(connection));
  }
  changed_.notify_all();
}

}  // namespace homeward
