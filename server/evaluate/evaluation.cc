#include "server/evaluate/evaluation.h"

#include <fmt/format.h>

#include <fstream>
#include <utility>

#include "server/evaluate/evaluation_report.h"
#include "server/evaluate/evaluation_run.h"
#include "server/evaluate/evaluation_set.h"
#include "server/evaluate/evaluation_templates.h"
#include "server/evaluate/template_cache.h"

namespace homeward {
namespace {

Result<std::optional<TemplateCache>> OpenCache(const EvaluationOptions& options,
                                               const Pipeline& pipeline) {
  if (!options.cache) return std::nullopt;
  auto cache = TemplateCache::Open(*options.cache, pipeline);
  if (!cache) return std::unexpected(cache.error());
  return std::move(*cache);
}

Result<void> SaveScores(const std::filesystem::path& path,
                        const std::vector<EvaluationPhoto>& photos, const EvaluationRun& run,
                        const Space& space) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  WriteScores(photos, run, space, file);
  if (file.flush()) return {};
  return Fail(Reason::kConfigInvalid,
              fmt::format("The scores file {} cannot be written.", path.string()),
              {{"path", path.string()}});
}

}  // namespace

Result<void> Evaluate(const EvaluationOptions& options, const Pipeline& pipeline, std::ostream& out,
                      std::ostream& progress) {
  const auto photos = ReadEvaluationSet(options.manifest);
  if (!photos) return std::unexpected(photos.error());
  const auto cache = OpenCache(options, pipeline);
  if (!cache) return std::unexpected(cache.error());
  const auto templates = MakeTemplates(*photos, pipeline, *cache, options.threads, progress);
  if (!templates) return std::unexpected(templates.error());
  const auto run = RunSearches(*photos, *templates, {pipeline.space, pipeline.yardstick},
                               options.threads, progress);
  if (!run) return std::unexpected(run.error());
  if (options.scores) {
    if (auto saved = SaveScores(*options.scores, *photos, *run, pipeline.space); !saved) {
      return saved;
    }
  }
  out << MakeReport(*photos, *templates, *run, pipeline) << std::flush;
  return {};
}

}  // namespace homeward
