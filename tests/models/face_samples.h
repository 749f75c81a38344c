// Real weights and real photos, read from where they lie on this machine and never stored.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "matcher/photo.h"

namespace homeward::testing {

inline std::filesystem::path FolderFrom(const char* variable,
                                        const std::filesystem::path& otherwise) {
  const char* folder = std::getenv(variable);
  return folder != nullptr ? std::filesystem::path(folder) : otherwise;
}

inline std::filesystem::path WeightsFolder() {
  const char* home = std::getenv("HOME");
  return FolderFrom("HOMEWARD_WEIGHTS", std::filesystem::path(home != nullptr ? home : "/root") /
                                            ".cache/homeward/weights");
}

inline std::filesystem::path ManifestFile() {
  return std::filesystem::path(HOMEWARD_SOURCE_DIR) / "models/manifest.json";
}

inline std::filesystem::path FacesFolder() {
  return FolderFrom("HOMEWARD_FACES",
                    std::filesystem::path(HOMEWARD_SOURCE_DIR) / "../shared/faces");
}

inline std::vector<char> ReadFile(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(stream), {}};
}

// `count` photos of one set ("lfw" or "chinese"), evenly spread over all of it; empty where the
// folder of faces is absent.
inline std::vector<std::filesystem::path> SamplePhotos(const std::string& set, std::size_t count) {
  std::vector<std::filesystem::path> all;
  const auto folder = FacesFolder() / set;
  if (!std::filesystem::is_directory(folder)) return all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".jpg") all.push_back(entry.path());
  }
  std::ranges::sort(all);
  std::vector<std::filesystem::path> sample;
  for (std::size_t i = 0; i < count && !all.empty(); ++i) {
    sample.push_back(all[i * all.size() / count]);
  }
  return sample;
}

inline Photo ReadPhoto(const std::filesystem::path& path) {
  const auto bytes = ReadFile(path);
  auto photo = DecodePhoto({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  if (!photo) throw std::runtime_error(path.string() + ": " + photo.error().message);
  return *std::move(photo);
}

}  // namespace homeward::testing
