// A gallery that lives beside its archive of spreads, and is started anew from both.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "matcher/searcher.h"
#include "server/store/spread_archive.h"
#include "tests/store/outcome.h"
#include "tests/testing/gallery_changes.h"
#include "tests/testing/temporary_folder.h"

namespace homeward {

using Bytes = std::vector<char>;
using Findings = std::vector<SpreadArchive::Finding>;

inline constexpr SpreadFile::Secret kSecret = {1, 2, 3};
inline constexpr std::size_t kFirstRow = 4096;

inline Bytes BytesOf(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void Write(const std::filesystem::path& file, const Bytes& bytes) {
  std::ofstream(file, std::ios::binary).write(bytes.data(), std::ssize(bytes));
}

inline std::vector<std::filesystem::path> FilesIn(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

inline std::vector<SpreadRow> RowsOf(const Bytes& file) {
  std::vector<SpreadRow> rows((file.size() - kFirstRow) / sizeof(SpreadRow));
  std::memcpy(rows.data(), file.data() + kFirstRow, rows.size() * sizeof(SpreadRow));
  return rows;
}

// What the database would hold, replayed: everybody who is there in one change.
inline GalleryChange Replay(const GalleryModel& model) {
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
class ArchivedGallery {
 public:
  explicit ArchivedGallery(std::uint64_t seed) : changes_(seed) { Open(); }

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

}  // namespace homeward
