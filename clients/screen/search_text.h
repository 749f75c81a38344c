// The result of a search for people to read: candidates, what was compared, and that people decide.
// Distances are shown as they are; a percentage would say what nobody knows.
#pragma once

#include <string>
#include <vector>

#include "clients/screen/page.h"
#include "homeward/v1/search.pb.h"

namespace homeward::client {

// How many candidates are listed at least, where there are so many: those above the operating point
// are always listed, however many they are.
inline constexpr int kShortList = 5;

// The whole answer; `listed` as kShortList.
std::string SearchText(const v1::Search& search, const Page& page, int listed = kShortList);

// One candidate: rank, distance, side of the operating point, who it is, what does not agree.
std::string CandidateText(const v1::Candidate& candidate, const Page& page);

// "Compared N1 of N; not compared: ... because ...", in one line without its break.
std::string AccountText(const v1::Comparison& comparison, const Catalogue& catalogue);

// What the search can be expected to miss, what stands in its way, and what would help.
std::string OutlookText(const v1::Outlook& outlook, const Page& page);

// Kind, name and unit of a candidate, each in a few words.
std::vector<std::string> CandidateWords(const v1::Candidate& candidate, const Catalogue& catalogue);

// 1 / share in two digits: 0.0031 is one in 320.
std::string OneIn(double share);

// Three decimals: differences below that mean nothing.
std::string DistanceText(double distance);

}  // namespace homeward::client
