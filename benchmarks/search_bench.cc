// The index and the whole search beside faiss::IndexFlatL2, which answers one query on one core.
// Numbers of rows as arguments; 100000 and 1000000 without. 10000000 need 11 GB.
//   single query       the 20 nearest of all rows; by the clock on the wall, as ours takes every
//                      core for a query, and by the processor time of all threads, which other
//                      programs on the machine disturb less
//   batch of 8         the same for eight queries that come together, a query
//   query among 1 %    the 20 nearest of the rows that a filter allows
//   ... AVX2           the same without the wider instructions that the machine may have
//   ... of faces       among rows that lie as faces do (a mean, 48 directions and noise); others
//                      are isotropic noise, in which codes rule out least
//   add                a million rows, one at a time, each visible to the next search; processor
//                      time of the one thread
//   remove             how long one removal takes; ours does not hold up searches, FAISS's must
//   longest pause      the longest time in which a reader pinned the index and made a small search
//                      while rows were removed all the time, beside the same without removals; by
//                      the clock, less the time in which other threads had its core
//   whole search       distinct records with attributes, filters and the account, against FAISS's
//                      bare query
#include <faiss/IndexFlat.h>
#include <faiss/impl/IDSelector.h>
#include <omp.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "benchmarks/measurement.h"
#include "matcher/code_kernel.h"
#include "matcher/flat_index.h"
#include "matcher/searcher.h"

namespace homeward {
namespace {

constexpr int kDimension = 128;
constexpr int kNearest = 20;
constexpr int kTogether = 8;
// Of more rows, only what the index itself does with noise is measured: the rest takes too long, or
// more memory than a small machine has.
constexpr Slot kManyRows = 2'000'000;
constexpr char kPeer[] = "faiss::IndexFlatL2 (Debian 1.7.3)";

void Check(bool ok) {
  if (!ok) std::abort();
}

// Draws rows of one kind.
class Rows {
 public:
  Rows(std::mt19937& random, bool of_faces) : random_(random) {
    if (!of_faces) return;
    for (float& each : mean_) each = Normal(0.1F);
    directions_.resize(kDirections, std::vector<float>(kDimension));
    for (auto& direction : directions_) {
      for (float& each : direction) each = Normal(0.07F / 11.3F);
    }
  }

  std::vector<float> Draw() {
    std::vector<float> row(mean_);
    for (float& each : row) each += Normal(directions_.empty() ? 0.1F : 0.015F);
    for (const auto& direction : directions_) {
      const float length = Normal(1);
      for (std::size_t i = 0; i < row.size(); ++i) row[i] += length * direction[i];
    }
    return row;
  }

 private:
  static constexpr std::size_t kDirections = 48;

  float Normal(float deviation) { return normal_(random_) * deviation; }

  std::mt19937& random_;
  std::normal_distribution<float> normal_;
  std::vector<float> mean_ = std::vector<float>(kDimension);
  std::vector<std::vector<float>> directions_;
};

template <class Id>
Id RandomId(std::mt19937& random) {
  Id id;
  for (auto& byte : id.bytes) byte = static_cast<std::uint8_t>(random());
  return id;
}

// The same rows in our index and in FAISS's, and how long adding them took.
struct Pair {
  Pair(Rows& rows, Slot count) {
    constexpr Slot kSome = 1'000;
    for (Slot done = 0; done < count; done += kSome) {
      std::vector<std::vector<float>> some;
      for (Slot i = 0; i < kSome; ++i) some.push_back(rows.Draw());
      our_seconds += ThreadSeconds([&] {
        for (const auto& row : some) Check(ours.Add(row).has_value());
      });
      their_seconds += ThreadSeconds([&] {
        for (const auto& row : some) theirs.add(1, row.data());
      });
    }
  }

  FlatIndex ours{kDimension};
  faiss::IndexFlatL2 theirs{kDimension};
  double our_seconds = 0;
  double their_seconds = 0;
};

double WallMilliseconds(const std::function<void()>& work) { return 1e3 * WallSeconds(work); }
// Of all threads.
double ProcessorMilliseconds(const std::function<void()>& work) {
  return 1e3 * SecondsBy(CLOCK_PROCESS_CPUTIME_ID, work);
}
using Clock = double(const std::function<void()>&);

// Some queries, what they may find, and FAISS's answers, which ours must equal.
class Queries {
 public:
  Queries(const Pair& pair, Rows& rows, const SlotFilter* few)
      : pair_(pair), all_(SlotFilter::Of(pair.ours.Pin()->size())), filter_(few ? *few : all_) {
    if (few != nullptr) {
      selector_ = std::make_unique<faiss::IDSelectorBitmap>(
          filter_.words.size() * sizeof(std::uint64_t),
          reinterpret_cast<const std::uint8_t*>(filter_.words.data()));
      parameters_.sel = selector_.get();
    }
    for (int i = 0; i < kTogether; ++i) vectors_.push_back(rows.Draw());
  }

