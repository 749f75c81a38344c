#include "server/store/spread_archive.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <map>
#include <random>
#include <thread>

#include "tests/store/archived_gallery.h"
#include "tests/store/faulty_disk.h"

namespace homeward {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

// A row of a record in a file.
struct Trace {
  std::filesystem::path file;
  std::uint32_t place = 0;
  SpreadRow row;
};

std::vector<Trace> TracesOf(const std::filesystem::path& folder, ChangeNumber record) {
  std::vector<Trace> traces;
  for (const auto& file : FilesIn(folder)) {
    const auto rows = RowsOf(BytesOf(file));
    for (std::uint32_t place = 0; place < rows.size(); ++place) {
      if (rows[place].record == record) traces.push_back({file, place, rows[place]});
    }
  }
  return traces;
}

std::size_t Namings(const Trace& trace) {
  std::size_t namings = 0;
  if (!std::filesystem::exists(trace.file)) return namings;
  for (const SpreadRow& row : RowsOf(BytesOf(trace.file))) {
    const auto others = std::span(row.others).first(row.count);
    namings += static_cast<std::size_t>(std::ranges::count(others, trace.place));
  }
  return namings;
}

// No row, no fingerprint and no list that names the place is left; `before`: what there was in the
// same files.
void ExpectForgotten(const std::filesystem::path& folder, ChangeNumber record,
                     const std::vector<Trace>& before) {
  EXPECT_THAT(TracesOf(folder, record), IsEmpty());
  for (const Trace& trace : before) {
    std::array<char, sizeof trace.row.fingerprint> fingerprint;
    std::memcpy(fingerprint.data(), &trace.row.fingerprint, fingerprint.size());
    for (const auto& file : FilesIn(folder)) {
      const Bytes bytes = BytesOf(file);
      EXPECT_TRUE(std::ranges::search(bytes, fingerprint).empty()) << file;
    }
    EXPECT_EQ(Namings(trace), 0u);
  }
}

// With more people of a kind than a list holds.
constexpr std::size_t kMany = 280;

TEST(SpreadArchiveTest, AStartTakesEverybodyFromItAndEqualsOneWithout) {
  ArchivedGallery life(1);
  life.Populate(kMany);
  ASSERT_TRUE(life.Save());
  const auto findings = life.Restart();
  ASSERT_THAT(findings, SizeIs(TestSpaces().size()));
  for (const auto& each : findings) {
    EXPECT_GT(each.persons, kMany / 2);
    EXPECT_EQ(each.recalled, each.persons);
    EXPECT_EQ(each.why_not, "");
  }
  EXPECT_EQ(life.archive().saved_change(), life.model().change_number);
  life.ExpectSameAsWithoutArchive();
}

TEST(SpreadArchiveTest, AStartWithoutItSaysSo) {
  ArchivedGallery life(2);
  life.Populate(10);
  for (const auto& each : life.Restart()) {
    EXPECT_EQ(each.recalled, 0u);
    EXPECT_NE(each.why_not, "");
  }
  EXPECT_EQ(life.archive().saved_change(), 0);
  life.ExpectSameAsWithoutArchive();
}

// Whatever comes and goes, and wherever it is saved, forgotten and started anew in between.
void LiveAndRestart(std::uint64_t seed, std::size_t people, int steps) {
  ArchivedGallery life(seed);
  std::mt19937_64 random(seed);
  life.Populate(people);
  for (int step = 0; step < steps; ++step) {
    switch (random() % 6) {
      case 0:
        ASSERT_TRUE(life.Save());
        break;
      case 1:
        life.Restart();
        ASSERT_NO_FATAL_FAILURE(life.ExpectSameAsWithoutArchive());
        break;
      case 2:
        life.ChangeMuch();
        break;
      default:
        life.ChangeALittle();
    }
  }
  life.Restart();
  ASSERT_NO_FATAL_FAILURE(life.ExpectSameAsWithoutArchive());
}

TEST(SpreadArchiveTest, EveryStartEqualsOneWithoutIt) {
  for (std::uint64_t seed = 0; seed < 6; ++seed) {
    SCOPED_TRACE(seed);
    LiveAndRestart(seed, seed % 3 == 0 ? 5 : kMany, 30);
  }
}

TEST(SpreadArchiveTest, ForgetsAnErasedPersonAndTheirPlaceAmongOthersAtOnce) {
  ArchivedGallery life(3);
  life.Populate(kMany);
  ASSERT_TRUE(life.Save());
  for (int i = 0; i < 20; ++i) {
    const ModelRecord one = life.Anybody();
    const auto before = TracesOf(life.folder(), one.record.created);
    std::size_t namings = 0;
    for (const Trace& trace : before) namings += Namings(trace);
    EXPECT_TRUE(before.empty() || i > 0 || namings > 0);
    life.Erase(one.record.id);
    ExpectForgotten(life.folder(), one.record.created, before);
  }
  for (const auto& each : life.Restart()) EXPECT_LT(each.recalled, each.persons);
  life.ExpectSameAsWithoutArchive();
}

TEST(SpreadArchiveTest, RewritesNoRowThatHasNothingToDoWithAnErasure) {
  ArchivedGallery life(4);
  life.Populate(kMany);
  ASSERT_TRUE(life.Save());
  const ModelRecord one = life.Anybody();
  const auto traces = TracesOf(life.folder(), one.record.created);
  std::map<std::filesystem::path, Bytes> before;
  for (const auto& file : FilesIn(life.folder())) before[file] = BytesOf(file);
  life.Erase(one.record.id);
  for (const Trace& trace : traces) {
    const auto old_rows = RowsOf(before[trace.file]);
    const auto new_rows = RowsOf(BytesOf(trace.file));
    ASSERT_EQ(old_rows.size(), new_rows.size());
    for (std::size_t place = 0; place < old_rows.size(); ++place) {
      const auto others = std::span(old_rows[place].others).first(old_rows[place].count);
      const bool is_concerned =
          place == trace.place || std::ranges::find(others, trace.place) != others.end();
      EXPECT_EQ(std::memcmp(&old_rows[place], &new_rows[place], sizeof(SpreadRow)) != 0,
                is_concerned);
    }
  }
}

TEST(SpreadArchiveTest, AStartForgetsWhomACrashLeftBetweenTheCommitAndTheFiles) {
  ArchivedGallery life(5);
  life.Populate(kMany);
  ASSERT_TRUE(life.Save());
  const ModelRecord one = life.Anybody();
  const auto before = TracesOf(life.folder(), one.record.created);
  life.CommitErasure(one.record.id);
  life.Restart();
  ExpectForgotten(life.folder(), one.record.created, before);
  life.ExpectSameAsWithoutArchive();
}

// As if the process had ended at each step in turn: from there on nothing reaches the disk.
TEST(SpreadArchiveTest, LeavesNothingOfAnErasedPersonWhereverItCrashes) {
  // One row after the other is written alike, so later steps are taken further apart.
  for (std::size_t step = 0;; step = step < 4 ? step + 1 : step * 3 / 2) {
    SCOPED_TRACE(step);
    ArchivedGallery life(6);
    life.Populate(kMany);
    ASSERT_TRUE(life.Save());
    const ModelRecord one = life.Anybody();
    const auto before = TracesOf(life.folder(), one.record.created);
    const ChangeNumber record = life.CommitErasure(one.record.id);
    bool is_done = false;
    {
      const FaultyDisk disk(life.folder(), step, EIO, FaultyDisk::Failing::kFromThenOn);
      is_done = life.archive().Forget(record).has_value();
    }
    if (is_done) {
      ExpectForgotten(life.folder(), record, before);
      if (std::filesystem::exists(before.front().file)) break;  // it met no fault
    }
    life.Restart();
    ExpectForgotten(life.folder(), record, before);
    life.ExpectSameAsWithoutArchive();
  }
}

TEST(SpreadArchiveTest, IsWholeOrAsItWasWhereverWritingItEnds) {
  for (std::size_t step = 0;; ++step) {
    SCOPED_TRACE(step);
    ArchivedGallery life(7);
    life.Populate(40);
    ASSERT_TRUE(life.Save());
    life.ChangeMuch();
    bool is_done = false;
    {
      const FaultyDisk disk(life.folder(), step, ENOSPC, FaultyDisk::Failing::kFromThenOn);
      is_done = life.archive()
                    .Save([&]() -> Result<KeptGallery> { return life.gallery().Keep(); },
                          [] { return false; })
                    .has_value();
    }
    life.Restart();
    life.ExpectSameAsWithoutArchive();
    EXPECT_LE(FilesIn(life.folder()).size(), TestSpaces().size());
    if (is_done) break;
  }
}

TEST(SpreadArchiveTest, ForgetsWhoeverGoesWhileItIsSaved) {
  ArchivedGallery life(8);
  life.Populate(kMany);
  ASSERT_TRUE(life.Save());
  const ModelRecord one = life.Anybody();
  const auto before = TracesOf(life.folder(), one.record.created);
  const KeptGallery kept = life.gallery().Keep();
  const ChangeNumber record = life.CommitErasure(one.record.id);
  std::jthread forgetting;
  Must(life.archive().Save([&]() -> Result<KeptGallery> { return kept; },
                           [&] {
                             if (!forgetting.joinable()) {
                               forgetting =
                                   std::jthread([&] { Must(life.archive().Forget(record)); });
                             }
                             return false;
                           }));
  forgetting.join();
  ExpectForgotten(life.folder(), record, before);
}

TEST(SpreadArchiveTest, IsForItsOwnerAlone) {
  ArchivedGallery life(9);
  life.Populate(5);
  ASSERT_TRUE(life.Save());
  const auto mode_of = [](const std::filesystem::path& path) {
    struct stat status{};
    EXPECT_EQ(stat(path.c_str(), &status), 0);
    return status.st_mode & 0777;
  };
  EXPECT_EQ(mode_of(life.folder()), 0700u);
  for (const auto& file : FilesIn(life.folder())) EXPECT_EQ(mode_of(file), 0600u);
}

TEST(SpreadArchiveTest, AStartRemovesWhatIsOfNoUse) {
  ArchivedGallery life(10);
  life.Populate(5);
  ASSERT_TRUE(life.Save());
  const auto files = FilesIn(life.folder());
  Write(life.folder() / "half.spreads.tmp", Bytes(100));
  Write(life.folder() / "of another space.spreads", BytesOf(files[0]));
  Write(files[1], Bytes(5000));
  life.Restart();
  EXPECT_EQ(FilesIn(life.folder()), std::vector{files[0]});
}

}  // namespace
}  // namespace homeward
