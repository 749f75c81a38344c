#include "clients/screen/search_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "clients/catalogue/wording.h"
#include "clients/screen/text_width.h"

namespace homeward::client {
namespace {

constexpr int kIndent = 11;  // below " 1  0.312  "

// What a candidate's likeness is worth, in words.
std::string EvidenceText(const v1::Evidence& evidence, const Page& page) {
  constexpr double kNothingSpecial = 0.5;
  const double rate = evidence.stranger_rate();
  const double least = evidence.stranger_rate_min();
  const double most = evidence.stranger_rate_max();
  const bool knows_interval = least > 0 || most < 1;
  if (rate > kNothingSpecial || (knows_interval && most >= 1)) {
    return page.Say(Message::kLikeStrangers);
  }
  if (least <= 0) {
    return page.Say(Message::kStrangerRateAtMost,
                    {{"one_in", OneIn(knows_interval ? most : rate)}});
  }
  return page.Say(Message::kStrangerRate,
                  {{"one_in", OneIn(rate)}, {"often", OneIn(most)}, {"seldom", OneIn(least)}});
}

int CountAbove(const v1::Search& search) {
  return static_cast<int>(std::ranges::count_if(search.candidates(), [](const auto& candidate) {
    return candidate.above_operating_point();
  }));
}

// A share in tenths, for people: never "none" or "all", as it is an expectation.
std::string OutOfTen(double share, const Page& page) {
  const int tenths = static_cast<int>(std::lround(share * 10));
  if (tenths < 1) return page.Say(Message::kMissRateFew);
  if (tenths > 9) return page.Say(Message::kMissRateNearlyAll);
  return page.Say(Message::kMissRate, {{"of_ten", std::to_string(tenths)}});
}

// In which order the list is.
Message ListMessage(const v1::Search& search) {
  if (!search.candidates(0).placings().empty()) return Message::kFusedCandidatesFollow;
  return search.no_candidate() ? Message::kNearestFollow : Message::kCandidatesFollow;
}

// How the list is to be read, before it.
std::string HeadingText(const v1::Search& search, const Page& page) {
  const int above = CountAbove(search);
  const Values values = {{"above", std::to_string(above)},
                         {"one_in", OneIn(search.operating_point().fpir())}};
  const std::string heading =
      page.Say(search.no_candidate() ? Message::kNoCandidate : Message::kCandidatesFound, values);
  std::string text;
  for (const std::string& line : Wrap(heading, page.width)) text += page.Strong(line) + "\n";
  if (search.candidates().empty()) return text;
  return text + WrapAfter("", 0, page.Say(ListMessage(search)), page.width);
}

// Where each space of a fused search has the candidate.
std::string PlacingsText(const v1::Candidate& candidate, const Page& page) {
  std::vector<std::string> places;
  for (const v1::Placing& each : candidate.placings()) {
    places.push_back(page.Say(each.has_rank() ? Message::kPlacing : Message::kPlacingFarDown,
                              {{"rank", std::to_string(each.rank())}, {"space", each.space()}}));
  }
  return page.Say(Message::kPlacings, {{"placings", page.catalogue.Join(places)}});
}

}  // namespace

std::string OneIn(double share) {
  const double count = 1 / std::max(share, 1e-9);
  const double step = std::pow(10, std::max(0.0, std::floor(std::log10(count)) - 1));
  return fmt::format("{:.0f}", std::round(count / step) * step);
}

std::string DistanceText(double distance) { return fmt::format("{:.3f}", distance); }

std::vector<std::string> CandidateWords(const v1::Candidate& candidate,
                                        const Catalogue& catalogue) {
  if (candidate.erased()) return {catalogue.Say(Message::kErasedSince)};
  std::vector<std::string> words = {Word(catalogue, candidate.kind())};
  words.push_back(candidate.claimed_name().empty() ? catalogue.Say(Message::kNameUnknown)
                                                   : Printable(candidate.claimed_name()));
  if (!candidate.unit().empty()) words.push_back(Printable(candidate.unit()));
  return words;
}

std::string CandidateText(const v1::Candidate& candidate, const Page& page) {
  std::vector<std::string> words = CandidateWords(candidate, page.catalogue);
  words.insert(words.begin(), page.Say(candidate.above_operating_point() ? Message::kAbovePoint
                                                                         : Message::kBelowPoint));
  const std::string first =
      fmt::format("{:>2}  {}", candidate.rank(), DistanceText(candidate.distance()));
  std::string text = FlowAfter(first, kIndent, words, page.width);
  text += WrapAfter("", kIndent, candidate.record(), page.width);
  if (candidate.has_evidence()) {
    text += WrapAfter("", kIndent, EvidenceText(candidate.evidence(), page), page.width);
  }
  if (!candidate.placings().empty()) {
    text += WrapAfter("", kIndent, PlacingsText(candidate, page), page.width);
  }
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
  std::string text = catalogue.Say(Message::kCompared, values) +
                     (reasons.empty() ? catalogue.Say(Message::kAllCompared)
                                      : catalogue.Say(Message::kNotCompared,
                                                      {{"reasons", catalogue.Join(reasons)}}));
  if (const auto count = comparison.compared_in_part_count(); count > 0) {
    text += " " + catalogue.Say(Message::kComparedInPart, {{"count", std::to_string(count)}});
  }
  return text;
}

std::string OutlookText(const v1::Outlook& outlook, const Page& page) {
  std::string text = WrapAfter("", 0, OutOfTen(outlook.expected_miss_rate(), page), page.width);
  for (const int notice : outlook.notices()) {
    const std::string words = Word(page.catalogue, static_cast<v1::OutlookNotice>(notice));
    text += WrapAfter("", 0, words, page.width);
  }
  if (outlook.advice().empty()) return text;
  const std::string advice = Words<v1::Advice>(page.catalogue, outlook.advice());
  return text + WrapAfter("", 0, page.Say(Message::kWouldHelp, {{"advice", advice}}), page.width);
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
  if (search.has_outlook()) text += OutlookText(search.outlook(), page);
  text += WrapAfter("", 0, page.Say(Message::kPeopleDecide), page.width);
  return text + WrapAfter("", 0, page.Say(Message::kKeptAs, {{"name", search.name()}}), page.width);
}

}  // namespace homeward::client
