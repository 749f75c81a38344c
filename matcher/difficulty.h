// How likely a search is to miss somebody who is there, told before anybody looks at its list.
//
// A mate is put forward whose score reaches the needed one, ScoreForChance(...): the fewer
// strangers may come so near and the more people are compared, the higher it is. What the probe
// adds is how near that is: of a face that many resemble, the mate must come nearer than of a
// striking one. The entry's spread is not known before the mate is, so it is taken to be as the
// probe's; the needed distance then is mean - deviation * needed score. In the space that is
// shipped it told no more than the needed score alone (tools/fit_miss_curve.py), and has no weight.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "matcher/evidence.h"

namespace homeward {

// When the newest of the probe's photos was taken, as far as that is known.
struct PhotoAge {
  int years_since = 0;  // full years, >= 0
  // Of the person then: at the least and at the most, full years.
  std::optional<int> age_min = {};
  std::optional<int> age_max = {};

  friend bool operator==(const PhotoAge&, const PhotoAge&) = default;
};

// From so many years on, at least this share was missed where it was measured.
struct MissStep {
  int from_years = 0;
  double miss_rate = 0;

  friend bool operator==(const MissStep&, const MissStep&) = default;
};

// ln(p / (1 - p)) is the sum of the terms. Each has the sign that its meaning asks for, so that no
// photo is told to be the better for being worse.
struct MissCurve {
  double intercept = 0;
  double needed_score = 0;     // >= 0, a unit of score
  double needed_distance = 0;  // <= 0, a unit of distance
  double cut_off = 0;          // >= 0, for a face that the picture's border cuts
  double sharpness = 0;        // <= 0, of ln(sharpness), up to `enough_sharpness`
  double eye_distance = 0;     // <= 0, of ln(px), up to `enough_eye_distance_px`
  double enough_sharpness = 1;
  double enough_eye_distance_px = 1;
  // By years between two photos; ascending, may be empty. Of a face at most `child_until` years old
  // in its photo, and of one that was 18 or more.
  int child_until = 12;
  std::vector<MissStep> children = {};
  std::vector<MissStep> adults = {};
  std::string data;         // what it was fitted on
  std::string measured_on;  // ISO 8601 date

  friend bool operator==(const MissCurve&, const MissCurve&) = default;
};

// One search, as it stands before its list is looked at.
struct ProbeOutlook {
  Spread spread;
  double needed_score = 0;  // ScoreForChance of the operating point, among those compared
  double eye_distance_px = 0;
  double sharpness = 0;
  bool is_cut_off = false;
  std::optional<PhotoAge> taken = {};
};

// The distance that a mate must not exceed to be put forward. Thread safe.
double NeededDistance(const ProbeOutlook& outlook);

// Of the searches like this one for somebody who is among those compared, the share that does not
// put this person forward: from 0 to 1 for any input, and not below LeastMissRate. A measure that
// is not a number counts as the worst. Thread safe.
double ExpectedMissRate(const ProbeOutlook& outlook, const MissCurve& curve);

// What years between two photos alone cost at the least: 0 where it was not measured. Thread safe.
double LeastMissRate(const PhotoAge& taken, const MissCurve& curve);

// Whether the photo certainly shows a child of at most curve.child_until years. Thread safe.
bool ShowsChild(const PhotoAge& taken, const MissCurve& curve);

}  // namespace homeward
