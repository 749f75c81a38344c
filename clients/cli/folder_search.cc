#include "clients/cli/folder_search.h"

#include "clients/cpp/face_search_stream.h"
#include "clients/screen/search_text.h"
#include "clients/screen/search_view.h"

namespace homeward::client {
namespace {

// What came of the photos so far.
struct Tally {
  std::size_t with_candidate = 0;
  std::size_t without_candidate = 0;
  std::size_t failed = 0;
  std::string account;  // of the last search
  bool accounts_differ = false;

  std::size_t finished() const { return with_candidate + without_candidate + failed; }

  void Add(const ClientResult<v1::SearchFacesResponse>& outcome, const Catalogue& catalogue) {
    if (!outcome) {
      ++failed;
      return;
    }
    ++(outcome->search().no_candidate() ? without_candidate : with_candidate);
    std::string next = AccountText(outcome->search().comparison(), catalogue);
    accounts_differ = accounts_differ || (!account.empty() && account != next);
    account = std::move(next);
  }
};

void Conclude(const Tally& tally, std::size_t count, Desk& desk) {
  desk.printer.Progress("");
  if (tally.finished() == 0) return;
  desk.printer.Note(
      Message::kFolderSummary,
      {{"count", std::to_string(count)},
       {"with", std::to_string(tally.with_candidate)},
       {"without", std::to_string(tally.without_candidate)},
       {"failed", std::to_string(count - tally.with_candidate - tally.without_candidate)}});
  if (tally.accounts_differ) desk.printer.Note(Message::kFolderAccountsDiffer);
  if (!tally.account.empty()) {
    desk.printer.Note(Message::kFolderAccount, {{"account", tally.account}});
    desk.printer.Note(Message::kPeopleDecide);
  }
}

}  // namespace

ExitCode SearchFolder(const v1::StreamFaceSearchesConfig& config, const FolderSearch& folder,
                      Desk& desk) {
  const std::size_t count = folder.photos.count();
  if (folder.other_file_count > 0) {
    desk.printer.Note(Message::kOtherFiles, {{"count", std::to_string(folder.other_file_count)}});
  }
  Tally tally;
  desk.printer.BeginList();
  FaceSearchStream stream(desk.client, config);
  const ClientResult<void> done = stream.Run(
      count, [&folder](std::size_t number) { return folder.photos.LoadProbe(number); },
      [&](std::size_t number, const ClientResult<v1::SearchFacesResponse>& outcome) {
        tally.Add(outcome, desk.printer.page().catalogue);
        desk.printer.Progress("");
        desk.printer.Print(AnswerLineView(folder.names.at(number), outcome, desk.printer.page()));
        desk.printer.Progress(desk.printer.page().Say(
            Message::kFolderProgress,
            {{"done", std::to_string(tally.finished())}, {"count", std::to_string(count)}}));
      });
  Conclude(tally, count, desk);
  if (!done) return Fail(desk, done.error());
  return tally.failed > 0 ? ExitCode::kFailed : ExitCode::kDone;
}

}  // namespace homeward::client
