#include "matcher/row_block.h"

#include <string.h>
#include <sys/mman.h>

#include <new>
#include <vector>

namespace homeward {
namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20;
constexpr std::size_t kRegister = 64;
constexpr std::size_t kRowCount = RowBlock::kRows;

// Where a huge page would be mostly empty, none is asked for.
std::size_t AlignmentOf(std::size_t bytes) { return bytes >= kHugePage ? kHugePage : kRegister; }

float* RowMemory(std::size_t dimension) {
  const std::size_t alignment = AlignmentOf(kRowCount * dimension * sizeof(float));
  const std::size_t bytes =
      (kRowCount * dimension * sizeof(float) + alignment - 1) / alignment * alignment;
  void* const memory = std::aligned_alloc(alignment, bytes);
  if (memory == nullptr) throw std::bad_alloc();
  // Slower without, and nothing else.
  if (alignment == kHugePage) madvise(memory, bytes, MADV_HUGEPAGE);
  return static_cast<float*>(memory);
}

}  // namespace

void RowBlock::Freed::operator()(float* rows) const { std::free(rows); }

RowBlock::RowBlock(int dimension)
    : dimension_(static_cast<std::size_t>(dimension)), rows_(RowMemory(dimension_)) {}

RowBlock::RowBlock(const RowBlock& other, std::span<const Slot> without)
    : dimension_(other.dimension_),
      rows_(RowMemory(dimension_)),
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
