#include <google/protobuf/util/json_util.h>

#include <cerrno>
#include <system_error>

#include "clients/cli/commands.h"
#include "clients/cli/evaluation.h"
#include "clients/cli/program_output.h"
#include "clients/cpp/request_id.h"
#include "clients/screen/operating_point_view.h"

namespace homeward::client {
namespace {

constexpr const char* kProgramVariable = "HOMEWARD_SERVICE_PROGRAM";

struct Calibration {
  std::vector<std::string> words;  // for the program that measures
  std::string request_id;
  bool store = true;
};

// The document, which that program wrote; an empty object where it is none.
Json ReadDocument(const std::string& text, v1::CreateOperatingPointRequest& request) {
  const Json document = Json::parse(text, nullptr, false);
  if (!document.is_object() || !document.contains("operating_point") ||
      !document.contains("operating_point_id") || !document["operating_point_id"].is_string()) {
    return Json::object();
  }
  request.set_operating_point_id(document["operating_point_id"].get<std::string>());
  const auto read = google::protobuf::util::JsonStringToMessage(document["operating_point"].dump(),
                                                                request.mutable_operating_point());
  return read.ok() ? document : Json::object();
}

ExitCode NoProgram(const Desk& desk, const std::string& folder, const std::error_code& cause) {
  desk.printer.Complain({desk.printer.page().Say(Message::kErrorNoService,
                                                 {{"folder", folder}, {"cause", cause.message()}}),
                         {}});
  return ExitCode::kLocalFile;
}

// What is said when nothing came of it: the program itself has said why.
ExitCode NotMeasured(const Desk& desk, ExitCode code) {
  desk.printer.Complain({desk.printer.page().Say(Message::kCalibrationFailed), {}});
  return code;
}

ExitCode Store(const v1::CreateOperatingPointRequest& request, const Json& document, Desk& desk) {
  const Page& page = desk.printer.page();
  const ClientResult<v1::OperatingPoint> stored = desk.client.CreateOperatingPoint(request);
  desk.printer.Print(CalibrationView(document, stored ? stored->name() : "", page));
  if (stored) {
    desk.printer.Note(Message::kCalibrationStored, {{"name", stored->name()}});
    return ExitCode::kDone;
  }
  Explanation explanation = Explain(page.catalogue, stored.error());
  explanation.next.push_back(page.Say(Message::kCalibrationNotStored));
  desk.printer.Complain(explanation);
  return ExitCodeOf(stored.error());
}

ExitCode Calibrate(const Calibration& asked, Desk& desk) {
  std::filesystem::path program = desk.terminal.variable(kProgramVariable);
  if (program.empty()) program = ServiceProgram(ProgramFolder()).value_or("");
  if (program.empty()) {
    return NoProgram(desk, ProgramFolder().string(), std::make_error_code(std::errc(ENOENT)));
  }
  const auto output = RunForOutput(program, asked.words);
  if (!output) return NoProgram(desk, program.parent_path().string(), output.error());
  constexpr int kMisused = 2;  // of homewardd
  if (output->exit_status != 0) {
    return NotMeasured(desk,
                       output->exit_status == kMisused ? ExitCode::kUsage : ExitCode::kFailed);
  }
  v1::CreateOperatingPointRequest request;
  const Json document = ReadDocument(output->out, request);
  if (document.empty()) return NotMeasured(desk, ExitCode::kFailed);
  request.set_request_id(asked.request_id);
  if (asked.store) return Store(request, document, desk);
  desk.printer.Print(CalibrationView(document, "", desk.printer.page()));
  desk.printer.Note(Message::kCalibrationDryRun);
  return ExitCode::kDone;
}

}  // namespace

UsageResult<Job> PrepareCalibrate(const Arguments& arguments) {
  if (arguments.subjects.size() != 1 || !arguments.fpir || !arguments.name) {
    return std::unexpected(UsageError{Message::kUsageCalibrate});
  }
  Calibration asked;
  asked.words = {
      "calibrate", arguments.subjects.front(), "--fpir", *arguments.fpir, "--name", *arguments.name,
      "--json"};
  for (const auto& [flag, value] : {std::pair{"--data", &arguments.data},
                                    {"--cache", &arguments.cache},
                                    {"--weights", &arguments.weights},
                                    {"--manifest", &arguments.models_manifest}}) {
    if (*value) asked.words.insert(asked.words.end(), {flag, **value});
  }
  asked.request_id = arguments.request_id.value_or(NewRequestId());
  asked.store = !arguments.dry_run;
  return [asked](Desk& desk) { return Calibrate(asked, desk); };
}

}  // namespace homeward::client
