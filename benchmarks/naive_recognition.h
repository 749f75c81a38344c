// A peer of the benchmark of analysing: what one writes with dlib in an afternoon.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace homeward {

// The whole photo decoded, HOG at its full size, five points, one chip, one vector. Thread safety:
// none.
class NaiveRecognition {
 public:
  NaiveRecognition();
  ~NaiveRecognition();

  // Of the first face found; empty where there is none.
  std::vector<float> Analyze(std::span<const std::uint8_t> photo);

 private:
  struct Parts;

  std::unique_ptr<Parts> parts_;
};

}  // namespace homeward
