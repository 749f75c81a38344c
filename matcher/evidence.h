// What a distance between two faces is worth.
//
// The same distance means much between two faces that few resemble, and nothing between two that
// resemble many: at one threshold, most searches of small children raise an alarm and hardly any of
// a European adult. Adaptive symmetric normalisation (known from speaker recognition: Cumani et
// al., Odyssey 2011) therefore counts a distance in standard deviations from where the nearest
// strangers of each of the two faces lie.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>

namespace homeward {

// How many of the nearest strangers are looked at.
inline constexpr int kSpreadNeighbours = 100;
// The nearest stranger may be the same person under another record: that many are left out.
inline constexpr int kSpreadLeftOut = 1;

// How near strangers come to one template.
struct Spread {
  float mean = 0;
  float deviation = 1;  // at least kLeastDeviation

  friend bool operator==(const Spread&, const Spread&) = default;
};
inline constexpr double kLeastDeviation = 1e-4;

// Of the kSpreadNeighbours smallest distances among `others`, less the kSpreadLeftOut smallest, and
// `synthetic`; where there are fewer, of those, and of none the default. Both ascending; of
// `others` no more than kSpreadNeighbours + kSpreadLeftOut are looked at. Thread safe.
Spread SpreadOf(std::span<const double> others, std::span<const double> synthetic);

// The score of a pair: larger means more alike. Thread safe.
double Score(double distance, const Spread& probe, const Spread& entry);

// ln P = intercept - slope * score + gallery_exponent * ln(N / 1000), fitted on searches for people
// who were not enrolled, where P is the share of them that show a candidate of at least this score
// among N people compared.
struct ChanceLine {
  double intercept = 0;
  double slope = 0;             // > 0
  double gallery_exponent = 0;  // >= 0
  // Fewer people count as this many: the chance is then overstated, never understated.
  std::int64_t least_gallery = 1;
  // The smallest share that was measured: no chance is told as a smaller one.
  double least_chance = 0;
  // What was observed over what the line says, among the groups of people and the galleries that it
  // was held against: the least (at most 1) and the most (at least 1). As they are here, nothing is
  // known of it.
  double ratio_min = 0;
  double ratio_max = std::numeric_limits<double>::infinity();
  std::string data;         // what it was fitted on
  std::string measured_on;  // ISO 8601 date

  friend bool operator==(const ChanceLine&, const ChanceLine&) = default;
};

// How many candidates of at least `score` a search for somebody who is not there shows among
// `compared` (>= 1) people, as the line has it: P, not cut off at 1. Thread safe.
double ExpectedStrangers(double score, std::int64_t compared, const ChanceLine& line);
// The chance that such a search shows any; from line.least_chance to 1. Thread safe.
double ChanceOfStranger(double score, std::int64_t compared, const ChanceLine& line);
// What a candidate's distance is worth.
struct Evidence {
  double score = 0;
  // Of a search for somebody who is not there: how often it shows a candidate of at least this
  // score among as many people as were compared. Not told below what was measured.
  double chance = 1;
  // The interval around it: what it was for other groups and galleries that were told this. From 0
  // where the chance is below what was measured.
  double chance_min = 0;
  double chance_max = 1;

  friend bool operator==(const Evidence&, const Evidence&) = default;
};
// Thread safe.
Evidence EvidenceFor(double score, std::int64_t compared, const ChanceLine& line);
// The score at which that chance is `chance` (in (0, 1]). Thread safe.
double ScoreForChance(double chance, std::int64_t compared, const ChanceLine& line);

}  // namespace homeward
