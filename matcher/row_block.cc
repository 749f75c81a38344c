#include "matcher/row_block.h"

#include <string.h>
#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <new>
#include <vector>

namespace homeward {
namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20;
constexpr std::size_t kRegister = 64;
constexpr std::size_t kRowCount = RowBlock::kRows;

std::size_t RoundedUp(std::size_t bytes, std::size_t unit) {
  return (bytes + unit - 1) / unit * unit;
}

// From the kernel itself: what the allocator gives has been used before, in small pages.
void* HugePages(std::size_t bytes) {
  void* const area =
      mmap(nullptr, bytes + kHugePage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (area == MAP_FAILED) throw std::bad_alloc();
  auto* const begin = static_cast<std::byte*>(area);
  const auto address = reinterpret_cast<std::uintptr_t>(area);
  const std::size_t before = RoundedUp(address, kHugePage) - address;
  if (before > 0) munmap(begin, before);
  if (before < kHugePage) munmap(begin + before + bytes, kHugePage - before);
  // Slower without, and nothing else.
  madvise(begin + before, bytes, MADV_HUGEPAGE);
  return begin + before;
}

}  // namespace

void RowBlock::Freed::operator()(float* rows) const {
  if (bytes < kHugePage) return std::free(rows);
  munmap(rows, bytes);
}

// Where a huge page would be mostly empty, none is asked for.
RowBlock::Memory RowBlock::MemoryFor(std::size_t dimension) {
  const std::size_t needed = kRowCount * dimension * sizeof(float);
  const std::size_t bytes = RoundedUp(needed, needed < kHugePage ? kRegister : kHugePage);
  void* const memory = bytes < kHugePage ? std::aligned_alloc(kRegister, bytes) : HugePages(bytes);
  if (memory == nullptr) throw std::bad_alloc();
  return Memory(static_cast<float*>(memory), Freed{bytes});
}

RowBlock::RowBlock(int dimension)
    : dimension_(static_cast<std::size_t>(dimension)), rows_(MemoryFor(dimension_)) {}

RowBlock::RowBlock(const RowBlock& other, std::span<const Slot> without)
    : dimension_(other.dimension_),
      rows_(MemoryFor(dimension_)),
      used_(other.used_),
      removed_(other.removed_) {
  std::copy_n(other.rows_.get(), used_ * dimension_, rows_.get());
  std::vector<std::size_t> removed;
  for (const Slot slot : without) {
    const auto i = static_cast<std::size_t>(slot % kRows);
    std::fill_n(rows_.get() + i * dimension_, dimension_, 0.0F);
    removed_[i / 64] |= std::uint64_t{1} << (i % 64);
    removed.push_back(i);
  }
  if (other.codes_ != nullptr) codes_ = std::make_unique<RowCodes>(*other.codes_, removed);
}

RowBlock::~RowBlock() { explicit_bzero(rows_.get(), used_ * dimension_ * sizeof(float)); }

void RowBlock::Append(std::span<const float> vector, const RowBlock* before) {
  std::ranges::copy(vector, rows_.get() + used_ * dimension_);
  ++used_;
  if (used_ < kRowCount || dimension_ > RowCodes::kMostDimensions) return;
  const bool has_model = before != nullptr && before->codes() != nullptr;
  codes_ = std::make_unique<RowCodes>(rows_.get(), used_,
                                      CodeGrid::For({rows_.get(), used_ * dimension_}, dimension_,
                                                    has_model ? before->codes()->grid() : nullptr));
}

}  // namespace homeward
