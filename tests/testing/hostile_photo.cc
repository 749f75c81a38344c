#include "tests/testing/hostile_photo.h"

namespace homeward::testing {

const std::vector<Sample>& Samples() {
  static const std::vector<Sample> samples = [] {
    cv::Mat picture = SyntheticPicture(61, 47);
    cv::Mat noise(picture.size(), CV_8UC3);  // for files that are mostly pixels
    cv::RNG(1).fill(noise, cv::RNG::UNIFORM, 0, 16);
    picture += noise;
    return std::vector<Sample>{
        {"baseline.jpg", MakeJpeg(picture, {.restart_interval = 2})},
        {"progressive.jpg", MakeJpeg(picture, {.scans = JpegScans::kProgressive})},
        {"rgb.png", MakePng(picture)},
        {"lossy.webp", MakeWebp(picture)},
        {"lossless.webp", MakeWebp(picture, {.lossless = true})},
    };
  }();
  return samples;
}

Bytes PngChunkOfTwo(std::string_view type, std::uint32_t first, std::uint32_t second, Bytes tail) {
  const auto push = [](Bytes& bytes, std::uint32_t value) {
    for (const int shift : {24, 16, 8, 0}) {
      bytes.push_back(static_cast<std::uint8_t>(value >> shift & 255));
    }
  };
  Bytes payload;
  push(payload, first);
  push(payload, second);
  return PngChunk(type, Joined({payload, std::move(tail)}));
}

Bytes PngFile(const std::vector<Bytes>& chunks) {
  return Joined({FromText("\x89PNG\r\n\x1A\n"), Joined(chunks)});
}

}  // namespace homeward::testing
