#include "matcher/nearest_rows.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "matcher/flat_index.h"

namespace homeward {
namespace {

// Vectors of an index; few values, so that many distances are equal and vectors repeat.
class Crowd {
 public:
  Crowd(std::uint64_t seed, int dimension, std::size_t count, float scale) : index_(dimension) {
    std::mt19937_64 random(seed);
    std::uniform_int_distribution<int> value(0, 2);
    for (std::size_t i = 0; i < count; ++i) {
      std::vector<float> vector(static_cast<std::size_t>(dimension));
      for (float& each : vector) each = scale * static_cast<float>(value(random));
      index_.Add(vector).value();
    }
    faces_ = index_.Pin();
    for (Slot slot = 0; slot < faces_->size(); ++slot) {
      rows_.push_back({slot, faces_->vector(slot).data()});
    }
  }

  const std::vector<SlotVector>& rows() const { return rows_; }

  std::vector<SlotHit> Expected(const float* query, std::size_t count, Slot but) const {
    const std::span<const float> vector(query, static_cast<std::size_t>(index_.dimension()));
    SlotFilter others = SlotFilter::Of(faces_->size());
    if (but >= 0) others.Forbid(but);
    return faces_->Search(vector, static_cast<int>(count), others);
  }

 private:
  FlatIndex index_;
  std::shared_ptr<const FaceIndexSnapshot> faces_;
  std::vector<SlotVector> rows_;
};

std::vector<SlotHit> Sorted(std::vector<SlotHit> hits) {
  std::ranges::sort(hits, IsNearer);
  return hits;
}

RC_GTEST_PROP(NearestRowsTest, AreThoseThatASearchFinds, (std::uint64_t seed)) {
  const int dimension = *rc::gen::element(1, 3, 16, 130);
  const auto size = *rc::gen::element<std::size_t>(1, 5, 63, 64, 65, 400);
  const auto count = *rc::gen::element<std::size_t>(1, 7, 113, 500);
  const Crowd crowd(seed, dimension, size, *rc::gen::element(.25F, 1e30F));
  const Crowd strangers(seed + 1, dimension, 6, .25F);
  std::vector<const float*> queries;
  for (const auto& each : strangers.rows()) queries.push_back(each.vector);
  for (std::size_t i = 0; i < std::min<std::size_t>(size, 7); ++i) {
    queries.push_back(crowd.rows()[i].vector);
  }
  const auto found = NearestRows(queries, crowd.rows(), dimension, count);
  RC_ASSERT(found.size() == queries.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    const Slot self = i < 6 ? Slot{-1} : static_cast<Slot>(i) - 6;
    RC_ASSERT(Sorted(found[i]) == crowd.Expected(queries[i], count, self));
  }
}

TEST(NearestRowsTest, AreNoFartherThanTheLimit) {
  const Crowd crowd(1, 16, 200, .25F);
  const float* query = crowd.rows()[0].vector;
  const auto all = crowd.Expected(query, 100, 0);
  const float limit = all[40].squared_distance;
  auto expected = all;
  std::erase_if(expected, [&](const SlotHit& hit) { return hit.squared_distance > limit; });
  ASSERT_LT(expected.size(), all.size());
  const auto found =
      NearestRows(std::vector{query}, crowd.rows(), 16, 100, std::vector<float>{limit});
  EXPECT_EQ(Sorted(found[0]), expected);
}

TEST(NearestRowsTest, AreNoneAmongNone) {
  const std::vector<float> query = {1, 2, 3};
  const auto found = NearestRows(std::vector{query.data()}, {}, 3, 5);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].empty());
}

TEST(NearestOthersTest, AreThoseThatASearchFinds) {
  for (const std::size_t size : {2048, 2500}) {
    const Crowd crowd(size, 70, size, .25F);
    const auto outlines = Outlines::Make(crowd.rows(), 70);
    ASSERT_NE(outlines, nullptr);
    for (std::size_t first = 0; first < size; first += kQueriesAtOnce) {
      const std::size_t queries = std::min<std::size_t>(kQueriesAtOnce, size - first);
      const auto found = NearestOthers(*outlines, first, queries, 113);
      for (std::size_t i = 0; i < queries; i += 5) {
        const SlotVector& row = outlines->rows()[first + i];
        ASSERT_EQ(Sorted(found[i]), crowd.Expected(row.vector, 113, row.slot));
      }
    }
  }
}

TEST(ShortlistTest, KeepsTheNearestInWhateverOrderTheyCome) {
  std::mt19937_64 random(5);
  for (const std::size_t count : {1, 2, 10}) {
    std::vector<SlotHit> hits;
    for (Slot slot = 0; slot < 100; ++slot) {
      hits.push_back({slot, static_cast<float>(random() % 20)});
    }
    hits.push_back({100, std::numeric_limits<float>::infinity()});
    std::ranges::shuffle(hits, random);
    Shortlist shortlist(count);
    for (const SlotHit& hit : hits) {
      if (shortlist.Wants(hit.squared_distance)) shortlist.Add(hit);
    }
    std::ranges::sort(hits, IsNearer);
    hits.resize(count);
    EXPECT_EQ(Sorted(std::move(shortlist).Take()), hits);
  }
}

}  // namespace
}  // namespace homeward
