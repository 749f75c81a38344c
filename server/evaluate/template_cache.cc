#include "server/evaluate/template_cache.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <system_error>
#include <utility>

#include "matcher/file_bytes.h"

namespace homeward {
namespace {

// A file is this line, a line with what photos are graded by, a line with the name of a reason or
// of kMade, then the vector's and the grades' floats as they are in memory and the print's bytes
// where there is one, and at its end the digest of all before it.
constexpr std::string_view kFormat = "homeward template 3\n";
constexpr std::string_view kFormatWithoutDigest = "homeward template 1\n";
constexpr std::string_view kMade = "TEMPLATE\n";
constexpr std::size_t kDigestLength = 64;

std::span<const std::uint8_t> BytesOf(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

void Append(std::string& text, const std::vector<float>& numbers) {
  text.append(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(float));
}

std::vector<float> TakeFloats(std::string_view& text, std::size_t count) {
  std::vector<float> numbers(count);
  std::memcpy(numbers.data(), text.data(), count * sizeof(float));
  text.remove_prefix(count * sizeof(float));
  return numbers;
}

bool Take(std::string_view& text, std::string_view beginning) {
  if (!text.starts_with(beginning)) return false;
  text.remove_prefix(beginning.size());
  return true;
}

std::string Encode(const Result<GradedTemplate>& made, const std::string& measures) {
  std::string text = fmt::format("{}{}", kFormat, measures);
  if (made) {
    text += kMade;
    Append(text, made->face_template.vector);
    Append(text, made->grades);
    if (made->print) text.append(made->print->values.begin(), made->print->values.end());
  } else {
    text += fmt::format("{}\n", Name(made.error().reason));
  }
  return text + HexDigest(BytesOf(text));
}

// Without the digest at the end, where that is right.
std::optional<std::string_view> Undamaged(std::string_view text) {
  if (text.size() < kDigestLength) return std::nullopt;
  const std::string_view head = text.substr(0, text.size() - kDigestLength);
  if (text.substr(head.size()) != HexDigest(BytesOf(head))) return std::nullopt;
  return head;
}

// Writes a file that only the owner reads.
bool WriteOwn(const std::filesystem::path& file, std::string_view text) {
  const int descriptor = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) return false;
  const auto written = write(descriptor, text.data(), text.size());
  return close(descriptor) == 0 && std::cmp_equal(written, text.size());
}

}  // namespace

std::string HexDigest(std::span<const std::uint8_t> bytes) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest;
  crypto_hash_sha256(digest.data(), bytes.data(), bytes.size());
  std::string hex(2 * digest.size() + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  hex.pop_back();
  return hex;
}

TemplateCache::TemplateCache(std::filesystem::path folder, const Pipeline& pipeline)
    : folder_(std::move(folder)),
      space_id_(pipeline.space.id),
      dimension_(static_cast<std::size_t>(pipeline.space.dimension)),
      measures_(fmt::format("{}\n", fmt::join(pipeline.measures, "\t"))),
      measure_count_(pipeline.measures.size()),
      maker_(fmt::format("{}\n{}\n{}\n{}", pipeline.space.id, pipeline.space.dimension,
                         pipeline.models_digest, pipeline.options)) {}

Result<TemplateCache> TemplateCache::Open(std::filesystem::path folder, const Pipeline& pipeline) {
  std::error_code error;
  if (std::filesystem::create_directories(folder, error)) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  }
  if (error || !std::filesystem::is_directory(folder)) {
    return Fail(
        Reason::kConfigInvalid,
        fmt::format("The cache {} is not a folder and cannot be made one.", folder.string()),
        {{"path", folder.string()}});
  }
  return TemplateCache(std::move(folder), pipeline);
}

std::expected<Result<GradedTemplate>, CacheMiss> TemplateCache::Find(
    std::string_view photo_digest) const {
  const auto file = ReadFileBytes(FileOf(photo_digest));
  if (!file) return std::unexpected(CacheMiss::kAbsent);
  const std::string_view whole = *file;
  if (whole.starts_with(kFormatWithoutDigest)) return std::unexpected(CacheMiss::kOlder);
  const auto undamaged = Undamaged(whole);
  if (!undamaged) return std::unexpected(CacheMiss::kDamaged);
  std::string_view text = *undamaged;
  if (!Take(text, kFormat) || !Take(text, measures_)) return std::unexpected(CacheMiss::kOlder);
  if (Take(text, kMade)) {
    const std::size_t floats = (dimension_ + measure_count_) * sizeof(float);
    if (text.size() != floats && text.size() != floats + sizeof(FacePrint)) {
      return std::unexpected(CacheMiss::kDamaged);
    }
    GradedTemplate made{{space_id_, TakeFloats(text, dimension_)}, {}, {}};
    made.grades = TakeFloats(text, measure_count_);
    if (!text.empty()) std::ranges::copy(text, made.print.emplace().values.begin());
    return made;
  }
  for (const Reason reason : kFailuresToEnrol) {
    if (text == fmt::format("{}\n", Name(reason))) {
      return Result<GradedTemplate>(
          Fail(reason, "An earlier run found no template in this photo."));
    }
  }
  return std::unexpected(CacheMiss::kDamaged);
}

Result<void> TemplateCache::Put(std::string_view photo_digest,
                                const Result<GradedTemplate>& made) const {
  const std::filesystem::path file = FileOf(photo_digest);
  std::filesystem::path draft = file;
  draft += fmt::format(".{:08x}{:08x}", randombytes_random(), randombytes_random());
  std::error_code error;
  if (WriteOwn(draft, Encode(made, measures_))) {
    std::filesystem::rename(draft, file, error);
    if (!error) return {};
  }
  std::filesystem::remove(draft, error);
  return Fail(Reason::kConfigInvalid,
              fmt::format("The cache {} cannot be written.", folder_.string()),
              {{"path", folder_.string()}});
}

std::filesystem::path TemplateCache::FileOf(std::string_view photo_digest) const {
  return folder_ / HexDigest(BytesOf(fmt::format("{}\n{}", photo_digest, maker_)));
}

}  // namespace homeward
