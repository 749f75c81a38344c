// What a start costs with the snapshot of everybody's nearest others (docs/snapshot.md) beside the
// same start without it, at N people of one photo each, in a real database:
//   start        database opened and checked, gallery made, archive read and cleaned; by processor
//                time of all threads, and by the clock
//   of which     the database alone, and the gallery without evidence: what no snapshot saves
//   saving       writing the snapshot, and for how long a writer waits meanwhile, against an
//                enrolment
//   forgetting   taking one person out of it, against an erasure from the gallery
// Sizes are 10,000 and 100,000, or those given as arguments. A first argument that is no number is
// a folder in which the databases stay, and are used again by the next run: to store a million
// people takes minutes. Beyond 200,000 a start without the snapshot would take too long: lists are
// drawn, not found, which is all the same to whoever saves and recalls them, and instead of it
// stands what was measured at 100,000 people and grows with the square.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "benchmarks/face_mixture.h"
#include "benchmarks/measurement.h"
#include "matcher/flat_index.h"
#include "matcher/gallery_snapshot.h"
#include "matcher/spread_table.h"
#include "server/records/gallery_rebuild.h"
#include "server/store/spread_archive.h"
#include "server/store/sqlite_store.h"

namespace homeward {
namespace {

constexpr char kSpace[] = "space";
constexpr char kWithout[] = "without the snapshot";
constexpr int kRuns = 3;
constexpr std::size_t kMostWithout = 200'000;

void Check(bool ok) {
  if (!ok) std::abort();
}

struct Duration {
  double wall = 0;  // s
  double cpu = 0;   // s, of all threads
};

template <class Work>
Duration Time(const Work& work) {
  Duration time;
  time.wall = WallSeconds([&] { time.cpu = SecondsBy(CLOCK_PROCESS_CPUTIME_ID, [&] { work(); }); });
  return time;
}

template <class Id>
Id RandomId(std::mt19937_64& random) {
  Id id;
  for (auto& byte : id.bytes) byte = static_cast<std::uint8_t>(random());
  return id;
}

// Half of them stranded, half missing.
void Enrol(Store& store, FaceMixture& mixture, std::mt19937_64& random) {
  const auto unit = store.Begin().value();
  Record record;
  record.id = RandomId<RecordId>(random);
  record.kind = random() % 2 == 0 ? RecordKind::kStranded : RecordKind::kMissing;
  if (record.kind == RecordKind::kMissing) record.details = MissingDetails();
  record.unit = "units/410900-01";
  Check(unit->AddRecord(record).has_value());
  PhotoEntry photo;
  photo.id = RandomId<PhotoId>(random);
  photo.record = record.id;
  photo.kind = PhotoKind::kFamily;
  photo.faces.resize(1);
  photo.faces[0].id = RandomId<FaceId>(random);
  photo.faces[0].face.print.emplace();
  photo.faces[0].templates = {{kSpace, mixture.Draw()}};
  Check(unit->AddPhoto(photo).has_value());
  Check(unit->Commit({}).has_value());
}

// A data folder of so many people, as far as a gallery needs one.
class Folder {
 public:
  Folder(const std::filesystem::path& parent, std::size_t people)
      : people_(people),
        path_(parent / std::to_string(people)),
        synthetic_(ShippedCohort()),
        mixture_(synthetic_, 1),
        spaces_(
            {{{kSpace, "none", kFaceDimension},
              std::make_shared<const Yardstick>(Cohort::Create(kFaceDimension, synthetic_).value(),
                                                ChanceLine{.intercept = 3.71,
                                                           .slope = 1.46,
                                                           .gallery_exponent = .487,
                                                           .data = {},
                                                           .measured_on = {}})}}) {
    if (std::filesystem::exists(path_)) return;
    std::filesystem::create_directories(path_);
    const auto store = SqliteStore::Open(database(), {}).value();
    for (std::size_t i = 0; i < people; ++i) Enrol(*store, mixture_, random_);
  }

  // A gallery whose lists are drawn.
  void MakeUp() {
    OpenFiles();
    gallery_ = RebuildGallery(*store_, spaces_, &MakeIndex, &Invent).value();
  }
  // From nothing to a gallery that could be searched.
  void StartWith(bool snapshot) {
    OpenFiles();
    gallery_ = RebuildGallery(
                   *store_, spaces_, &MakeIndex,
                   !snapshot ? SpreadRecall()
                             : [this](const auto& space,
                                      auto persons) { return archive_->Recall(space, persons); })
                   .value();
    if (!snapshot) return;
    const auto findings = archive_->FinishRecall().value();
    Check(findings.at(0).recalled > people_ * 9 / 10);
  }
  void OpenDatabase() { SqliteStore::Open(database(), {}).value(); }
  void MakeWithoutEvidence() {
    const std::vector<MeasuredSpace> plain = {{spaces_[0].space, nullptr}};
    Check(RebuildGallery(*store_, plain, &MakeIndex).has_value());
  }
  void Save() {
    const auto saved =
        archive_->Save([this]() -> Result<KeptGallery> { return Keep(); }, [] { return false; });
    Check(saved.has_value() && *saved);
  }
  KeptGallery Keep() {
    const auto lock = store_->Begin().value();
    return gallery_->Keep();
  }
  // Of somebody, from the gallery and the archive.
  void EraseFromGallery() {
    const auto snapshot = gallery_->Pin();
    GalleryChange change;
    change.number = snapshot->change_number() + 1;
    last_erased_ = snapshot->records()[random_() % snapshot->records().size()];
    change.remove_records = {last_erased_.id};
    Check(gallery_->Apply(change).has_value());
  }
  void ForgetErased() { Check(archive_->Forget(last_erased_.created).has_value()); }
  void EnrolInGallery() {
    GalleryChange change;
    change.number = gallery_->Pin()->change_number() + 1;
    change.put_records = {{RandomId<RecordId>(random_), change.number, {}}};
    change.add_faces = {{change.put_records[0].id,
                         RandomId<PhotoId>(random_),
                         RandomId<FaceId>(random_),
                         {{kSpace, mixture_.Draw()}}}};
    Check(gallery_->Apply(change).has_value());
  }