  void Measure(const std::string& workload, int runs, Clock& clock) {
    Compare(
        {"search", workload, "ms", kPeer}, runs, [&] { return AskOurs(clock); },
        [&] { return AskFaiss(clock); });
  }
  void MeasureTogether(const std::string& workload, int runs, Clock& clock) {
    Compare(
        {"search", workload, "ms a query", kPeer}, runs, [&] { return AskTogether(clock); },
        [&] { return AskFaiss(clock); });
  }

 private:
  struct Answer {
    std::vector<float> distances = std::vector<float>(kNearest);
    std::vector<faiss::Index::idx_t> labels = std::vector<faiss::Index::idx_t>(kNearest);
    bool is_known = false;

    bool Equals(const std::vector<SlotHit>& hits) const {
      for (std::size_t i = 0; i < hits.size(); ++i) {
        if (hits[i] != SlotHit{labels[i], distances[i]}) return false;
      }
      // Where fewer are allowed, FAISS says -1 for the others.
      return std::ssize(hits) == std::ranges::count_if(labels, [](auto each) { return each >= 0; });
    }
  };

  // Another query each time.
  double AskFaiss(Clock& clock) {
    const std::size_t i = next_++ % kTogether;
    return clock([&] { Ask(i); });
  }
  void Ask(std::size_t i) {
    Answer& answer = answers_[i];
    pair_.theirs.search(1, vectors_[i].data(), kNearest, answer.distances.data(),
                        answer.labels.data(), selector_ ? &parameters_ : nullptr);
    answer.is_known = true;
  }

  double AskOurs(Clock& clock) {
    std::vector<SlotHit> hits;
    const std::size_t i = next_ % kTogether;
    const double time =
        clock([&] { hits = pair_.ours.Pin()->Search(vectors_[i], kNearest, filter_); });
    if (!answers_[i].is_known) Ask(i);
    Check(answers_[i].Equals(hits));
    return time;
  }

  double AskTogether(Clock& clock) {
    std::vector<SlotQuery> queries;
    for (const auto& vector : vectors_) queries.push_back({vector, kNearest, &filter_});
    std::vector<std::vector<SlotHit>> hits;
    const double time = clock([&] { hits = pair_.ours.Pin()->SearchTogether(queries); });
    for (std::size_t i = 0; i < kTogether; ++i) {
      if (!answers_[i].is_known) Ask(i);
      Check(answers_[i].Equals(hits[i]));
    }
    return time / kTogether;
  }

