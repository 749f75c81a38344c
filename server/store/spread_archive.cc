#include "server/store/spread_archive.h"

#include <sodium.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <iterator>
#include <limits>
#include <numeric>
#include <optional>
#include <span>
#include <system_error>
#include <utility>

#include "matcher/every_core.h"
#include "matcher/evidence.h"
#include "matcher/gallery_snapshot.h"
#include "server/store/durable_file.h"

namespace homeward {
namespace {

constexpr std::uint32_t kNowhere = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kPersonsAtOnce = 4096;
// Where more than one in so many is not there any more, a file is not worth mending.
constexpr std::size_t kFewGone = 8;

class Digest {
 public:
  Digest() { crypto_generichash_init(&state_, nullptr, 0, std::tuple_size_v<SpreadBinding>); }
  void Add(std::span<const std::uint8_t> bytes) {
    const std::uint64_t size = bytes.size();
    crypto_generichash_update(&state_, reinterpret_cast<const std::uint8_t*>(&size), sizeof size);
    crypto_generichash_update(&state_, bytes.data(), bytes.size());
  }
  template <class T>
  void Add(std::span<const T> values) {
    Add({reinterpret_cast<const std::uint8_t*>(values.data()), values.size_bytes()});
  }
  SpreadBinding Finish() {
    SpreadBinding digest;
    crypto_generichash_final(&state_, digest.data(), digest.size());
    return digest;
  }

 private:
  crypto_generichash_state state_;
};

// Of everything that the lists and spreads of a space are made with, but for the persons.
SpreadBinding BindingOf(const Space& space, const Cohort& cohort) {
  Digest digest;
  digest.Add(std::span<const char>(space.id));
  digest.Add(std::span<const char>(space.model));
  const std::array<std::int64_t, 4> numbers{space.dimension, NearestList::kMost, kSpreadNeighbours,
                                            kSpreadLeftOut};
  digest.Add(std::span<const std::int64_t>(numbers));
  for (std::int64_t i = 0; i < cohort.size(); ++i) digest.Add(cohort.vector(i));
  return digest.Finish();
}

std::vector<ChangeNumber> RecordsOf(std::span<const SpreadRow> rows) {
  std::vector<ChangeNumber> records;
  records.reserve(rows.size());
  for (const SpreadRow& row : rows) records.push_back(row.record);
  return records;
}

// Somebody who is written, in the order of the records.
struct Entry {
  ChangeNumber record = 0;
  PartitionedSlot person;
};

std::vector<Entry> EntriesOf(const GallerySnapshot& gallery, const GallerySpace& space,
                             const KeptSpreads& spreads) {
  std::vector<Entry> entries;
  entries.reserve(spreads.persons().size());
  for (const PartitionedSlot& person : spreads.persons()) {
    const std::uint32_t row = space.record_of_slot[static_cast<std::size_t>(person.slot)];
    entries.push_back({gallery.records()[row].created, person});
  }
  std::ranges::sort(entries, {}, &Entry::record);
  return entries;
}

SpreadRow RowOf(const Entry& entry, std::uint64_t fingerprint, const Strangers& strangers,
                const std::vector<std::uint32_t>& place_of_slot) {
  SpreadRow row{};
  row.writes = 1;
  row.record = entry.record;
  row.fingerprint = fingerprint;
  row.squared_radius = strangers.nearest.squared_radius;
  row.mean = strangers.spread.mean;
  row.deviation = strangers.spread.deviation;
  row.state = SpreadRow::State::kListKnown;
  row.partition = static_cast<std::uint8_t>(entry.person.partition);
  row.count = static_cast<std::uint8_t>(strangers.nearest.count);
  for (std::size_t i = 0; i < row.count; ++i) {
    row.others[i] = place_of_slot[strangers.nearest.slots[i]];
  }
  return row;
}

}  // namespace

// What a start reads of one space, and where its persons stand in the gallery and in the file.
struct SpreadArchive::Recollection {
  std::optional<SpreadFile> file;
  Finding finding;
  std::vector<std::uint32_t> place_of_person;  // by index in the order of the call; or kNowhere
  std::vector<std::uint32_t> slot_of_place;    // or kNowhere
  // A list names somebody who is not there any more: a crash interrupted Forget, or came before it.
  std::atomic<bool> names_gone = false;