 private:
  std::filesystem::path database() const { return path_ / "homeward.db"; }
  void OpenFiles() {
    gallery_.reset();
    store_ = SqliteStore::Open(database(), {}).value();
    archive_ = SpreadArchive::Open(path_ / "spreads", {}).value();
  }
  static SpreadMemory Invent(const MeasuredSpace& /*space*/, std::span<const SpacePerson> persons) {
    std::vector<std::vector<std::uint32_t>> slots(SpreadTable::kPartitions);
    std::vector<std::size_t> partitions;
    for (const SpacePerson& each : persons) {
      slots[each.place.partition].push_back(static_cast<std::uint32_t>(each.place.slot));
      partitions.push_back(each.place.partition);
    }
    return {std::vector(persons.size(), Acquaintance::kKnown),
            [slots, partitions](std::size_t index, Strangers& strangers) {
              const auto& others = slots[partitions[index]];
              std::mt19937_64 random(index);
              strangers.spread = {.5F, .05F};
              strangers.nearest.squared_radius = .25F;
              strangers.nearest.count = NearestList::kMost;
              for (auto& slot : strangers.nearest.slots) slot = others[random() % others.size()];
              return false;
            }};
  }
  static std::unique_ptr<FaceIndex> MakeIndex(const Space& space) {
    return std::make_unique<FlatIndex>(space.dimension);
  }

  const std::size_t people_;
  const std::filesystem::path path_;
  const std::vector<float> synthetic_;
  FaceMixture mixture_;
  const std::vector<MeasuredSpace> spaces_;
  std::mt19937_64 random_{std::random_device()()};
  std::unique_ptr<SqliteStore> store_;
  std::unique_ptr<SpreadArchive> archive_;
  std::unique_ptr<Gallery> gallery_;
  GalleryRecord last_erased_;
};

Duration MedianOf(const std::vector<Duration>& times) {
  std::vector<double> wall;
  std::vector<double> cpu;
  for (const Duration& each : times) {
    wall.push_back(each.wall);
    cpu.push_back(each.cpu);
  }
  return {Median(wall), Median(cpu)};
}

template <class Work>
Duration MedianTime(const Work& work) {
  std::vector<Duration> times;
  for (int run = 0; run < kRuns; ++run) times.push_back(Time(work));
  return MedianOf(times);
}

class Report {
 public:
  explicit Report(std::size_t people) : size_(std::to_string(people) + " people, ") {}

  void Print(const std::string& what, const char* peer, const Duration& ours,
             const Duration& theirs) const {
    PrintComparison({"restart", size_ + what + " by processor time", "s", peer}, ours.cpu,
                    theirs.cpu);
    PrintComparison({"restart", size_ + what + " by the clock", "s", peer}, ours.wall, theirs.wall);
  }

 private:
  const std::string size_;
};

Duration WithoutSnapshot(Folder& folder, std::size_t people) {
  static Duration at_100_000;
  if (people > kMostWithout) {
    folder.MakeUp();
    const double times = static_cast<double>(people) / 1e5;
    return {at_100_000.wall * times * times, at_100_000.cpu * times * times};
  }
  const Duration time = Time([&] { folder.StartWith(false); });
  if (people == 100'000) at_100_000 = time;
  return time;
}

void Measure(const std::filesystem::path& parent, std::size_t people) {
  Folder folder(parent, people);
  const Report report(people);
  const Duration without = WithoutSnapshot(folder, people);
  folder.Save();
  const Duration with = MedianTime([&] { folder.StartWith(true); });
  report.Print("start", kWithout, with, without);
  report.Print("of which the database", kWithout, MedianTime([&] { folder.OpenDatabase(); }),
               without);
  report.Print("of which the gallery without evidence", kWithout,
               MedianTime([&] { folder.MakeWithoutEvidence(); }), without);
  report.Print("a writer waits while it is saved", "enrolment in the gallery",
               MedianTime([&] { folder.Keep(); }), MedianTime([&] { folder.EnrolInGallery(); }));
  folder.StartWith(true);
  std::vector<Duration> erased;
  std::vector<Duration> forgotten;
  for (int run = 0; run < kRuns; ++run) {
    erased.push_back(Time([&] { folder.EraseFromGallery(); }));
    forgotten.push_back(Time([&] { folder.ForgetErased(); }));
  }
  report.Print("forgetting one", "erasure from the gallery", MedianOf(forgotten), MedianOf(erased));
  folder.StartWith(true);
  report.Print("saving", kWithout, Time([&] { folder.Save(); }), without);
}

void Run(std::vector<std::string> arguments) {
  std::filesystem::path parent;
  if (!arguments.empty() && std::strtoull(arguments[0].c_str(), nullptr, 10) == 0) {
    parent = arguments[0];
    arguments.erase(arguments.begin());
  }
  const bool is_temporary = parent.empty();
  if (is_temporary) {
    parent = std::filesystem::temp_directory_path() / ("restart-" + std::to_string(getpid()));
  }
  if (arguments.empty()) arguments = {"10000", "100000"};
  for (const std::string& people : arguments) {
    Measure(parent, std::strtoull(people.c_str(), nullptr, 10));
  }
  if (is_temporary) std::filesystem::remove_all(parent);
}

}  // namespace
}  // namespace homeward

int main(int count, char** arguments) { homeward::Run({arguments + 1, arguments + count}); }
