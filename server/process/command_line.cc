#include "server/process/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <sstream>
#include <vector>

#include "server/process/config_key.h"
#include "server/process/nearest_name.h"

namespace homeward {
namespace {

using Command = CommandLine::Command;

constexpr const char* kFileFlag = "--config";

// Adds the flags that set the configuration, but for those that the command uses itself.
void AddConfigFlags(CLI::App& app, ConfigSources& sources) {
  app.add_option_function<std::string>(
         kFileFlag, [&sources](const std::string& file) { sources.file = file; },
         "configuration file (TOML)")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  for (const ConfigKey& key : ConfigKeys()) {
    if (app.get_option_no_throw(key.Flag()) != nullptr) continue;
    app.add_option_function<std::string>(
           key.Flag(),
           [&sources, &key](const std::string& value) {
             sources.flags[std::string(key.name)] = value;
           },
           std::string(key.meaning))
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  }
  app.allow_extras();  // refused below, with the nearest flag
}

// What stands between commas; an empty name is kept, to be refused.
std::vector<std::string> SplitList(const std::string& list) {
  std::vector<std::string> names;
  std::istringstream stream(list + ",");
  for (std::string name; std::getline(stream, name, ',');) names.push_back(name);
  return names;
}

CLI::App* AddEvaluate(CLI::App& app, CommandLine& line) {
  auto* const evaluate =
      app.add_subcommand("evaluate", "measure how well a labelled set of photos is recognised");
  evaluate->add_option("set", line.evaluation.set, "tab-separated: identity, path, role, cohort")
      ->required();
  evaluate->add_option("--cache", line.evaluation.cache,
                       "folder that keeps templates between runs");
  evaluate->add_option("--scores", line.evaluation.scores,
                       "file for the candidates of every probe");
  evaluate->add_option("--probes", line.evaluation.probes, "file of how hard each search was");
  evaluate->add_option("--html", line.evaluation.html,
                       "file for a page with the figures drawn, without photos or names");
  evaluate->add_option_function<std::string>(
      "--spaces", [&line](const std::string& list) { line.evaluation.spaces = SplitList(list); },
      "spaces to measure: ids with commas between them");
  evaluate->add_flag("--single-photo", line.evaluation.single_photo,
                     "enrol only the first photo of each identity");
  evaluate->add_flag("--no-normalise", line.evaluation.no_normalise,
                     "decide by the plain distance");
  AddConfigFlags(*evaluate, line.sources);
  return evaluate;
}

CLI::App* AddCalibrate(CLI::App& app, CommandLine& line) {
  CommandLine::Calibration& asked = line.calibration;
  auto* const calibrate =
      app.add_subcommand("calibrate", "measure an operating point on a labelled set of photos");
  calibrate->add_option("set", asked.set, "tab-separated: identity, path, role, cohort")
      ->required();
  calibrate
      ->add_option(
          "--fpir", asked.fpir,
          "share of the searches for somebody who is not there that may put anybody forward")
      ->required();
  calibrate->add_option("--name", asked.name, "name of the operating point")->required();
  calibrate->add_option("--data", asked.data, "whose photos these are, in a few words");
  calibrate->add_option("--cache", asked.cache, "folder that keeps templates between runs");
  calibrate->add_flag("--json", asked.only_json,
                      "only the document: no words for people on standard error");
  AddConfigFlags(*calibrate, line.sources);
  return calibrate;
}

// The command that was asked for, with its flags.
struct Asked {
  CLI::App* app;
  Command command;
};

Result<void> RefuseExtras(const CLI::App& app) {
  const auto extras = app.remaining();
  if (extras.empty()) return {};
  std::vector<std::string> flags{kFileFlag};
  for (const ConfigKey& key : ConfigKeys()) flags.push_back(key.Flag());
  const std::string unknown = extras.front().substr(0, extras.front().find('='));
  const std::string nearest = NearestName(unknown, flags);
  return Fail(Reason::kConfigInvalid,
              fmt::format("There is no `{}`; did you mean `{}`?", unknown, nearest),
              {{"key", unknown}, {"nearest", nearest}});
}

}  // namespace

Result<CommandLine> ParseCommandLine(std::span<const char* const> arguments) {
  CommandLine line;
  CLI::App app("Homeward's service: matches photos of people in rescue stations with reports.",
               "homewardd");
  auto* const serve = app.add_subcommand("serve", "answer calls until SIGTERM");
  auto* const config = app.add_subcommand("config", "about the configuration");
  auto* const check = config->add_subcommand("check", "say what the configuration comes to");
  const std::vector<Asked> with_flags = {{serve, Command::kServe},
                                         {check, Command::kConfigCheck},
                                         {AddEvaluate(app, line), Command::kEvaluate},
                                         {AddCalibrate(app, line), Command::kCalibrate}};
  auto* const version = app.add_subcommand("version", "print the version");
  app.require_subcommand(1);
  config->require_subcommand(1);
  AddConfigFlags(*serve, line.sources);
  AddConfigFlags(*check, line.sources);
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());  // as CLI11 takes them
  try {
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    line.help = app.help();
    return line;
  } catch (const CLI::ParseError& error) {
    return Fail(Reason::kConfigInvalid, fmt::format("{} See `homewardd --help`.", error.what()));
  }
  if (version->parsed()) {
    line.command = Command::kVersion;
    return line;
  }
  const auto asked =
      std::ranges::find_if(with_flags, [](const Asked& each) { return each.app->parsed(); });
  if (auto extras = RefuseExtras(*asked->app); !extras) {
    return std::unexpected(std::move(extras).error());
  }
  line.command = asked->command;
  return line;
}

}  // namespace homeward
