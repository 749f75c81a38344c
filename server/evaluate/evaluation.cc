#include "server/evaluate/evaluation.h"

#include <fmt/format.h>

#include <fstream>
#include <utility>

#include "matcher/file_bytes.h"
#include "server/evaluate/evaluation_page.h"
#include "server/evaluate/evaluation_probes.h"
#include "server/evaluate/evaluation_report.h"
#include "server/evaluate/evaluation_run.h"
#include "server/evaluate/evaluation_set.h"
#include "server/evaluate/evaluation_templates.h"
#include "server/evaluate/space_choice.h"
#include "server/evaluate/template_cache.h"

namespace homeward {
namespace {

// What `write` writes becomes the file at `path`.
template <class Write>
Result<void> Save(const std::filesystem::path& path, std::string_view what, const Write& write) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  write(file);
  if (file.flush()) return {};
  return Fail(Reason::kConfigInvalid,
              fmt::format("The {} {} cannot be written.", what, path.string()),
              {{"path", path.string()}});
}

Result<std::string> DigestManifest(const std::filesystem::path& manifest) {
  const auto text = ReadFileBytes(manifest);
  if (!text) {
    return Fail(Reason::kFieldInvalid,
                fmt::format("The manifest {} cannot be read.", manifest.string()),
                {{"path", manifest.string()}});
  }
  return HexDigest({reinterpret_cast<const std::uint8_t*>(text->data()), text->size()});
}

// The photos that the options leave.
Result<std::vector<EvaluationPhoto>> ReadPhotos(const EvaluationOptions& options) {
  auto photos = ReadEvaluationSet(options.manifest);
  if (photos && options.single_photo) return FirstPhotosOnly(*photos);
  return photos;
}

Result<void> SaveFiles(const EvaluationOptions& options, const std::vector<EvaluationPhoto>& photos,
                       const AnalysedPhotos& analysed, const EvaluationRun& run,
                       const Pipeline& pipeline, const RunParameters& parameters) {
  if (options.scores) {
    auto saved = Save(*options.scores, "scores file",
                      [&](std::ostream& out) { WriteScores(photos, run, pipeline.space, out); });
    if (!saved) return saved;
  }
  if (options.probes) {
    auto saved = Save(*options.probes, "probes file", [&](std::ostream& out) {
      WriteProbes(photos, analysed.grades, run, pipeline, out);
    });
    if (!saved) return saved;
  }
  if (!options.html) return {};
  return Save(*options.html, "page", [&](std::ostream& out) {
    out << MakePage(photos, analysed, run, pipeline, parameters);
  });
}

}  // namespace

Result<void> Evaluate(const EvaluationOptions& options, const Pipeline& pipeline, std::ostream& out,
                      std::ostream& progress) {
  if (auto chosen = ChooseSpaces({pipeline.space}, options.spaces); !chosen) {
    return std::unexpected(chosen.error());
  }
  const auto photos = ReadPhotos(options);
  if (!photos) return std::unexpected(photos.error());
  const auto manifest_sha256 = DigestManifest(options.manifest);
  if (!manifest_sha256) return std::unexpected(manifest_sha256.error());
  const auto analysed =
      AnalyseInAllSpaces(*photos, pipeline, options.cache, options.threads, progress);
  if (!analysed) return std::unexpected(analysed.error());
  const auto run = RunSearches(*photos, *analysed, SpacesOf(pipeline), options.threads, progress);
  if (!run) return std::unexpected(run.error());
  const RunParameters parameters{.manifest_sha256 = *manifest_sha256,
                                 .version = options.version,
                                 .made_on = options.made_on,
                                 .single_photo = options.single_photo};
  if (auto saved = SaveFiles(options, *photos, *analysed, *run, pipeline, parameters); !saved) {
    return saved;
  }
  out << MakeReport(*photos, analysed->templates, *run, pipeline, parameters) << std::flush;
  return {};
}

}  // namespace homeward
