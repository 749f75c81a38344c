#include "server/store/spread_archive.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <random>
#include <thread>

#include "matcher/searcher.h"
#include "tests/store/faulty_disk.h"
#include "tests/store/outcome.h"
#include "tests/testing/gallery_changes.h"
#include "tests/testing/temporary_folder.h"

namespace homeward {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

using Bytes = std::vector<char>;
using Findings = std::vector<SpreadArchive::Finding>;

constexpr SpreadFile::Secret kSecret = {1, 2, 3};
constexpr std::size_t kFirstRow = 4096;

Bytes BytesOf(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void Write(const std::filesystem::path& file, const Bytes& bytes) {
  std::ofstream(file, std::ios::binary).write(bytes.data(), std::ssize(bytes));
}

std::vector<std::filesystem::path> FilesIn(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

std::vector<SpreadRow> RowsOf(const Bytes& file) {
  std::vector<SpreadRow> rows((file.size() - kFirstRow) / sizeof(SpreadRow));
  std::memcpy(rows.data(), file.data() + kFirstRow, rows.size() * sizeof(SpreadRow));
  return rows;
}

// What the database would hold, replayed: everybody who is there in one change.
GalleryChange Replay(const GalleryModel& model) {
  GalleryChange all;
  all.number = model.change_number;
  for (const auto& [id, record] : model.records) {
    all.put_records.push_back(record.record);
    for (const ModelFace& each : record.faces) all.add_faces.push_back(each.face);
  }
  std::ranges::sort(all.put_records, {},
                    [](const GalleryRecord& each) { return std::pair(each.created, each.id); });
  return all;
}

// A gallery that changes and the archive beside it.
class Life {
 public:
  explicit Life(std::uint64_t seed) : changes_(seed) { Open(); }

  // Up to `most` people, or so many.
  void Populate(std::size_t people) {
    GalleryChange change;
    for (std::size_t i = 0; i < people; ++i) {
      change.number = model_.change_number + 1;
      change.put_records = {{changes_.NewId<RecordId>(), change.number, Attributes()}};
      change.add_faces.clear();
      for (std::size_t photos = 1 + changes_.Below(2); photos > 0; --photos) {
        change.add_faces.push_back(
            changes_.RandomFace(change.put_records[0].id, changes_.NewId<PhotoId>()));
      }
      Must(gallery().Load(change));
      model_.Apply(change);
    }
    gallery().Publish();
  }
  void Apply(const GalleryChange& change) {
    Must(gallery().Apply(change));
    model_.Apply(change);
  }
  // Somebody comes, gets another photo, loses one or goes.
  void ChangeALittle() {
    GalleryChange change;
    change.number = model_.change_number + 1;
    const ModelRecord& one = Anybody();
    switch (changes_.Below(4)) {
      case 0:
        return Populate(1);
      case 1:
        change.add_faces = {changes_.RandomFace(one.record.id, changes_.NewId<PhotoId>())};
        return Apply(change);
      case 2:
        if (one.faces.empty()) return;
        return DeletePhoto(one.record.id, one.faces.front().face.photo);
      default:
        return Erase(one.record.id);
    }
  }
  void ChangeMuch() { Apply(changes_.Next(model_, 20, 2)); }
  const ModelRecord& Anybody() {
    return std::next(model_.records.begin(),
                     static_cast<std::ptrdiff_t>(changes_.Below(model_.records.size())))
        ->second;
  }
  // As far as the gallery: what a crash right after the commit leaves.
  ChangeNumber CommitErasure(const RecordId& id) {
    const ChangeNumber created = model_.records.at(id).record.created;
    GalleryChange change;
    change.number = model_.change_number + 1;
    change.remove_records = {id};
    Apply(change);
    return created;
  }
  void Erase(const RecordId& id) { Must(archive_->Forget(CommitErasure(id))); }
  void DeletePhoto(const RecordId& record, const PhotoId& photo) {
    const ChangeNumber created = model_.records.at(record).record.created;
    GalleryChange change;
    change.number = model_.change_number + 1;
    change.remove_photos = {photo};
    Apply(change);
    Must(archive_->Forget(created));
  }

  bool Save() {
    return Must(archive_->Save([&]() -> Result<KeptGallery> { return gallery().Keep(); },
                               [] { return false; }));
  }
  // As after a crash. The gallery is made from the database, with what the archive remembers.
  Findings Restart() {
    Open();
    Must(gallery().Load(Replay(model_)));
    gallery().Publish([&](const MeasuredSpace& space, std::span<const SpacePerson> persons) {
      return archive_->Recall(space, persons);
    });
    return Must(archive_->FinishRecall());
  }
  void ExpectSameAsWithoutArchive() {
    Gallery clean = MakeTestGallery();
    Must(clean.Load(Replay(model_)));
    clean.Publish();
    ExpectSame(*gallery().Pin(), *clean.Pin());
  }

  const std::filesystem::path& folder() const { return files_; }
  SpreadArchive& archive() { return *archive_; }
  GalleryModel& model() { return model_; }
  Gallery& gallery() { return held_->gallery; }

 private:
  // Two kinds, so that there are more than a list holds of each.
  RecordAttributes Attributes() {
    RecordAttributes attributes = changes_.RandomAttributes();
    if (attributes.kind == RecordKind::kAtRisk) attributes.kind = RecordKind::kMissing;
    return attributes;
  }

  void Open() {
    held_.reset();
    archive_ = Must(SpreadArchive::Open(files_, kSecret));
    held_ = std::make_unique<Held>();
  }

  // Every spread, and what a search finds with what it is worth.
  void ExpectSame(const GallerySnapshot& one, const GallerySnapshot& other) {
    for (const Space& space : TestSpaces()) {
      const GallerySpace& a = *one.FindSpace(space.id);
      const GallerySpace& b = *other.FindSpace(space.id);
      for (const auto& [id, record] : model_.records) {
        const Slot slot_a = a.person_of_record[*one.FindRow(id)];
        const Slot slot_b = b.person_of_record[*other.FindRow(id)];
        ASSERT_EQ(slot_a == kNoSlot, slot_b == kNoSlot);
        if (slot_a == kNoSlot) continue;
        ASSERT_EQ(a.spread_of_slot[static_cast<std::size_t>(slot_a)],
                  b.spread_of_slot[static_cast<std::size_t>(slot_b)]);
      }
      const Probe probe{.templates = {changes_.RandomTemplate(space)}, .self = std::nullopt};
      const SearchRequest request{.filter = {}, .max_candidates = 1'000, .after = 0};
      const auto found = Must(Search(one, probe, request));
      const auto expected = Must(Search(other, probe, request));
      ASSERT_EQ(found.candidates.size(), expected.candidates.size());
      for (std::size_t i = 0; i < found.candidates.size(); ++i) {
        ASSERT_EQ(found.candidates[i].record, expected.candidates[i].record);
        ASSERT_EQ(found.candidates[i].face, expected.candidates[i].face);
        ASSERT_EQ(found.candidates[i].distance, expected.candidates[i].distance);
        ASSERT_EQ(found.candidates[i].evidence, expected.candidates[i].evidence);
      }
    }
  }

  testing::TemporaryFolder folder_;
  const std::filesystem::path files_ = folder_.path() / "spreads";
  GalleryChanges changes_;
  GalleryModel model_;
  std::unique_ptr<SpreadArchive> archive_;
  // A gallery cannot be moved.
  struct Held {
    Gallery gallery = MakeTestGallery();
  };
  std::unique_ptr<Held> held_;
};

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
  Life life(1);
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
  Life life(2);
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
  Life life(seed);
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
  Life life(3);
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
  Life life(4);
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
  Life life(5);
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
    Life life(6);
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
    Life life(7);
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
  Life life(8);
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
  Life life(9);
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
  Life life(10);
  life.Populate(5);
  ASSERT_TRUE(life.Save());
  const auto files = FilesIn(life.folder());
  Write(life.folder() / "half.spreads.tmp", Bytes(100));
  Write(life.folder() / "of another space.spreads", BytesOf(files[0]));
  Write(files[1], Bytes(5000));
  life.Restart();
  EXPECT_EQ(FilesIn(life.folder()), std::vector{files[0]});
}

// Damage of every kind to a file whose bytes are given, never leaving it as it was.
Bytes Damaged(const Bytes& good, const Bytes& foreign, std::mt19937_64& random) {
  Bytes bytes = good;
  const auto row = [&](std::size_t i) {
    return bytes.begin() + static_cast<std::ptrdiff_t>(kFirstRow + i * sizeof(SpreadRow));
  };
  const std::size_t rows = (good.size() - kFirstRow) / sizeof(SpreadRow);
  while (bytes == good) {
    const std::size_t one = random() % rows;
    const std::size_t other = random() % rows;
    switch (random() % 7) {
      case 0:
      case 1:
        bytes[random() % bytes.size()] ^= static_cast<char>(1U << random() % 8);
        break;
      case 2:
        for (int i = 0; i < 64; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
        break;
      case 3:
        bytes.resize(random() % bytes.size());
        break;
      case 4:
        bytes.resize(bytes.size() + 1 + random() % 1024);
        break;
      case 5:
        std::swap_ranges(row(one), row(one) + sizeof(SpreadRow), row(other));
        break;
      default:
        bytes = foreign;
        if (random() % 2 == 0) {  // its rows under our header
          std::copy_n(good.begin(), kFirstRow, bytes.begin());
        }
    }
  }
  return bytes;
}

TEST(SpreadArchiveTest, SlowNoneOfTwoThousandDamagedFilesIsServedFrom) {
  constexpr std::size_t kPeople = 60;
  Life life(11);
  Life stranger(12);
  for (Life* each : {&life, &stranger}) {
    each->Populate(kPeople);
    ASSERT_TRUE(each->Save());
  }
  const auto files = FilesIn(life.folder());
  std::vector<Bytes> good;
  for (const auto& file : files) good.push_back(BytesOf(file));
  std::mt19937_64 random(20261122);
  for (int i = 0; i < 2000; ++i) {
    const std::size_t which = random() % files.size();
    for (std::size_t file = 0; file < files.size(); ++file) Write(files[file], good[file]);
    Write(files[which], Damaged(good[which], BytesOf(FilesIn(stranger.folder())[which]), random));
    const auto findings = life.Restart();
    ASSERT_EQ(std::ranges::count(findings, std::size_t{0}, &SpreadArchive::Finding::recalled), 1)
        << i;
    ASSERT_NO_FATAL_FAILURE(life.ExpectSameAsWithoutArchive()) << i;
  }
}

}  // namespace
}  // namespace homeward
