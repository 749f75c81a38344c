// What an erasure leaves in the files of the database: nothing.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <string_view>
#include <unordered_map>

#include "server/store/vector_bytes.h"
#include "tests/store/sqlite_store_under_test.h"

namespace homeward {
namespace {

// Byte strings that occur nowhere else.
using Traces = std::vector<std::string>;

std::string AllBytes(const std::filesystem::path& folder) {
  std::string bytes;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(entry.path(), std::ios::binary);
    bytes.append(std::istreambuf_iterator<char>(in), {});
  }
  return bytes;
}

template <class Bytes>
std::string Text(const Bytes& bytes) {
  return {bytes.begin(), bytes.end()};
}

// Records and photos full of traces, stored, changed and erased at random.
class TracedPeople {
 public:
  TracedPeople(Store& store, std::uint64_t seed) : store_(store), random_(seed) {}

  // One transaction. `growth` of 10 add somebody; of the rest, half are changes.
  void Step(std::uint64_t growth) {
    const auto work = Must(store_.Begin());
    if (live_.empty() || random_() % 10 < growth) {
      Add(*work);
    } else {
      const auto somebody =
          std::next(live_.begin(), static_cast<std::ptrdiff_t>(random_() % live_.size()));
      random_() % 2 == 0 ? Change(*work, somebody->first) : Erase(*work, somebody->first);
    }
    Must(work->Commit({}));
  }
  Traces live() const {
    Traces all;
    for (const auto& [record, traces] : live_) all.insert(all.end(), traces.begin(), traces.end());
    return all;
  }
  const Traces& erased() const { return erased_; }

 private:
  std::string Word() {
    return std::to_string(1'000'000'000'000'000'000u + random_() / 2) + "-trace";
  }

  // Names at both ends of a document of any length, up to several pages.
  Traces Describe(Record& record) {
    record.person.claimed_name = Word();
    record.person.remarks = Word() + std::string(random_() % 50 == 0 ? 9000 : random_() % 600, 'r');
    record.source_reference = Word();
    return {record.person.claimed_name, record.person.remarks.substr(0, 20),
            record.source_reference};
  }
  void Add(UnitOfWork& work) {
    Record record = samples_.NewRecord(RecordKind::kStranded);
    Traces& traces = live_[record.id] = Describe(record);
    PhotoEntry photo = samples_.NewPhoto(record.id, {kSpaceA});
    for (auto& byte : photo.sha256) byte = static_cast<std::uint8_t>(random_());
    photo.faces[0].face.box.x = static_cast<float>(random_() % 10'000'000) / 7;
    auto& vector = photo.faces[0].templates[0].vector;
    vector.resize(128);
    for (float& each : vector) each = std::uniform_real_distribution<float>(-1, 1)(random_);
    auto& print = photo.faces[0].face.print.emplace().values;
    for (auto& value : print) value = static_cast<std::uint8_t>(random_());
    traces.push_back(Text(std::span(print).first(32)));
    traces.push_back(Text(std::span(print).last(32)));
    traces.push_back(Text(photo.sha256));
    traces.push_back(Text(Must(VectorBytes(std::span(vector).first(8)))));
    traces.push_back(Text(Must(VectorBytes(std::span(vector).last(8)))));
    Must(work.AddRecord(record));
    Must(work.AddPhoto(photo));
  }
  void Change(UnitOfWork& work, const RecordId& id) {
    Record record = *Must(work.FindRecord(id));
    Traces& traces = live_[id];
    const Traces now = Describe(record);
    erased_.insert(erased_.end(), traces.begin(), traces.begin() + std::ssize(now));
    std::ranges::copy(now, traces.begin());
    Must(work.UpdateRecord(record));
  }
  void Erase(UnitOfWork& work, const RecordId& id) {
    Must(work.EraseRecord(id, At(1), "asked"));
    erased_.insert(erased_.end(), live_[id].begin(), live_[id].end());
    live_.erase(id);
  }

  Store& store_;
  std::mt19937_64 random_;
  StoreSamples samples_;
  std::map<RecordId, Traces> live_;
  Traces erased_;
};

// How many of the traces are among the bytes, in one walk over them.
std::int64_t CountFound(const Traces& traces, const std::string& bytes) {
  constexpr std::size_t kBeginning = 8;
  std::unordered_multimap<std::string_view, std::string_view> by_beginning;
  for (const std::string& trace : traces) {
    by_beginning.emplace(std::string_view(trace).substr(0, kBeginning), trace);
  }
  std::set<std::string_view> found;
  const std::string_view all = bytes;
  for (std::size_t at = 0; at + kBeginning <= all.size(); ++at) {
    const auto [first, last] = by_beginning.equal_range(all.substr(at, kBeginning));
    for (auto it = first; it != last; ++it) {
      if (all.substr(at).starts_with(it->second)) found.insert(it->second);
    }
  }
  return std::ssize(found);
}

void ExpectNoTraceAfter(int steps, std::uint64_t seed) {
  SqliteStoreUnderTest database;
  TracedPeople people(database.store(), seed);
  for (int step = 0; step < steps; ++step) people.Step(step < steps / 2 ? 6 : 2);
  Must(database.store().ScrubErased());
  const std::string bytes = AllBytes(database.folder().path());
  EXPECT_GT(people.erased().size(), static_cast<std::size_t>(steps) / 2);
  EXPECT_EQ(CountFound(people.erased(), bytes), 0) << "seed " << seed;
  EXPECT_EQ(CountFound(people.live(), bytes), std::ssize(people.live())) << "seed " << seed;
}

TEST(ErasureTest, LeavesNoTraceInAnyFile) { ExpectNoTraceAfter(400, 1); }

// One in some 20,000 rows is moved in a way that leaves a copy, where rows are moved at all.
TEST(ErasureTest, SlowLeavesNoTraceInAnyFileAfterManyThousandErasures) {
  for (std::uint64_t seed = 2; seed < 6; ++seed) ExpectNoTraceAfter(6000, seed);
}

TEST(ErasureTest, IsInTheWriteAheadLogUntilItIsScrubbed) {
  SqliteStoreUnderTest database;
  TracedPeople people(database.store(), 1);
  for (int step = 0; step < 20; ++step) people.Step(5);
  EXPECT_GT(CountFound(people.erased(), AllBytes(database.folder().path())), 0);
}

TEST(ErasureTest, SaysSoWhileAnotherProcessStillReadsTheOldLog) {
  SqliteStoreOptions options;
  options.busy_wait = std::chrono::milliseconds(0);
  SqliteStoreUnderTest database(options);
  TracedPeople people(database.store(), 1);
  for (int step = 0; step < 20; ++step) people.Step(5);
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(database.folder().file().c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN; SELECT * FROM records", nullptr, nullptr, nullptr),
            SQLITE_OK);
  EXPECT_EQ(Outcome(database.store().ScrubErased()), "STORE_UNAVAILABLE");
  ASSERT_EQ(sqlite3_close(other), SQLITE_OK);
  Must(database.store().ScrubErased());
}

}  // namespace
}  // namespace homeward
