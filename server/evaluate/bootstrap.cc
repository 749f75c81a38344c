#include "server/evaluate/bootstrap.h"

#include <algorithm>
#include <random>
#include <vector>

namespace homeward {
namespace {

double RateOf(std::int64_t hits, std::int64_t trials) {
  return static_cast<double>(hits) / static_cast<double>(trials);
}

// Below `count` (< 2^32). The standard's distributions differ between libraries.
std::size_t Draw(std::mt19937_64& random, std::size_t count) {
  return static_cast<std::size_t>(((random() >> 32) * count) >> 32);
}

std::vector<double> DrawRates(std::span<const PersonTally> persons) {
  std::mt19937_64 random(kResamplingSeed);
  std::vector<double> rates;
  for (int i = 0; i < kResamples; ++i) {
    PersonTally sum;
    for (std::size_t k = 0; k < persons.size(); ++k) {
      const PersonTally& drawn = persons[Draw(random, persons.size())];
      sum.hits += drawn.hits;
      sum.trials += drawn.trials;
    }
    rates.push_back(RateOf(sum.hits, sum.trials));
  }
  std::ranges::sort(rates);
  return rates;
}

}  // namespace

std::optional<PersonInterval> IntervalOverPersons(std::span<const PersonTally> persons) {
  if (persons.empty()) return std::nullopt;
  PersonTally sum;
  for (const PersonTally& each : persons) {
    sum.hits += each.hits;
    sum.trials += each.trials;
  }
  const double rate = RateOf(sum.hits, sum.trials);
  if (persons.size() >= kLeastPersons) {
    const std::vector<double> rates = DrawRates(persons);
    constexpr std::size_t kBelow = kResamples / 40;  // 2.5 % on either side
    const double low = rates[kBelow];
    const double high = rates[kResamples - 1 - kBelow];
    if (low < high) return PersonInterval{{std::min(low, rate), std::max(high, rate)}, true};
  }
  if (rate > 1) return std::nullopt;
  return PersonInterval{WilsonInterval(rate, static_cast<double>(persons.size())), false};
}

}  // namespace homeward