  const Pair& pair_;
  const SlotFilter all_;
  const SlotFilter& filter_;
  std::unique_ptr<faiss::IDSelectorBitmap> selector_;
  faiss::SearchParameters parameters_;
  std::vector<std::vector<float>> vectors_;
  std::vector<Answer> answers_ = std::vector<Answer>(kTogether);
  std::size_t next_ = 0;
};

void CompareQueries(const std::string& size, const Pair& pair, Rows& rows, int runs) {
  Queries all(pair, rows, nullptr);
  all.Measure(size + ", single query", runs, WallMilliseconds);
  all.Measure(size + ", single query, processor time", runs, ProcessorMilliseconds);
  all.MeasureTogether(size + ", batch of 8", runs, WallMilliseconds);
  all.MeasureTogether(size + ", batch of 8, processor time", runs, ProcessorMilliseconds);
#ifdef __x86_64__
  PreferCodeKernel(CompareCodesByAvx2);
  all.Measure(size + ", single query, AVX2", runs, WallMilliseconds);
  all.MeasureTogether(size + ", batch of 8, AVX2", runs, WallMilliseconds);
  PreferCodeKernel(nullptr);
#endif
}

void CompareFiltered(const std::string& size, const Pair& pair, Rows& rows, std::mt19937& random,
                     int runs) {
  SlotFilter few(pair.ours.Pin()->size());
  for (Slot slot = 0; slot < pair.ours.Pin()->size(); ++slot) {
    if (random() % 100 == 0) few.Allow(slot);
  }
  Queries among_few(pair, rows, &few);
  among_few.Measure(size + ", query among 1 %", runs, WallMilliseconds);
  among_few.Measure(size + ", query among 1 %, processor time", runs, ProcessorMilliseconds);
}

void CompareWholeSearch(const std::string& size, const Pair& pair, Rows& rows, std::mt19937& random,
                        int runs) {
  const auto snapshot = pair.ours.Pin();
  Gallery gallery({{"space", "none", kDimension}},
                  [](const Space& space) { return std::make_unique<FlatIndex>(space.dimension); });
  for (Slot i = 0; i < snapshot->size(); ++i) {
    const GalleryRecord record{RandomId<RecordId>(random), i + 1, {}};
    const auto row = snapshot->vector(i);
    GalleryChange change;
    change.number = i + 1;
    change.put_records = {record};
    change.add_faces = {{record.id,
                         RandomId<PhotoId>(random),
                         RandomId<FaceId>(random),
                         {{"space", {row.begin(), row.end()}}}}};
    Check(gallery.Apply(change).has_value());
  }
  const std::vector<float> query = rows.Draw();
  std::vector<float> distances(kNearest);
  std::vector<faiss::Index::idx_t> labels(kNearest);
  Compare(
      {"search", size + ", whole search", "ms", kPeer}, runs,
      [&] {
        const Probe probe{.templates = {{"space", query}}, .self = std::nullopt};
        const SearchRequest request{.filter = {}, .max_candidates = kNearest, .after = 0};
        return WallMilliseconds([&] {
          const auto result = Search(*gallery.Pin(), probe, request);
          Check(std::ssize(result.value().candidates) == kNearest);
        });
      },
      [&] {
        return WallMilliseconds([&] {
          pair.theirs.search(1, query.data(), kNearest, distances.data(), labels.data());
        });
      });
}

// How long this thread has waited for a core that other threads had.
double SecondsWithoutCore() {
  std::ifstream file("/proc/thread-self/schedstat");
  std::int64_t on_core = 0;
  std::int64_t without = 0;
  file >> on_core >> without;
  return static_cast<double>(without) * 1e-9;
}

// Pins the index and searches sixty-four rows of it, again and again.
double LongestPause(const FlatIndex& index, const std::vector<float>& query) {
  SlotFilter few(64);
  for (Slot slot = 0; slot < 64; ++slot) few.Allow(slot);
  double longest = 0;
  for (double all = 0; all < 0.3;) {
    const double without = SecondsWithoutCore();
    const double seconds = WallSeconds([&] { index.Pin()->Search(query, 1, few); });
    longest = std::max(longest, seconds - (SecondsWithoutCore() - without));
    all += seconds;
  }
  return 1e3 * longest;
}

void CompareRemovals(const std::string& size, Pair& pair, Rows& rows, int runs) {
  Slot next = 0;
  Compare(
      {"search", size + ", remove", "ms", kPeer}, runs,
      [&] {
        const std::vector<Slot> slots = {next += 997};
        return 1e3 * ThreadSeconds([&] { pair.ours.Remove(slots); });
      },
      [&] {
        const faiss::IDSelectorRange one(next, next + 1);
        return 1e3 * ThreadSeconds([&] { pair.theirs.remove_ids(one); });
      });
  const std::vector<float> query = rows.Draw();
  Compare(
      {"search", size + ", longest pause of a reader", "ms", "the same without removals"}, 5,
      [&] {
        std::atomic<bool> done = false;
        std::jthread writer([&] {
          for (; !done; next += 997) {
            pair.ours.Remove(std::vector<Slot>{next % pair.ours.Pin()->size()});
          }
        });
        const double longest = LongestPause(pair.ours, query);
        done = true;
        return longest;
      },
      [&] { return LongestPause(pair.ours, query); });
}

void RunFor(Slot count, std::mt19937& random) {
  const std::string size = fmt::format("{} x 128", count);
  const int runs = count <= 200'000 ? 41 : count <= kManyRows ? 17 : 5;
  if (count <= kManyRows) {
    Rows faces(random, true);
    const Pair pair(faces, count);
    Queries queries(pair, faces, nullptr);
    queries.Measure(size + ", single query of faces", runs, WallMilliseconds);
    queries.MeasureTogether(size + ", batch of 8 of faces", runs, WallMilliseconds);
  }
  Rows rows(random, false);
  Pair pair(rows, count);
  PrintComparison({"search", size + ", add", "s a million rows", kPeer},
                  pair.our_seconds * 1e6 / static_cast<double>(count),
                  pair.their_seconds * 1e6 / static_cast<double>(count));
  CompareQueries(size, pair, rows, runs);
  CompareFiltered(size, pair, rows, random, runs);
  if (count <= kManyRows) CompareWholeSearch(size, pair, rows, random, runs);
  CompareRemovals(size, pair, rows, runs);
}

void Run(std::vector<Slot> counts) {
  omp_set_num_threads(1);
  std::mt19937 random(1);
  if (counts.empty()) counts = {100'000, 1'000'000};
  for (const Slot count : counts) RunFor(count, random);
}

}  // namespace
}  // namespace homeward

int main(int argc, char** argv) {
  std::vector<homeward::Slot> counts;
  for (int i = 1; i < argc; ++i) counts.push_back(std::atoll(argv[i]));
  homeward::Run(std::move(counts));
}