  // Finds the persons in the file, by record, and takes those who are as they were.
  std::vector<Acquaintance> Match(std::span<const SpacePerson> persons);
  std::uint32_t PlaceOf(const SpacePerson& person, const std::vector<ChangeNumber>& records,
                        std::uint32_t guess) const;
  bool Read(std::size_t index, Strangers& strangers);
  // Whose places have to be taken out of the file: nobody's, or of who is not there any more.
  std::vector<bool> Gone() const;
  bool HasGone() const;
};

std::vector<Acquaintance> SpreadArchive::Recollection::Match(std::span<const SpacePerson> persons) {
  const std::vector<ChangeNumber> records = RecordsOf(file->rows());
  std::vector<Acquaintance> known(persons.size(), Acquaintance::kNone);
  place_of_person.assign(persons.size(), kNowhere);
  slot_of_place.assign(records.size(), kNowhere);
  std::atomic<std::size_t> recalled = 0;
  OnEveryCore(persons.size(), kPersonsAtOnce, [&](std::size_t first, std::size_t size) {
    std::uint32_t guess = 0;
    for (std::size_t i = first; i < first + size; ++i) {
      const std::uint32_t place = PlaceOf(persons[i], records, guess);
      if (place == kNowhere) continue;
      guess = place + 1;
      place_of_person[i] = place;
      slot_of_place[place] = static_cast<std::uint32_t>(persons[i].place.slot);
      const bool has_list = file->rows()[place].state == SpreadRow::State::kListKnown;
      known[i] = has_list ? Acquaintance::kKnown : Acquaintance::kCounted;
      if (has_list) ++recalled;
    }
  });
  finding.recalled = recalled;
  return known;
}

// A record has one person, so no two persons are found at one place.
std::uint32_t SpreadArchive::Recollection::PlaceOf(const SpacePerson& person,
                                                   const std::vector<ChangeNumber>& records,
                                                   std::uint32_t guess) const {
  if (guess >= records.size() || records[guess] != person.record) {
    const auto rows = file->rows();
    // Rows of nobody stand between the others: they count as those before them.
    std::size_t low = 0;
    std::size_t high = rows.size();
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      std::size_t next = middle;
      while (next < high && records[next] == 0) ++next;
      if (next == high) {
        high = middle;
      } else if (records[next] < person.record) {
        low = next + 1;
      } else if (records[next] > person.record) {
        high = middle;
      } else {
        low = high = next;
      }
    }
    if (low >= records.size() || records[low] != person.record) return kNowhere;
    guess = static_cast<std::uint32_t>(low);
  }
  const SpreadRow& row = file->rows()[guess];
  const bool is_same = row.state != SpreadRow::State::kNobody &&
                       row.partition == person.place.partition &&
                       row.fingerprint == file->key().Fingerprint(person.record, person.vector);
  return is_same ? guess : kNowhere;
}

bool SpreadArchive::Recollection::Read(std::size_t index, Strangers& strangers) {
  const SpreadRow& row = file->rows()[place_of_person[index]];
  strangers.spread = {row.mean, row.deviation};
  strangers.nearest.squared_radius = row.squared_radius;
  strangers.nearest.count = 0;
  for (std::size_t i = 0; i < row.count; ++i) {
    const std::uint32_t slot = slot_of_place[row.others[i]];
    if (slot != kNowhere) strangers.nearest.slots[strangers.nearest.count++] = slot;
  }
  const bool is_cut = strangers.nearest.count < row.count;
  if (is_cut) names_gone = true;
  return is_cut;
}

std::vector<bool> SpreadArchive::Recollection::Gone() const {
  std::vector<bool> gone(slot_of_place.size());
  for (std::size_t place = 0; place < gone.size(); ++place) {
    gone[place] = slot_of_place[place] == kNowhere;
  }
  return gone;
}

bool SpreadArchive::Recollection::HasGone() const {
  if (names_gone) return true;
  for (std::size_t place = 0; place < slot_of_place.size(); ++place) {
    if (slot_of_place[place] == kNowhere &&
        file->rows()[place].state != SpreadRow::State::kNobody) {
      return true;
    }
  }
  return false;
}

