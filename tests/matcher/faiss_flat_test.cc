#include "matcher/faiss_flat.h"

#include <faiss/IndexFlat.h>
#include <faiss/impl/AuxIndexStructures.h>
#include <faiss/impl/FaissException.h>
#include <faiss/impl/IDSelector.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <omp.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <random>
#include <utility>
#include <vector>

namespace homeward {
namespace {

using Label = faiss::Index::idx_t;
using Hits = std::vector<std::pair<float, Label>>;

enum class Shape { kNoise, kFaces, kGrid, kOutliers, kDuplicates, kZeros, kHuge };

std::vector<float> RandomRows(std::mt19937_64& random, Label count, int dimension, Shape shape) {
  std::normal_distribution<float> normal(0, shape == Shape::kFaces ? 0.05F : 0.1F);
  std::vector<float> rows(static_cast<std::size_t>(count * dimension));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i] = normal(random);
    if (shape == Shape::kFaces) rows[i] += 0.2F * std::sin(static_cast<float>(i % 128));
    if (shape == Shape::kGrid) rows[i] = std::round(10 * rows[i]);
    if (shape == Shape::kOutliers && random() % 500 == 0) rows[i] = 1e6F;
    if (shape == Shape::kDuplicates) rows[i] = 0.5F;
    if (shape == Shape::kZeros) rows[i] = 0;
    if (shape == Shape::kHuge) rows[i] *= 1e20F;
  }
  return rows;
}

// The same rows in ours and in FAISS's.
struct Pair {
  explicit Pair(int dimension) : ours(dimension), theirs(dimension) { omp_set_num_threads(1); }

  void Add(const std::vector<float>& rows) {
    for (faiss::Index* index :
         {static_cast<faiss::Index*>(&ours), static_cast<faiss::Index*>(&theirs)})
      index->add(std::ssize(rows) / ours.d, rows.data());
    RC_ASSERT(ours.ntotal == theirs.ntotal);
  }
  void Remove(const faiss::IDSelector& selector) {
    RC_ASSERT(ours.remove_ids(selector) == theirs.remove_ids(selector));
    RC_ASSERT(ours.ntotal == theirs.ntotal);
  }

  FaissFlat ours;
  faiss::IndexFlatL2 theirs;
};

Hits Ask(const faiss::Index& index, const std::vector<float>& query, Label k,
         const faiss::SearchParameters* parameters) {
  std::vector<float> distances(static_cast<std::size_t>(k));
  std::vector<Label> labels(static_cast<std::size_t>(k));
  index.search(1, query.data(), k, distances.data(), labels.data(), parameters);
  Hits hits;
  for (std::size_t i = 0; i < labels.size(); ++i) hits.emplace_back(distances[i], labels[i]);
  return hits;
}

Hits AskRange(const faiss::Index& index, const std::vector<float>& query, float radius,
              const faiss::SearchParameters* parameters) {
  faiss::RangeSearchResult result(1);
  index.range_search(1, query.data(), radius, &result, parameters);
  Hits hits;
  for (std::size_t i = 0; i < result.lims[1]; ++i) {
    hits.emplace_back(result.distances[i], result.labels[i]);
  }
  return hits;
}

// FAISS asked for all rows, so that it cannot choose among equals, and then cut.
Hits Expected(const Pair& pair, const std::vector<float>& query, Label k,
              const faiss::SearchParameters* parameters) {
  Hits hits = Ask(pair.theirs, query, std::max(pair.theirs.ntotal, k) + 1, parameters);
  // What is missing comes last, whatever its label.
  std::ranges::sort(hits, {}, [](const auto& hit) {
    return std::pair(hit.first, hit.second < 0 ? std::numeric_limits<Label>::max() : hit.second);
  });
  hits.resize(static_cast<std::size_t>(k));
  return hits;
}

// Selectors that admit a share of the rows, one of each kind.
struct Selectors {
  Selectors(std::mt19937_64& random, Label size, double share)
      : bits(static_cast<std::size_t>(size / 8 + 1)) {
    std::bernoulli_distribution allow(share);
    for (Label label = 0; label < size; ++label) {
      if (!allow(random)) continue;
      bits[static_cast<std::size_t>(label / 8)] |= static_cast<std::uint8_t>(1 << label % 8);
      labels.push_back(label);
    }
    const Label first =
        size == 0 ? 0 : static_cast<Label>(random() % static_cast<std::size_t>(size));
    all.push_back(std::make_unique<faiss::IDSelectorBitmap>(bits.size(), bits.data()));
    all.push_back(std::make_unique<faiss::IDSelectorBatch>(labels.size(), labels.data()));
    all.push_back(std::make_unique<faiss::IDSelectorNot>(all.front().get()));
    all.push_back(std::make_unique<faiss::IDSelectorRange>(
        first, first + static_cast<Label>(share * static_cast<double>(size))));
    all.push_back(nullptr);
  }

  std::vector<std::uint8_t> bits;
  std::vector<Label> labels;
  std::vector<std::unique_ptr<faiss::IDSelector>> all;
};

void ExpectTheSameAnswers(const Pair& pair, std::mt19937_64& random, Shape shape, double share) {
  const Label k = *rc::gen::element<Label>(2, 20, 150);
  const Selectors selectors(random, pair.ours.ntotal, share);
  const auto query = RandomRows(random, 1, pair.ours.d, shape);
  for (const auto& selector : selectors.all) {
    faiss::SearchParameters parameters;
    parameters.sel = selector.get();
    const Hits hits = Ask(pair.ours, query, k, &parameters);
    RC_ASSERT(hits == Expected(pair, query, k, &parameters));
    // At the very distance of a row, which is not within it.
    const float radius = hits[static_cast<std::size_t>(k / 2)].first;
    RC_ASSERT(AskRange(pair.ours, query, radius, &parameters) ==
              AskRange(pair.theirs, query, radius, &parameters));
  }
  RC_ASSERT(AskRange(pair.ours, query, 0, nullptr).empty());
}

