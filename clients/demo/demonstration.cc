#include "clients/demo/demonstration.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>

#include "clients/catalogue/explanation.h"
#include "clients/cli/printer.h"
#include "clients/demo/stories.h"
#include "clients/screen/text_width.h"

namespace homeward::client {
namespace {

constexpr std::size_t kFewestPeople = 2;

struct DemoArguments {
  std::string photos;
  std::string language;
  ClientOptions client;
  std::string token_file;
};

// nullopt where the words are not understood, or help was asked for.
std::optional<DemoArguments> ReadWords(const std::vector<std::string>& words, bool* help) {
  DemoArguments arguments;
  CLI::App app;
  app.add_option("--photos", arguments.photos)->required();
  app.add_option("--server", arguments.client.server);
  app.add_option("--token-file", arguments.token_file);
  app.add_option("--lang", arguments.language);
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::CallForHelp&) {
    *help = true;
    return std::nullopt;
  } catch (const CLI::ParseError&) {
    return std::nullopt;
  }
  if (!arguments.token_file.empty()) arguments.client.token_file = arguments.token_file;
  return arguments;
}

Page ChoosePage(const std::string& language, const Terminal& terminal) {
  const bool plain = !terminal.out_is_terminal || !terminal.variable("NO_COLOR").empty();
  return {Catalogue(ParseLanguage(language).value_or(LanguageOfLocale(terminal.variable))),
          std::clamp(terminal.width, kNarrowestPage, kWidestPage), !plain};
}

std::vector<std::string> MissingParts(const PhotoSet& photos, const Page& page) {
  std::vector<std::string> missing;
  if (photos.people.size() < kFewestPeople) {
    missing.push_back(
        page.Say(Message::kDemoNeedPeople, {{"count", std::to_string(photos.people.size())}}));
  }
  if (photos.nobody.empty()) missing.push_back(page.Say(Message::kDemoNeedNobody));
  return missing;
}

ClientResult<bool> IsEmpty(Client& client) {
  v1::ListRecordsRequest request;
  request.set_page_size(1);
  const ClientResult<v1::ListRecordsResponse> records = client.ListRecords(request);
  if (!records) return std::unexpected(records.error());
  return records->records().empty();
}

ExitCode Stop(const ClientError& error, Printer& printer) {
  printer.Complain(Explain(printer.page().catalogue, error));
  return ExitCodeOf(error);
}

ExitCode Play(Client& client, const PhotoSet& photos, Printer& printer, Terminal& terminal) {
  const Page& page = printer.page();
  const ClientResult<bool> empty = IsEmpty(client);
  if (!empty) return Stop(empty.error(), printer);
  if (!*empty) {
    printer.Complain({page.Say(Message::kDemoNotEmpty), {}});
    return ExitCode::kUsage;
  }
  terminal.out << WrapAfter("", 0, page.Say(Message::kDemoIntro), page.width) << std::flush;
  Stage stage(client, photos, page);
  const ClientResult<void> set = SetTheStage(stage, terminal.out);
  if (!set) return Stop(set.error(), printer);
  const std::vector<std::string> misfortunes = PlayStories(stage, terminal.out);
  terminal.out << '\n';
  if (misfortunes.empty()) {
    terminal.out << WrapAfter("", 0, page.Say(Message::kDemoAllWell), page.width) << std::flush;
    return ExitCode::kDone;
  }
  for (const std::string& misfortune : misfortunes) printer.Complain({misfortune, {}});
  return ExitCode::kFailed;
}

}  // namespace

ExitCode RunDemonstration(const std::vector<std::string>& words, Terminal& terminal) {
  bool help = false;
  const std::optional<DemoArguments> arguments = ReadWords(words, &help);
  const Page page = ChoosePage(arguments ? arguments->language : "", terminal);
  Printer printer(terminal, page, {});
  if (!arguments) {
    (help ? terminal.out : terminal.err)
        << WrapAfter("", 0, page.Say(Message::kDemoUsage), page.width);
    return help ? ExitCode::kDone : ExitCode::kUsage;
  }
  if (!arguments->language.empty() && !ParseLanguage(arguments->language)) {
    printer.Complain({page.Say(Message::kUsageLang, {{"value", arguments->language}}), {}});
    return ExitCode::kUsage;
  }
  const ClientResult<PhotoSet> photos = ReadPhotoSet(arguments->photos);
  if (!photos) return Stop(photos.error(), printer);
  const std::vector<std::string> missing = MissingParts(*photos, page);
  if (!missing.empty()) {
    printer.Complain({page.Say(Message::kDemoTooFew, {{"folder", arguments->photos},
                                                      {"missing", page.catalogue.Join(missing)}}),
                      {}});
    return ExitCode::kUsage;
  }
  const ClientResult<std::unique_ptr<Client>> client = Client::Open(arguments->client);
  if (!client) return Stop(client.error(), printer);
  return Play(**client, *photos, printer, terminal);
}

}  // namespace homeward::client