SpreadArchive::SpreadArchive(std::filesystem::path folder, const SpreadFile::Secret& secret)
    : folder_(std::move(folder)), secret_(secret) {}

SpreadArchive::~SpreadArchive() = default;

Result<std::unique_ptr<SpreadArchive>> SpreadArchive::Open(const std::filesystem::path& folder,
                                                           const SpreadFile::Secret& secret) {
  if (mkdir(folder.c_str(), S_IRWXU) == 0) {
    if (auto ok = SyncFolder(folder.parent_path()); !ok) return std::unexpected(ok.error());
  } else if (errno != EEXIST) {
    return FailedOn(folder);
  }
  return std::unique_ptr<SpreadArchive>(new SpreadArchive(folder, secret));
}

// Ids of spaces hold what file names may not.
std::filesystem::path SpreadArchive::PathOf(const std::string& space_id) const {
  std::array<std::uint8_t, crypto_generichash_BYTES_MIN> digest;
  crypto_generichash(digest.data(), digest.size(),
                     reinterpret_cast<const std::uint8_t*>(space_id.data()), space_id.size(),
                     nullptr, 0);
  std::string name(2 * digest.size() + 1, '\0');
  sodium_bin2hex(name.data(), name.size(), digest.data(), digest.size());
  name.pop_back();
  return folder_ / (name + ".spreads");
}

SpreadMemory SpreadArchive::Recall(const MeasuredSpace& space,
                                   std::span<const SpacePerson> persons) {
  auto recollection = std::make_unique<Recollection>();
  Recollection& here = *recollection;
  here.finding = {space.space.id, persons.size(), 0, {}};
  recollections_[space.space.id] = std::move(recollection);
  auto file = SpreadFile::Read(PathOf(space.space.id), secret_,
                               BindingOf(space.space, *space.yardstick->cohort));
  if (!file) {
    here.finding.why_not = file.error().message;
    return {std::vector(persons.size(), Acquaintance::kNone), nullptr};
  }
  here.file = *std::move(file);
  return {here.Match(persons),
          [&here](std::size_t index, Strangers& strangers) { return here.Read(index, strangers); }};
}

Result<std::vector<SpreadArchive::Finding>> SpreadArchive::FinishRecall() {
  const std::scoped_lock lock(mutex_);
  std::vector<Finding> findings;
  saved_change_ = std::numeric_limits<ChangeNumber>::max();
  for (const auto& [space_id, here] : recollections_) {
    findings.push_back(here->finding);
    saved_change_ = std::min(saved_change_, here->file ? here->file->change() : 0);
    if (!here->file) continue;
    const std::vector<bool> gone = here->Gone();
    const auto count = static_cast<std::size_t>(std::ranges::count(gone, true));
    if (count * kFewGone > gone.size()) {
      saved_change_ = 0;
      continue;
    }
    const bool has_gone = here->HasGone();
    written_[space_id] = RecordsOf(here->file->rows());
    here->file.reset();
    if (!has_gone) continue;
    if (auto ok = ForgetPlaces(space_id, gone); !ok) return std::unexpected(ok.error());
  }
  recollections_.clear();
  if (saved_change_ == std::numeric_limits<ChangeNumber>::max()) saved_change_ = 0;
  if (auto ok = RemoveOthers(); !ok) return std::unexpected(ok.error());
  return findings;
}

// What is not a file of a space that was asked for and is used.
Result<void> SpreadArchive::RemoveOthers() {
  std::vector<std::filesystem::path> used;
  for (const auto& [space_id, records] : written_) used.push_back(PathOf(space_id));
  std::error_code failure;
  std::vector<std::filesystem::path> found;
  std::filesystem::directory_iterator entry(folder_, failure);
  for (; !failure && entry != std::filesystem::end(entry); entry.increment(failure)) {
    found.push_back(entry->path());
  }
  if (failure) {
    errno = failure.value();
    return FailedOn(folder_);
  }
  for (const auto& path : found) {
    if (std::ranges::find(used, path) != used.end()) continue;
    if (unlink(path.c_str()) != 0 && errno != ENOENT) return FailedOn(path);
  }
  return SyncFolder(folder_);
}

