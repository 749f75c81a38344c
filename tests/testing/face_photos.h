// Photos of real faces for tests, and as many different ones as a test asks for. They are read from
// where they lie on this machine and never stored.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace homeward::testing {

// Photos of one face each: people with one photo in $HOMEWARD_FACES/lfw (default ../shared/faces
// beside the source tree), else the demonstration photos in the cache. Empty where neither is
// there.
std::vector<std::filesystem::path> FacePhotoFiles();

std::string ReadBytes(const std::filesystem::path& path);

// The JPEG number `index` of an endless series: the photos in turn, from the second round on moved
// by a few pixels, so that no two members have the same template.
std::string FacePhotoVariant(const std::vector<std::filesystem::path>& files, std::size_t index);

}  // namespace homeward::testing
