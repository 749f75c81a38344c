// A growing array whose states can be kept: freezing one costs a few pointers, and a later change
// copies only the chunk that it touches.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace homeward {

template <class T>
class VersionedTable;

// One state of a VersionedTable; later changes of the table do not show. Thread safe.
template <class T>
class FrozenTable {
 public:
  std::size_t size() const { return size_; }
  // i < size().
  const T& operator[](std::size_t i) const {
    return groups_[i / Layout::kGroupRows]
        ->chunks[i / Layout::kChunkRows % Layout::kGroupChunks]
        ->rows[i % Layout::kChunkRows];
  }

 private:
  friend class VersionedTable<T>;
  using Layout = VersionedTable<T>;
  std::vector<std::shared_ptr<typename Layout::Group>> groups_;
  std::size_t size_ = 0;
};

// T is default constructible and copyable. Thread safety: none, but frozen states may be read, and
// destroyed, by other threads at any time.
template <class T>
class VersionedTable {
 public:
  std::size_t size() const { return size_; }
  // i < size().
  const T& operator[](std::size_t i) const { return Chunked(i).rows[i % kChunkRows]; }

  // Writes beyond what any frozen state can see, so nothing is copied.
  void Append(T row) {
    if (size_ % kGroupRows == 0) groups_.push_back(std::make_shared<Group>());
    auto& chunk = groups_.back()->chunks[size_ / kChunkRows % kGroupChunks];
    if (!chunk) chunk = std::make_shared<Chunk>();
    chunk->rows[size_ % kChunkRows] = std::move(row);
    ++size_;
  }

  // Row i < size(), to be changed before the next call of Append, Edit or Freeze.
  T& Edit(std::size_t i) {
    if (i < frozen_size_) Own(i);
    return Chunked(i).rows[i % kChunkRows];
  }

  FrozenTable<T> Freeze() {
    FrozenTable<T> frozen;
    frozen.groups_ = groups_;
    frozen.size_ = size_;
    frozen_size_ = size_;
    ++version_;
    return frozen;
  }

 private:
  friend class FrozenTable<T>;
  // About a page: small enough to be copied for one change, large enough to be read in a row.
  static constexpr std::size_t kChunkRows =
      std::clamp<std::size_t>(std::bit_floor(4096 / sizeof(T)), 16, 1024);
  static constexpr std::size_t kGroupChunks = 256;
  static constexpr std::size_t kGroupRows = kChunkRows * kGroupChunks;

  // `version`: of the table when this copy was made. A smaller one may be seen by a frozen state.
  struct Chunk {
    std::uint64_t version = 0;
    std::array<T, kChunkRows> rows{};
  };
  struct Group {
    std::uint64_t version = 0;
    std::array<std::shared_ptr<Chunk>, kGroupChunks> chunks{};
  };

  Chunk& Chunked(std::size_t i) const {
    return *groups_[i / kGroupRows]->chunks[i / kChunkRows % kGroupChunks];
  }

  void Own(std::size_t i) {
    auto& group = groups_[i / kGroupRows];
    if (group->version != version_) {
      group = std::make_shared<Group>(*group);
      group->version = version_;
    }
    auto& chunk = group->chunks[i / kChunkRows % kGroupChunks];
    if (chunk->version != version_) {
      chunk = std::make_shared<Chunk>(*chunk);
      chunk->version = version_;
    }
  }

  std::vector<std::shared_ptr<Group>> groups_;
  std::size_t size_ = 0;
  std::size_t frozen_size_ = 0;
  std::uint64_t version_ = 1;
};

}  // namespace homeward
