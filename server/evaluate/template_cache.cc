#include "server/evaluate/template_cache.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <system_error>
#include <utility>

#include "matcher/file_bytes.h"

namespace homeward {
namespace {

// A file is this line, a line with the name of a reason or of kMade, and then the vector's floats
// as they are in memory.
constexpr std::string_view kFormat = "homeward template 1\n";
constexpr std::string_view kMade = "TEMPLATE\n";

std::span<const std::uint8_t> BytesOf(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string Encode(const Result<Template>& made) {
  if (!made) return fmt::format("{}{}\n", kFormat, Name(made.error().reason));
  std::string text = fmt::format("{}{}", kFormat, kMade);
  const std::size_t head = text.size();
  text.resize(head + made->vector.size() * sizeof(float));
  std::memcpy(text.data() + head, made->vector.data(), text.size() - head);
  return text;
}

std::optional<Result<Template>> Decode(std::string_view text, const std::string& space_id,
                                       int dimension) {
  if (!text.starts_with(kFormat)) return std::nullopt;
  text.remove_prefix(kFormat.size());
  if (text.starts_with(kMade)) {
    text.remove_prefix(kMade.size());
    Template made{space_id, std::vector<float>(static_cast<std::size_t>(dimension))};
    if (text.size() != made.vector.size() * sizeof(float)) return std::nullopt;
    std::memcpy(made.vector.data(), text.data(), text.size());
    return made;
  }
  for (const Reason reason : kFailuresToEnrol) {
    if (text == fmt::format("{}\n", Name(reason))) {
      return Fail(reason, "An earlier run found no template in this photo.");
    }
  }
  return std::nullopt;
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
      dimension_(pipeline.space.dimension),
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

std::optional<Result<Template>> TemplateCache::Find(std::string_view photo_digest) const {
  return Decode(ReadFileBytes(FileOf(photo_digest)).value_or(""), space_id_, dimension_);
}

Result<void> TemplateCache::Put(std::string_view photo_digest, const Result<Template>& made) const {
  const std::filesystem::path file = FileOf(photo_digest);
  std::filesystem::path draft = file;
  draft += fmt::format(".{:08x}{:08x}", randombytes_random(), randombytes_random());
  std::error_code error;
  if (WriteOwn(draft, Encode(made))) {
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
