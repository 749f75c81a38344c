#include "server/evaluate/evaluation_templates.h"

#include <fmt/format.h>

#include <numeric>
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

Result<std::vector<std::string>> DigestFiles(const std::vector<EvaluationPhoto>& photos,
                                             std::ostream& progress) {
  std::vector<std::string> digests;
  Progress photos_read(progress, "photos read", photos.size());
  for (const EvaluationPhoto& photo : photos) {
    const auto bytes = ReadPhoto(photo);
    if (!bytes) return std::unexpected(bytes.error());
    digests.push_back(HexDigest(*bytes));
    photos_read.Step();
  }
  return digests;
}

void Keep(Result<GradedTemplate> made, std::size_t photo, AnalysedPhotos& analysed) {
  if (made) {
    analysed.templates[photo] = std::move(made->face_template);
    analysed.grades[photo] = std::move(made->grades);
    analysed.prints[photo] = made->print;
  } else {
    analysed.templates[photo] = std::unexpected(std::move(made).error());
  }
}

// Takes what the cache knows and returns which photos it does not know.
std::vector<std::size_t> Recall(const std::vector<EvaluationPhoto>& photos,
                                const std::vector<std::string>& digests, const TemplateCache& cache,
                                AnalysedPhotos& analysed, std::ostream& progress) {
  std::vector<std::size_t> missing;
  std::size_t older = 0;
  for (std::size_t i = 0; i < photos.size(); ++i) {
    if (auto kept = cache.Find(digests[i])) {
      Keep(std::move(*kept), i, analysed);
      continue;
    } else if (kept.error() == CacheMiss::kDamaged) {
      progress << fmt::format("cache: {} is damaged; the photo of line {} is analysed again\n",
                              cache.FileOf(digests[i]).string(), photos[i].line);
    } else if (kept.error() == CacheMiss::kOlder) {
      ++older;
    }
    missing.push_back(i);
  }
  if (older > 0) {
    progress << fmt::format("cache: {} files are of an older program and are made anew\n", older);
  }
  progress << fmt::format("cache: {} of {} photos were analysed before\n",
                          photos.size() - missing.size(), photos.size())
           << std::flush;
  return missing;
}

Result<Result<GradedTemplate>> Analyse(const EvaluationPhoto& photo, const std::string& digest,
                                       const TemplateMaker& make,
                                       const std::optional<TemplateCache>& cache) {
  const auto bytes = ReadPhoto(photo);
  if (!bytes) return std::unexpected(bytes.error());
  auto made = make(*bytes);
  if (!made && !IsFailureToEnrol(made.error().reason)) return std::unexpected(made.error());
  if (cache) {
    if (auto put = cache->Put(digest, made); !put) return std::unexpected(put.error());
  }
  return made;
}

Result<AnalysedPhotos> AnalyseInSpace(const std::vector<EvaluationPhoto>& photos,
                                      const Pipeline& pipeline,
                                      const std::optional<std::filesystem::path>& folder,
                                      int threads, std::ostream& progress) {
  std::optional<TemplateCache> cache;
  if (folder) {
    auto opened = TemplateCache::Open(*folder, pipeline);
    if (!opened) return std::unexpected(opened.error());
    cache = *std::move(opened);
  }
  return AnalysePhotos(photos, pipeline, cache, threads, progress);
}

}  // namespace

Result<AnalysedPhotos> AnalyseInAllSpaces(const std::vector<EvaluationPhoto>& photos,
                                          const Pipeline& pipeline,
                                          const std::optional<std::filesystem::path>& cache,
                                          int threads, std::ostream& progress) {
  if (!pipeline.fusion) return AnalyseInSpace(photos, pipeline, cache, threads, progress);
  auto all = AnalyseInSpace(photos, pipeline.members.front(), cache, threads, progress);
  for (std::size_t i = 1; all && i < pipeline.members.size(); ++i) {
    auto more = AnalyseInSpace(photos, pipeline.members[i], cache, threads, progress);
    if (!more) return more;
    all->further.push_back(std::move(more->templates));
  }
  return all;
}

Result<AnalysedPhotos> AnalysePhotos(const std::vector<EvaluationPhoto>& photos,
                                     const Pipeline& pipeline,
                                     const std::optional<TemplateCache>& cache, int threads,
                                     std::ostream& progress) {
  const auto digests = DigestFiles(photos, progress);
  if (!digests) return std::unexpected(digests.error());
  if (auto ok = CheckDistinctFiles(photos, *digests); !ok) return std::unexpected(ok.error());

  AnalysedPhotos analysed{std::vector<Result<Template>>(photos.size()),
                          std::vector<std::vector<float>>(photos.size()),
                          std::vector<std::optional<FacePrint>>(photos.size())};
  std::vector<std::size_t> missing(photos.size());
  std::iota(missing.begin(), missing.end(), std::size_t{0});
  if (cache) missing = Recall(photos, *digests, *cache, analysed, progress);
  if (missing.empty()) return analysed;

  Progress photos_done(progress, "photos analysed", missing.size());
  const auto make_worker = [&]() -> Result<Worker> {
    auto make = pipeline.make_worker();
    if (!make) return std::unexpected(make.error());
    return [&, make = std::move(*make)](std::size_t piece) -> Result<void> {
      const std::size_t i = missing[piece];
      auto found = Analyse(photos[i], (*digests)[i], make, cache);
      if (!found) return std::unexpected(found.error());
      Keep(std::move(*found), i, analysed);
      photos_done.Step();
      return {};
    };
  };
  if (auto done = ShareOut(missing.size(), threads, make_worker); !done) {
    return std::unexpected(done.error());
  }
  return analysed;
}

}  // namespace homeward
