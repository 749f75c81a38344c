// How old people were in their photos.
#pragma once

#include <optional>
#include <span>

#include "server/records/date.h"
#include "server/records/photo_entry.h"
#include "server/records/record.h"

namespace homeward {

inline constexpr int kGrownUp = 18;  // full years

// In full years on `day`, at the least and at the most; nullopt where that year of birth is not
// known.
std::optional<int> LeastAgeOn(const Date& day, const RecordAttributes& attributes);
std::optional<int> MostAgeOn(const Date& day, const RecordAttributes& attributes);

// At the least and at the most, in full years, over these photos of the record. A photo counts as
// taken on the day it states, else a missing person's on the day that the report states, a stranded
// person's on the day it was stored. nullopt where the day of one, or the birth, is not known.
std::optional<AgeRange> AgeIn(const Record& record, std::span<const PhotoEntry> photos);

// Whether one certainly shows a child and the other somebody grown up. From the one to the other
// faces tell too little to put anybody forward: most such searches miss, whatever the distance.
bool AreChildAndAdult(const AgeRange& one, const AgeRange& other);

}  // namespace homeward
