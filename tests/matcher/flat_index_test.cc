#include "matcher/flat_index.h"

#include <faiss/IndexFlat.h>
#include <faiss/impl/IDSelector.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <omp.h>
#include <rapidcheck/gtest.h>
#include <string.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <limits>
#include <random>
#include <span>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/testing/sanitizers.h"

namespace homeward {
namespace {

using Rows = std::vector<std::vector<float>>;

// Rows on a coarse grid collide and tie; others do so hardly ever.
Rows RandomRows(std::mt19937_64& random, std::size_t count, int dimension, bool on_grid) {
  std::uniform_int_distribution<int> grid(-1, 1);
  std::normal_distribution<float> normal;
  Rows rows(count, std::vector<float>(static_cast<std::size_t>(dimension)));
  for (auto& row : rows) {
    for (float& each : row) each = on_grid ? static_cast<float>(grid(random)) : normal(random);
  }
  return rows;
}

SlotFilter RandomFilter(std::mt19937_64& random, Slot size, double share) {
  SlotFilter filter(size);
  std::bernoulli_distribution allow(share);
  for (Slot slot = 0; slot < size; ++slot) {
    if (allow(random)) filter.Allow(slot);
  }
  return filter;
}

SlotFilter Everything(Slot size) {
  SlotFilter filter(size);
  for (Slot slot = 0; slot < size; ++slot) filter.Allow(slot);
  return filter;
}

// What is in the index, told by someone who knows nothing of blocks: rows, and which are live.
struct Model {
  Rows rows;
  std::vector<bool> live;

  void Add(FlatIndex& index, const std::vector<float>& row) {
    EXPECT_EQ(index.Add(row).value(), std::ssize(rows));
    rows.push_back(row);
    live.push_back(true);
  }
  void Remove(FlatIndex& index, const std::vector<Slot>& slots) {
    index.Remove(slots);
    for (const Slot slot : slots) live[static_cast<std::size_t>(slot)] = false;
  }
  bool Allows(const SlotFilter& filter, std::size_t i) const {
    return live[i] && filter.Allows(static_cast<Slot>(i));
  }
};

std::vector<SlotHit> SortedAndCut(std::vector<SlotHit> hits, int k) {
  std::ranges::sort(hits, {},
                    [](const SlotHit& hit) { return std::pair(hit.squared_distance, hit.slot); });
  if (std::ssize(hits) > k) hits.resize(static_cast<std::size_t>(k));
  return hits;
}

std::vector<SlotHit> BruteForce(const Model& model, const std::vector<float>& query, int k,
                                const SlotFilter& filter) {
  std::vector<SlotHit> hits;
  for (std::size_t i = 0; i < model.rows.size(); ++i) {
    if (!model.Allows(filter, i)) continue;
    float sum = 0;
    for (std::size_t j = 0; j < query.size(); ++j) {
      const float difference = query[j] - model.rows[i][j];
      sum += difference * difference;
    }
    hits.push_back({static_cast<Slot>(i), sum});
  }
  return SortedAndCut(std::move(hits), k);
}

// faiss::IndexFlatL2 asked for k with a selector, in the order it answers. Where it has nothing for
// k = 1 it says "row 0, infinitely far", instead of the -1 of larger k; neither is a hit.
std::vector<SlotHit> AskFaiss(const Model& model, const std::vector<float>& query, int k,
                              const SlotFilter& filter) {
  omp_set_num_threads(1);
  faiss::IndexFlatL2 index(std::ssize(query));
  std::vector<std::uint8_t> bitmap(model.rows.size() / 8 + 1, 0);
  for (std::size_t i = 0; i < model.rows.size(); ++i) {
    index.add(1, model.rows[i].data());
    if (model.Allows(filter, i)) bitmap[i / 8] |= static_cast<std::uint8_t>(1 << (i % 8));
  }
  faiss::IDSelectorBitmap selector(bitmap.size(), bitmap.data());
  faiss::SearchParameters parameters;
  parameters.sel = &selector;
  std::vector<float> distances(static_cast<std::size_t>(k));
  std::vector<faiss::Index::idx_t> labels(static_cast<std::size_t>(k));
  index.search(1, query.data(), k, distances.data(), labels.data(), &parameters);
  std::vector<SlotHit> hits;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] >= 0 && std::isfinite(distances[i])) hits.push_back({labels[i], distances[i]});
  }
  return hits;
}

