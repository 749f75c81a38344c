#include "matcher/photo_refusal.h"

#include <string>
#include <utility>

namespace homeward {

std::unexpected<Error> RefuseEmpty() {
  return Fail(Reason::kPhotoEmpty, "The photo has no bytes. Choose the file again and send it.");
}

std::unexpected<Error> RefuseTooLarge(std::size_t bytes, const PhotoLimits& limits) {
  const std::string size = std::to_string(bytes);
  const std::string limit = std::to_string(limits.max_bytes);
  return Fail(Reason::kPhotoTooLarge,
              "The photo has " + size + " bytes; at most " + limit +
                  " are accepted. Send a smaller copy of it.",
              {{"bytes", size}, {"limit", limit}});
}

std::unexpected<Error> RefuseDimensions(const PhotoHeader& header, const PhotoLimits& limits) {
  const bool jpeg = header.format == PhotoFormat::kJpeg;
  const std::string width = std::to_string(header.width_px);
  const std::string height = std::to_string(header.height_px);
  const std::string side = std::to_string(limits.max_side_px);
  const std::string pixels = std::to_string(jpeg ? limits.max_jpeg_pixels : limits.max_pixels);
  return Fail(
      Reason::kPhotoDimensionsTooLarge,
      "The photo is " + width + " by " + height + " pixels; at most " + side + " a side and " +
          pixels + " in all are accepted. Send a smaller copy of it.",
      {{"width_px", width}, {"height_px", height}, {"max_side_px", side}, {"max_pixels", pixels}});
}

std::unexpected<Error> RefuseWorkingMemory(const PhotoHeader& header) {
  const std::string width = std::to_string(header.width_px);
  const std::string height = std::to_string(header.height_px);
  return Fail(Reason::kPhotoDimensionsTooLarge,
              "The photo is " + width + " by " + height +
                  " pixels, too many for a progressive JPEG. Save it as a baseline JPEG, or send a "
                  "smaller copy of it.",
              {{"width_px", width}, {"height_px", height}});
}

std::unexpected<Error> RefuseFormat(std::string_view format, std::string_view advice) {
  std::string message = format == "unknown" ? "The file is no photo that is known here. "
                                            : "The file looks like " + std::string(format) +
                                                  "; photos are accepted as JPEG, PNG or WebP. ";
  return Fail(Reason::kPhotoFormatUnsupported, message.append(advice),
              {{"format", std::string(format)}});
}

std::unexpected<Error> RefuseAnimated(PhotoFormat format) {
  const std::string name(Name(format));
  return Fail(Reason::kPhotoAnimated,
              "The " + name + " is an animation. Send one picture of it, as a still photo.",
              {{"format", name}});
}

std::unexpected<Error> RefuseTruncated(PhotoFormat format) {
  const std::string name(Name(format));
  return Fail(Reason::kPhotoTruncated,
              "The " + name + " ends too early; part of it was lost on its way. Send it again.",
              {{"format", name}});
}

std::unexpected<Error> RefuseCorrupt(PhotoFormat format, const std::string& detail) {
  const std::string name(Name(format));
  return Fail(Reason::kPhotoCorrupt,
              "The " + name + " is damaged (" + detail +
                  "). Send the original file again, or open it on the device that took it and save "
                  "a copy.",
              {{"format", name}, {"detail", detail}});
}

}  // namespace homeward
