#include "matcher/row_block.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace homeward {
namespace {

constexpr int kDimension = 64;

std::vector<float> RowOf(Slot slot) {
  std::mt19937 random(static_cast<unsigned>(slot));
  std::normal_distribution<float> normal;
  std::vector<float> row(kDimension);
  for (float& each : row) each = normal(random);
  return row;
}

void Fill(RowBlock& block, Slot first, const RowBlock* before) {
  for (Slot i = 0; i < RowBlock::kRows; ++i) {
    EXPECT_EQ(block.codes(), nullptr);
    block.Append(RowOf(first + i), before);
  }
}

TEST(RowBlockTest, IsCodedWhenItIsFullLikeTheOneBeforeIt) {
  RowBlock first(kDimension);
  Fill(first, 0, nullptr);
  ASSERT_NE(first.codes(), nullptr);
  RowBlock second(kDimension);
  Fill(second, RowBlock::kRows, &first);
  ASSERT_NE(second.codes(), nullptr);
  EXPECT_EQ(second.codes()->grid(), first.codes()->grid());
}

TEST(RowBlockTest, ACopyWithoutRowsHoldsTheOthersAlone) {
  RowBlock block(kDimension);
  Fill(block, 0, nullptr);
  const Slot base = 7 * RowBlock::kRows;
  const RowBlock copy(block, std::vector<Slot>{base + 3, base + 64});
  EXPECT_TRUE(copy.IsRemoved(3));
  EXPECT_EQ(copy.removed(0), 8u);
  EXPECT_EQ(copy.removed(1), 1u);
  EXPECT_FALSE(copy.AllRemoved());
  for (std::size_t i : {0, 3, 64, 4095}) {
    const bool gone = i == 3 || i == 64;
    const auto row = gone ? std::vector<float>(kDimension) : RowOf(static_cast<Slot>(i));
    EXPECT_EQ(std::vector<float>(copy.row(i), copy.row(i) + kDimension), row);
  }
  ASSERT_NE(copy.codes(), nullptr);
  EXPECT_EQ(copy.codes()->tile(0).terms[3], 0u);
  EXPECT_EQ(copy.codes()->tile(0).terms[4], block.codes()->tile(0).terms[4]);
}

TEST(RowBlockTest, AViewShowsTheRowsThatWereThereWhenItWasMade) {
  const auto full = std::make_shared<RowBlock>(kDimension);
  Fill(*full, 0, nullptr);
  const auto growing = std::make_shared<RowBlock>(kDimension);
  for (Slot i = 0; i < 70; ++i) growing->Append(RowOf(i), full.get());
  const std::vector<std::shared_ptr<RowBlock>> blocks{full, nullptr, growing};
  constexpr Slot kWords = RowBlock::kRows / 64;
  const RowView view{blocks, 2 * RowBlock::kRows + 66};
  EXPECT_EQ(view.words(), 2 * kWords + 2);
  EXPECT_EQ(view.Live(kWords - 1), ~std::uint64_t{0});
  EXPECT_EQ(view.Live(kWords), 0u);
  EXPECT_EQ(view.Live(2 * kWords), ~std::uint64_t{0});
  EXPECT_EQ(view.Live(2 * kWords + 1), 3u);
  EXPECT_EQ(view.CodesOf(0), full->codes());
  EXPECT_EQ(view.CodesOf(2 * kWords), nullptr);
  // Codes that were made later are not for this reader.
  const RowView earlier{blocks, RowBlock::kRows - 1};
  EXPECT_EQ(earlier.CodesOf(0), nullptr);
}

}  // namespace
}  // namespace homeward
