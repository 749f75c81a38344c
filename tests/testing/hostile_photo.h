// What a corpus of hostile photos is made of.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/testing/synthetic_photo.h"

namespace homeward::testing {

// `family` says what is odd about it, `name` which one it is (unique in a corpus).
struct HostilePhoto {
  std::string family;
  std::string name;
  Bytes bytes;
};

// One family under construction.
class Family {
 public:
  Family(std::vector<HostilePhoto>& photos, std::string name)
      : photos_(photos), name_(std::move(name)) {}

  void Add(std::string_view what, Bytes bytes) {
    photos_.push_back({name_, name_ + "/" + std::string(what), std::move(bytes)});
  }

 private:
  std::vector<HostilePhoto>& photos_;
  std::string name_;
};

struct Sample {
  std::string name;
  Bytes bytes;
};

// One small valid photo of each common coding: baseline and progressive JPEG, PNG, lossy and
// lossless WebP, in this order.
const std::vector<Sample>& Samples();

// A chunk whose payload begins with two big-endian numbers, as IHDR's and acTL's do.
Bytes PngChunkOfTwo(std::string_view type, std::uint32_t first, std::uint32_t second, Bytes tail);
Bytes PngFile(const std::vector<Bytes>& chunks);

}  // namespace homeward::testing
