// Searching with a face that somebody shows or that is stored. Every search is kept; a photo that
// was only shown is not: of it a keyed hash is.
#pragma once

#include <optional>
#include <variant>

#include "server/records/photo_analysis.h"
#include "server/records/resource_name.h"
#include "server/records/search_view.h"

namespace homeward {

struct FaceQuery {
  // A photo shown, the enrolled face of a stored photo, or every enrolled face of a stored record.
  // What is stored never meets its own record.
  std::variant<ShownPhoto, PhotoName, RecordId> probe;
  SearchCriteria criteria;
  int max_candidates = 0;  // 0: the usual number
  SearchOrigin origin = SearchOrigin::kAdHoc;
};

struct FaceSearch {
  SearchView search;
  std::optional<Face> probe_face;  // of a photo shown
};

// A repeated request gets the search that was made then, checked anew. Thread safe.
// Errors: those of CheckPurposefulIntent, CheckCriteria, FindAnswered, AnalyzePhoto and
// ChooseUsableFace; kRecordNotFound, kPhotoNotFound; kNoFaceFound and kNoUsableFace of stored
// photos and records too; those of the store.
Result<FaceSearch> SearchFaces(Casebook& book, const Intent& intent, const FaceQuery& query);

// What can be said about a query before there is a photo: its purpose and filter.
Result<void> CheckQuery(const Intent& intent, const FaceQuery& query);

}  // namespace homeward
