#include "clients/screen/search_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "clients/catalogue/explanation.h"
#include "clients/catalogue/wording.h"
#include "clients/screen/search_text.h"
#include "clients/screen/text_width.h"
#include "clients/screen/time_text.h"

namespace homeward::client {
namespace {

Json ErrorJson(const ClientError& error) {
  return {{"reason", error.reason}, {"message", error.message}, {"metadata", error.metadata}};
}

// Everything of an answer but its text.
View AnswerForPrograms(const std::string& subject,
                       const ClientResult<v1::SearchFacesResponse>& outcome) {
  Json object = {
      {"subject", subject}, {"search", nullptr}, {"probe_face", nullptr}, {"error", nullptr}};
  View view;
  if (outcome) {
    object["search"] = JsonOf(outcome->search());
    if (outcome->has_probe_face()) object["probe_face"] = JsonOf(outcome->probe_face());
    view.sheet = SearchSheet(subject, outcome->search());
  } else {
    object["error"] = ErrorJson(outcome.error());
    view.sheet = UnansweredSheet(subject, outcome.error().reason);
  }
  view.objects.push_back(WithSchema("homeward.search_answer/1", std::move(object)));
  return view;
}

std::vector<std::string> OutcomeWords(const ClientResult<v1::SearchFacesResponse>& outcome,
                                      const Page& page) {
  if (!outcome) {
    const Explanation explanation = Explain(page.catalogue, outcome.error());
    return {page.Say(Message::kPhotoNotSearched, {{"why", explanation.what}})};
  }
  const v1::Search& search = outcome->search();
  if (search.candidates().empty()) return {page.Say(Message::kLineNothingCompared)};
  const v1::Candidate& nearest = search.candidates(0);
  const std::string distance = DistanceText(nearest.distance());
  std::vector<std::string> words = {page.Say(Message::kAbovePoint), distance};
  if (search.no_candidate()) {
    words = {page.Say(Message::kLineNoCandidate),
             page.Say(Message::kLineNearest, {{"distance", distance}})};
  }
  std::ranges::move(CandidateWords(nearest, page.catalogue), std::back_inserter(words));
  if (search.no_candidate()) return words;
  if (!nearest.flags().empty()) {
    words.push_back(
        page.Say(Message::kDoesNotAgree,
                 {{"attributes", Words<v1::AttributeFlag>(page.catalogue, nearest.flags())}}));
  }
  words.push_back(nearest.record());
  return words;
}

}  // namespace

View AnswerView(const std::string& subject, const ClientResult<v1::SearchFacesResponse>& outcome,
                const Page& page, int listed) {
  View view = AnswerForPrograms(subject, outcome);
  if (outcome) view.text = SearchText(outcome->search(), page, listed);
  return view;
}

View AnswerLineView(const std::string& subject,
                    const ClientResult<v1::SearchFacesResponse>& outcome, const Page& page) {
  View view = AnswerForPrograms(subject, outcome);
  const int column = std::clamp(page.width / 4, 12, 24);
  view.text = FlowAfter(TruncateMiddle(Printable(subject), column), column + 2,
                        OutcomeWords(outcome, page), page.width);
  return view;
}

View ComparisonView(const std::string& first, const std::string& second,
                    const v1::CompareFacesResponse& response, const Page& page) {
  View view;
  const Values values = {{"distance", DistanceText(response.distance())},
                         {"threshold", DistanceText(response.operating_point().threshold())}};
  for (const Message message :
       {response.above_operating_point() ? Message::kPairAbove : Message::kPairBelow,
        Message::kPeopleDecide}) {
    view.text += WrapAfter("", 0, page.Say(message, values), page.width);
  }
  Json object = {{"first", first}, {"second", second}};
  object.update(JsonOf(response));
  view.objects.push_back(WithSchema("homeward.comparison/1", std::move(object)));
  view.sheet = {{"first", "second", "distance", "space", "above_operating_point", "threshold"},
                {{first, second, DistanceText(response.distance()), response.space(),
                  response.above_operating_point() ? "true" : "false",
                  DistanceText(response.operating_point().threshold())}}};
  return view;
}

}  // namespace homeward::client
