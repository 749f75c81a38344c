// The words in which a photo is refused: what is wrong and what to do next.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

#include "matcher/error.h"
#include "matcher/photo_header.h"

namespace homeward {

std::unexpected<Error> RefuseEmpty();
std::unexpected<Error> RefuseTooLarge(std::size_t bytes, const PhotoLimits& limits);
std::unexpected<Error> RefuseDimensions(const PhotoHeader& header, const PhotoLimits& limits);
// For a size within the limits whose way of coding needs too much working memory.
std::unexpected<Error> RefuseWorkingMemory(const PhotoHeader& header);
// `format` names what the file looks like; `advice` is a full sentence.
std::unexpected<Error> RefuseFormat(std::string_view format, std::string_view advice);
std::unexpected<Error> RefuseAnimated(PhotoFormat format);
std::unexpected<Error> RefuseTruncated(PhotoFormat format);
// `detail` says what was found, in English, without anything from the picture itself.
std::unexpected<Error> RefuseCorrupt(PhotoFormat format, const std::string& detail);

}  // namespace homeward
