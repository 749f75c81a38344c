#include "server/store/sqlite_store.h"

#include "tests/store/sqlite_store_under_test.h"

namespace homeward {
namespace {

INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContractTest,
                         testing::Values(StoreAdapter{
                             "Sqlite", [] { return std::make_unique<SqliteStoreUnderTest>(); }}),
                         [](const auto& adapter) { return adapter.param.name; });

}  // namespace
}  // namespace homeward
