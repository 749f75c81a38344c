#include "server/evaluate/evaluation_set.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <set>
#include <unordered_map>

#include "matcher/file_bytes.h"

namespace homeward {
namespace {

constexpr std::string_view kHeader = "identity\tpath\trole\tcohort";
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

std::unexpected<Error> FailAt(int line, std::string what) {
  return Fail(Reason::kFieldInvalid, fmt::format("Line {} of the manifest: {}", line, what),
              {{"line", std::to_string(line)}});
}

std::string_view TakeUntil(std::string_view& text, char end) {
  const std::string_view taken = text.substr(0, text.find(end));
  text.remove_prefix(std::min(text.size(), taken.size() + 1));
  return taken;
}

std::optional<EvaluationRole> ParseRole(std::string_view name) {
  if (name == "reference") return EvaluationRole::kReference;
  if (name == "filler") return EvaluationRole::kFiller;
  if (name == "mate") return EvaluationRole::kMate;
  if (name == "nonmate") return EvaluationRole::kNonmate;
  return std::nullopt;
}

Result<EvaluationPhoto> ParseLine(std::string_view line, int number,
                                  const std::filesystem::path& folder) {
  std::array<std::string_view, 4> fields;
  for (std::string_view& field : fields) field = TakeUntil(line, '\t');
  if (!line.empty()) return FailAt(number, "it has more than four columns.");
  const auto& [identity, path, role_name, cohort] = fields;
  if (identity.empty() || path.empty()) return FailAt(number, "identity or path is missing.");
  const auto role = ParseRole(role_name);
  if (!role) {
    return FailAt(
        number, fmt::format("role \"{}\" is none of reference, filler, mate, nonmate.", role_name));
  }
  return EvaluationPhoto{.identity = std::string(identity),
                         .path = std::string(path),
                         .role = *role,
                         .cohort = std::string(cohort),
                         .file = folder / std::filesystem::path(path),
                         .line = number};
}

Result<void> CheckRoles(const std::vector<EvaluationPhoto>& photos) {
  std::set<std::string_view> references;
  std::set<std::string_view> fillers;
  for (const EvaluationPhoto& photo : photos) {
    if (photo.role == EvaluationRole::kReference) references.insert(photo.identity);
    if (photo.role == EvaluationRole::kFiller) fillers.insert(photo.identity);
  }
  for (const EvaluationPhoto& photo : photos) {
    const bool has_reference = references.contains(photo.identity);
    if (photo.role == EvaluationRole::kMate && !has_reference) {
      return FailAt(photo.line, "a mate has no reference of its identity.");
    }
    if (photo.role == EvaluationRole::kFiller && has_reference) {
      return FailAt(photo.line, "a filler has a reference of its identity.");
    }
    if (photo.role == EvaluationRole::kNonmate &&
        (has_reference || fillers.contains(photo.identity))) {
      return FailAt(photo.line, "a nonmate is of an identity that is enrolled.");
    }
  }
  return {};
}

}  // namespace

bool IsEnrolled(EvaluationRole role) {
  return role == EvaluationRole::kReference || role == EvaluationRole::kFiller;
}

Result<std::vector<EvaluationPhoto>> ParseEvaluationSet(std::string_view text,
                                                        const std::filesystem::path& folder) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::vector<EvaluationPhoto> photos;
  for (int number = 1; !text.empty(); ++number) {
    std::string_view line = TakeUntil(text, '\n');
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (number == 1) {
      if (line != kHeader) return FailAt(1, "it must be the header: identity path role cohort.");
    } else if (!line.empty()) {
      auto photo = ParseLine(line, number, folder);
      if (!photo) return std::unexpected(photo.error());
      photos.push_back(std::move(*photo));
    }
  }
  if (photos.empty()) return FailAt(1, "no photo follows.");
  if (auto ok = CheckRoles(photos); !ok) return std::unexpected(ok.error());
  return photos;
}

Result<std::vector<EvaluationPhoto>> ReadEvaluationSet(const std::filesystem::path& manifest) {
  const auto text = ReadFileBytes(manifest);
  if (!text || text->empty()) {
    return Fail(Reason::kFieldInvalid,
                fmt::format("The manifest {} cannot be read or is empty.", manifest.string()),
                {{"path", manifest.string()}});
  }
  return ParseEvaluationSet(*text, manifest.parent_path());
}

std::vector<EvaluationPhoto> FirstPhotosOnly(const std::vector<EvaluationPhoto>& photos) {
  std::vector<EvaluationPhoto> kept;
  std::set<std::string_view> enrolled;
  for (const EvaluationPhoto& photo : photos) {
    if (IsEnrolled(photo.role) && !enrolled.insert(photo.identity).second) continue;
    kept.push_back(photo);
  }
  return kept;
}

Result<void> CheckDistinctFiles(const std::vector<EvaluationPhoto>& photos,
                                const std::vector<std::string>& digests) {
  std::unordered_map<std::string_view, const EvaluationPhoto*> enrolled;
  for (std::size_t i = 0; i < photos.size(); ++i) {
    if (IsEnrolled(photos[i].role)) enrolled.emplace(digests[i], &photos[i]);
  }
  for (std::size_t i = 0; i < photos.size(); ++i) {
    const auto same = enrolled.find(digests[i]);
    if (IsEnrolled(photos[i].role) || same == enrolled.end()) continue;
    return FailAt(photos[i].line,
                  fmt::format("{} is the same file as {} of line {}, which is enrolled.",
                              photos[i].path, same->second->path, same->second->line));
  }
  return {};
}

}  // namespace homeward
