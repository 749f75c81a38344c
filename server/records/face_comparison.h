// Two photos, one distance. Stores nothing.
#pragma once

#include <string>

#include "server/records/photo_analysis.h"

namespace homeward {

struct FaceComparison {
  std::string space_id;            // of the distance: the point's, or the first of its fusion
  double distance = 0;             // Euclidean
  OperatingPoint operating_point;  // the one in force
  bool above_operating_point = false;
  Face first;
  Face second;
};

// Errors: those of CheckPurposefulIntent, AnalyzePhoto and ChooseUsableFace, with metadata `photo`
// "first" or "second".
Result<FaceComparison> CompareFaces(Casebook& book, const Intent& intent, const ShownPhoto& first,
                                    const ShownPhoto& second);

}  // namespace homeward
