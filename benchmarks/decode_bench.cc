// Decoding beside OpenCV's imdecode, both on one thread, by its processor time. Same libraries
// below both, so the same photo should take the same time; what differs:
//   48 MP          ours is decoded at half scale, because nothing later needs more pixels
//   pixel bomb     31 KB that claim 256 MP: ours is refused from the header, the peer decodes it
#include <cstdlib>
#include <opencv2/imgcodecs.hpp>
#include <string>

#include "benchmarks/measurement.h"
#include "matcher/photo.h"
#include "tests/testing/synthetic_photo.h"

namespace homeward {
namespace {

using testing::Bytes;
using testing::JpegScans;

constexpr char kPeer[] = "OpenCV 4.6 imdecode";
constexpr int kRuns = 9;

// Smooth colours and a sensor's noise, so that a file has about the bytes of a real photo.
cv::Mat PhotoLikePicture(int width_px, int height_px) {
  const cv::Mat picture = testing::SyntheticPicture(width_px, height_px);
  cv::Mat noise(picture.size(), CV_8UC3);
  cv::RNG(1).fill(noise, cv::RNG::NORMAL, 0, 12);
  cv::Mat noisy;
  cv::add(picture, noise, noisy);
  return noisy;
}

void CompareDecoding(const std::string& workload, const Bytes& bytes, bool accepted = true) {
  Compare(
      {"decode", workload, "ms", kPeer}, kRuns,
      [&] {
        return 1e3 * ThreadSeconds([&] {
                 if (DecodePhoto(bytes).has_value() != accepted) std::abort();
               });
      },
      [&] {
        return 1e3 * ThreadSeconds([&] {
                 if (cv::imdecode(bytes, cv::IMREAD_COLOR).empty()) std::abort();
               });
      });
}

void Run() {
  cv::setNumThreads(1);
  const cv::Mat phone = PhotoLikePicture(4'000, 3'000);
  const Bytes jpeg = testing::MakeJpeg(phone, {.quality = 90});
  CompareDecoding("JPEG 12 MP", jpeg);
  CompareDecoding("JPEG 12 MP, quarter turn", testing::JpegWithExif(jpeg, testing::ExifBlock(6)));
  CompareDecoding("JPEG 12 MP, progressive",
                  testing::MakeJpeg(phone, {.scans = JpegScans::kProgressive, .quality = 90}));
  CompareDecoding("PNG 6 MP", testing::MakePng(PhotoLikePicture(3'000, 2'000)));
  CompareDecoding("WebP 12 MP", testing::MakeWebp(phone));
  CompareDecoding("JPEG 24 MP", testing::MakeJpeg(PhotoLikePicture(6'000, 4'000), {.quality = 85}));
  CompareDecoding("JPEG 48 MP, ours at half scale",
                  testing::MakeJpeg(PhotoLikePicture(8'000, 6'000), {.quality = 85}));
  CompareDecoding("pixel bomb of 31 KB", testing::MakeBlackPng(16'000, 16'000), false);
}

}  // namespace
}  // namespace homeward

int main() { homeward::Run(); }