// Where FAISS's choice among equals at place k is its own, only the distances can agree.
void ExpectSameUpToTiesAtTheEnd(const std::vector<SlotHit>& ours,
                                const std::vector<SlotHit>& faiss) {
  RC_ASSERT(ours.size() == faiss.size());
  const auto sorted = SortedAndCut(faiss, static_cast<int>(faiss.size()));
  for (std::size_t i = 0; i < ours.size(); ++i) {
    RC_ASSERT(ours[i].squared_distance == sorted[i].squared_distance);
    if (ours[i].squared_distance < ours.back().squared_distance) {
      RC_ASSERT(ours[i].slot == sorted[i].slot);
    }
  }
}

RC_GTEST_PROP(FlatIndexTest, EqualsFaissFlatAskedOneQueryAtATime, (std::uint64_t seed)) {
  std::mt19937_64 random(seed);
  const int dimension = *rc::gen::element(1, 3, 4, 9, 32, 128);
  const bool on_grid = *rc::gen::arbitrary<bool>();
  const auto count = *rc::gen::inRange<std::size_t>(0, 300);
  const int k = *rc::gen::inRange(1, 400);
  const double share = *rc::gen::element(1.0, 0.5, 0.1, 0.01, 0.0001);
  FlatIndex index(dimension);
  Model model;
  for (const auto& row : RandomRows(random, count, dimension, on_grid)) model.Add(index, row);
  const SlotFilter filter = RandomFilter(random, std::ssize(model.rows), share);
  const auto query = RandomRows(random, 1, dimension, on_grid).front();

  const auto hits = index.Pin()->Search(query, k, filter);

  const auto all = static_cast<int>(model.rows.size()) + 1;
  RC_ASSERT(hits == SortedAndCut(AskFaiss(model, query, all, filter), k));
  ExpectSameUpToTiesAtTheEnd(hits, AskFaiss(model, query, k, filter));
}

