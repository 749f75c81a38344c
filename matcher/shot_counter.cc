#include "matcher/shot_counter.h"

#include <algorithm>

namespace homeward {

void ShotCounter::Add(const std::optional<FacePrint>& print, std::int32_t shot) {
  last_ = std::max(last_, shot);
  if (print && shot != 0) seen_.push_back({*print, shot});
}

std::int32_t ShotCounter::Number(const std::optional<FacePrint>& print) {
  const auto same = [&](const Numbered& earlier) {
    return print && ShowSamePhotograph(*print, earlier.print);
  };
  const auto found = std::ranges::find_if(seen_, same);
  const std::int32_t shot = found == seen_.end() ? last_ + 1 : found->shot;
  Add(print, shot);
  return shot;
}

}  // namespace homeward
