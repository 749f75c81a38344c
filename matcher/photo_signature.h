// Tells a file's format from its first bytes; a name or a declared type is never believed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "matcher/photo_header.h"

namespace homeward {

// The format whose magic number the file starts with. A file too short to hold the whole magic
// number counts if it agrees as far as it goes. nullopt for everything else.
std::optional<PhotoFormat> RecognisePhoto(std::span<const std::uint8_t> bytes);

// A format that is not accepted: its usual name, and what its owner can do about it (a sentence).
struct ForeignFormat {
  std::string_view name;
  std::string_view advice;
};

// What a file that RecognisePhoto does not know looks like; named "unknown" when nothing fits.
ForeignFormat RecogniseForeign(std::span<const std::uint8_t> bytes);

}  // namespace homeward
