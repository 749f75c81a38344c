#include "server/records/gallery_rebuild.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>
#include <unordered_set>
#include <utility>

#include "matcher/gallery_snapshot.h"

namespace homeward {
namespace {

constexpr std::size_t kChangesAtOnce = 512;

void DropOtherSpaces(const std::unordered_set<std::string_view>& ids, GalleryChange& change) {
  for (GalleryFace& face : change.add_faces) {
    std::erase_if(face.templates,
                  [&](const Template& each) { return !ids.contains(each.space_id); });
  }
  std::erase_if(change.add_faces, [](const GalleryFace& face) { return face.templates.empty(); });
}

// Changes on their way from the thread that reads them to the one that loads them.
class ChangeQueue {
 public:
  using Batch = std::vector<GalleryChange>;

  // Waits while much is under way. False: no more are wanted.
  bool Push(Batch batch) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return batches_.size() < kMost || closed_; });
    if (closed_) return false;
    batches_.push_back(std::move(batch));
    changed_.notify_all();
    return true;
  }
  // The next; nullopt when it is closed and all were taken.
  std::optional<Batch> Pop() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !batches_.empty() || closed_; });
    if (batches_.empty()) return std::nullopt;
    Batch batch = std::move(batches_.front());
    batches_.pop_front();
    changed_.notify_all();
    return batch;
  }
  void Close() {
    const std::scoped_lock lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }

 private:
  static constexpr std::size_t kMost = 16;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Batch> batches_;  // these two: guarded by mutex_
  bool closed_ = false;
};

Result<void> LoadAll(ChangeQueue& queue, Gallery& gallery) {
  while (const auto batch = queue.Pop()) {
    for (const GalleryChange& change : *batch) {
      if (auto loaded = gallery.Load(change); !loaded) {
        queue.Close();
        return loaded;
      }
    }
  }
  return {};
}

// What the database holds, in number.
struct Held {
  std::int64_t records = 0;
  std::unordered_set<FaceId> faces = {};  // one comes again with a template of a later space
  std::uint64_t digest = 0;

  void Count(const GalleryChange& change) {
    records += std::ranges::count(change.put_records, change.number, &GalleryRecord::created);
    for (const GalleryFace& face : change.add_faces) {
      if (faces.insert(face.face).second) digest += DigestOf(face.face);
    }
  }
};

// Reads and loads at the same time.
Result<Held> LoadFrom(const Store& store, const std::unordered_set<std::string_view>& space_ids,
                      Gallery& gallery) {
  Held held;
  ChangeQueue queue;
  Result<void> loaded;
  std::jthread loader([&] { loaded = LoadAll(queue, gallery); });
  ChangeQueue::Batch batch;
  const auto read = store.LoadGallery([&](GalleryChange change) -> Result<void> {
    DropOtherSpaces(space_ids, change);
    held.Count(change);
    batch.push_back(std::move(change));
    if (batch.size() < kChangesAtOnce || queue.Push(std::exchange(batch, {}))) return {};
    return Fail(Reason::kInternal, "The gallery takes no more.");
  });
  queue.Push(std::move(batch));
  queue.Close();
  loader.join();
  if (!loaded) return std::unexpected(loaded.error());
  if (!read) return std::unexpected(read.error());
  return held;
}

}  // namespace

Result<std::unique_ptr<Gallery>> RebuildGallery(const Store& store,
                                                const std::vector<MeasuredSpace>& spaces,
                                                const Gallery::IndexFactory& make_index,
                                                const SpreadRecall& recall) {
  std::unordered_set<std::string_view> ids;
  for (const MeasuredSpace& each : spaces) ids.insert(each.space.id);
  auto gallery = std::make_unique<Gallery>(spaces, make_index);
  const auto held = LoadFrom(store, ids, *gallery);
  if (!held) return std::unexpected(held.error());
  gallery->Publish(recall);
  const auto snapshot = gallery->Pin();
  if (snapshot->record_count() != held->records ||
      snapshot->face_count() != std::ssize(held->faces) ||
      snapshot->face_digest() != held->digest) {
    return Fail(Reason::kStoreCorrupt,
                fmt::format("The gallery holds {} records with {} faces, the database {} with {}.",
                            snapshot->record_count(), snapshot->face_count(), held->records,
                            held->faces.size()));
  }
  return gallery;
}

}  // namespace homeward
