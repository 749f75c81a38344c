// homewardd. The one place where models, database and service meet.
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "models/model_pack.h"
#include "server/evaluate/analyzer_pipeline.h"
#include "server/evaluate/calibration.h"
#include "server/evaluate/evaluation.h"
#include "server/process/command_line.h"
#include "server/process/random_ids.h"
#include "server/process/space_list.h"
#include "server/process/stop_signal.h"
#include "server/process/system_clock.h"
#include "server/records/date.h"
#include "server/records/resource_name.h"
#include "server/service.h"
#include "server/service_log.h"
#include "server/store/sqlite_store.h"

namespace homeward {
namespace {

constexpr int kSuccess = 0;
constexpr int kRefused = 1;  // the service cannot start with what it was given
constexpr int kMisused = 2;  // flags or configuration

int Complain(const Error& error, int status) {
  fmt::print(stderr, "homewardd: {}: {}\n", Name(error.reason), error.message);
  return status;
}

// Those of the spaces that are worked in and of their fusions; the leading space has some.
Result<std::vector<OperatingPoint>> ShippedPoints(const ModelPack& models) {
  std::vector<OperatingPoint> points;
  const auto add = [&](const std::string& space_id) {
    std::ranges::copy_if(models.operating_points(), std::back_inserter(points),
                         [&](const OperatingPoint& point) { return point.space_id == space_id; });
  };
  for (const MeasuredSpace& each : models.spaces()) {
    add(each.space.id);
    if (!points.empty()) continue;
    return Fail(
        Reason::kConfigInvalid,
        fmt::format("The model manifest has no operating point of the space {}.", each.space.id),
        {{"space", each.space.id}});
  }
  for (const Fusion& fusion : models.fusions()) add(fusion.id);
  return points;
}

std::map<std::string, std::string> DigestsOf(const ModelPack& models) {
  std::map<std::string, std::string> digests;
  for (std::size_t i = 0; i < models.spaces().size(); ++i) {
    digests[models.spaces()[i].space.id] = models.digests()[i];
  }
  return digests;
}

std::vector<std::string> EnginesOf(const ModelPack& models) {
  std::vector<std::string> engines;
  for (const ModelPack::Embedding& each : models.embeddings()) engines.push_back(each.engine);
  return engines;
}

Result<std::unique_ptr<Service>> StartService(const Config& config, const ModelPack& models,
                                              const Clock& clock, IdSource& ids) {
  auto operating_points = ShippedPoints(models);
  if (!operating_points) return std::unexpected(std::move(operating_points).error());
  return Service::Start(
      config,
      {.open_store =
           [&models](const std::filesystem::path& database) -> Result<std::unique_ptr<Store>> {
         return SqliteStore::Open(database, {.models_digests = DigestsOf(models)});
       },
       .make_analyzer = [&models] { return models.MakeAnalyzer(); },
       .spaces = models.spaces(),
       .operating_points = *std::move(operating_points),
       .fusions = models.fusions(),
       .clock = clock,
       .ids = ids,
       .sink = LoggingSink(),
       .embedders = EnginesOf(models)});
}

Result<std::unique_ptr<ModelPack>> OpenModels(const Config& config,
                                              const std::vector<std::string>& spaces) {
  return ModelPack::Open(
      config.manifest, config.weights, spaces,
      config.models_embedder == "dlib" ? EmbedderEngine::kDlib : EmbedderEngine::kAuto);
}

void LogEngines(const ModelPack& models) {
  const auto [detector, why_detector_not_fast] = models.detection();
  LogInfo("faces found by MMOD on " + detector);
  if (!why_detector_not_fast.empty()) {
    LogInfo("not on oneDNN, several times as fast: " + why_detector_not_fast);
  }
  for (std::size_t i = 0; i < models.spaces().size(); ++i) {
    const auto& [engine, why_not_fast] = models.embeddings()[i];
    LogInfo(fmt::format("space {}: embedded by {}", models.spaces()[i].space.id, engine));
    if (!why_not_fast.empty()) LogInfo("not by oneDNN, several times as fast: " + why_not_fast);
  }
}

int Serve(const Config& config) {
  StopSignal::Install();
  StartLog(config.log_level);
  umask(S_IRWXG | S_IRWXO);
  const auto ids = RandomIds::Create();
  if (!ids) return Complain(ids.error(), kRefused);
  const auto models = OpenModels(config, SpaceIds(config.models_spaces));
  if (!models) return Complain(models.error(), kRefused);
  LogEngines(**models);
  const SystemClock clock;
  const auto service = StartService(config, **models, clock, **ids);
  if (!service) return Complain(service.error(), kRefused);
  fmt::print("listening on {}\n", (*service)->address());
  std::fflush(stdout);
  StopSignal::Wait();
  LogInfo("stopping: running calls end, new ones are refused");
  (*service)->Drain();
  LogInfo("stopped");
  return kSuccess;
}

std::string Today() { return IsoDay(DayInChina(SystemClock().Now())); }

int PipelineThreads() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

// Of one of the spaces that `models` was opened with, and what weighs its distances.
Pipeline SpacePipeline(const ModelPack& models, std::string_view id) {
  const auto is_meant = [&](const MeasuredSpace& each) { return each.space.id == id; };
  const auto space = std::ranges::find_if(models.spaces(), is_meant);
  const auto place = static_cast<std::size_t>(space - models.spaces().begin());
  Pipeline pipeline =
      AnalyzerPipeline(space->space, models.digests()[place],
                       [&models, id = space->space.id] { return models.MakeAnalyzer(id); });
  pipeline.yardstick = space->yardstick;
  return pipeline;
}

// Of the first space that was asked for, or the first fusion, with its operating point. `models`
// must outlive it.
Result<Pipeline> MakePipeline(const ModelPack& models, const std::vector<std::string>& asked) {
  const std::string id = asked.empty() ? models.spaces().front().space.id : asked.front();
  const std::vector<Fusion> fusions = models.fusions();
  const auto fusion = std::ranges::find(fusions, id, &Fusion::id);
  Pipeline pipeline;
  if (fusion == fusions.end()) {
    pipeline = SpacePipeline(models, id);
  } else {
    std::vector<Pipeline> members;
    for (const std::string& member : fusion->space_ids) {
      members.push_back(SpacePipeline(models, member));
    }
    pipeline = FusedPipeline(*fusion, std::move(members));
  }
  const auto point = std::ranges::find(models.operating_points(), id, &OperatingPoint::space_id);
  if (point == models.operating_points().end()) {
    return Fail(Reason::kConfigInvalid,
                fmt::format("The model manifest has no operating point of the space {}.", id),
                {{"space", id}});
  }
  pipeline.operating_point = *point;
  return pipeline;
}

int EvaluateSet(const CommandLine::Evaluation& asked, const Config& config) {
  const auto spaces = asked.spaces.empty() ? SpaceIds(config.models_spaces) : asked.spaces;
  const auto models = OpenModels(config, spaces);
  if (!models) return Complain(models.error(), kRefused);
  EvaluationOptions options;
  options.manifest = asked.set;
  options.threads = PipelineThreads();
  if (!asked.cache.empty()) options.cache = asked.cache;
  if (!asked.scores.empty()) options.scores = asked.scores;
  if (!asked.probes.empty()) options.probes = asked.probes;
  if (!asked.html.empty()) options.html = asked.html;
  options.spaces = asked.spaces;
  options.single_photo = asked.single_photo;
  options.version = HOMEWARD_VERSION;
  options.made_on = Today();
  auto pipeline = MakePipeline(**models, spaces);
  if (!pipeline) return Complain(pipeline.error(), kRefused);
  if (asked.no_normalise && pipeline->fusion) {
    return Complain({Reason::kConfigInvalid,
                     "--no-normalise: spaces are fused by their normalised scores alone."},
                    kMisused);
  }
  if (asked.no_normalise) pipeline->yardstick = nullptr;
  const auto done = Evaluate(options, *pipeline, std::cout, std::cerr);
  return done ? kSuccess : Complain(done.error(), kRefused);
}

int CalibrateSet(const CommandLine::Calibration& asked, const Config& config) {
  if (!ParseOperatingPointName(NameOfOperatingPoint(asked.name))) {
    return Complain(
        {Reason::kFieldInvalid,
         "--name takes 1 to 63 characters of a-z, 0-9, '-' and '.', and begins and ends "
         "with a letter or digit."},
        kMisused);
  }
  const auto spaces = SpaceIds(config.models_spaces);
  const auto models = OpenModels(config, spaces);
  if (!models) return Complain(models.error(), kRefused);
  const auto pipeline = MakePipeline(**models, spaces);
  if (!pipeline) return Complain(pipeline.error(), kRefused);
  CalibrationOptions options{.manifest = asked.set,
                             .cache = {},
                             .threads = PipelineThreads(),
                             .name = asked.name,
                             .fpir = asked.fpir,
                             .data = asked.data,
                             .measured_on = Today(),
                             .is_quiet = asked.only_json};
  if (!asked.cache.empty()) options.cache = asked.cache;
  const auto done = Calibrate(options, *pipeline, std::cout, std::cerr);
  return done ? kSuccess : Complain(done.error(), kRefused);
}

int Run(std::span<const char* const> arguments) {
  auto line = ParseCommandLine(arguments);
  if (!line) return Complain(line.error(), kMisused);
  if (line->command == CommandLine::Command::kHelp) {
    fmt::print("{}", line->help);
    return kSuccess;
  }
  if (line->command == CommandLine::Command::kVersion) {
    fmt::print("homewardd {}\n", HOMEWARD_VERSION);
    return kSuccess;
  }
  line->sources.environment = ProcessEnvironment();
  const auto loaded = LoadConfig(line->sources);
  if (!loaded) return Complain(loaded.error(), kMisused);
  if (line->command == CommandLine::Command::kServe) return Serve(loaded->config);
  if (line->command == CommandLine::Command::kEvaluate) {
    return EvaluateSet(line->evaluation, loaded->config);
  }
  if (line->command == CommandLine::Command::kCalibrate) {
    return CalibrateSet(line->calibration, loaded->config);
  }
  fmt::print("{}", Describe(*loaded));
  return kSuccess;
}

}  // namespace
}  // namespace homeward

int main(int argc, char** argv) {
  try {
    return homeward::Run(std::span(argv, static_cast<std::size_t>(argc)).subspan(1));
  } catch (const std::exception& exception) {
    fmt::print(stderr, "homewardd: {}\n", exception.what());
    return homeward::kRefused;
  }
}
