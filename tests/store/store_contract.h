// What every store does, whatever database is behind it: the tests of *_contract_test.cc run for
// each adapter that its own test instantiates StoreContractTest for.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "server/store/store.h"
#include "tests/store/outcome.h"
#include "tests/store/store_samples.h"

namespace homeward {

// A new database, deleted at the end.
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

// Everything the port shows, as text to compare.
std::string Describe(const Record& record);
std::string Describe(const PhotoEntry& photo);
std::string Describe(const SearchEntry& search);
std::string Describe(const RequestEntry& request);
std::string Describe(const GalleryChange& change);
std::string Describe(const Store& store);

// What LoadGallery gives.
std::vector<GalleryChange> LoadChanges(const Store& store);

class StoreContractTest : public ::testing::TestWithParam<StoreAdapter> {
 protected:
  StoreContractTest() : under_test_(GetParam().make()) {}
  // Whatever a test left must be there after a restart.
  void TearDown() override;

  Store& store() { return under_test_->store(); }
  void Reopen() { under_test_->Reopen(); }
  StoreSamples& samples() { return samples_; }

  // One committed transaction.
  void Do(const std::function<void(UnitOfWork&)>& work);
  // Stored, each in a transaction of its own, and read again.
  Record Add(RecordKind kind);
  PhotoEntry AddPhoto(const RecordId& record, const std::vector<std::string>& spaces);
  void Erase(const RecordId& record);

 private:
  std::unique_ptr<StoreUnderTest> under_test_;
  StoreSamples samples_;
};

}  // namespace homeward
