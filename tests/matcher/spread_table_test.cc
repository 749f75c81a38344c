#include "matcher/spread_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include "matcher/flat_index.h"

namespace homeward {
namespace {

constexpr int kDimension = 4;

std::vector<float> RandomVector(std::mt19937_64& random, int dimension = kDimension) {
  // Few values, so that many distances are equal.
  std::uniform_int_distribution<int> value(0, 3);
  std::vector<float> vector;
  for (int i = 0; i < dimension; ++i) vector.push_back(static_cast<float>(value(random)) * 0.25F);
  return vector;
}

std::shared_ptr<const Cohort> MakeCohort(std::uint64_t seed, int dimension = kDimension) {
  std::mt19937_64 random(seed);
  std::vector<float> rows;
  for (int i = 0; i < kSpreadNeighbours + 20; ++i) {
    for (const float value : RandomVector(random, dimension)) rows.push_back(value + 0.1F);
  }
  return Cohort::Create(dimension, rows).value();
}

// An index and a table over it that change together, and who is there.
class Crowd {
 public:
  explicit Crowd(int dimension = kDimension)
      : cohort_(MakeCohort(1, dimension)), index_(dimension), table_(cohort_) {}

  PartitionedSlot Add(std::size_t partition) {
    const PartitionedSlot one{index_.Add(RandomVector(random_, index_.dimension())).value(),
                              partition};
    joined_.push_back(one);
    there_[one.slot] = partition;
    return one;
  }
  void Remove(std::size_t which) {
    const auto one = std::next(there_.begin(), static_cast<std::ptrdiff_t>(which % there_.size()));
    left_.push_back({one->first, one->second});
    there_.erase(one);
  }
  void Update() {
    table_.Update(*index_.Pin(), left_, joined_);
    std::vector<Slot> gone;
    for (const auto& each : left_) gone.push_back(each.slot);
    index_.Remove(gone);
    left_.clear();
    joined_.clear();
  }

  // Spreads from their definition, of one in `step`.
  void ExpectSpreadsOfWhoIsThere(Slot step = 1) {
    const auto faces = index_.Pin();
    const auto spreads = table_.Freeze();
    for (const auto& [slot, partition] : there_) {
      if (slot % step != 0) continue;
      std::vector<double> others;
      for (const auto& [other, its_partition] : there_) {
        if (other == slot || its_partition != partition) continue;
        others.push_back(Distance(faces->vector(slot), faces->vector(other)));
      }
      std::ranges::sort(others);
      const auto synthetic = cohort_->NearestDistances(faces->vector(slot));
      ASSERT_EQ(spreads[static_cast<std::size_t>(slot)], SpreadOf(others, synthetic)) << slot;
    }
  }

  std::size_t size() const { return there_.size(); }

 private:
  static double Distance(std::span<const float> a, std::span<const float> b) {
    float sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
    return std::sqrt(static_cast<double>(sum));
  }

  std::mt19937_64 random_{7};
  std::shared_ptr<const Cohort> cohort_;
  FlatIndex index_;
  SpreadTable table_;
  std::map<Slot, std::size_t> there_;
  std::vector<PartitionedSlot> left_;
  std::vector<PartitionedSlot> joined_;
};

TEST(SpreadTableTest, IsAFunctionOfWhoIsThere) {
  std::mt19937_64 random(3);
  for (const int start : {0, 3, 111, 115, 240}) {
    SCOPED_TRACE(start);
    Crowd crowd;
    for (int i = 0; i < start; ++i) crowd.Add(static_cast<std::size_t>(i % 5 == 0));
    crowd.Update();
    for (int step = 0; step < 8; ++step) {
      for (std::size_t i = random() % 16; i > 0 && crowd.size() > 0; --i) crowd.Remove(random());
      for (std::size_t i = random() % 12; i > 0; --i) crowd.Add(random() % 2);
      crowd.Update();
    }
    crowd.ExpectSpreadsOfWhoIsThere();
  }
}

// So many, in a space of so many dimensions, are compared by their outlines.
TEST(SpreadTableTest, IsAFunctionOfWhoIsThereInALargeGallery) {
  Crowd crowd(80);
  for (int i = 0; i < 2100; ++i) crowd.Add(0);
  crowd.Update();
  crowd.ExpectSpreadsOfWhoIsThere(7);
  std::mt19937_64 random(3);
  for (int i = 0; i < 100; ++i) crowd.Remove(random());
  for (int i = 0; i < 10; ++i) crowd.Add(0);
  crowd.Update();
  crowd.ExpectSpreadsOfWhoIsThere(7);
}

TEST(SpreadTableTest, TellsNothingOfAnotherPartition) {
  Crowd crowd;
  for (int i = 0; i < 150; ++i) crowd.Add(0);
  crowd.Update();
  for (int i = 0; i < 150; ++i) crowd.Add(1);
  crowd.Update();
  crowd.ExpectSpreadsOfWhoIsThere();
}

TEST(SpreadTableTest, KeepsFormerStatesForWhoHoldsThem) {
  FlatIndex index(kDimension);
  SpreadTable table(MakeCohort(1));
  const Slot first = index.Add(std::vector<float>(kDimension, 0.5F)).value();
  table.Update(*index.Pin(), {}, std::vector{PartitionedSlot{first, 0}});
  const auto before = table.Freeze();
  const Spread alone = before[0];
  for (int i = 0; i < 5; ++i) {
    const Slot slot = index.Add(std::vector<float>(kDimension, 0.5F + 0.01F * float(i))).value();
    table.Update(*index.Pin(), {}, std::vector{PartitionedSlot{slot, 0}});
  }
  EXPECT_EQ(before[0], alone);
  EXPECT_NE(table.Freeze()[0], alone);
}

}  // namespace
}  // namespace homeward