TEST(FlatIndexTest, EqualsFaissFlatForFiltersFromEverythingToOneInTenThousand) {
  std::mt19937_64 random(7);
  FlatIndex index(16);
  Model model;
  for (const auto& row : RandomRows(random, 20'000, 16, false)) model.Add(index, row);
  for (const double share : {1.0, 0.1, 0.01, 0.001, 0.0001}) {
    const SlotFilter filter = RandomFilter(random, 20'000, share);
    const auto query = RandomRows(random, 1, 16, false).front();
    EXPECT_EQ(index.Pin()->Search(query, 50, filter), AskFaiss(model, query, 50, filter));
  }
}

RC_GTEST_PROP(FlatIndexTest, EqualsABruteForceScanWhateverWasAddedAndRemoved,
              (std::uint64_t seed)) {
  std::mt19937_64 random(seed);
  const int dimension = *rc::gen::element(1, 2, 5);
  const bool on_grid = *rc::gen::arbitrary<bool>();
  FlatIndex index(dimension);
  Model model;
  const int steps = *rc::gen::inRange(1, 8);
  for (int step = 0; step < steps; ++step) {
    const auto count = *rc::gen::inRange<std::size_t>(0, 2'000);
    for (const auto& row : RandomRows(random, count, dimension, on_grid)) model.Add(index, row);
    std::vector<Slot> gone;
    std::bernoulli_distribution remove(*rc::gen::element(0.0, 0.01, 0.5, 1.0));
    for (Slot slot = 0; slot < std::ssize(model.rows); ++slot) {
      if (remove(random)) gone.push_back(slot);
    }
    model.Remove(index, gone);
    const double share = *rc::gen::element(1.0, 0.3, 0.01, 0.0001);
    const SlotFilter filter = RandomFilter(random, std::ssize(model.rows), share);
    const auto query = RandomRows(random, 1, dimension, on_grid).front();
    const int k = *rc::gen::element(1, 2, 20, 100, 10'000);
    RC_ASSERT(index.Pin()->Search(query, k, filter) == BruteForce(model, query, k, filter));
  }
}

RC_GTEST_PROP(FlatIndexTest, SnapshotsGiveWhatTheyGaveWhenTheyWerePinned, (std::uint64_t seed)) {
  std::mt19937_64 random(seed);
  FlatIndex index(3);
  Model model;
  struct Pinned {
    std::shared_ptr<const FaceIndexSnapshot> snapshot;
    Slot size;
    std::vector<SlotHit> hits;
  };
  const std::vector<float> query = {0.5F, -0.25F, 0.125F};
  std::vector<Pinned> pinned;
  for (int step = *rc::gen::inRange(1, 12); step > 0; --step) {
    const auto count = *rc::gen::inRange<std::size_t>(1, 400);
    for (const auto& row : RandomRows(random, count, 3, false)) model.Add(index, row);
    std::uniform_int_distribution<Slot> any(0, std::ssize(model.rows) - 1);
    model.Remove(index, {any(random), any(random), any(random)});
    const Slot size = std::ssize(model.rows);
    pinned.push_back({index.Pin(), size, BruteForce(model, query, 5'000, Everything(size))});
  }
  for (const Pinned& each : pinned) {
    RC_ASSERT(each.snapshot->size() == each.size);
    // A filter that allows later slots makes them no more visible.
    const SlotFilter filter = Everything(std::ssize(model.rows) + 200);
    RC_ASSERT(each.snapshot->Search(query, 5'000, filter) == each.hits);
  }
}

TEST(FlatIndexTest, GivesTheLowerSlotsOfEquallyDistantRowsAtPlaceK) {
  FlatIndex index(2);
  const std::vector<float> near = {1, 0};
  const std::vector<float> far = {2, 0};
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(index.Add(i == 17 ? near : far));
  const std::vector<float> query = {0, 0};
  EXPECT_THAT(index.Pin()->Search(query, 3, Everything(20)),
              testing::ElementsAre(SlotHit{17, 1}, SlotHit{0, 4}, SlotHit{1, 4}));
}

TEST(FlatIndexTest, FindsZeroVectorsAndDuplicates) {
  FlatIndex index(4);
  const std::vector<float> zero(4, 0);
  for (int i = 0; i < 11; ++i) ASSERT_TRUE(index.Add(zero));
  index.Remove(std::vector<Slot>{0, 3});
  const auto hits = index.Pin()->Search(zero, 100, Everything(11));
  ASSERT_EQ(hits.size(), 9u);
  EXPECT_EQ(hits.front(), (SlotHit{1, 0}));
  EXPECT_EQ(hits.back(), (SlotHit{10, 0}));
}

TEST(FlatIndexTest, GivesRowsWhoseDistanceOverflowsAsTheFarthest) {
  FlatIndex index(1);
  ASSERT_TRUE(index.Add(std::vector<float>{3e38F}));
  ASSERT_TRUE(index.Add(std::vector<float>{1}));
  const std::vector<float> query = {-3e38F};
  const float infinity = std::numeric_limits<float>::infinity();
  EXPECT_THAT(index.Pin()->Search(query, 2, Everything(2)),
              testing::ElementsAre(SlotHit{0, infinity}, SlotHit{1, infinity}));
}

TEST(FlatIndexTest, SearchesOnlyWhatTheFilterNamesAndNothingBeyondIt) {
  FlatIndex index(1);
  for (int i = 0; i < 200; ++i) ASSERT_TRUE(index.Add(std::vector<float>{static_cast<float>(i)}));
  SlotFilter filter(70);
  filter.Allow(69);
  filter.Allow(3);
  const std::vector<float> query = {150};
  EXPECT_THAT(index.Pin()->Search(query, 9, filter),
              testing::ElementsAre(SlotHit{69, 81 * 81}, SlotHit{3, 147 * 147}));
  EXPECT_THAT(index.Pin()->Search(query, 9, SlotFilter(0)), testing::IsEmpty());
}

TEST(FlatIndexTest, AnEmptyIndexAnswersNothing) {
  const FlatIndex index(3);
  EXPECT_EQ(index.dimension(), 3);
  EXPECT_EQ(index.Pin()->size(), 0);
  EXPECT_THAT(index.Pin()->Search(std::vector<float>(3), 5, Everything(64)), testing::IsEmpty());
}

TEST(FlatIndexTest, RefusesVectorsOfAnotherLengthOrNotFinite) {
  FlatIndex index(2);
  const float infinity = std::numeric_limits<float>::infinity();
  for (const std::vector<float>& wrong :
       {std::vector<float>{}, {1}, {1, 2, 3}, {1, NAN}, {-infinity, 1}}) {
    const auto slot = index.Add(wrong);
    ASSERT_FALSE(slot);
    EXPECT_EQ(slot.error().reason, Reason::kModelMismatch);
  }
  EXPECT_EQ(index.Pin()->size(), 0);
  EXPECT_EQ(index.Add(std::vector<float>{1, 2}).value(), 0);
}

TEST(FlatIndexTest, RemovingWhatIsNotThereDoesNothing) {
  FlatIndex index(1);
  ASSERT_TRUE(index.Add(std::vector<float>{1}));
  ASSERT_TRUE(index.Add(std::vector<float>{2}));
  index.Remove(std::vector<Slot>{-1, 2, 5'000});
  EXPECT_EQ(index.Pin()->Search(std::vector<float>{0}, 9, Everything(2)).size(), 2u);
  index.Remove(std::vector<Slot>{0, 0});
  index.Remove(std::vector<Slot>{0});
  EXPECT_EQ(index.Pin()->Search(std::vector<float>{0}, 9, Everything(2)).size(), 1u);
}

TEST(FlatIndexTest, NeverGivesASlotTwiceEvenWhenWholeBlocksAreGone) {
  FlatIndex index(1);
  std::vector<Slot> slots;
  for (Slot i = 0; i < 2 * FlatIndex::kBlockRows; ++i) {
    slots.push_back(index.Add(std::vector<float>{static_cast<float>(i)}).value());
  }
  index.Remove(slots);
  index.Remove(slots);
  EXPECT_EQ(index.Add(std::vector<float>{7}).value(), 2 * FlatIndex::kBlockRows);
  EXPECT_THAT(index.Pin()->Search(std::vector<float>{0}, 9, Everything(3 * FlatIndex::kBlockRows)),
              testing::ElementsAre(SlotHit{2 * FlatIndex::kBlockRows, 49}));
}

// A vector that nobody else would write, and the search for its bytes in this process's memory. It
// is kept with every bit turned over, so that the search does not find itself.
class Needle {
 public:
  Needle() {
    std::mt19937 random(20'261'101);
    for (auto& bits : turned_)
      bits = ~(0x3f000000u | static_cast<std::uint32_t>(random() & 0xffffff));
  }

  void AddTo(FlatIndex& index) const {
    std::vector<float> vector(turned_.size());
    for (std::size_t i = 0; i < vector.size(); ++i) vector[i] = std::bit_cast<float>(~turned_[i]);
    EXPECT_TRUE(index.Add(vector));
    explicit_bzero(vector.data(), vector.size() * sizeof(float));
  }

  bool IsInMemory() const {
    std::ifstream maps("/proc/self/maps");
    const int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    bool found = false;
    for (std::string line; !found && std::getline(maps, line);) {
      std::uint64_t begin = 0;
      std::uint64_t end = 0;
      char dash = 0;
      std::string rights;
      std::istringstream(line) >> std::hex >> begin >> dash >> end >> rights;
      found = rights.starts_with("rw") && (IsInRange(memory, begin, std::min(end, PageBegin())) ||
                                           IsInRange(memory, std::max(begin, PageEnd()), end));
    }
    close(memory);
    return found;
  }

 private:
  // What memory is read into, one piece at a time: never searched itself, and left empty.
  static std::vector<char>& Page() {
    static std::vector<char> page(1 << 20);
    return page;
  }
  static std::uint64_t PageBegin() { return reinterpret_cast<std::uint64_t>(Page().data()); }
  static std::uint64_t PageEnd() { return PageBegin() + Page().size(); }

  bool IsInRange(int memory, std::uint64_t begin, std::uint64_t end) const {
    std::vector<char>& page = Page();
    bool found = false;
    for (std::uint64_t at = begin; !found && at < end; at += page.size() - sizeof turned_) {
      const auto size = std::min<std::uint64_t>(page.size(), end - at);
      const auto read = pread(memory, page.data(), size, static_cast<off_t>(at));
      found = read > 0 && Contains({page.data(), static_cast<std::size_t>(read)});
    }
    explicit_bzero(page.data(), page.size());
    return found;
  }

  bool Contains(std::span<const char> bytes) const {
    for (std::size_t i = 0; i + sizeof turned_ <= bytes.size(); i += sizeof(float)) {
      std::size_t same = 0;
      for (std::uint32_t bits = 0; same < turned_.size(); ++same) {
        memcpy(&bits, bytes.data() + i + same * sizeof bits, sizeof bits);
        if (bits != ~turned_[same]) break;
      }
      if (same == turned_.size()) return true;
    }
    return false;
  }

  std::array<std::uint32_t, 64> turned_;
};

TEST(FlatIndexTest, ARemovedVectorLeavesMemoryWithItsLastReader) {
  if (kUnderSanitizer) GTEST_SKIP() << "a sanitizer's shadow memory is too large to search";
  const Needle needle;
  FlatIndex index(64);
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(index.Add(std::vector<float>(64, 1)));
  needle.AddTo(index);
  ASSERT_TRUE(index.Add(std::vector<float>(64, 1)));
  auto reader = index.Pin();
  index.Remove(std::vector<Slot>{5});
  EXPECT_TRUE(needle.IsInMemory());
  reader.reset();
  EXPECT_FALSE(needle.IsInMemory());
}

// Readers hold and search snapshots while the writer adds and removes; run under a race detector.
TEST(FlatIndexTest, SearchesGoOnWhileTheIndexChanges) {
  constexpr int kDimension = 8;
  FlatIndex index(kDimension);
  std::atomic<bool> done = false;
  std::atomic<int> wrong = 0;
  std::atomic<int> searches = 0;
  const auto read = [&] {
    const std::vector<float> query(kDimension, 0);
    for (; !done; ++searches) {
      const auto snapshot = index.Pin();
      const auto first = snapshot->Search(query, 50, Everything(snapshot->size()));
      const auto second = snapshot->Search(query, 50, Everything(snapshot->size()));
      // Row i is at distance i² · 8, so hits come in slot order.
      const bool ordered = std::ranges::is_sorted(first, {}, &SlotHit::slot);
      if (first != second || !ordered) ++wrong;
    }
  };
  std::vector<std::jthread> readers;
  for (int i = 0; i < 3; ++i) readers.emplace_back(read);
  for (int i = 0; i < 3'000 || searches < 30; ++i) {
    EXPECT_EQ(index.Add(std::vector<float>(kDimension, static_cast<float>(i))).value(), i);
    if (i % 7 == 0) index.Remove(std::vector<Slot>{i / 2, i});
  }
  done = true;
  readers.clear();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace homeward
