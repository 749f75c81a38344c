// A photo on its way into a record.
#pragma once

#include <optional>

#include "server/records/photo_analysis.h"
#include "server/records/photo_entry.h"

namespace homeward {

struct NewPhoto {
  ShownPhoto shown;
  PhotoKind kind = PhotoKind::kUnspecified;
  std::optional<Date> capture_date;
};

// The photo as it is to be stored, with new ids and the face that is meant; `record` and `created`
// are left to whoever stores it. Where no face can be compared, the reason is in it: that is no
// error. Errors: those of AnalyzePhoto; kSeveralFaces, kFaceBoxUnmatched.
Result<PhotoEntry> TakeIn(Casebook& book, const Intent& intent, const NewPhoto& photo);

}  // namespace homeward
