// What a calibration found: a JSON document to be stored, and words.
#pragma once

#include <cstdint>
#include <map>
#include <ostream>
#include <string>

#include "matcher/template.h"
#include "server/evaluate/evaluation_scores.h"
#include "server/evaluate/template_maker.h"

namespace homeward {

// All of a set, and each cohort of it, at one bound.
struct BoundRates {
  OperatingRates all;
  std::map<std::string, OperatingRates> cohorts;
};

struct CalibrationOutcome {
  OperatingPoint point;
  std::string set_sha256;
  bool is_weighed = false;  // decided by chance, not by distance
  BoundRates before;        // by the rule as it was: the line at its word, or the distance in force
  BoundRates after;         // by `point`
};

// {"schema": "homeward.calibration/1", "operating_point_id", "operating_point": the fields of
// homeward.v1.OperatingPoint, "before" and "after": the rates overall and under `cohorts`}. Rates
// are shares of 1; NAME_interval is [low, high] at 95 %.
std::string CalibrationDocument(const CalibrationOutcome& outcome, const Pipeline& pipeline);

// The same for people.
void WriteCalibrationWords(const CalibrationOutcome& outcome, std::ostream& out);

}  // namespace homeward
