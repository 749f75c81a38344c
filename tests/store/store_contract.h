// What every store does, whatever database is behind it: the tests *_contract_test.cc run for each
// adapter that is instantiated in its own test.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

#include "server/store/store.h"
#include "tests/store/store_samples.h"

namespace homeward {

// A database of its own, deleted at the end.
class StoreUnderTest {
 public:
  virtual ~StoreUnderTest() = default;
  virtual Store& store() = 0;
  // Closes it and opens it again, as a restart does.
  virtual void Reopen() = 0;
};

struct StoreAdapter {
  std::string name;
  std::function<std::unique_ptr<StoreUnderTest>()> make;
};
inline void PrintTo(const StoreAdapter& adapter, std::ostream* out) { *out << adapter.name; }

// The value; without one the test fails there and then.
template <class T>
T Must(Result<T> result) {
  if (!result) {
    throw std::runtime_error(std::string(result.error().message) + " (reason " +
                             std::to_string(static_cast<int>(result.error().reason)) + ")");
  }
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

// Why it failed; a value fails the test.
template <class T>
Reason ReasonOf(const Result<T>& result) {
  if (result) throw std::runtime_error("there is a value where an error was expected");
  return result.error().reason;
}

// Everything the port shows, as text to compare.
std::string Describe(const Store& store);

class StoreContractTest : public testing::TestWithParam<StoreAdapter> {
 protected:
  StoreContractTest() : under_test_(GetParam().make()) {}
  // Whatever a test left must be there after a restart.
  void TearDown() override {
    if (HasFailure()) return;
    const std::string before = Describe(store());
    under_test_->Reopen();
    EXPECT_EQ(Describe(store()), before);
  }

  Store& store() { return under_test_->store(); }
  SampleIds& ids() { return ids_; }

  // One committed transaction.
  void Do(const std::function<void(UnitOfWork&)>& work) {
    const auto unit_of_work = Must(store().Begin());
    work(*unit_of_work);
    Must(unit_of_work->Commit(SampleEvent()));
  }
  Record Add(RecordKind kind) { return Add(SampleRecord(ids_, kind)); }
  Record Add(const Record& record) {
    Do([&](UnitOfWork& work) { Must(work.AddRecord(record)); });
    return *Must(store().FindRecord(record.id));
  }
  PhotoEntry AddPhoto(const RecordId& record, const std::vector<const char*>& space_ids) {
    const PhotoEntry photo = SamplePhoto(ids_, record, space_ids);
    Do([&](UnitOfWork& work) { Must(work.AddPhoto(photo)); });
    return *Must(store().FindPhoto(photo.id));
  }

 private:
  std::unique_ptr<StoreUnderTest> under_test_;
  SampleIds ids_;
};

}  // namespace homeward
