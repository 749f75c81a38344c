// What one space needs to tell evidence from distance.
#pragma once

#include <memory>
#include <optional>

#include "matcher/cohort.h"
#include "matcher/difficulty.h"
#include "matcher/evidence.h"
#include "matcher/template.h"

namespace homeward {

struct Yardstick {
  std::shared_ptr<const Cohort> cohort;  // not null
  ChanceLine line;
  std::optional<MissCurve> miss_curve = {};  // absent where none was fitted
};

// A space, and its yardstick where one was fitted.
struct MeasuredSpace {
  Space space;
  std::shared_ptr<const Yardstick> yardstick = nullptr;
};

}  // namespace homeward
