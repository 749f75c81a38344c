#include "clients/screen/search_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "clients/catalogue/wording.h"
#include "clients/screen/text_width.h"

namespace homeward::client {
namespace {

constexpr int kIndent = 11;  // below " 1  0.312  "

int CountAbove(const v1::Search& search) {
  return static_cast<int>(std::ranges::count_if(search.candidates(), [](const auto& candidate) {
    return candidate.above_operating_point();
  }));
}

// How the list is to be read, before it.
std::string HeadingText(const v1::Search& search, const Page& page) {
  const int above = CountAbove(search);
  const Values values = {{"above", std::to_string(above)},
                         {"threshold", DistanceText(search.operating_point().threshold())}};
  const std::string heading =
      page.Say(search.no_candidate() ? Message::kNoCandidate : Message::kCandidatesFound, values);
  std::string text;
  for (const std::string& line : Wrap(heading, page.width)) text += page.Strong(line) + "\n";
  if (search.candidates().empty()) return text;
  return text + WrapAfter("", 0,
                          page.Say(search.no_candidate() ? Message::kNearestFollow
                                                         : Message::kCandidatesFollow),
                          page.width);
}

}  // namespace

std::string DistanceText(double distance) { return fmt::format("{:.3f}", distance); }

std::string CandidateWords(const v1::Candidate& candidate, const Catalogue& catalogue) {
  if (candidate.erased()) return catalogue.Say(Message::kErasedSince);
  std::vector<std::string> words = {Word(catalogue, candidate.kind())};
  words.push_back(candidate.claimed_name().empty() ? catalogue.Say(Message::kNameUnknown)
                                                   : Printable(candidate.claimed_name()));
  if (!candidate.unit().empty()) words.push_back(Printable(candidate.unit()));
  return fmt::format("{}", fmt::join(words, " · "));
}

std::string CandidateText(const v1::Candidate& candidate, const Page& page) {
  const std::string side =
      page.Say(candidate.above_operating_point() ? Message::kAbovePoint : Message::kBelowPoint);
  const std::string first =
      fmt::format("{:>2}  {}", candidate.rank(), DistanceText(candidate.distance()));
  std::string text = WrapAfter(
      first, kIndent, side + " · " + CandidateWords(candidate, page.catalogue), page.width);
  text += WrapAfter("", kIndent, candidate.record(), page.width);
  if (!candidate.flags().empty()) {
    const std::string flags = Words<v1::AttributeFlag>(page.catalogue, candidate.flags());
    text += WrapAfter("", kIndent, page.Say(Message::kDoesNotAgree, {{"attributes", flags}}),
                      page.width);
  }
  return text;
}

std::string AccountText(const v1::Comparison& comparison, const Catalogue& catalogue) {
  const Values values = {{"compared", std::to_string(comparison.compared_count())},
                         {"searchable", std::to_string(comparison.searchable_count())}};
  std::vector<std::string> reasons;
  for (const v1::NotCompared& rest : comparison.not_compared()) {
    if (rest.count() == 0) continue;
    reasons.push_back(catalogue.Say(
        Message::kNotComparedItem,
        {{"count", std::to_string(rest.count())}, {"reason", Word(catalogue, rest.reason())}}));
  }
  return catalogue.Say(Message::kCompared, values) +
         (reasons.empty()
              ? catalogue.Say(Message::kAllCompared)
              : catalogue.Say(Message::kNotCompared, {{"reasons", catalogue.Join(reasons)}}));
}

std::string SearchText(const v1::Search& search, const Page& page, int listed) {
  std::string text = HeadingText(search, page);
  const int shown = std::min(std::max(listed, CountAbove(search)), search.candidates_size());
  for (int index = 0; index < shown; ++index) text += CandidateText(search.candidates(index), page);
  if (const int rest = search.candidates_size() - shown; rest > 0) {
    text += WrapAfter("", 4, page.Say(Message::kMoreCandidates, {{"count", std::to_string(rest)}}),
                      page.width);
  }
  text += WrapAfter("", 0, AccountText(search.comparison(), page.catalogue), page.width);
  text += WrapAfter("", 0, page.Say(Message::kPeopleDecide), page.width);
  return text + WrapAfter("", 0, page.Say(Message::kKeptAs, {{"name", search.name()}}), page.width);
}

}  // namespace homeward::client
