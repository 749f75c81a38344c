#include "clients/catalogue/explanation.h"
#include "clients/cpp/face_search_stream.h"
#include "clients/cpp/photo_file.h"
#include "clients/demo/stories.h"
#include "clients/screen/search_view.h"
#include "clients/screen/text_width.h"

namespace homeward::client {
namespace {

// What the folder has come to so far.
struct Outcome {
  std::size_t answered = 0;
  std::size_t refused = 0;
  std::size_t known = 0;  // photos of persons who are stored, searched or not
  std::size_t first = 0;  // of these: the person came first
  std::size_t above = 0;  // of these: above the operating point
  std::vector<std::string> wrong;
};

void Count(const FolderPhoto& photo, const ClientResult<v1::SearchFacesResponse>& answer,
           const Stage& stage, Outcome& outcome) {
  ++(answer ? outcome.answered : outcome.refused);
  if (!photo.person) return;
  ++outcome.known;
  const bool found = answer && !answer->search().candidates().empty();
  if (found && stage.IsOf(answer->search().candidates(0).record(), *photo.person)) {
    ++outcome.first;
    if (answer->search().candidates(0).above_operating_point()) ++outcome.above;
  } else {
    outcome.wrong.push_back(photo.path.filename().string());
  }
}

ClientResult<v1::ProbePhoto> Load(const std::filesystem::path& path) {
  ClientResult<std::string> bytes = ReadPhoto(path);
  if (!bytes) return std::unexpected(bytes.error());
  v1::ProbePhoto photo;
  photo.set_data(*std::move(bytes));
  return photo;
}

Misfortune Judge(const Outcome& outcome, std::size_t count, const Page& page) {
  const std::size_t unanswered = count - outcome.answered - outcome.refused;
  if (unanswered > 0) {
    return page.Say(Message::kDemoUnanswered, {{"count", std::to_string(unanswered)}});
  }
  if (outcome.answered == 0) return page.Say(Message::kDemoFolderNothing);
  if (!outcome.wrong.empty()) {
    return page.Say(Message::kDemoFolderWrong, {{"count", std::to_string(outcome.wrong.size())},
                                                {"photos", page.catalogue.Join(outcome.wrong)}});
  }
  return "";
}

}  // namespace

Misfortune PlayFolder(Stage& stage, std::ostream& out) {
  const Page& page = stage.page();
  const std::vector<FolderPhoto>& folder = stage.photos().folder;
  out << WrapAfter("", 0,
                   page.Say(Message::kDemoFolder, {{"count", std::to_string(folder.size())}}),
                   page.width);
  v1::StreamFaceSearchesConfig config;
  config.set_purpose(page.Say(Message::kDemoPurposePolice));
  config.set_case_reference(page.Say(Message::kDemoCase));
  Outcome outcome;
  FaceSearchStream stream(stage.client(), config);
  const ClientResult<void> done = stream.Run(
      folder.size(), [&folder](std::size_t number) { return Load(folder[number].path); },
      [&](std::size_t number, const ClientResult<v1::SearchFacesResponse>& answer) {
        Count(folder[number], answer, stage, outcome);
        out << AnswerLineView(folder[number].path.filename().string(), answer, page).text
            << std::flush;
      });
  out << WrapAfter(
      "", 0,
      page.Say(Message::kDemoFolderDone, {{"answered", std::to_string(outcome.answered)},
                                          {"refused", std::to_string(outcome.refused)},
                                          {"known", std::to_string(outcome.known)},
                                          {"first", std::to_string(outcome.first)},
                                          {"above", std::to_string(outcome.above)}}),
      page.width);
  if (!done) return Explain(page.catalogue, done.error()).what;
  return Judge(outcome, folder.size(), page);
}

}  // namespace homeward::client
