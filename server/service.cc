#include "server/service.h"

#include <fmt/format.h>
#include <grpcpp/impl/service_type.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "matcher/flat_index.h"
#include "server/api/match_handlers.h"
#include "server/api/match_service.h"
#include "server/api/operating_point_handlers.h"
#include "server/api/operating_point_service.h"
#include "server/api/record_handlers.h"
#include "server/api/record_service.h"
#include "server/jobs/background_job.h"
#include "server/jobs/repeated_search.h"
#include "server/jobs/space_fill.h"
#include "server/jobs/spread_saving.h"
#include "server/process/data_folder.h"
#include "server/records/analyzer_pool.h"
#include "server/records/casebook.h"
#include "server/records/gallery_rebuild.h"
#include "server/records/operating_point_book.h"
#include "server/rpc/call_runner.h"
#include "server/rpc/listener.h"
#include "server/service_log.h"
#include "server/store/spread_archive.h"

namespace homeward {
namespace {

// Under which calls with the token of the data folder are recorded.
constexpr const char* kCaller = "local";
// After the grace: what was cancelled needs a moment to notice.
constexpr std::chrono::milliseconds kCancelGrace{0};
// How often it is looked whether the archive of spreads is worth writing again.
constexpr std::chrono::minutes kSavingLookedFor{1};
// How often it is looked whether there is something to do: a new period, a photo that was mended.
constexpr std::chrono::hours kWorkLookedFor{1};

int Cores() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

Executor::Limits LimitsOf(const Config& config) {
  const int threads = config.work_threads > 0 ? config.work_threads : Cores() + 1;
  const int lower = config.work_lower_running > 0 ? config.work_lower_running : threads - 1;
  return {threads,
          {{{config.work_interactive_waiting, threads},
            {config.work_family_waiting, lower},
            {config.work_bulk_waiting, lower}}}};
}

Result<std::unique_ptr<AnalyzerPool>> MakeAnalyzers(const Config& config,
                                                    const ServiceParts& parts) {
  const int count = config.work_analyzers > 0 ? config.work_analyzers : Cores();
  std::vector<std::unique_ptr<FaceAnalyzer>> analyzers;
  for (int i = 0; i < count; ++i) {
    auto analyzer = parts.make_analyzer();
    if (!analyzer) return std::unexpected(std::move(analyzer).error());
    analyzers.push_back(*std::move(analyzer));
  }
  return std::make_unique<AnalyzerPool>(std::move(analyzers));
}

// What fails is taken up again within the hour.
void FillAndLog(Casebook& book, const std::function<bool()>& stopped) {
  const auto filled = FillSpaces(book, stopped, [](const Error& error) { LogError(error); });
  if (!filled) {
    LogError(filled.error());
  } else if (filled->faces + filled->photos_left_out > 0) {
    LogInfo(fmt::format("templates made in further spaces: {}, photos that gave none: {}",
                        filled->faces, filled->photos_left_out));
  }
}

// What fails is tried again; the archive is never needed.
void LogSaving(const Result<bool>& saved) {
  if (!saved) LogError(saved.error());
}

void LogFound(const SpreadArchive::Finding& found) {
  LogInfo(fmt::format("space {}: the nearest others of {} of {} people from the snapshot{}",
                      found.space_id, found.recalled, found.persons,
                      found.why_not.empty() ? "" : ": " + found.why_not));
}

// What fails is taken up again by the next occasion or start.
void LogRepeated(const Result<RepeatedSearches>& searches) {
  if (!searches) {
    LogError(searches.error());
  } else if (searches->made > 0) {
    LogInfo(fmt::format("open records searched again: {}, without a face to compare: {}",
                        searches->made, searches->left_out));
  }
}

}  // namespace

// In the order in which they are opened; each uses those above it and goes before them.
struct Service::Rooms {
  Rooms(Config with, ServiceParts made_of) : config(std::move(with)), parts(std::move(made_of)) {}

  Result<void> OpenStorage();
  Result<void> OpenGallery();
  Result<void> OpenMatching();
  Result<void> OpenCalls();

