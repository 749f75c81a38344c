// Ids that differ and are the same in every run.
#pragma once

#include <atomic>
#include <cstring>

#include "server/records/clock.h"

namespace homeward::testing {

// Thread safe. The order of the ids is not that in which they were given, as with random ones.
class SequentialIds : public IdSource {
 public:
  std::array<std::uint8_t, 16> Next() override {
    const std::uint64_t count = ++count_;
    const std::uint64_t scattered = count * 0x9e3779b97f4a7c15u;
    std::array<std::uint8_t, 16> bytes{};
    std::memcpy(bytes.data(), &scattered, sizeof scattered);
    std::memcpy(bytes.data() + sizeof scattered, &count, sizeof count);
    return bytes;
  }

 private:
  std::atomic<std::uint64_t> count_{0};
};

}  // namespace homeward::testing
