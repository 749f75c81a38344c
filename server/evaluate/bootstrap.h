// Intervals by resampling persons. The searches of one person are alike, so an interval that takes
// each of them for an independent trial would promise more than was measured.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "server/evaluate/interval.h"

namespace homeward {

// What the searches for one person came to.
struct PersonTally {
  std::int64_t hits = 0;
  std::int64_t trials = 0;  // > 0
};

// Fixed, so that the same set gives the same figures.
inline constexpr int kResamples = 1'000;
inline constexpr std::uint64_t kResamplingSeed = 20'261'122;
// Resampling fewer persons than this says too little about those who were not asked.
inline constexpr std::size_t kLeastPersons = 10;

struct PersonInterval {
  Interval interval;
  bool is_bootstrap = false;  // else Wilson's, with one trial a person
};

// Of hits over trials at 95 %: the percentiles of kResamples draws of as many persons, with
// replacement; it holds the rate itself. With fewer than kLeastPersons, or where every draw gives
// the same, Wilson's interval with as many trials as there are persons. Absent without persons, and
// where a rate above 1 leaves no other than an interval of zero width. Deterministic, on every
// machine.
std::optional<PersonInterval> IntervalOverPersons(std::span<const PersonTally> persons);

}  // namespace homeward
