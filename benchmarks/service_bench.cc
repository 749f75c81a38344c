// The service as its callers have it: enrolments, and searches at half and at eight tenths of what
// it can do and at twice that. Workloads, in this order:
//
//   enrol       records with one photo, two callers
//   alone       one caller that searches, again and again
//   peak        eight callers that search, each as soon as it has an answer
//   half, 0.8   searches of staff that arrive at random, at this share of the peak
//   twice       searches at twice the peak: 0.4 of it staff's, 0.6 families', all of it bulk
//
// `./run bench service` starts a service on a data folder of its own. The peers are the service's
// own figures at another load, and limits; so what matters are the ratios.
#include <grpcpp/grpcpp.h>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "benchmarks/measurement.h"
#include "benchmarks/open_loop.h"
#include "homeward/v1/record_service.grpc.pb.h"

namespace homeward {
namespace {

constexpr int kEnrolled = 120;
constexpr double kSeconds = 20;

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string> ReadPhotos(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& each : std::filesystem::recursive_directory_iterator(folder)) {
    if (each.path().extension() == ".jpg") paths.push_back(each.path());
  }
  std::ranges::sort(paths);
  std::vector<std::string> photos;
  for (const auto& path : paths) photos.push_back(ReadFile(path));
  return photos;
}

double Percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const auto last = static_cast<double>(values.size() - 1);
  return values[static_cast<std::size_t>(share * last + 0.5)];
}

std::vector<double> Together(std::span<const std::vector<double>> lists) {
  std::vector<double> all;
  for (const auto& each : lists) all.insert(all.end(), each.begin(), each.end());
  return all;
}

// Ends the program where the service answers otherwise than it should: the figures would be of
// something else.
void Require(bool holds, const std::string& what) {
  if (holds) return;
  fmt::print(stderr, "service_bench: {}\n", what);
  std::exit(1);
}

// Of the service, in MB: VmRSS, or VmHWM, the most it ever was. 0 where it is not known.
double MemoryOfService(const std::string& measure) {
  const char* const pid = std::getenv("HOMEWARD_SERVER_PID");
  std::ifstream status(fmt::format("/proc/{}/status", pid == nullptr ? "" : pid));
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(measure + ":")) return std::stod(line.substr(measure.size() + 1)) / 1024;
  }
  return 0;
}

class Records {
 public:
  Records(const std::string& address, std::string token)
      : token_(std::move(token)),
        stub_(v1::RecordService::NewStub(
            grpc::CreateChannel(address, grpc::InsecureChannelCredentials()))) {}

  // Seconds of the clock for `count` records, two at a time.
  double Enrol(std::span<const std::string> photos, int count) {
    return WallSeconds([&] {
      std::vector<std::jthread> callers;
      for (int caller = 0; caller < 2; ++caller) {
        callers.emplace_back([&, caller] {
          for (int i = caller; i < count; i += 2) {
            EnrolOne(photos[static_cast<std::size_t>(i) % photos.size()]);
          }
        });
      }
    });
  }

 private:
  void EnrolOne(const std::string& photo) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + token_);
    v1::CreateRecordRequest request;
    request.set_purpose("benchmark");
    request.mutable_record()->set_kind(v1::STRANDED);
    request.mutable_record()->mutable_stranded()->set_found_place("a bench");
    v1::NewPhoto* const added = request.add_photos();
    added->set_data(photo);
    added->set_single_face(true);
    v1::CreateRecordResponse response;
    const grpc::Status status = stub_->CreateRecord(&context, request, &response);
    Require(status.ok(), "enrolling: " + status.error_message());
  }

  const std::string token_;
  const std::unique_ptr<v1::RecordService::Stub> stub_;
};

