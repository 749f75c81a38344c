// The index and the whole search beside faiss::IndexFlatL2, which answers one query on one core.
// Searches by the clock on the wall, as ours takes every core for a query; changes by the processor
// time of their one thread.
//   single query       the 20 nearest of all rows
//   query among 1 %    the 20 nearest of the rows that a filter allows
//   add                rows a second, one at a time, each visible to the next search
//   remove             how long one removal takes; ours does not hold up searches, FAISS's must
//   whole search       distinct records with attributes, filters and the account, against FAISS's
//   bare query
#include <faiss/IndexFlat.h>
#include <faiss/impl/IDSelector.h>
#include <omp.h>

#include <cstdint>
#include <cstdlib>
#include <random>
#include <vector>

#include "benchmarks/measurement.h"
#include "matcher/flat_index.h"
#include "matcher/searcher.h"

namespace homeward {
namespace {

constexpr int kDimension = 128;
constexpr int kNearest = 20;
constexpr char kPeer[] = "faiss::IndexFlatL2 (Debian 1.7.3)";

std::vector<float> RandomVector(std::mt19937& random) {
  std::normal_distribution<float> normal(0, 0.1F);
  std::vector<float> vector(kDimension);
  for (float& each : vector) each = normal(random);
  return vector;
}

template <class Id>
Id RandomId(std::mt19937& random) {
  Id id;
  for (auto& byte : id.bytes) byte = static_cast<std::uint8_t>(random());
  return id;
}

// The same rows in a Gallery of one face a record, in our index and in FAISS's.
struct Rows {
  Rows(std::mt19937& random, Slot count)
      : gallery({{"space", "none", kDimension}},
                [](const Space& space) { return std::make_unique<FlatIndex>(space.dimension); }) {
    for (Slot i = 0; i < count; ++i) {
      const std::vector<float> row = RandomVector(random);
      Check(ours.Add(row).has_value());
      theirs.add(1, row.data());
      const GalleryRecord record{RandomId<RecordId>(random), i + 1, {}};
      GalleryChange change;
      change.number = i + 1;
      change.put_records = {record};
      change.add_faces = {
          {record.id, RandomId<PhotoId>(random), RandomId<FaceId>(random), {{"space", row}}}};
      Check(gallery.Apply(change).has_value());
    }
  }

  static void Check(bool ok) {
    if (!ok) std::abort();
  }

  Gallery gallery;
  FlatIndex ours{kDimension};
  faiss::IndexFlatL2 theirs{kDimension};
};

// What both answer to `query`, with FAISS's selector or without; they must agree.
struct Query {
  std::vector<float> vector;
  std::vector<float> distances = std::vector<float>(kNearest);
  std::vector<faiss::Index::idx_t> labels = std::vector<faiss::Index::idx_t>(kNearest);

  double AskFaiss(const Rows& rows, const faiss::SearchParameters* parameters) {
    return 1e3 * WallSeconds([&] {
             rows.theirs.search(1, vector.data(), kNearest, distances.data(), labels.data(),
                                parameters);
           });
  }

  double AskOurs(const Rows& rows, const SlotFilter& filter) const {
    std::vector<SlotHit> hits;
    const double seconds =
        WallSeconds([&] { hits = rows.ours.Pin()->Search(vector, kNearest, filter); });
    for (std::size_t i = 0; i < hits.size() && labels.front() != -1 && distances.back() > 0; ++i) {
      Rows::Check(hits[i].squared_distance == distances[i] && hits[i].slot == labels[i]);
    }
    return 1e3 * seconds;
  }

  double AskGallery(const Rows& rows) const {
    const Probe probe{.templates = {{"space", vector}}, .self = std::nullopt};
    const SearchRequest request{.filter = {}, .max_candidates = kNearest, .after = 0};
    return 1e3 * WallSeconds([&] {
             const auto result = Search(*rows.gallery.Pin(), probe, request);
             Rows::Check(std::ssize(result.value().candidates) == kNearest);
           });
  }
};

void CompareQueries(const std::string& size, Rows& rows, std::mt19937& random, int runs) {
  const Slot count = rows.ours.Pin()->size();
  SlotFilter all(count);
  SlotFilter few(count);
  for (Slot slot = 0; slot < count; ++slot) {
    all.Allow(slot);
    if (random() % 100 == 0) few.Allow(slot);
  }
  faiss::IDSelectorBitmap selector(few.words.size() * sizeof(std::uint64_t),
                                   reinterpret_cast<const std::uint8_t*>(few.words.data()));
  faiss::SearchParameters among_few;
  among_few.sel = &selector;

  Query query{RandomVector(random)};
  query.AskFaiss(rows, nullptr);
  Compare(
      {"search", size + ", single query", "ms", kPeer}, runs,
      [&] { return query.AskOurs(rows, all); }, [&] { return query.AskFaiss(rows, nullptr); });
  Compare(
      {"search", size + ", whole search", "ms", kPeer}, runs,
      [&] { return query.AskGallery(rows); }, [&] { return query.AskFaiss(rows, nullptr); });
  query.AskFaiss(rows, &among_few);
  Compare(
      {"search", size + ", query among 1 %", "ms", kPeer}, runs,
      [&] { return query.AskOurs(rows, few); }, [&] { return query.AskFaiss(rows, &among_few); });
}

void CompareChanges(const std::string& size, Rows& rows, std::mt19937& random, int runs) {
  constexpr int kRows = 2'000;
  std::vector<std::vector<float>> added;
  for (int i = 0; i < kRows; ++i) added.push_back(RandomVector(random));
  Compare(
      {"search", size + ", add", "rows/s", kPeer, true}, runs,
      [&] {
        return kRows / ThreadSeconds([&] {
                 for (const auto& row : added) Rows::Check(rows.ours.Add(row).has_value());
               });
      },
      [&] {
        return kRows / ThreadSeconds([&] {
                 for (const auto& row : added) rows.theirs.add(1, row.data());
               });
      });
  Slot next = 0;
  Compare(
      {"search", size + ", remove", "ms", kPeer}, runs,
      [&] {
        const std::vector<Slot> slots = {next += 997};
        return 1e3 * ThreadSeconds([&] { rows.ours.Remove(slots); });
      },
      [&] {
        const faiss::IDSelectorRange one(next, next + 1);
        return 1e3 * ThreadSeconds([&] { rows.theirs.remove_ids(one); });
      });
}

void Run() {
  omp_set_num_threads(1);
  std::mt19937 random(1);
  {
    Rows rows(random, 100'000);
    CompareQueries("100k x 128", rows, random, 41);
    CompareChanges("100k x 128", rows, random, 21);
  }
  Rows rows(random, 1'000'000);
  CompareQueries("1M x 128", rows, random, 9);
}

}  // namespace
}  // namespace homeward

int main() { homeward::Run(); }
