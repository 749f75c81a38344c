#include "clients/cli/program.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>

#include "clients/cli/command_line.h"
#include "clients/cli/commands.h"
#include "clients/cli/evaluation.h"
#include "clients/screen/text_width.h"

namespace homeward::client {
namespace {

constexpr const char* kDefaultServer = "127.0.0.1:50450";

// Before the command line is read, since its errors and its help are in that language too.
Language ChooseLanguage(const std::vector<std::string>& words, const Terminal& terminal) {
  constexpr std::string_view kOption = "--lang";
  for (std::size_t index = 0; index < words.size(); ++index) {
    std::optional<Language> language;
    if (words[index] == kOption && index + 1 < words.size()) {
      language = ParseLanguage(words[index + 1]);
    } else if (words[index].starts_with("--lang=")) {
      language = ParseLanguage(words[index].substr(kOption.size() + 1));
    }
    if (language) return *language;
  }
  return LanguageOfLocale(terminal.variable);
}

Page ChoosePage(const std::vector<std::string>& words, const Terminal& terminal) {
  const bool plain = !terminal.out_is_terminal || !terminal.variable("NO_COLOR").empty() ||
                     terminal.variable("TERM") == "dumb";
  return {Catalogue(ChooseLanguage(words, terminal)),
          std::clamp(terminal.width, kNarrowestPage, kWidestPage), !plain};
}

UsageResult<PrinterOptions> ReadPrinterOptions(const Arguments& arguments,
                                               const Terminal& terminal) {
  PrinterOptions options;
  options.format = terminal.out_is_terminal ? OutputFormat::kTable : OutputFormat::kNdjson;
  options.quiet = arguments.quiet;
  options.byte_order_mark = arguments.byte_order_mark;
  if (!arguments.output) return options;
  constexpr std::array<std::pair<std::string_view, OutputFormat>, 4> kFormats = {{
      {"table", OutputFormat::kTable},
      {"json", OutputFormat::kJson},
      {"ndjson", OutputFormat::kNdjson},
      {"csv", OutputFormat::kCsv},
  }};
  const auto format =
      std::ranges::find(kFormats, *arguments.output, [](const auto& known) { return known.first; });
  if (format == kFormats.end()) {
    return std::unexpected(UsageError{Message::kUsageOutput, {{"value", *arguments.output}}});
  }
  options.format = format->second;
  return options;
}

UsageResult<Job> Prepare(const Arguments& arguments) {
  using Reader = UsageResult<Job> (*)(const Arguments&);
  constexpr std::array<std::pair<std::string_view, Reader>, 16> kCommands = {{
      {"enrol", PrepareEnrol},
      {"search", PrepareSearch},
      {"compare", PrepareCompare},
      {"record show", PrepareRecordShow},
      {"record list", PrepareRecordList},
      {"record update", PrepareRecordUpdate},
      {"record erase", PrepareRecordErase},
      {"photo add", PreparePhotoAdd},
      {"photo get", PreparePhotoGet},
      {"search-log", PrepareSearchLog},
      {"calibrate", PrepareCalibrate},
      {"operating-point list", PrepareOperatingPointList},
      {"operating-point show", PrepareOperatingPointShow},
      {"operating-point activate", PrepareOperatingPointActivate},
      {"space list", PrepareSpaceList},
      {"health", PrepareHealth},
  }};
  const auto command = std::ranges::find(kCommands, arguments.command,
                                         [](const auto& known) { return known.first; });
  if (command == kCommands.end()) return std::unexpected(UsageError{Message::kUsageCommand});
  if (arguments.language && !ParseLanguage(*arguments.language)) {
    return std::unexpected(UsageError{Message::kUsageLang, {{"value", *arguments.language}}});
  }
  if (auto texts = CheckTexts(arguments); !texts) return std::unexpected(texts.error());
  return command->second(arguments);
}

ExitCode Refuse(const UsageError& error, const std::string& command, const Page& page,
                Terminal& terminal) {
  Explanation explanation{page.Say(error.message, error.values), {}};
  if (error.exit_code == ExitCode::kUsage) {
    explanation.next.push_back(
        page.Say(Message::kSeeHelp, {{"command", command.empty() ? "" : command + " "}}));
  }
  Printer(terminal, page, {}).Complain(explanation);
  return error.exit_code;
}

ClientOptions ReadClientOptions(const Arguments& arguments, const Terminal& terminal) {
  ClientOptions options;
  options.server = arguments.server.value_or(terminal.variable("HOMEWARD_SERVER"));
  if (options.server.empty()) options.server = kDefaultServer;
  const std::string token = arguments.token_file.value_or(terminal.variable("HOMEWARD_TOKEN_FILE"));
  if (!token.empty() && arguments.command != "health") options.token_file = token;
  return options;
}

ExitCode Evaluate(const Arguments& arguments, const Page& page, Terminal& terminal) {
  const auto program = ServiceProgram(ProgramFolder());
  if (program) BecomeEvaluation(*program, arguments.rest);
  const std::string cause = std::generic_category().message(program ? errno : ENOENT);
  Printer(terminal, page, {})
      .Complain({page.Say(Message::kErrorNoService,
                          {{"folder", ProgramFolder().string()}, {"cause", cause}}),
                 {}});
  return ExitCode::kLocalFile;
}

ExitCode Run(const Arguments& arguments, const Job& job, Printer& printer, Terminal& terminal,
             const std::function<void(Client*)>& opened) {
  ClientResult<std::unique_ptr<Client>> client =
      Client::Open(ReadClientOptions(arguments, terminal));
  if (!client) {
    printer.Complain(Explain(printer.page().catalogue, client.error()));
    return ExitCodeOf(client.error());
  }
  opened(client->get());
  Desk desk{**client, printer, terminal};
  const ExitCode code = job(desk);
  opened(nullptr);
  if (printer.Finish()) return code;
  printer.Complain({printer.page().Say(Message::kErrorOutput), {}});
  return ExitCode::kLocalFile;
}

}  // namespace

ExitCode RunProgram(const std::vector<std::string>& words, Terminal& terminal,
                    const std::function<void(Client*)>& opened) {
  const Page page = ChoosePage(words, terminal);
  const std::expected<Arguments, NoCommand> arguments = ReadCommandLine(words, page);
  if (!arguments) {
    if (arguments.error().error) {
      return Refuse(*arguments.error().error, arguments.error().command, page, terminal);
    }
    terminal.out << arguments.error().help;
    return ExitCode::kDone;
  }
  if (arguments->command == "evaluate") return Evaluate(*arguments, page, terminal);
  const UsageResult<PrinterOptions> options = ReadPrinterOptions(*arguments, terminal);
  if (!options) return Refuse(options.error(), arguments->command, page, terminal);
  const UsageResult<Job> job = Prepare(*arguments);
  if (!job) return Refuse(job.error(), arguments->command, page, terminal);
  Printer printer(terminal, page, *options);
  return Run(*arguments, *job, printer, terminal, opened);
}

}  // namespace homeward::client
