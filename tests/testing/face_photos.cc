#include "tests/testing/face_photos.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <opencv2/imgproc.hpp>
#include <span>

#include "matcher/photo.h"

namespace homeward::testing {
namespace {

std::filesystem::path FacesFolder() {
  if (const char* folder = std::getenv("HOMEWARD_FACES")) return folder;
  return HOMEWARD_SOURCE_DIR "/../shared/faces";
}

std::filesystem::path DemonstrationFolder() {
  if (const char* cache = std::getenv("HOMEWARD_CACHE")) {
    return std::filesystem::path(cache) / "photos/demo/people";
  }
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home != nullptr ? home : "/root") /
         ".cache/homeward/photos/demo/people";
}

std::vector<std::filesystem::path> JpegsBelow(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::is_directory(folder)) return files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".jpg") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

std::vector<std::filesystem::path> FacePhotoFiles() {
  auto files = JpegsBelow(FacesFolder() / "lfw");
  return files.empty() ? JpegsBelow(DemonstrationFolder()) : files;
}

std::string ReadBytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string FacePhotoVariant(const std::vector<std::filesystem::path>& files, std::size_t index) {
  const std::string bytes = ReadBytes(files[index % files.size()]);
  const auto round = static_cast<int>(index / files.size());
  if (round == 0) return bytes;
  const auto photo =
      DecodePhoto({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  if (!photo) return bytes;
  // Turned a little more each round: cropping alone would move the chip's source, not the chip.
  const cv::Mat& bgr = photo->bgr;
  const cv::Point2f centre(static_cast<float>(bgr.cols) / 2, static_cast<float>(bgr.rows) / 2);
  const double angle = (round % 2 == 0 ? 1 : -1) * 1.5 * ((round + 1) / 2);
  cv::Mat turned;
  cv::warpAffine(bgr, turned, cv::getRotationMatrix2D(centre, angle, 1), bgr.size(),
                 cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  const auto jpeg = EncodeJpeg(turned, 92);
  return jpeg ? std::string(jpeg->begin(), jpeg->end()) : bytes;
}

}  // namespace homeward::testing
