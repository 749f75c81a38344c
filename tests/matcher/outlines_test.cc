#include "matcher/outlines.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <limits>
#include <random>

#include "matcher/squared_distances.h"
#include "matcher/tile_kernel.h"

namespace homeward {
namespace {

constexpr std::size_t kRows = 2100;

// Clusters about points far from the origin, and in them pairs that hardly differ: where rounding
// weighs most.
class Crowd {
 public:
  Crowd(std::size_t dimension, double scale) : dimension_(dimension), floats_(kRows * dimension) {
    std::mt19937_64 random(dimension);
    std::normal_distribution<double> normal;
    for (std::size_t row = 0; row < kRows; ++row) {
      for (std::size_t i = 0; i < dimension; ++i) {
        const double centre = static_cast<double>((row / 300 * 7 + i) % 11);
        double value = scale * (centre + normal(random));
        if (row % 2 == 1) value = double{floats_[(row - 1) * dimension + i]} + scale * 1e-6;
        floats_[row * dimension + i] = static_cast<float>(value);
      }
    }
    for (std::size_t row = 0; row < kRows; ++row) {
      rows_.push_back({static_cast<Slot>(row), &floats_[row * dimension]});
    }
  }

  const std::vector<SlotVector>& rows() const { return rows_; }

 private:
  std::size_t dimension_;
  std::vector<float> floats_;
  std::vector<SlotVector> rows_;
};

TEST(OutlinesTest, HoldEveryRowOnce) {
  const Crowd crowd(70, 1);
  const auto outlines = Outlines::Make(crowd.rows(), 70);
  std::vector<Slot> slots;
  for (const SlotVector& row : outlines->rows()) {
    slots.push_back(row.slot);
    EXPECT_EQ(row.vector, crowd.rows()[static_cast<std::size_t>(row.slot)].vector);
  }
  std::ranges::sort(slots);
  for (std::size_t i = 0; i < kRows; ++i) ASSERT_EQ(slots[i], static_cast<Slot>(i));
}

TEST(OutlinesTest, LieNearerThanTheLimitOfTheirDistance) {
  for (const double scale : {1e-25, 1e-18, 1e-3, 1.0, 1e12}) {
    for (const int dimension : {65, 160}) {
      SCOPED_TRACE(testing::Message() << scale << ' ' << dimension);
      const Crowd crowd(static_cast<std::size_t>(dimension), scale);
      const auto outlines = Outlines::Make(crowd.rows(), dimension);
      ASSERT_NE(outlines, nullptr);
      const auto rows = outlines->rows();
      for (std::size_t one = 0; one < kRows; one += 50) {
        const auto outline = outlines->outline(one);
        const std::array<const float*, kTileQueries> queries = {outline.data(), outline.data(),
                                                                outline.data(), outline.data()};
        std::array<float, kTileQueries> limits;
        limits.fill(std::numeric_limits<float>::infinity());
        for (std::size_t first = 0; first < kRows; first += kTileRows) {
          std::array<float, kTileQueries * kTileRows> squared;
          BestTileKernel()({outlines->tile(first), Outlines::kLength, Outlines::kLength,
                            queries.data(), limits.data(), squared.data()});
          for (std::size_t r = 0; r < std::min(kTileRows, kRows - first); ++r) {
            std::array<const float*, kRowsAtOnce> compared;
            compared.fill(rows[first + r].vector);
            std::array<float, kRowsAtOnce> exact;
            SquaredDistances(rows[one].vector, compared, dimension, exact);
            ASSERT_LT(squared[r], outlines->Limit(exact[0]));
          }
        }
      }
    }
  }
}

TEST(OutlinesTest, RuleOutMostOfWhatIsFar) {
  const Crowd crowd(128, 1);
  const auto outlines = Outlines::Make(crowd.rows(), 128);
  EXPECT_LT(outlines->Limit(1), 1.01F);
  EXPECT_GT(outlines->Limit(1), 1.0F);
}

TEST(OutlinesTest, AreNotMadeWhereTheyWouldNotPayOrHold) {
  const Crowd crowd(128, 1);
  const std::vector<SlotVector> few(crowd.rows().begin(), crowd.rows().begin() + 100);
  EXPECT_EQ(Outlines::Make(few, 128), nullptr);
  EXPECT_EQ(Outlines::Make(crowd.rows(), 64), nullptr);
  const Crowd huge(128, 1e16);
  EXPECT_EQ(Outlines::Make(huge.rows(), 128), nullptr);
}

}  // namespace
}  // namespace homeward
