// Numbers the photographs that one person's faces are shown by.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "matcher/face_print.h"

namespace homeward {

// Thread safety: none.
class ShotCounter {
 public:
  // A face that has its number; 0: it was stored before there were any.
  void Add(const std::optional<FacePrint>& print, std::int32_t shot);
  // Of the next face: the number of the first before it that shows the same photograph, else one of
  // its own, from 1.
  std::int32_t Number(const std::optional<FacePrint>& print);

 private:
  struct Numbered {
    FacePrint print;
    std::int32_t shot = 0;
  };
  std::vector<Numbered> seen_;
  std::int32_t last_ = 0;
};

}  // namespace homeward
