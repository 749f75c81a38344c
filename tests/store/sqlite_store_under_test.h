// A SQLite store in a folder of its own.
#pragma once

#include <memory>

#include "server/store/sqlite_store.h"
#include "tests/store/database_folder.h"
#include "tests/store/outcome.h"
#include "tests/store/store_contract.h"

namespace homeward {

class SqliteStoreUnderTest final : public StoreUnderTest {
 public:
  explicit SqliteStoreUnderTest(const SqliteStoreOptions& options = {}) : options_(options) {
    Reopen();
  }
  Store& store() override { return *store_; }
  void Reopen() override {
    Close();
    store_ = Must(SqliteStore::Open(folder_.file(), options_));
  }
  void Close() { store_.reset(); }
  const DatabaseFolder& folder() const { return folder_; }

 private:
  SqliteStoreOptions options_;
  DatabaseFolder folder_;
  std::unique_ptr<SqliteStore> store_;
};

}  // namespace homeward
