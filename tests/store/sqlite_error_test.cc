#include "server/store/sqlite_error.h"

#include <gmock/gmock.h>

namespace homeward {
namespace {

struct CodeCase {
  int code;
  Reason reason;
};

class SqliteErrorTest : public ::testing::TestWithParam<CodeCase> {};

TEST_P(SqliteErrorTest, SaysWhatItComesTo) {
  const Error error = SqliteError(nullptr, GetParam().code);
  EXPECT_EQ(Name(error.reason), Name(GetParam().reason)) << error.message;
  EXPECT_EQ(error.metadata.at("sqlite_code"), std::to_string(GetParam().code));
}

INSTANTIATE_TEST_SUITE_P(
    Codes, SqliteErrorTest,
    ::testing::Values(CodeCase{SQLITE_BUSY, Reason::kStoreUnavailable},
                      CodeCase{SQLITE_BUSY_SNAPSHOT, Reason::kStoreUnavailable},
                      CodeCase{SQLITE_LOCKED_SHAREDCACHE, Reason::kStoreUnavailable},
                      CodeCase{SQLITE_IOERR_FSYNC, Reason::kStoreUnavailable},
                      CodeCase{SQLITE_CANTOPEN_ISDIR, Reason::kStoreUnavailable},
                      CodeCase{SQLITE_READONLY_DBMOVED, Reason::kStoreUnavailable},
                      CodeCase{SQLITE_NOMEM, Reason::kStoreUnavailable},
                      CodeCase{SQLITE_FULL, Reason::kStoreFull},
                      CodeCase{SQLITE_CORRUPT, Reason::kStoreCorrupt},
                      CodeCase{SQLITE_CORRUPT_INDEX, Reason::kStoreCorrupt},
                      CodeCase{SQLITE_NOTADB, Reason::kStoreCorrupt},
                      CodeCase{SQLITE_IOERR_CORRUPTFS, Reason::kStoreCorrupt},
                      CodeCase{SQLITE_IOERR_SHORT_READ, Reason::kStoreCorrupt},
                      CodeCase{SQLITE_CONSTRAINT_UNIQUE, Reason::kInternal},
                      CodeCase{SQLITE_ERROR, Reason::kInternal},
                      CodeCase{SQLITE_MISUSE, Reason::kInternal}));

}  // namespace
}  // namespace homeward
