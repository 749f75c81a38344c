// Random records, photos and filters, of few enough different values that they meet each other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "server/records/photo_entry.h"
#include "server/records/record.h"

namespace homeward {

class RandomValues {
 public:
  explicit RandomValues(std::uint64_t seed) : random_(seed) {}

  std::size_t Below(std::size_t bound) { return random_() % bound; }
  bool OneIn(std::size_t n) { return Below(n) == 0; }
  template <class T>
  const T& OneOf(const std::vector<T>& values) {
    return values[Below(values.size())];
  }
  template <class IdType>
  IdType NewId() {
    IdType id;
    for (auto& byte : id.bytes) byte = static_cast<std::uint8_t>(random_());
    return id;
  }

  // UTF-8 of any length and script, quotes, line ends and zero bytes included; often empty.
  std::string Text();
  Date AnyDate();
  Record AnyRecord();
  SearchFilter AnyFilter();
  PhotoEntry AnyPhoto(const RecordId& record);

 private:
  std::mt19937_64 random_;
};

}  // namespace homeward
