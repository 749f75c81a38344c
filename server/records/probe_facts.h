// What is known about the photos that are searched with, and what follows from it for the answer.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "matcher/difficulty.h"
#include "matcher/face.h"
#include "matcher/searcher.h"
#include "matcher/yardstick.h"
#include "server/records/outlook.h"
#include "server/records/photo_age.h"
#include "server/records/photo_entry.h"
#include "server/records/record.h"

namespace homeward {

struct ProbeFacts {
  std::vector<Quality> qualities = {};  // of the faces searched with; copies of a photograph once
  int shots = 1;                        // different photographs that are known of the person
  std::optional<PhotoAge> taken = {};
  std::optional<AgeRange> age_shown = {};  // photo_age.h, of the photos searched with
};

// Of a photo that was only shown.
ProbeFacts FactsOf(const Face& shown);
// Of stored photos that are searched with, in `space_id`; `known` are all photos of the record. A
// photo counts as taken on the day it states, the newest of a missing person's on the day that the
// report states; where neither is known, nothing is said of years.
ProbeFacts FactsOf(const Record& record, std::span<const PhotoEntry> searched,
                   std::span<const PhotoEntry> known, std::string_view space_id, const Date& today);

// Thread safe.
std::vector<OutlookNotice> NoticesFor(const ProbeFacts& facts, const MissCurve& curve);
// What the next photo should be like, where that is worth asking for: a flaw is named that every
// photo has, and a later photo where years were measured to cost something. Thread safe.
std::vector<Advice> AdviceFor(const ProbeFacts& facts, const MissCurve& curve);

// Absent where nothing was compared, or nothing was fitted that could tell. `yardstick` may be
// null. Thread safe.
std::optional<Outlook> OutlookOf(const Yardstick* yardstick, const SearchResult& result,
                                 const OperatingPoint& point, const ProbeFacts& facts);

}  // namespace homeward
