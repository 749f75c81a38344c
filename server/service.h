// The whole service but its models and its database's kind: what main.cc starts, and what tests
// start in their own process.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "matcher/error.h"
#include "matcher/face_analyzer.h"
#include "matcher/fusion.h"
#include "matcher/template.h"
#include "matcher/yardstick.h"
#include "server/process/config.h"
#include "server/records/clock.h"
#include "server/rpc/call_report.h"
#include "server/store/store.h"

namespace homeward {

// What the service is composed with. Called while it starts, and by no more than one thread.
struct ServiceParts {
  std::function<Result<std::unique_ptr<Store>>(const std::filesystem::path& database)> open_store;
  std::function<Result<std::unique_ptr<FaceAnalyzer>>()> make_analyzer;
  std::vector<MeasuredSpace> spaces;             // of the analyzers
  std::vector<OperatingPoint> operating_points;  // shipped with them; the first space has one
  std::vector<Fusion> fusions = {};              // of those spaces
  const Clock& clock;                            // outlives the service, as does `ids`
  IdSource& ids;
  CallSink sink;
  std::vector<std::string> embedders =
      {};  // who computes the networks, for whoever asks for health
};

class Service {
 public:
  // Locks the data folder, opens database and photos, removes photo files that no row names,
  // rebuilds the gallery, with what is known of it from an earlier run, and compares it with the
  // database, makes the analyzers, listens. Errors:
  // those of the steps, each in words that say what to do; kStoreCorrupt if the gallery differs
  // from the database.
  static Result<std::unique_ptr<Service>> Start(const Config& config, ServiceParts parts);
  ~Service();  // as Drain, without grace

  // "127.0.0.1:40123".
  const std::string& address() const;
  // What callers show.
  const std::string& token() const;

  // Ends work beside the calls, reports NOT_SERVING, refuses new calls, lets running ones end for
  // Config::calls_drain_seconds, cancels the rest, stops listening, and keeps what the next start
  // is quick by. Once.
  void Drain();

 private:
  struct Rooms;
  explicit Service(std::unique_ptr<Rooms> rooms);
  std::unique_ptr<Rooms> rooms_;
};

}  // namespace homeward
