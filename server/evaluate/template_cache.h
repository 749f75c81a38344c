// Templates kept between evaluations, as analysing a photo takes long.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/error.h"
#include "server/evaluate/template_maker.h"

namespace homeward {

// SHA-256 as 64 lower-case hexadecimal digits. Thread safe.
std::string HexDigest(std::span<const std::uint8_t> bytes);

// Why a cache does not answer.
enum class CacheMiss : std::uint8_t {
  kAbsent,
  kOlder,    // kept by a program that kept something else beside the template
  kDamaged,  // not what was written
};

// One file in a folder for each template, named by the digest of what it was made of and by: the
// photo's bytes, the space, the models and the options. Templates are biometrics: the folder and
// its files are the owner's alone. Thread safe.
class TemplateCache {
 public:
  // Makes the folder where it is missing. Errors: kConfigInvalid when that fails.
  static Result<TemplateCache> Open(std::filesystem::path folder, const Pipeline& pipeline);

  // What the pipeline said about the photo of this digest: its template, or why there is none. Any
  // change of a file since it was written counts as damage.
  std::expected<Result<GradedTemplate>, CacheMiss> Find(std::string_view photo_digest) const;
  // Keeps a template or a failure to enrol. Whole or not at all, also when several write at once.
  // Errors: kConfigInvalid (the folder cannot be written).
  Result<void> Put(std::string_view photo_digest, const Result<GradedTemplate>& made) const;
  // Where that is kept.
  std::filesystem::path FileOf(std::string_view photo_digest) const;

 private:
  TemplateCache(std::filesystem::path folder, const Pipeline& pipeline);

  std::filesystem::path folder_;
  std::string space_id_;
  std::size_t dimension_;
  std::string measures_;  // a line
  std::size_t measure_count_;
  std::string maker_;  // space, models and options
};

}  // namespace homeward
