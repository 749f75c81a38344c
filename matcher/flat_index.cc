#include "matcher/flat_index.h"

#include <faiss/utils/distances.h>
#include <string.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <future>
#include <iterator>
#include <limits>
#include <string>
#include <thread>

#include "matcher/row_codes.h"
#include "matcher/squared_distances.h"

namespace homeward {
namespace {

constexpr Slot kWordBits = 64;

// Words of a filter, the last not included.
struct WordRange {
  Slot begin = 0;
  Slot end = 0;
};

// A thread is worth its start where it has some tenths of a millisecond to do.
constexpr Slot kWordsAThread = 1024;

// For as many cores as there are, at least one part.
std::vector<WordRange> PartsOf(const WordRange& words) {
  const Slot cores = std::max(1U, std::thread::hardware_concurrency());
  const Slot count = std::clamp((words.end - words.begin) / kWordsAThread, Slot{1}, cores);
  std::vector<WordRange> parts;
  for (Slot part = 0; part < count; ++part) {
    parts.push_back({words.begin + (words.end - words.begin) * part / count,
                     words.begin + (words.end - words.begin) * (part + 1) / count});
  }
  return parts;
}

// In a thread of its own; where no more can be had, when the result is asked for.
template <class Work>
std::future<std::vector<SlotHit>> InThread(const Work& work) {
  return std::async(std::launch::async | std::launch::deferred, work);
}

// The k nearest of two lists of hits that are in order.
std::vector<SlotHit> Nearest(const std::vector<SlotHit>& a, const std::vector<SlotHit>& b, int k) {
  std::vector<SlotHit> both;
  std::ranges::merge(a, b, std::back_inserter(both), IsNearer);
  if (std::ssize(both) > k) both.resize(static_cast<std::size_t>(k));
  return both;
}

// The k nearest of the hits offered, in slot order, so far.
class NearestHits {
 public:
  explicit NearestHits(int k) : k_(static_cast<std::size_t>(k)) {}

  void operator()(const SlotHit& hit) {
    if (hits_.size() < k_) {
      hits_.push_back(hit);
      std::push_heap(hits_.begin(), hits_.end(), IsNearer);
    } else if (hit.squared_distance < hits_.front().squared_distance) {
      std::pop_heap(hits_.begin(), hits_.end(), IsNearer);
      hits_.back() = hit;
      std::push_heap(hits_.begin(), hits_.end(), IsNearer);
    }
  }

  // A hit at a greater distance would not be kept.
  float farthest() const {
    return hits_.size() < k_ ? std::numeric_limits<float>::infinity()
                             : hits_.front().squared_distance;
  }

  std::vector<SlotHit> Take() && {
    std::sort_heap(hits_.begin(), hits_.end(), IsNearer);
    return std::move(hits_);
  }

 private:
  const std::size_t k_;
  std::vector<SlotHit> hits_;  // a heap, the farthest first
};

// Queues allowed rows, asks memory for them early, and compares them some at once. The last few go
// through FAISS's own kernel, which gives the same bits one row at a time.
template <class Visit>
class RowScan {
 public:
  RowScan(std::span<const float> query, Visit& visit) : query_(query), visit_(visit) {}

  void Add(Slot slot, const float* row) {
    constexpr std::size_t kCacheLineFloats = 16;
    for (std::size_t i = 0; i < query_.size(); i += kCacheLineFloats) __builtin_prefetch(row + i);
    slots_[count_] = slot;
    rows_[count_] = row;
    if (++count_ == rows_.size()) CompareFirst();
  }

  void Finish() {
    if (count_ >= kRowsAtOnce) CompareFirst();
    for (std::size_t i = 0; i < count_; ++i) {
      visit_({slots_[i], faiss::fvec_L2sqr(query_.data(), rows_[i], query_.size())});
    }
    count_ = 0;
  }

 private:
  // Of twice as many, so that there is time for the others to arrive.
  void CompareFirst() {
    std::array<const float*, kRowsAtOnce> rows;
    std::array<float, kRowsAtOnce> distances;
    std::copy_n(rows_.begin(), rows.size(), rows.begin());
    SquaredDistances(query_.data(), rows, static_cast<int>(query_.size()), distances);
    for (std::size_t i = 0; i < rows.size(); ++i) visit_({slots_[i], distances[i]});
    std::copy(rows_.begin() + kRowsAtOnce, rows_.end(), rows_.begin());
    std::copy(slots_.begin() + kRowsAtOnce, slots_.end(), slots_.begin());
    count_ -= rows.size();
  }

