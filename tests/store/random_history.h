// Random changes of a store, and a plain model of what it should hold after them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "server/store/store.h"
#include "tests/store/random_values.h"

namespace homeward {

class RandomHistory {
 public:
  explicit RandomHistory(std::uint64_t seed) : random_(seed) {}

  // Commits one change to the store and makes it in the model.
  void MakeChange(Store& store);

  RandomValues& random() { return random_; }
  ChangeNumber last_change() const { return last_change_; }
  // Open records by created_change, and their photos in the order in which they came.
  const std::map<ChangeNumber, Record>& records() const { return records_; }
  const std::vector<PhotoEntry>& photos() const { return photos_; }
  // Counted pair by pair.
  Coverage CountCoverage() const;

 private:
  struct LiveTemplate;
  Record& AnyRecord();
  void AddRecord(UnitOfWork& work);
  void AddPhoto(UnitOfWork& work, const RecordId& record);
  void UpdateRecord(UnitOfWork& work, Record& record);
  void DeletePhoto(UnitOfWork& work);
  void EraseRecord(UnitOfWork& work, RecordId record);
  std::vector<LiveTemplate> LiveTemplates() const;

  RandomValues random_;
  ChangeNumber last_change_ = 0;
  std::map<ChangeNumber, Record> records_;
  std::vector<PhotoEntry> photos_;
  std::map<std::pair<FaceId, std::string>, ChangeNumber> compared_through_;
};

}  // namespace homeward
