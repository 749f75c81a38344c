// What normalised evidence costs beside faiss::IndexFlatL2, at N people of one photo each:
//   query       the processor time that evidence adds to a whole search, against 15 % of FAISS's
//               query
//   whole query the whole search with evidence, against FAISS's query
//   start       loading a gallery, all spreads with it, against FAISS's search of all rows for the
//               113 nearest of all rows; on all cores, by the clock and by processor time
//   memory      bytes a person that a gallery holds more than without evidence, against 1,024 for a
//               list of 128 neighbours with their distances
//   add, remove one person enrolled, or erased, with every spread that changes, against FAISS's
//               query
// Sizes are 10,000 and 100,000, or those given as arguments. A million takes half an hour and 5 GB,
// hence only when asked for; FAISS then searches with a hundredth of the rows, counted a hundred
// times.
//
// Rows are made like faces (face_mixture.h).
#include <faiss/IndexFlat.h>
#include <malloc.h>
#include <omp.h>

#include <cstdint>
#include <cstdlib>
#include <random>
#include <span>
#include <vector>

#include "benchmarks/face_mixture.h"
#include "benchmarks/measurement.h"
#include "matcher/flat_index.h"
#include "matcher/searcher.h"

namespace homeward {
namespace {

constexpr int kDimension = kFaceDimension;
constexpr int kNearest = 20;
constexpr int kAllNearest = 113;
constexpr double kShare = .15;
constexpr double kListBytes = 1024;
constexpr std::int64_t kMostForAllOfFaiss = 200'000;
constexpr char kPeer[] = "faiss::IndexFlatL2 (Debian 1.7.3)";
constexpr char kSpace[] = "space";

void Check(bool ok) {
  if (!ok) std::abort();
}

double Now(clockid_t clock) {
  timespec time;
  clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

struct Duration {
  double wall = 0;  // s
  double cpu = 0;   // s, of all threads
};

template <class Work>
Duration Time(const Work& work) {
  const Duration begin{Now(CLOCK_MONOTONIC), Now(CLOCK_PROCESS_CPUTIME_ID)};
  work();
  return {Now(CLOCK_MONOTONIC) - begin.wall, Now(CLOCK_PROCESS_CPUTIME_ID) - begin.cpu};
}

double HeapBytes() {
  const auto info = mallinfo2();
  return static_cast<double>(info.uordblks + info.hblkhd);
}

// A gallery of one photo a person.
class Crowd {
 public:
  explicit Crowd(std::shared_ptr<const Yardstick> yardstick)
      : gallery_({{{kSpace, "none", kDimension}, std::move(yardstick)}},
                 [](const Space& space) { return std::make_unique<FlatIndex>(space.dimension); }) {}

  void Load(const std::vector<std::vector<float>>& faces) {
    for (const auto& face : faces) Check(gallery_.Load(Enrolment(face)).has_value());
    gallery_.Publish();
  }
  void Enrol(const std::vector<float>& face) { Check(gallery_.Apply(Enrolment(face)).has_value()); }
  void EraseLast() {
    GalleryChange change;
    change.number = ++number_;
    change.remove_records = {last_};
    Check(gallery_.Apply(change).has_value());
  }

  // Milliseconds.
  double Ask(const std::vector<float>& face) const {
    const Probe probe{.templates = {{kSpace, face}}, .self = std::nullopt};
    const SearchRequest request{.filter = {}, .max_candidates = kNearest, .after = 0};
    return 1e3 * ThreadSeconds([&] {
             const auto result = Search(*gallery_.Pin(), probe, request);
             Check(std::ssize(result.value().candidates) == kNearest);
           });
  }

 private:
  GalleryChange Enrolment(const std::vector<float>& face) {
    last_ = RandomId<RecordId>();
    GalleryChange change;
    change.number = ++number_;
    change.put_records = {{last_, number_, {}}};
    change.add_faces = {{last_, RandomId<PhotoId>(), RandomId<FaceId>(), {{kSpace, face}}}};
    return change;
  }

  template <class Id>
  Id RandomId() {
    Id id;
    for (auto& byte : id.bytes) byte = static_cast<std::uint8_t>(random_());
    return id;
  }

  std::mt19937_64 random_{1};
  Gallery gallery_;
  ChangeNumber number_ = 0;
  RecordId last_;
};

// FAISS's index of the same rows.
class Peer {
 public:
  void Add(const std::vector<std::vector<float>>& faces) {
    for (const auto& face : faces) index_.add(1, face.data());
  }

  // Milliseconds, on one thread.
  double Ask(const std::vector<float>& face) {
    return 1e3 * ThreadSeconds([&] {
             index_.search(1, face.data(), kNearest, distances_.data(), labels_.data());
           });
  }

  // All against all on all cores; beyond kMostForAllOfFaiss, a hundredth of them a hundred times.
  Duration AskAll() {
    const bool all = index_.ntotal <= kMostForAllOfFaiss;
    const auto asked = all ? index_.ntotal : index_.ntotal / 100;
    distances_.resize(static_cast<std::size_t>(asked * kAllNearest));
    labels_.resize(distances_.size());
    omp_set_num_threads(omp_get_num_procs());
    const Duration time = Time([&] {
      index_.search(asked, index_.get_xb(), kAllNearest, distances_.data(), labels_.data());
    });
    omp_set_num_threads(1);
    return all ? time : Duration{100 * time.wall, 100 * time.cpu};
  }

 private:
  faiss::IndexFlatL2 index_{kDimension};
  std::vector<float> distances_ = std::vector<float>(kNearest);
  std::vector<faiss::Index::idx_t> labels_ = std::vector<faiss::Index::idx_t>(kNearest);
};

class Comparer {
 public:
  Comparer(std::shared_ptr<const Yardstick> yardstick, FaceMixture& mixture, std::size_t people)
      : size_(std::to_string(people) + " people, "),
        mixture_(mixture),
        plain_(nullptr),
        weighed_(std::move(yardstick)) {
    std::vector<std::vector<float>> faces(people);
    for (auto& face : faces) face = mixture_.Draw();
    const double before = HeapBytes();
    plain_.Load(faces);
    const double between = HeapBytes();
    const Duration ours = Time([&] { weighed_.Load(faces); });
    const double more = (HeapBytes() - between) - (between - before);
    peer_.Add(faces);
    const Duration theirs = peer_.AskAll();
    Print("start by the clock", "s", "", ours.wall, theirs.wall);
    Print("start by processor time", "s", "", ours.cpu, theirs.cpu);
    PrintComparison({"evidence", size_ + "memory a person", "bytes", "128 neighbours, distances"},
                    more / static_cast<double>(people), kListBytes);
  }

  void CompareQueries(int runs) {
    std::vector<double> whole;
    std::vector<double> added;
    std::vector<double> theirs;
    for (int run = 0; run < runs; ++run) {
      const std::vector<float> face = mixture_.Draw();
      theirs.push_back(peer_.Ask(face));
      // Whoever is second finds some of memory warm, so they take turns.
      const bool is_first = run % 2 == 0;
      const double first = (is_first ? weighed_ : plain_).Ask(face);
      const double second = (is_first ? plain_ : weighed_).Ask(face);
      whole.push_back(is_first ? first : second);
      added.push_back(whole.back() - (is_first ? second : first));
    }
    Print("query, added by evidence", "ms", "15 % of ", Median(added), kShare * Median(theirs));
    Print("whole query", "ms", "", Median(whole), Median(theirs));
  }

  void CompareChanges(int runs) {
    std::vector<double> enrolments;
    std::vector<double> erasures;
    std::vector<double> theirs;
    for (int run = 0; run < runs; ++run) {
      const std::vector<float> face = mixture_.Draw();
      theirs.push_back(peer_.Ask(face));
      enrolments.push_back(1e3 * ThreadSeconds([&] { weighed_.Enrol(face); }));
      erasures.push_back(1e3 * ThreadSeconds([&] { weighed_.EraseLast(); }));
    }
    Print("add", "ms", "", Median(enrolments), Median(theirs));
    Print("remove", "ms", "", Median(erasures), Median(theirs));
  }

 private:
  void Print(const char* what, const char* unit, const char* of, double value,
             double peer_value) const {
    PrintComparison({"evidence", size_ + what, unit, std::string(of) + kPeer}, value, peer_value);
  }

  const std::string size_;
  FaceMixture& mixture_;
  Crowd plain_;
  Crowd weighed_;
  Peer peer_;
};

void Run(std::vector<std::size_t> sizes) {
  omp_set_num_threads(1);
  if (sizes.empty()) sizes = {10'000, 100'000};
  const std::vector<float> synthetic = ShippedCohort();
  const auto yardstick = std::make_shared<const Yardstick>(
      Cohort::Create(kDimension, synthetic).value(), ChanceLine{.intercept = 3.71,
                                                                .slope = 1.46,
                                                                .gallery_exponent = .487,
                                                                .data = {},
                                                                .measured_on = {}});
  FaceMixture mixture(synthetic, 1);
  for (const std::size_t people : sizes) {
    Comparer comparer(yardstick, mixture, people);
    comparer.CompareQueries(201);
    comparer.CompareChanges(101);
  }
}

}  // namespace
}  // namespace homeward

int main(int count, char** arguments) {
  std::vector<std::size_t> sizes;
  for (int i = 1; i < count; ++i) sizes.push_back(std::strtoull(arguments[i], nullptr, 10));
  homeward::Run(std::move(sizes));
}