  const Config config;
  const ServiceParts parts;
  std::unique_ptr<DataFolder> folder;
  std::unique_ptr<Store> store;
  std::unique_ptr<PhotoVault> vault;
  std::unique_ptr<SpreadArchive> spreads;
  std::unique_ptr<Gallery> gallery;
  std::unique_ptr<AnalyzerPool> analyzers;
  std::optional<Casebook> casebook;
  std::optional<BackgroundJob> spread_saving;
  std::optional<BackgroundJob> space_fill;
  std::optional<BackgroundJob> repeated_searches;
  std::optional<BackgroundJob> scheduled_searches;
  std::optional<RecordHandlers> record_handlers;
  std::optional<MatchHandlers> match_handlers;
  std::optional<OperatingPointHandlers> operating_point_handlers;
  std::optional<CallerToken> token;
  std::unique_ptr<Executor> executor;
  std::optional<CallRunner> runner;
  std::unique_ptr<Listener> listener;
};

Result<void> Service::Rooms::OpenStorage() {
  auto opened_folder = DataFolder::Open(config.data);
  if (!opened_folder) return std::unexpected(std::move(opened_folder).error());
  folder = *std::move(opened_folder);
  auto opened_store = parts.open_store(folder->database());
  if (!opened_store) return std::unexpected(std::move(opened_store).error());
  store = *std::move(opened_store);
  auto opened_vault = PhotoVault::Open(folder->photos());
  if (!opened_vault) return std::unexpected(std::move(opened_vault).error());
  vault = *std::move(opened_vault);
  const auto known = store->ListPhotoIds();
  if (!known) return std::unexpected(known.error());
  const auto swept = vault->Sweep(*known);
  if (!swept) return std::unexpected(swept.error());
  return store->ScrubErased();  // what a crash between an erasure and its scrub left behind
}

Result<void> Service::Rooms::OpenGallery() {
  auto opened = SpreadArchive::Open(folder->spreads(), folder->hash_key());
  if (!opened) return std::unexpected(std::move(opened).error());
  spreads = *std::move(opened);
  auto rebuilt = RebuildGallery(
      *store, parts.spaces,
      [](const Space& space) { return std::make_unique<FlatIndex>(space.dimension); },
      [this](const MeasuredSpace& space, std::span<const SpacePerson> persons) {
        return spreads->Recall(space, persons);
      });
  if (!rebuilt) return std::unexpected(std::move(rebuilt).error());
  gallery = *std::move(rebuilt);
  const auto found = spreads->FinishRecall();
  if (!found) return std::unexpected(found.error());
  for (const SpreadArchive::Finding& each : *found) LogFound(each);
  return {};
}

Result<void> Service::Rooms::OpenMatching() {
  auto made = MakeAnalyzers(config, parts);
  if (!made) return std::unexpected(std::move(made).error());
  analyzers = *std::move(made);
  casebook.emplace(Casebook::Parts{.store = *store,
                                   .vault = *vault,
                                   .gallery = *gallery,
                                   .analyzers = *analyzers,
                                   .clock = parts.clock,
                                   .ids = parts.ids,
                                   .operating_points = parts.operating_points,
                                   .fusions = parts.fusions,
                                   .spreads = spreads.get(),
                                   .hash_key = folder->hash_key()});
  if (auto restored = RestoreOperatingPoint(*casebook); !restored) return restored;
  record_handlers.emplace(*casebook);
  match_handlers.emplace(*casebook);
  spread_saving.emplace(
      [this](const std::function<bool()>& stopped) {
        LogSaving(SaveSpreads(*store, *gallery, *spreads, kChangesWorthSaving, stopped));
      },
      kSavingLookedFor);
  space_fill.emplace(
      [this](const std::function<bool()>& stopped) { FillAndLog(*casebook, stopped); },
      kWorkLookedFor);
  repeated_searches.emplace([this](const std::function<bool()>& stopped) {
    LogRepeated(RepeatSearches(*casebook, stopped));
  });
  if (const std::chrono::days period{config.jobs_search_again_days}; period.count() > 0) {
    scheduled_searches.emplace(
        [this, period](const std::function<bool()>& stopped) {
          LogRepeated(SearchOnSchedule(*casebook, period, stopped));
        },
        kWorkLookedFor);
  }
  operating_point_handlers.emplace(*casebook, [this] { repeated_searches->Wake(); });
  return {};
}

Result<void> Service::Rooms::OpenCalls() {
  token.emplace(folder->token(), kCaller);
  auto started = Executor::Start(LimitsOf(config));
  if (!started) return std::unexpected(std::move(started).error());
  executor = *std::move(started);
  runner.emplace(
      CallRunner::Parts{.executor = *executor,
                        .token = *token,
                        .ids = parts.ids,
                        .sink = parts.sink,
                        .default_deadline = std::chrono::seconds(config.calls_deadline_seconds)});
  std::vector<std::unique_ptr<grpc::Service>> services;
  services.push_back(MakeRecordService(*runner, *record_handlers));
  services.push_back(MakeMatchService(*runner, *match_handlers));
  services.push_back(MakeOperatingPointService(*runner, *operating_point_handlers));
  auto opened = Listener::Open(config.listen, std::move(services));
  if (!opened) return std::unexpected(std::move(opened).error());
  listener = *std::move(opened);
  listener->SetServing(true);
  for (const std::string& embedder : parts.embedders) listener->ShowAtWork(embedder);
  return {};
}

Result<std::unique_ptr<Service>> Service::Start(const Config& config, ServiceParts parts) {
  auto rooms = std::make_unique<Rooms>(config, std::move(parts));
  auto opened = rooms->OpenStorage();
  if (opened) opened = rooms->OpenGallery();
  if (opened) opened = rooms->OpenMatching();
  if (opened) opened = rooms->OpenCalls();
  if (!opened) return std::unexpected(std::move(opened).error());
  return std::unique_ptr<Service>(new Service(std::move(rooms)));
}

Service::Service(std::unique_ptr<Rooms> rooms) : rooms_(std::move(rooms)) {}

// What runs uses the rooms: first the calls end, then the threads, then the rest.
Service::~Service() {
  rooms_->listener->Close(kCancelGrace);
  rooms_->executor->Stop();
}

const std::string& Service::address() const { return rooms_->listener->address(); }
const std::string& Service::token() const { return rooms_->folder->token(); }

void Service::Drain() {
  rooms_->listener->SetServing(false);
  rooms_->space_fill->Stop();
  rooms_->repeated_searches->Stop();
  if (rooms_->scheduled_searches) rooms_->scheduled_searches->Stop();
  rooms_->runner->BeginDrain();
  rooms_->runner->AwaitIdle(std::chrono::seconds(rooms_->config.calls_drain_seconds));
  rooms_->listener->Close(kCancelGrace);
  rooms_->spread_saving->Stop();
  // Whoever stops the service properly starts it quickly.
  LogSaving(
      SaveSpreads(*rooms_->store, *rooms_->gallery, *rooms_->spreads, 1, [] { return false; }));
}

}  // namespace homeward
