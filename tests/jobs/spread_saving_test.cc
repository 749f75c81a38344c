#include "server/jobs/spread_saving.h"

#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <iterator>

#include "server/records/photo_book.h"
#include "tests/testing/enrolment_stories.h"

namespace homeward {
namespace {

using namespace homeward::testing;

bool Save(CasebookFolder& folder, ChangeNumber least_changes) {
  Casebook& book = folder.book();
  return SaveSpreads(book.store(), book.gallery(), *book.spreads(), least_changes,
                     [] { return false; })
      .value();
}

// The records that have a person in the files, and how often one names another.
struct Contents {
  std::vector<ChangeNumber> records;
  std::size_t namings = 0;
};

Contents ContentsOf(const std::filesystem::path& folder) {
  Contents contents;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path(), std::ios::binary);
    file.seekg(4096);
    SpreadRow row;
    while (file.read(reinterpret_cast<char*>(&row), sizeof row)) {
      if (row.state != SpreadRow::State::kNobody) contents.records.push_back(row.record);
      contents.namings += row.count;
    }
  }
  return contents;
}

// A folder whose one space is weighed, so that it has spreads.
class SpreadSavingTest : public ::testing::Test {
 protected:
  SpreadSavingTest() {
    const Space space = SyntheticSpace();
    folder_.Reopen({space}, {.id = "fused", .space_ids = {space.id}, .line = {}});
  }
  RecordId EnrolOne(int identity) {
    return Enrol(folder_.book(), RecordKind::kMissing, {{identity, 0}}).value().record.record.id;
  }

  CasebookFolder folder_;
};

TEST_F(SpreadSavingTest, WaitsUntilItIsWorthIt) {
  EXPECT_FALSE(Save(folder_, 1)) << "nothing has changed";
  for (int identity = 1; identity <= 2; ++identity) EnrolOne(identity);
  EXPECT_FALSE(Save(folder_, 3));
  EnrolOne(3);
  EXPECT_TRUE(Save(folder_, 3));
  EXPECT_EQ(ContentsOf(folder_.spread_folder()).records, (std::vector<ChangeNumber>{1, 2, 3}));
  EXPECT_FALSE(Save(folder_, 1));
}

TEST_F(SpreadSavingTest, AnErasureReachesWhatWasSaved) {
  const RecordId erased = EnrolOne(1);
  for (int identity = 2; identity <= 4; ++identity) EnrolOne(identity);
  ASSERT_TRUE(Save(folder_, 1));
  EXPECT_EQ(ContentsOf(folder_.spread_folder()).namings, 4u * 3);
  ASSERT_TRUE(Erase(folder_.book(), erased).has_value());
  const Contents left = ContentsOf(folder_.spread_folder());
  EXPECT_EQ(left.records, (std::vector<ChangeNumber>{2, 3, 4}));
  EXPECT_EQ(left.namings, 0u) << "the lists named the person";
}

TEST_F(SpreadSavingTest, ADeletedPhotoReachesWhatWasSaved) {
  const auto stored = Enrol(folder_.book(), RecordKind::kMissing, {{1, 0}, {1, 1}}).value();
  EnrolOne(2);
  ASSERT_TRUE(Save(folder_, 1));
  const RecordId record = stored.record.record.id;
  ASSERT_TRUE(DeletePhoto(folder_.book(), IntentFor("DeletePhoto"), {record, stored.photos[0].id})
                  .has_value());
  EXPECT_EQ(ContentsOf(folder_.spread_folder()).records, (std::vector<ChangeNumber>{2}));
  folder_.Reopen();
  EXPECT_TRUE(Save(folder_, 1));
  EXPECT_EQ(ContentsOf(folder_.spread_folder()).records, (std::vector<ChangeNumber>{1, 2}));
}

TEST_F(SpreadSavingTest, AStartForgetsWhomACrashLeftInIt) {
  const RecordId erased = EnrolOne(1);
  for (int identity = 2; identity <= 12; ++identity) EnrolOne(identity);
  ASSERT_TRUE(Save(folder_, 1));
  auto unit = folder_.book().store().Begin().value();
  unit->EraseRecord(erased, folder_.clock().Now(), "test").value();
  ASSERT_TRUE(unit->Commit({}).has_value());
  unit.reset();
  EXPECT_EQ(ContentsOf(folder_.spread_folder()).records.size(), 12u);
  folder_.Reopen();
  const Contents left = ContentsOf(folder_.spread_folder());
  EXPECT_EQ(left.records.size(), 11u);
  EXPECT_EQ(left.namings, 0u);
}

}  // namespace
}  // namespace homeward