  std::span<const float> query_;
  Visit& visit_;
  std::size_t count_ = 0;
  std::array<Slot, 2 * kRowsAtOnce> slots_{};
  std::array<const float*, 2 * kRowsAtOnce> rows_{};
};

}  // namespace

// Rows in the order of their slots. A row may be appended while older rows are read; everything
// else is fixed once the block is in a published list.
class FlatIndex::Block {
 public:
  explicit Block(int dimension)
      : dimension_(static_cast<std::size_t>(dimension)),
        rows_(std::make_unique_for_overwrite<float[]>(kBlockRows * dimension_)) {}
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;
  // A face's vector is a biometric: it must not linger in freed memory.
  ~Block() { explicit_bzero(rows_.get(), used_ * dimension_ * sizeof(float)); }

  std::size_t dimension() const { return dimension_; }
  const float* row(std::size_t i) const { return rows_.get() + i * dimension_; }
  // Bit b: row 64 * word + b was removed.
  std::uint64_t removed(std::size_t word) const { return removed_[word]; }
  bool IsRemoved(std::size_t i) const { return (removed_[i / 64] >> (i % 64) & 1) != 0; }
  bool AllRemoved() const {
    return std::ranges::all_of(removed_, [](std::uint64_t word) { return ~word == 0; });
  }

  // Null while rows may still be appended; to be asked only by who sees all of them.
  const RowCodes* codes() const { return codes_.get(); }

  void Append(std::span<const float> vector) {
    std::ranges::copy(vector, rows_.get() + used_ * dimension_);
    ++used_;
    CodeIfComplete();
  }

  // A copy in which the rows of `slots` (all of this block) are zero and removed.
  std::shared_ptr<Block> Without(std::span<const Slot> slots) const {
    auto copy = std::make_shared<Block>(static_cast<int>(dimension_));
    std::copy_n(rows_.get(), used_ * dimension_, copy->rows_.get());
    copy->used_ = used_;
    copy->removed_ = removed_;
    for (const Slot slot : slots) {
      const auto i = static_cast<std::size_t>(slot % kBlockRows);
      std::fill_n(copy->rows_.get() + i * dimension_, dimension_, 0.0F);
      copy->removed_[i / 64] |= std::uint64_t{1} << (i % 64);
    }
    copy->CodeIfComplete();
    return copy;
  }

 private:
  void CodeIfComplete() {
    if (used_ < kBlockRows || dimension_ > kQuad * kMostQuads) return;
    codes_ = std::make_unique<RowCodes>(rows_.get(), used_, dimension_);
  }

  const std::size_t dimension_;
  const std::unique_ptr<float[]> rows_;
  std::size_t used_ = 0;  // the writer's; readers go by their snapshot's size
  std::array<std::uint64_t, kBlockRows / kWordBits> removed_{};
  std::unique_ptr<const RowCodes> codes_;
};

// Which of sixty-four rows are worth comparing: all.
class FlatIndex::EveryRow {
 public:
  std::uint64_t operator()(const Block& /*block*/, std::size_t /*word*/,
                           std::uint64_t allowed) const {
    return allowed;
  }
};

// Those whose codes do not show that they are farther than the nearest so far.
class FlatIndex::NearRows {
 public:
  NearRows(std::span<const float> query, const NearestHits& hits) : code_(query), hits_(hits) {}

  std::uint64_t operator()(const Block& block, std::size_t word, std::uint64_t allowed) {
    // Below that many it is quicker to compare the rows themselves.
    constexpr int kFewRows = 12;
    if (std::popcount(allowed) <= kFewRows || block.codes() == nullptr) return allowed;
    code_.CodeFor(*block.codes());
    return allowed & code_.MayBeWithin(hits_.farthest(), *block.codes(), word);
  }

 private:
  QueryCode code_;
  const NearestHits& hits_;
};

class FlatIndex::Snapshot : public FaceIndexSnapshot {
 public:
  Snapshot(std::shared_ptr<const BlockList> blocks, Slot size)
      : blocks_(std::move(blocks)), size_(size) {}

  Slot size() const override { return size_; }

  std::vector<SlotHit> Search(std::span<const float> query, int k,
                              const SlotFilter& filter) const override {
    const std::vector<WordRange> parts = PartsOf(WordsOf(filter));
    std::vector<std::future<std::vector<SlotHit>>> others;
    for (auto part = parts.begin() + 1; part != parts.end(); ++part) {
      others.push_back(InThread([&, part] { return SearchWords(query, k, filter, *part); }));
    }
    std::vector<SlotHit> hits = SearchWords(query, k, filter, parts.front());
    for (auto& other : others) hits = Nearest(hits, other.get(), k);
    return hits;
  }

  void Scan(std::span<const float> query, const SlotFilter& filter,
            const std::function<void(const SlotHit&)>& visit) const override {
    EveryRow worth_comparing;
    ScanRows(query, filter, WordsOf(filter), worth_comparing, visit);
  }