Result<bool> SpreadArchive::Save(const std::function<Result<KeptGallery>()>& keep,
                                 const std::function<bool()>& stopped) {
  {
    const std::scoped_lock lock(mutex_);
    saving_ = true;
    forgetting_ = false;
  }
  auto saved = SaveSpaces(keep, [&] { return forgetting_ || stopped(); });
  const std::scoped_lock lock(mutex_);
  saving_ = false;
  saved_.notify_all();
  return saved;
}

Result<bool> SpreadArchive::SaveSpaces(const std::function<Result<KeptGallery>()>& keep,
                                       const std::function<bool()>& stopped) {
  const auto kept = keep();
  if (!kept) return std::unexpected(kept.error());
  for (const auto& [space_id, spreads] : kept->spreads) {
    const auto written = SaveSpace(*kept->snapshot->FindSpace(space_id), *kept, stopped);
    if (!written || !*written) return written;
  }
  const std::scoped_lock lock(mutex_);
  saved_change_ = kept->snapshot->change_number();
  return true;
}

Result<bool> SpreadArchive::SaveSpace(const GallerySpace& space, const KeptGallery& kept,
                                      const std::function<bool()>& stopped) {
  const KeptSpreads& spreads = kept.spreads.at(space.space.id);
  const std::vector<Entry> entries = EntriesOf(*kept.snapshot, space, spreads);
  std::vector<std::uint32_t> place_of_slot(static_cast<std::size_t>(space.index->size()));
  std::vector<ChangeNumber> records;
  for (const Entry& entry : entries) {
    place_of_slot[static_cast<std::size_t>(entry.person.slot)] =
        static_cast<std::uint32_t>(records.size());
    records.push_back(entry.record);
  }
  const NewSpreadFile file{.binding = BindingOf(space.space, *space.yardstick->cohort),
                           .change = kept.snapshot->change_number(),
                           .count = entries.size(),
                           .fill = [&](const SpreadKey& key, std::uint64_t place) {
                             const Entry& entry = entries[place];
                             const Slot slot = entry.person.slot;
                             return RowOf(entry,
                                          key.Fingerprint(entry.record, space.index->vector(slot)),
                                          spreads.Of(slot), place_of_slot);
                           }};
  auto written = WriteSpreadFile(PathOf(space.space.id), secret_, file, stopped);
  const std::scoped_lock lock(mutex_);
  if (written && *written) written_[space.space.id] = std::move(records);
  // It is open which of the two is there.
  if (!written) static_cast<void>(Remove(space.space.id));
  return written;
}

ChangeNumber SpreadArchive::saved_change() const {
  const std::scoped_lock lock(mutex_);
  return saved_change_;
}

Result<void> SpreadArchive::Forget(ChangeNumber record) {
  std::unique_lock lock(mutex_);
  forgetting_ = true;
  saved_.wait(lock, [this] { return !saving_; });
  Result<void> forgotten;
  for (auto written = written_.begin(); written != written_.end();) {
    const auto next = std::next(written);
    std::vector<bool> places(written->second.size());
    bool is_there = false;
    for (std::size_t place = 0; place < places.size(); ++place) {
      if (written->second[place] != record) continue;
      places[place] = is_there = true;
      written->second[place] = 0;
    }
    if (is_there) {
      if (auto done = ForgetPlaces(std::string(written->first), places); !done) forgotten = done;
    }
    written = next;
  }
  return forgotten;
}

Result<void> SpreadArchive::ForgetPlaces(const std::string& space_id,
                                         const std::vector<bool>& places) {
  if (ForgetInSpreadFile(PathOf(space_id), secret_, places)) return {};
  return Remove(space_id);  // of no use any more, whatever went wrong
}

Result<void> SpreadArchive::Remove(const std::string& space_id) {
  saved_change_ = 0;
  const auto path = PathOf(space_id);
  if (unlink(path.c_str()) != 0 && errno != ENOENT) return FailedOn(path);
  if (auto ok = SyncFolder(folder_); !ok) return ok;
  written_.erase(space_id);
  return {};
}

}  // namespace homeward
