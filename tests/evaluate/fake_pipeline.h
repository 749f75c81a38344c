// A pipeline whose photos are text: the vector of the person shown, or the name of what is wrong.
#pragma once

#include <atomic>
#include <filesystem>
#include <fstream>
#include <memory>
#include <span>
#include <sstream>
#include <string>

#include "server/evaluate/template_maker.h"

namespace homeward {

inline Result<GradedTemplate> ReadFakePhoto(std::span<const std::uint8_t> photo,
                                            const Space& space) {
  const std::string text(photo.begin(), photo.end());
  if (text.starts_with("nobody")) return Fail(Reason::kNoFaceFound, "nobody");
  if (text.starts_with("torn")) return Fail(Reason::kPhotoTruncated, "torn");
  if (text.starts_with("broken")) return Fail(Reason::kInternal, "the network broke");
  Template made{space.id, std::vector<float>(static_cast<std::size_t>(space.dimension))};
  std::istringstream numbers(text);
  for (float& each : made.vector) numbers >> each;
  return GradedTemplate{made, {made.vector.front()}};
}

// `analysed` counts the photos that were really looked at.
inline Pipeline FakePipeline(
    std::shared_ptr<std::atomic<int>> analysed = std::make_shared<std::atomic<int>>(0)) {
  const Space space{"fake", "fake.dat", 2};
  return {.space = space,
          .models_digest = "digest-1",
          .options = "plain",
          .make_worker = [=]() -> Result<TemplateMaker> {
            return [=](std::span<const std::uint8_t> photo) {
              ++*analysed;
              return ReadFakePhoto(photo, space);
            };
          },
          .operating_point = {},
          .yardstick = nullptr,
          .measures = {"first coordinate"}};
}

inline void WriteText(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

inline std::string ReadText(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace homeward