  std::span<const float> vector(Slot slot) const override {
    const Block& block = *(*blocks_)[static_cast<std::size_t>(slot / kBlockRows)];
    return {block.row(static_cast<std::size_t>(slot % kBlockRows)), block.dimension()};
  }

 private:
  // Those of the filter that say something of slots given.
  WordRange WordsOf(const SlotFilter& filter) const {
    return {0,
            std::min(static_cast<Slot>(filter.words.size()), (size_ + kWordBits - 1) / kWordBits)};
  }

  std::vector<SlotHit> SearchWords(std::span<const float> query, int k, const SlotFilter& filter,
                                   const WordRange& words) const {
    NearestHits hits(k);
    NearRows worth_comparing(query, hits);
    ScanRows(query, filter, words, worth_comparing, hits);
    return std::move(hits).Take();
  }

  template <class Choice, class Visit>
  void ScanRows(std::span<const float> query, const SlotFilter& filter, const WordRange& words,
                Choice& worth_comparing, Visit& visit) const {
    RowScan scan(query, visit);
    for (Slot word = words.begin; word < words.end; ++word) {
      ScanWord(word, filter.words[static_cast<std::size_t>(word)], worth_comparing, scan);
    }
    scan.Finish();
  }

  template <class Choice, class Visit>
  void ScanWord(Slot word, std::uint64_t allowed, Choice& worth_comparing,
                RowScan<Visit>& scan) const {
    const Slot first = word * kWordBits;
    const Block* block = (*blocks_)[static_cast<std::size_t>(first / kBlockRows)].get();
    if (allowed == 0 || block == nullptr) return;
    const auto first_row = static_cast<std::size_t>(first % kBlockRows);
    allowed &= ~block->removed(first_row / kWordBits);
    if (size_ - first < kWordBits) allowed &= (std::uint64_t{1} << (size_ - first)) - 1;
    if (size_ - first + static_cast<Slot>(first_row) >= kBlockRows) {
      allowed = worth_comparing(*block, first_row / kWordBits, allowed);
    }
    for (; allowed != 0; allowed &= allowed - 1) {
      const auto bit = static_cast<std::size_t>(std::countr_zero(allowed));
      scan.Add(first + static_cast<Slot>(bit), block->row(first_row + bit));
    }
  }

  const std::shared_ptr<const BlockList> blocks_;
  const Slot size_;
};

FlatIndex::FlatIndex(int dimension)
    : dimension_(dimension), blocks_(std::make_shared<BlockList>()) {}

Result<Slot> FlatIndex::Add(std::span<const float> vector) {
  if (vector.size() != static_cast<std::size_t>(dimension_)) {
    return Fail(
        Reason::kModelMismatch, "The template has another length than its space.",
        {{"length", std::to_string(vector.size())}, {"dimension", std::to_string(dimension_)}});
  }
  if (!std::ranges::all_of(vector, [](float v) { return std::isfinite(v); })) {
    return Fail(Reason::kModelMismatch, "The template has a component that is not a number.");
  }
  if (size_ % kBlockRows == 0) {
    auto blocks = std::make_shared<BlockList>(*blocks_);
    blocks->push_back(std::make_shared<Block>(dimension_));
    Replace(std::move(blocks));
  }
  blocks_->back()->Append(vector);
  const std::scoped_lock lock(mutex_);
  return size_++;
}

void FlatIndex::Remove(std::span<const Slot> slots) {
  std::vector<Slot> present;
  std::ranges::copy_if(slots, std::back_inserter(present), [this](Slot slot) {
    if (slot < 0 || slot >= size_) return false;
    const Block* block = (*blocks_)[static_cast<std::size_t>(slot / kBlockRows)].get();
    return block != nullptr && !block->IsRemoved(static_cast<std::size_t>(slot % kBlockRows));
  });
  if (present.empty()) return;
  std::ranges::sort(present);
  auto blocks = std::make_shared<BlockList>(*blocks_);
  for (auto first = present.begin(); first != present.end();) {
    const Slot number = *first / kBlockRows;
    const auto last =
        std::find_if(first, present.end(), [&](Slot slot) { return slot / kBlockRows != number; });
    std::shared_ptr<Block>& block = (*blocks)[static_cast<std::size_t>(number)];
    block = block->Without({first, last});
    if (block->AllRemoved()) block = nullptr;
    first = last;
  }
  Replace(std::move(blocks));
}

std::shared_ptr<const FaceIndexSnapshot> FlatIndex::Pin() const {
  const std::scoped_lock lock(mutex_);
  return std::make_shared<Snapshot>(blocks_, size_);
}

void FlatIndex::Replace(std::shared_ptr<const BlockList> blocks) {
  // The old list, perhaps the last owner of a block, is taken apart after the lock is gone.
  const std::scoped_lock lock(mutex_);
  blocks_.swap(blocks);
}

}  // namespace homeward
