#include "server/store/spread_file.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <optional>
#include <span>
#include <string>

#include "matcher/every_core.h"
#include "server/store/durable_file.h"

namespace homeward {
namespace {

constexpr std::array<char, 8> kMagic = {'H', 'W', 'S', 'P', 'R', 'E', 'A', 'D'};
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kHeaderBytes = 4096;
constexpr std::size_t kRowsAtOnce = 1024;

// The beginning of the file, filled up with zeros to kHeaderBytes.
struct Header {
  std::array<std::uint8_t, 16> seal;  // of the rest of all kHeaderBytes
  std::array<char, 8> magic;
  std::uint32_t version;
  std::uint32_t row_bytes;
  SpreadKey::FileId file;
  SpreadBinding binding;
  std::int64_t change;
  std::uint64_t count;
};
static_assert(sizeof(Header) == 96 && std::is_trivially_copyable_v<Header>);

using HeaderBytes = std::array<std::uint8_t, kHeaderBytes>;

HeaderBytes Sealed(const SpreadKey& key, const Header& header) {
  HeaderBytes bytes{};
  std::memcpy(bytes.data(), &header, sizeof header);
  const auto seal = key.Seal(std::span(bytes).subspan(sizeof header.seal));
  std::ranges::copy(seal, bytes.begin());
  return bytes;
}

std::unexpected<Error> Distrusted(const std::string& why) {
  return Fail(Reason::kStoreCorrupt, why);
}

off_t OffsetOf(std::uint64_t place) {
  return static_cast<off_t>(kHeaderBytes + place * kSpreadRowBytes);
}

bool ReadAt(int file, void* bytes, std::size_t size, off_t offset) {
  while (size > 0) {
    const ssize_t read = pread(file, bytes, size, offset);
    if (read == 0) errno = EIO;
    if (read == 0 || (read < 0 && errno != EINTR)) return false;
    if (read < 0) continue;
    bytes = static_cast<std::uint8_t*>(bytes) + read;
    size -= static_cast<std::size_t>(read);
    offset += read;
  }
  return true;
}

bool WriteAt(int file, const void* bytes, std::size_t size, off_t offset) {
  while (size > 0) {
    const ssize_t written = pwrite(file, bytes, size, offset);
    if (written < 0 && errno != EINTR) return false;
    if (written < 0) continue;
    bytes = static_cast<const std::uint8_t*>(bytes) + written;
    size -= static_cast<std::size_t>(written);
    offset += written;
  }
  return true;
}

// An open file whose header is believed.
struct OpenFile {
  std::unique_ptr<FileDescriptor> descriptor;
  SpreadKey key;
  Header header;
};

Result<OpenFile> OpenSpreadFile(const std::filesystem::path& path, int flags,
                                const SpreadFile::Secret& secret) {
  auto file = std::make_unique<FileDescriptor>(
      open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat status{};
  if (!file->is_open() || fstat(file->number(), &status) != 0) return FailedOn(path);
  if (!S_ISREG(status.st_mode)) return Distrusted("it is no plain file");
  if (status.st_size < OffsetOf(0)) return Distrusted("it is cut short");
  HeaderBytes bytes;
  if (!ReadAt(file->number(), bytes.data(), bytes.size(), 0)) return FailedOn(path);
  Header header;
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.magic != kMagic) return Distrusted("it is none");
  if (header.version != kVersion || header.row_bytes != kSpreadRowBytes) {
    return Distrusted("it is of another version");
  }
  const SpreadKey key(secret, header.file);
  if (Sealed(key, header) != bytes) return Distrusted("its header is damaged");
  if (header.count > static_cast<std::uint64_t>(status.st_size) / kSpreadRowBytes ||
      status.st_size != OffsetOf(header.count)) {
    return Distrusted("it has another length than when it was written");
  }
  return OpenFile{std::move(file), key, header};
}

Result<void> WriteAll(const OpenFile& to, const NewSpreadFile& file,
                      const std::filesystem::path& path, const std::function<bool()>& stopped) {
  const int number = to.descriptor->number();
  const HeaderBytes header = Sealed(to.key, to.header);
  if (!WriteAt(number, header.data(), header.size(), 0)) return FailedOn(path);
  std::vector<SpreadRow> rows;
  for (std::uint64_t place = 0; place < file.count && !stopped();) {
    const std::uint64_t first = place;
    rows.clear();
    for (; place < file.count && rows.size() < kRowsAtOnce; ++place) {
      rows.push_back(file.fill(to.key, place));
      to.key.SealRow(place, rows.back());
    }
    if (!WriteAt(number, rows.data(), rows.size() * kSpreadRowBytes, OffsetOf(first))) {
      return FailedOn(path);
    }
  }
  if (!stopped() && fsync(number) != 0) return FailedOn(path);
  return {};
}

// The row as it must be when these places are nobody's; nullopt where it may stay.
std::optional<SpreadRow> Without(const std::vector<bool>& forgotten, std::uint64_t place,
                                 const SpreadRow& row) {
  if (forgotten[place]) {
    if (row.state == SpreadRow::State::kNobody) return std::nullopt;
    return SpreadRow{};
  }
  const auto end = row.others.begin() + std::min<std::size_t>(row.count, row.others.size());
  if (std::none_of(row.others.begin(), end, [&](std::uint32_t other) {
        return other < forgotten.size() && forgotten[other];
      })) {
    return std::nullopt;
  }
  SpreadRow lost{};
  lost.writes = row.writes + 1;
  lost.record = row.record;
  lost.fingerprint = row.fingerprint;
  lost.partition = row.partition;
  lost.state = SpreadRow::State::kListLost;
  return lost;
}

// Hands all rows to `visit(rows, first place)`, some at a time, from several threads at once, until
// one gives an error, which is returned.
template <class Visit>
Result<void> ForRows(const OpenFile& file, const std::filesystem::path& path, SpreadRow* kept,
                     const Visit& visit) {
  std::mutex mutex;
  Result<void> outcome;  // guarded by mutex
  const auto visit_part = [&](std::size_t first, std::size_t size) -> Result<void> {
    std::vector<SpreadRow> passing(kept == nullptr ? size : 0);
    SpreadRow* const rows = kept == nullptr ? passing.data() : kept + first;
    if (!ReadAt(file.descriptor->number(), rows, size * kSpreadRowBytes, OffsetOf(first))) {
      return FailedOn(path);
    }
    return visit(std::span<const SpreadRow>(rows, size), first);
  };
  OnEveryCore(file.header.count, kRowsAtOnce, [&](std::size_t first, std::size_t size) {
    auto done = visit_part(first, size);
    const std::scoped_lock lock(mutex);
    if (outcome && !done) outcome = std::move(done);
  });
  return outcome;
}

}  // namespace

Result<SpreadFile> SpreadFile::Read(const std::filesystem::path& path, const Secret& secret,
                                    const SpreadBinding& binding) {
  const auto file = OpenSpreadFile(path, O_RDONLY, secret);
  if (!file) return std::unexpected(file.error());
  if (file->header.binding != binding) return Distrusted("it was made for another space");
  auto all = std::make_unique_for_overwrite<SpreadRow[]>(file->header.count);
  const std::uint64_t count = file->header.count;
  const auto sound =
      ForRows(*file, path, all.get(),
              [&](std::span<const SpreadRow> rows, std::uint64_t first) -> Result<void> {
                for (std::size_t i = 0; i < rows.size(); ++i) {
                  if (!file->key.IsSound(first + i, count, rows[i]))
                    return Distrusted("it is damaged");
                }
                return {};
              });
  if (!sound) return std::unexpected(sound.error());
  return SpreadFile(file->key, file->header.change, std::move(all), count);
}

Result<bool> WriteSpreadFile(const std::filesystem::path& path, const SpreadFile::Secret& secret,
                             const NewSpreadFile& file, const std::function<bool()>& stopped) {
  Header header{};
  header.magic = kMagic;
  header.version = kVersion;
  header.row_bytes = kSpreadRowBytes;
  randombytes_buf(header.file.data(), header.file.size());
  header.binding = file.binding;
  header.change = file.change;
  header.count = file.count;
  std::filesystem::path temporary = path;
  temporary += ".tmp";
  const OpenFile to{
      std::make_unique<FileDescriptor>(
          open(temporary.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600)),
      SpreadKey(secret, header.file), header};
  Result<void> done;
  if (!to.descriptor->is_open()) return FailedOn(temporary);
  done = WriteAll(to, file, temporary, stopped);
  const bool is_whole = done && !stopped();
  if (is_whole && std::rename(temporary.c_str(), path.c_str()) != 0) done = FailedOn(path);
  if (!is_whole || !done) unlink(temporary.c_str());
  if (done) done = SyncFolder(path.parent_path());
  if (!done) return std::unexpected(done.error());
  return is_whole;
}

Result<void> ForgetInSpreadFile(const std::filesystem::path& path, const SpreadFile::Secret& secret,
                                const std::vector<bool>& forgotten) {
  const auto file = OpenSpreadFile(path, O_RDWR, secret);
  if (!file) return std::unexpected(file.error());
  if (file->header.count != forgotten.size()) return Distrusted("it is another than was written");
  const int number = file->descriptor->number();
  auto done = ForRows(*file, path, nullptr,
                      [&](std::span<const SpreadRow> rows, std::uint64_t first) -> Result<void> {
                        for (std::size_t i = 0; i < rows.size(); ++i) {
                          const std::uint64_t place = first + i;
                          auto without = Without(forgotten, place, rows[i]);
                          if (!without) continue;
                          // What is damaged would get a good seal.
                          if (!file->key.IsSound(place, forgotten.size(), rows[i])) {
                            return Distrusted("it is damaged");
                          }
                          if (without->state != SpreadRow::State::kNobody)
                            file->key.SealRow(place, *without);
                          if (!WriteAt(number, &*without, kSpreadRowBytes, OffsetOf(place)))
                            return FailedOn(path);
                        }
                        return {};
                      });
  if (done && fsync(number) != 0) return FailedOn(path);
  return done;
}

}  // namespace homeward
