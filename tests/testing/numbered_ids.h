// Ids that a test can write down: the number, in the last bytes of an otherwise empty id.
#pragma once

#include <cstddef>
#include <cstdint>

namespace homeward {

template <class Id>
Id NumberedId(std::uint64_t number) {
  Id id;
  for (std::size_t i = id.bytes.size(); i-- > 0 && number != 0; number >>= 8) {
    id.bytes[i] = static_cast<std::uint8_t>(number & 255);
  }
  return id;
}

}  // namespace homeward
