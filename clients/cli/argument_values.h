// Single values of the command line. Errors repeat the value and say how it is written.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "clients/cli/usage_error.h"
#include "google/type/date.pb.h"
#include "homeward/v1/record.pb.h"

namespace homeward::client {

struct AgeRange {
  int min = 0;
  int max = 0;
};

// For the photo with this number, counted from 1.
struct FaceChoice {
  int photo = 1;
  v1::Box box;
};

UsageResult<v1::RecordKind> ParseKind(const std::string& text);  // stranded, missing, at-risk
UsageResult<v1::Sex> ParseSex(const std::string& text);          // female, male, other
UsageResult<v1::PhotoKind> ParsePhotoKind(const std::string& text);
UsageResult<AgeRange> ParseAge(const std::string& text);             // 65 or 60-70
UsageResult<google::type::Date> ParseDate(const std::string& text);  // YYYY-MM-DD
UsageResult<FaceChoice> ParseFaceChoice(const std::string& text);    // [N:]X,Y,WIDTH,HEIGHT
// A whole number from `min` to `max` for `option`.
UsageResult<int> ParseNumber(const std::string& option, const std::string& text, int min, int max);

}  // namespace homeward::client
