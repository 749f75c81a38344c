#include "server/service_log.h"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <chrono>

namespace homeward {
namespace {

double Milliseconds(std::chrono::microseconds time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

// In quotation marks on one line, whatever it holds.
std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') quoted += '\\';
    const bool is_control = static_cast<unsigned char>(letter) < 0x20;
    quoted += is_control ? ' ' : letter;
  }
  return quoted + '"';
}

}  // namespace

void StartLog(std::string_view level) {
  auto log = std::make_shared<spdlog::logger>("homewardd",
                                              std::make_shared<spdlog::sinks::stderr_sink_mt>());
  log->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
  log->set_level(spdlog::level::from_str(std::string(level)));
  log->flush_on(spdlog::level::trace);
  spdlog::set_default_logger(std::move(log));
}

void LogInfo(std::string_view text) { spdlog::info("{}", text); }

void LogError(const Error& error) { spdlog::error("{}: {}", Name(error.reason), error.message); }

CallSink LoggingSink() {
  return {.call = [](const CallReport& report) { spdlog::info("{}", LineOf(report)); },
          .incident = [](const Incident& incident) { spdlog::error("{}", LineOf(incident)); }};
}

std::string LineOf(const CallReport& report) {
  return fmt::format(
      "call method={} caller={} code={} took_ms={:.3f} waited_ms={:.3f} request_bytes={} "
      "response_bytes={} requests={} responses={}",
      report.method, report.caller.empty() ? "-" : report.caller,
      report.failure ? Name(*report.failure) : "OK", Milliseconds(report.took),
      Milliseconds(report.waited), report.request_bytes, report.response_bytes, report.requests,
      report.responses);
}

std::string LineOf(const Incident& incident) {
  return fmt::format("incident id={} method={} cause={}", incident.id, incident.method,
                     Quoted(incident.cause));
}

}  // namespace homeward
