#include "server/evaluate/evaluation_templates.h"

#include <fmt/format.h>

#include <utility>

#include "matcher/file_bytes.h"
#include "server/evaluate/progress.h"
#include "server/evaluate/work_share.h"

namespace homeward {
namespace {

Result<std::vector<std::uint8_t>> ReadPhoto(const EvaluationPhoto& photo) {
  if (const auto bytes = ReadFileBytes(photo.file)) {
    return std::vector<std::uint8_t>(bytes->begin(), bytes->end());
  }
  return Fail(Reason::kFieldInvalid,
              fmt::format("Line {} of the manifest: {} cannot be read.", photo.line, photo.path),
              {{"line", std::to_string(photo.line)}});
}

Result<std::vector<std::string>> DigestFiles(const std::vector<EvaluationPhoto>& photos) {
  std::vector<std::string> digests;
  for (const EvaluationPhoto& photo : photos) {
    const auto bytes = ReadPhoto(photo);
    if (!bytes) return std::unexpected(bytes.error());
    digests.push_back(HexDigest(*bytes));
  }
  return digests;
}

// From the cache, or made and put there.
Result<Result<Template>> FindOrMake(const EvaluationPhoto& photo, const std::string& digest,
                                    const TemplateMaker& make,
                                    const std::optional<TemplateCache>& cache) {
  if (cache) {
    if (auto kept = cache->Find(digest)) return std::move(*kept);
  }
  const auto bytes = ReadPhoto(photo);
  if (!bytes) return std::unexpected(bytes.error());
  auto made = make(*bytes);
  if (!made && !IsFailureToEnrol(made.error().reason)) return std::unexpected(made.error());
  if (cache) {
    if (auto put = cache->Put(digest, made); !put) return std::unexpected(put.error());
  }
  return made;
}

}  // namespace

Result<std::vector<Result<Template>>> MakeTemplates(const std::vector<EvaluationPhoto>& photos,
                                                    const Pipeline& pipeline,
                                                    const std::optional<TemplateCache>& cache,
                                                    int threads, std::ostream& progress) {
  const auto digests = DigestFiles(photos);
  if (!digests) return std::unexpected(digests.error());
  if (auto ok = CheckDistinctFiles(photos, *digests); !ok) return std::unexpected(ok.error());

  std::vector<Result<Template>> templates(photos.size());
  Progress photos_done(progress, "photos analysed", photos.size());
  const auto make_worker = [&]() -> Result<Worker> {
    auto make = pipeline.make_worker();
    if (!make) return std::unexpected(make.error());
    return [&, make = std::move(*make)](std::size_t i) -> Result<void> {
      auto found = FindOrMake(photos[i], (*digests)[i], make, cache);
      if (!found) return std::unexpected(found.error());
      templates[i] = std::move(*found);
      photos_done.Step();
      return {};
    };
  };
  if (auto done = ShareOut(photos.size(), threads, make_worker); !done) {
    return std::unexpected(done.error());
  }
  return templates;
}

}  // namespace homeward
