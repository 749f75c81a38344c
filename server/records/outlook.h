// What a search can be expected to miss, and what would help most: told with every answer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace homeward {

// What a list of faces cannot do for this person. kChildToAdult: the photo shows a child who is
// grown up by now, and kLongChildhoodGap: one whom years have changed; kInfant: the person was
// under three in the photo.
enum class OutlookNotice : std::uint8_t { kChildToAdult, kLongChildhoodGap, kInfant };

enum class Advice : std::uint8_t {
  kLaterPhoto,
  kWholeFace,  // the border cuts it
  kLargerFace,
  kSharperPhoto,
  kFrontalPhoto,
  kBetterLitPhoto,
  kMorePhotos,  // of different occasions
};

struct Outlook {
  // Of searches like this one for somebody who is among those compared, the share that does not put
  // this person forward (difficulty.h).
  double expected_miss_rate = 0;
  std::vector<OutlookNotice> notices;
  std::vector<Advice> advice;  // at most kMostAdvice, what helps most first

  friend bool operator==(const Outlook&, const Outlook&) = default;
};
inline constexpr std::size_t kMostAdvice = 2;

}  // namespace homeward