RC_GTEST_PROP(FaissFlatTest, EqualsFaissFlatWhateverWasAddedRemovedAndSelected,
              (std::uint64_t seed)) {
  std::mt19937_64 random(seed);
  Pair pair(*rc::gen::element(1, 3, 8, 24));
  const auto shapes = rc::gen::element(Shape::kNoise, Shape::kFaces, Shape::kGrid, Shape::kOutliers,
                                       Shape::kDuplicates, Shape::kZeros, Shape::kHuge);
  for (int step = *rc::gen::inRange(1, 4); step > 0; --step) {
    const auto shape = *shapes;
    // Often enough to fill blocks, which are coded.
    const auto count = *rc::gen::element<Label>(0, 10, 300, 5'000);
    pair.Add(RandomRows(random, count, pair.ours.d, shape));
    const Selectors gone(random, pair.ours.ntotal, *rc::gen::element(0.0, 0.001, 0.3));
    pair.Remove(*gone.all.front());
    ExpectTheSameAnswers(pair, random, shape, *rc::gen::element(1.0, 0.3, 0.01, 0.0001));
  }
  for (Label label = 0; label < pair.ours.ntotal; label += 97) {
    std::vector<float> ours(static_cast<std::size_t>(pair.ours.d));
    auto theirs = ours;
    pair.ours.reconstruct(label, ours.data());
    pair.theirs.reconstruct(label, theirs.data());
    RC_ASSERT(ours == theirs);
  }
}

TEST(FaissFlatTest, EqualsFaissFlatAmongTwentyThousandForFiltersDownToOneInTenThousand) {
  std::mt19937_64 random(9);
  Pair pair(64);
  pair.Add(RandomRows(random, 20'000, 64, Shape::kNoise));
  for (const double share : {1.0, 0.1, 0.01, 0.001, 0.0001}) {
    const Selectors selectors(random, 20'000, share);
    faiss::SearchParameters parameters;
    parameters.sel = selectors.all.front().get();
    const auto query = RandomRows(random, 1, 64, Shape::kNoise);
    EXPECT_EQ(Ask(pair.ours, query, 50, &parameters), Ask(pair.theirs, query, 50, &parameters));
  }
}

TEST(FaissFlatTest, AnswersSeveralQueriesAsItAnswersEach) {
  std::mt19937_64 random(4);
  FaissFlat index(8);
  index.add(5'000, RandomRows(random, 5'000, 8, Shape::kNoise).data());
  constexpr Label kQueries = 20;
  const auto queries = RandomRows(random, kQueries, 8, Shape::kNoise);
  std::vector<float> distances(kQueries * 3);
  std::vector<Label> labels(kQueries * 3);
  index.search(kQueries, queries.data(), 3, distances.data(), labels.data());
  for (std::size_t q = 0; q < kQueries; ++q) {
    const auto first = queries.begin() + static_cast<std::ptrdiff_t>(q * 8);
    const Hits alone = Ask(index, {first, first + 8}, 3, nullptr);
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_EQ(alone[i], std::pair(distances[q * 3 + i], labels[q * 3 + i]));
    }
  }
}

TEST(FaissFlatTest, SaysWhereItHasNothing) {
  FaissFlat index(2);
  const std::vector<float> query{0, 0};
  constexpr float kNowhere = std::numeric_limits<float>::max();
  EXPECT_THAT(Ask(index, query, 2, nullptr),
              testing::ElementsAre(std::pair(kNowhere, -1), std::pair(kNowhere, -1)));
  index.add(1, std::vector<float>{1, 0}.data());
  EXPECT_THAT(Ask(index, query, 2, nullptr),
              testing::ElementsAre(std::pair(1, 0), std::pair(kNowhere, -1)));
  EXPECT_THAT(Ask(index, {NAN, 0}, 1, nullptr), testing::ElementsAre(std::pair(kNowhere, -1)));
}

TEST(FaissFlatTest, StartsAnewWhenItIsReset) {
  FaissFlat index(1);
  for (int times = 0; times < 2; ++times) {
    index.add(3, std::vector<float>{5, 6, 7}.data());
    EXPECT_EQ(index.ntotal, 3);
    EXPECT_THAT(Ask(index, {7}, 1, nullptr), testing::ElementsAre(std::pair(0, 2)));
    index.reset();
    EXPECT_EQ(index.ntotal, 0);
  }
  index.add(2, std::vector<float>{1, 2}.data());
  EXPECT_EQ(index.remove_ids(faiss::IDSelectorAll()), 2u);
  index.add(1, std::vector<float>{9}.data());
  EXPECT_THAT(Ask(index, {9}, 1, nullptr), testing::ElementsAre(std::pair(0, 0)));
}

TEST(FaissFlatTest, RefusesWhatIsNotFiniteAndWhatIsNotThere) {
  FaissFlat index(1);
  const std::vector<float> wrong{NAN};
  EXPECT_THROW(index.add(1, wrong.data()), faiss::FaissException);
  std::vector<float> row(1);
  EXPECT_THROW(index.reconstruct(0, row.data()), faiss::FaissException);
  EXPECT_EQ(index.ntotal, 0);
}

}  // namespace
}  // namespace homeward
