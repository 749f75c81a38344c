#include "clients/demo/stories.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "clients/catalogue/explanation.h"
#include "clients/cpp/photo_file.h"
#include "clients/cpp/request_id.h"
#include "clients/screen/search_text.h"
#include "clients/screen/text_width.h"

namespace homeward::client {
namespace {

constexpr std::size_t kUnknownPerson = 0;   // of the first story
constexpr std::size_t kReportedPerson = 1;  // of the second
constexpr int kListed = 3;

void Tell(const Page& page, std::ostream& out, Message message, const Values& values = {}) {
  out << WrapAfter("", 0, page.Say(message, values), page.width);
}

std::string Why(const ClientError& error, const Page& page) {
  const Explanation explanation = Explain(page.catalogue, error);
  std::string why = explanation.what;
  for (const std::string& step : explanation.next) why += " " + step;
  return why;
}

// Folder and file, as the layout names them.
std::string ShortPath(const std::filesystem::path& photo) {
  return (photo.parent_path().filename() / photo.filename()).string();
}

// Whether the first candidate is the person; if so `right` is said about it.
Misfortune JudgeFirst(const v1::Search& search, std::size_t person, Message right,
                      const Stage& stage, std::ostream& out) {
  const Page& page = stage.page();
  for (const v1::Candidate& candidate : search.candidates()) {
    if (!stage.IsOf(candidate.record(), person)) continue;
    if (candidate.rank() != 1) {
      return page.Say(Message::kDemoWrongFirst, {{"person", stage.NameOf(person)},
                                                 {"rank", std::to_string(candidate.rank())}});
    }
    const Message side =
        candidate.above_operating_point() ? Message::kAbovePoint : Message::kBelowPoint;
    Tell(page, out, right,
         {{"name", stage.NameOf(person)},
          {"distance", DistanceText(candidate.distance())},
          {"side", page.Say(side)}});
    return "";
  }
  return page.Say(Message::kDemoNotListed, {{"person", stage.NameOf(person)}});
}

// Enrols the second photo of the person, shows the answer, and judges it.
Misfortune PlayEnrolment(Stage& stage, std::ostream& out, std::size_t person, v1::RecordKind kind,
                         const std::string& name, Message right) {
  const Page& page = stage.page();
  Tell(page, out, Message::kDemoPhoto,
       {{"photo", ShortPath(stage.photos().people.at(person).photos.at(1))}});
  const ClientResult<v1::CreateRecordResponse> response = stage.Enrol(person, 1, kind, name);
  if (!response) return Why(response.error(), page);
  if (!response->has_search()) return page.Say(Message::kNotSearchedNoFace);
  out << SearchText(response->search(), page, kListed);
  return JudgeFirst(response->search(), person, right, stage, out);
}

}  // namespace

ClientResult<void> SetTheStage(Stage& stage, std::ostream& out) {
  const std::size_t count = stage.photos().people.size();
  for (std::size_t person = 0; person < count; ++person) {
    const bool in_station = person == kReportedPerson;
    const auto stored = stage.Enrol(person, 0, in_station ? v1::STRANDED : v1::MISSING,
                                    in_station ? "" : stage.NameOf(person));
    if (!stored) return std::unexpected(stored.error());
  }
  Tell(stage.page(), out, Message::kDemoStored,
       {{"missing", std::to_string(count - 1)}, {"stranded", "1"}});
  return {};
}

Misfortune PlayStation(Stage& stage, std::ostream& out) {
  const std::string claimed = stage.page().Say(Message::kDemoClaimedName);
  Tell(stage.page(), out, Message::kDemoClaims,
       {{"name", claimed}, {"reported", stage.NameOf(kUnknownPerson)}});
  return PlayEnrolment(stage, out, kUnknownPerson, v1::STRANDED, claimed,
                       Message::kDemoFirstReport);
}

Misfortune PlayFamily(Stage& stage, std::ostream& out) {
  Tell(stage.page(), out, Message::kDemoWaits);
  return PlayEnrolment(stage, out, kReportedPerson, v1::MISSING, stage.NameOf(kReportedPerson),
                       Message::kDemoFirstStation);
}

Misfortune PlayNobody(Stage& stage, std::ostream& out) {
  const Page& page = stage.page();
  const std::filesystem::path& photo = stage.photos().nobody.front();
  Tell(page, out, Message::kDemoPhoto, {{"photo", ShortPath(photo)}});
  ClientResult<std::string> bytes = ReadPhoto(photo);
  if (!bytes) return Why(bytes.error(), page);
  v1::SearchFacesRequest request;
  request.mutable_photo()->set_data(*std::move(bytes));
  request.mutable_photo()->set_single_face(true);
  request.set_purpose(page.Say(Message::kDemoPurposeAsked));
  request.set_request_id(NewRequestId());
  const ClientResult<v1::SearchFacesResponse> response = stage.client().SearchFaces(request);
  if (!response) return Why(response.error(), page);
  out << SearchText(response->search(), page, kListed);
  if (!response->search().no_candidate()) {
    const auto above = std::ranges::count_if(response->search().candidates(), [](const auto& one) {
      return one.above_operating_point();
    });
    return page.Say(Message::kDemoFalseCandidate,
                    {{"count", std::to_string(above)}, {"photo", ShortPath(photo)}});
  }
  Tell(page, out, Message::kDemoNobody);
  return "";
}

std::vector<std::string> PlayStories(Stage& stage, std::ostream& out) {
  using Story = Misfortune (*)(Stage&, std::ostream&);
  constexpr std::array<std::pair<Message, Story>, 4> kStories = {{
      {Message::kDemoTitle1, PlayStation},
      {Message::kDemoTitle2, PlayFamily},
      {Message::kDemoTitle3, PlayNobody},
      {Message::kDemoTitle4, PlayFolder},
  }};
  const Page& page = stage.page();
  std::vector<std::string> misfortunes;
  for (std::size_t index = 0; index < kStories.size(); ++index) {
    const std::string number = std::to_string(index + 1);
    const auto& [title, play] = kStories[index];
    out << '\n'
        << page.Strong(
               page.Say(Message::kDemoStory, {{"number", number}, {"title", page.Say(title)}}))
        << '\n';
    const Misfortune misfortune = play(stage, out);
    if (misfortune.empty()) continue;
    misfortunes.push_back(
        page.Say(Message::kDemoNotWell, {{"number", number}, {"why", misfortune}}));
    out << WrapAfter("", 0, misfortunes.back(), page.width);
  }
  return misfortunes;
}

}  // namespace homeward::client
