// An operating point as it is kept: what was measured, by whom; and each time it was put in force.
// Both are only ever added.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "matcher/template.h"
#include "server/records/clock.h"
#include "server/records/photo_entry.h"

namespace homeward {

// A share of `searches`, with what 95 % confidence leaves open.
struct MeasuredRate {
  double rate = 0;
  double low = 0;
  double high = 0;
  std::int64_t searches = 0;

  friend bool operator==(const MeasuredRate&, const MeasuredRate&) = default;
};

struct OperatingPointEntry {
  OperatingPoint point;
  std::optional<MeasuredRate> false_alarms = {};  // FPIR, of the non-mated searches
  std::optional<MeasuredRate> misses = {};        // FNIR, of the mated searches
  std::optional<Sha256> set_sha256 = {};          // of the manifest of the labelled set
  std::string creator = {};
  Time created{};
};

struct Activation {
  std::string point;  // its name
  std::string space_id;
  Time at{};
  std::string caller;
  std::string purpose;

  friend bool operator==(const Activation&, const Activation&) = default;
};

}  // namespace homeward
