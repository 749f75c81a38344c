// Native values of quality on one scale, 0 (poor) to 100.
//
// The mappings are those that OFIQ 1.0.3, the reference implementation of ISO/IEC 29794-5,
// publishes, where it measures the same thing; those for sharpness, compression and the picture's
// border are our own, and quality_score.cc says so.
#pragma once

#include "matcher/quality_measure.h"

namespace homeward {

// From 0 to 100 for any number, not rounded. Thread safe.
double QualityScore(QualityMeasure measure, double native);

// `native` with its score, rounded; not assessable where `native` is absent or not finite. Thread
// safe.
QualityComponent Assessed(QualityMeasure measure, std::optional<double> native);

}  // namespace homeward
