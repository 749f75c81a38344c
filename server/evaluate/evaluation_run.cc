#include "server/evaluate/evaluation_run.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <set>
#include <unordered_map>
#include <utility>

#include "matcher/flat_index.h"
#include "matcher/gallery.h"
#include "matcher/searcher.h"
#include "matcher/shot_counter.h"
#include "server/evaluate/progress.h"
#include "server/evaluate/work_share.h"

namespace homeward {
namespace {

// Ids need only be distinct here.
template <class Id>
Id IdOf(std::uint64_t number) {
  Id id;
  std::memcpy(id.bytes.data(), &number, sizeof number);
  return id;
}

// Who is enrolled, under which record.
struct Enrolment {
  GalleryChange change;
  std::map<std::string, RecordId> records;
  std::unordered_map<RecordId, std::string> identities;
  std::set<std::string> with_template;
};

// In every space.
std::vector<Template> TemplatesOf(const AnalysedPhotos& analysed, std::size_t photo) {
  std::vector<Template> templates;
  if (analysed.templates[photo]) templates.push_back(*analysed.templates[photo]);
  for (const auto& space : analysed.further) {
    if (space[photo]) templates.push_back(*space[photo]);
  }
  return templates;
}

Enrolment Enrol(const std::vector<EvaluationPhoto>& photos, const AnalysedPhotos& analysed,
                EvaluationRun& run) {
  Enrolment enrolment;
  std::unordered_map<RecordId, ShotCounter> shots;
  enrolment.change.number = 1;
  for (std::size_t i = 0; i < photos.size(); ++i) {
    const EvaluationPhoto& photo = photos[i];
    if (!IsEnrolled(photo.role)) continue;
    const auto [record, added] =
        enrolment.records.try_emplace(photo.identity, IdOf<RecordId>(enrolment.records.size() + 1));
    if (added) {
      // In the order of the set, so that ties are decided by it.
      enrolment.change.put_records.push_back({record->second, static_cast<ChangeNumber>(i), {}});
      enrolment.identities.emplace(record->second, photo.identity);
      ++(photo.role == EvaluationRole::kReference ? run.references : run.fillers);
    }
    std::vector<Template> templates = TemplatesOf(analysed, i);
    if (templates.empty()) continue;
    enrolment.change.add_faces.push_back({record->second, IdOf<PhotoId>(i), IdOf<FaceId>(i),
                                          std::move(templates),
                                          shots[record->second].Number(analysed.prints[i])});
    enrolment.with_template.insert(photo.identity);
    ++run.templates;
  }
  return enrolment;
}

// What is decided by. With a yardstick every candidate has evidence.
double ValueOf(const GallerySnapshot& gallery, const Candidate& candidate,
               const Comparison& comparison, const SearchedSpaces& searched) {
  if (!candidate.evidence) return candidate.distance;
  const ChanceLine& line = searched.fusion ? LineOf(gallery, candidate, *searched.fusion)
                                           : searched.spaces.front().yardstick->line;
  return ExpectedStrangers(candidate.evidence->score, comparison.compared, line);
}

Result<SearchResult> Find(const GallerySnapshot& gallery, const SearchedSpaces& searched,
                          const std::vector<Template>& templates) {
  const SearchRequest request{.filter = {}, .max_candidates = kListLength, .after = 0};
  std::vector<Probe> probes(searched.spaces.size());
  for (std::size_t i = 0; i < probes.size(); ++i) {
    const Template* const found = FindTemplate(templates, searched.spaces[i].space.id);
    if (found != nullptr) probes[i].templates.push_back(*found);
  }
  return searched.fusion ? SearchFused(gallery, probes, request, *searched.fusion)
                         : Search(gallery, probes.front(), request);
}

Result<void> SearchOne(const GallerySnapshot& gallery, const Enrolment& enrolment,
                       const SearchedSpaces& searched, const EvaluationPhoto& photo,
                       const std::vector<Template>& probe, ProbeSearch& search) {
  const auto found = Find(gallery, searched, probe);
  if (!found) return std::unexpected(found.error());
  search.spread = found->probe_spread;
  search.compared = found->comparison.compared;
  search.mate_is_compared =
      search.outcome.is_mated && enrolment.with_template.contains(photo.identity);
  for (const Candidate& candidate : found->candidates) {
    const std::string& identity = enrolment.identities.at(candidate.record);
    const int rank = static_cast<int>(search.candidates.size()) + 1;
    const double value = ValueOf(gallery, candidate, found->comparison, searched);
    if (search.outcome.is_mated && identity == photo.identity) {
      search.outcome.mate_rank = rank;
      search.outcome.mate_value = value;
    } else {
      search.outcome.stranger_values.push_back(value);
    }
    search.outcome.best_value = std::min(search.outcome.best_value.value_or(value), value);
    search.candidates.push_back({rank, identity, candidate.distance});
  }
  return {};
}

std::vector<ProbeSearch> ListProbes(const std::vector<EvaluationPhoto>& photos,
                                    const AnalysedPhotos& analysed) {
  std::vector<ProbeSearch> searches;
  for (std::size_t i = 0; i < photos.size(); ++i) {
    if (IsEnrolled(photos[i].role)) continue;
    ProbeSearch search;
    search.photo = i;
    search.outcome.is_mated = photos[i].role == EvaluationRole::kMate;
    search.outcome.has_template = !TemplatesOf(analysed, i).empty();
    search.outcome.cohort = photos[i].cohort;
    search.outcome.person = photos[i].identity;
    searches.push_back(std::move(search));
  }
  return searches;
}

}  // namespace

std::vector<ProbeOutcome> OutcomesOf(const EvaluationRun& run) {
  std::vector<ProbeOutcome> outcomes;
  for (const ProbeSearch& search : run.searches) outcomes.push_back(search.outcome);
  return outcomes;
}

SearchedSpaces SpacesOf(const Pipeline& pipeline) {
  if (!pipeline.fusion) return {.spaces = {{pipeline.space, pipeline.yardstick}}};
  SearchedSpaces searched{.spaces = {}, .fusion = pipeline.fusion};
  for (const Pipeline& member : pipeline.members) {
    searched.spaces.push_back({member.space, member.yardstick});
  }
  return searched;
}

Result<EvaluationRun> RunSearches(const std::vector<EvaluationPhoto>& photos,
                                  const AnalysedPhotos& analysed, const SearchedSpaces& searched,
                                  int threads, std::ostream& progress) {
  EvaluationRun run;
  const Enrolment enrolment = Enrol(photos, analysed, run);
  Gallery gallery(searched.spaces,
                  [](const Space& each) { return std::make_unique<FlatIndex>(each.dimension); });
  if (auto applied = gallery.Apply(enrolment.change); !applied) {
    return std::unexpected(applied.error());
  }
  const auto snapshot = gallery.Pin();
  run.searches = ListProbes(photos, analysed);
  run.is_weighed = searched.fusion != nullptr || searched.spaces.front().yardstick != nullptr;
  Progress searches_done(progress, "searches", run.searches.size());
  const Worker work = [&](std::size_t i) -> Result<void> {
    ProbeSearch& search = run.searches[i];
    searches_done.Step();
    if (!search.outcome.has_template) return {};
    return SearchOne(*snapshot, enrolment, searched, photos[search.photo],
                     TemplatesOf(analysed, search.photo), search);
  };
  auto done = ShareOut(run.searches.size(), threads, [&]() -> Result<Worker> { return work; });
  if (!done) return std::unexpected(done.error());
  return run;
}

}  // namespace homeward