void PrintLatencies(const std::string& workload, const std::vector<double>& seconds,
                    const std::vector<double>& alone) {
  for (const auto& [name, share] : {std::pair{"p50", 0.5}, std::pair{"p99", 0.99}}) {
    PrintComparison({.bench = "service",
                     .workload = workload + ", " + name,
                     .unit = "ms",
                     .peer = "one caller alone"},
                    Percentile(seconds, share) * 1e3, Percentile(alone, share) * 1e3);
  }
}

// What is promised of a service that is asked for twice what it can do.
void PrintOverload(const Answers& twice, double peak, double busy_p99) {
  PrintComparison({.bench = "service",
                   .workload = "twice: answered",
                   .unit = "searches/s",
                   .peer = "peak",
                   .more_is_better = true},
                  static_cast<double>(twice.CountServed()) / twice.seconds, peak);
  PrintComparison({.bench = "service",
                   .workload = "twice: staff, p99",
                   .unit = "ms",
                   .peer = "staff at 0.8, p99"},
                  Percentile(twice.served[0], 0.99) * 1e3, busy_p99 * 1e3);
  const std::vector<double> refused = Together(twice.refused);
  Require(!refused.empty(), "nobody was refused at twice the peak");
  PrintComparison(
      {.bench = "service", .workload = "twice: refused, p99", .unit = "ms", .peer = "limit"},
      Percentile(refused, 0.99) * 1e3, 50);
  Require(twice.refused[0].empty(), "staff were refused at twice the peak");
}

void Run(const std::string& address, const std::string& token,
         const std::filesystem::path& photo_folder) {
  const std::vector<std::string> people = ReadPhotos(photo_folder / "people");
  Require(!people.empty(), "no photos in " + photo_folder.string());
  const double enrolling = Records(address, token).Enrol(people, kEnrolled);
  SearchLoad load(address, token, people);
  load.Repeat(1, kSeconds / 4);  // warms up
  const Answers alone = load.Repeat(1, kSeconds);
  const Answers full = load.Repeat(8, kSeconds);
  const double peak = static_cast<double>(full.CountServed()) / full.seconds;
  const double lone = static_cast<double>(alone.CountServed()) / alone.seconds;
  PrintComparison({.bench = "service",
                   .workload = "enrol",
                   .unit = "records/s",
                   .peer = "peak searches/s",
                   .more_is_better = true},
                  kEnrolled / enrolling, peak);
  PrintComparison({.bench = "service",
                   .workload = "peak",
                   .unit = "searches/s",
                   .peer = "one caller alone",
                   .more_is_better = true},
                  peak, lone);
  const double memory = MemoryOfService("VmRSS");
  const Answers half = load.Arrive({peak * 0.5, 0, 0}, kSeconds);
  const Answers busy = load.Arrive({peak * 0.8, 0, 0}, kSeconds);
  const Answers twice = load.Arrive({peak * 0.4, peak * 0.6, peak}, kSeconds);
  PrintLatencies("staff at 0.5 of the peak", half.served[0], alone.served[0]);
  PrintLatencies("staff at 0.8 of the peak", busy.served[0], alone.served[0]);
  PrintOverload(twice, peak, Percentile(busy.served[0], 0.99));
  PrintComparison(
      {.bench = "service", .workload = "twice: memory", .unit = "MB", .peer = "at the peak"},
      MemoryOfService("VmHWM"), memory);
  Require(alone.failed + full.failed + half.failed + busy.failed + twice.failed == 0,
          "searches failed");
}

}  // namespace
}  // namespace homeward

int main(int argc, char** argv) {
  CLI::App app("what the service gives its callers");
  std::string server;
  std::filesystem::path token_file;
  std::filesystem::path photos;
  app.add_option("--server", server, "address of a service that holds no records")->required();
  app.add_option("--token-file", token_file, "its token")->required();
  app.add_option("--photos", photos, "folder with photos of people, people/*/*.jpg")->required();
  CLI11_PARSE(app, argc, argv);
  std::string token = homeward::ReadFile(token_file);
  while (token.ends_with('\n')) token.pop_back();
  homeward::Run(server, token, photos);
}
