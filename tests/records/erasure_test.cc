#include "server/records/erasure.h"

#include <gtest/gtest.h>

#include "tests/testing/enrolment_stories.h"

namespace homeward {
namespace {

using namespace homeward::testing;

TEST(ErasureTest, IsFinishedByRepeatingTheRequestThatFailedHalfWay) {
  CasebookFolder folder;
  const auto stored = Enrol(folder.book(), RecordKind::kMissing, {{1, 0}, {1, 1}}).value();
  const RecordId id = stored.record.record.id;
  // A folder in the place of the first file cannot be removed as a file is.
  const auto file = folder.photo_folder() / stored.photos[0].id.ToString();
  const auto aside = folder.database().parent_path() / "aside";
  std::filesystem::rename(file, aside);
  std::filesystem::create_directory(file);

  EXPECT_FALSE(Erase(folder.book(), id, "erase-1"));
  EXPECT_EQ(ReasonOf(FindView(folder.book().store(), id)), Reason::kRecordNotFound);
  EXPECT_FALSE(std::filesystem::exists(folder.photo_folder() / stored.photos[1].id.ToString()))
      << "the other photo was not tried";

  std::filesystem::remove(file);
  std::filesystem::rename(aside, file);
  EXPECT_EQ(Erase(folder.book(), id, "erase-1").value().record.state, RecordState::kErased);
  EXPECT_EQ(folder.StoredPhotoCount(), 0);
}

TEST(ErasureTest, IsFinishedByARestart) {
  CasebookFolder folder;
  const auto stored = Enrol(folder.book(), RecordKind::kMissing, {{1, 0}}).value();
  auto unit = folder.book().store().Begin().value();
  unit->EraseRecord(stored.record.record.id, folder.clock().Now(), "test").value();
  unit->Commit({}).value();
  unit.reset();
  EXPECT_EQ(folder.StoredPhotoCount(), 1);
  folder.Reopen();
  EXPECT_EQ(folder.StoredPhotoCount(), 0);
}

}  // namespace
}  // namespace homeward
