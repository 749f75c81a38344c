#include "matcher/png_decoder.h"

#include <array>
#include <csetjmp>
#include <cstddef>
#include <cstring>
#include <new>
#include <vector>

#include <png.h>

#include "matcher/photo_refusal.h"

namespace homeward {
namespace {

// Chunks that say nothing about pixels and may inflate to any size.
constexpr png_byte kSkippedChunks[] =
    "bKGD\0cHRM\0eXIf\0gAMA\0hIST\0iCCP\0iTXt\0oFFs\0pCAL\0pHYs\0sBIT\0sCAL\0sPLT\0sRGB\0tEXt\0"
    "tIME\0zTXt";
constexpr int kSkippedChunkCount = sizeof kSkippedChunks / 5;
constexpr png_alloc_size_t kMaxChunkBytes = 1u << 20;

class PngReader {
 public:
  explicit PngReader(std::span<const std::uint8_t> bytes)
      : rest_(bytes),
        png_(png_create_read_struct(PNG_LIBPNG_VER_STRING, this, OnError, OnWarning)),
        info_(png_ == nullptr ? nullptr : png_create_info_struct(png_)) {
    if (info_ != nullptr) return;
    png_destroy_read_struct(&png_, nullptr, nullptr);
    throw std::bad_alloc();
  }
  ~PngReader() { png_destroy_read_struct(&png_, &info_, nullptr); }
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;

  bool ReadHeader(const PhotoLimits& limits) {
    return Run([&] {
      png_set_read_fn(png_, this, OnRead);
      const auto side = static_cast<png_uint_32>(limits.max_side_px);
      png_set_user_limits(png_, side, side);
      png_set_chunk_malloc_max(png_, kMaxChunkBytes);
      png_set_keep_unknown_chunks(png_, PNG_HANDLE_CHUNK_NEVER, kSkippedChunks, kSkippedChunkCount);
      png_read_info(png_, info_);
    });
  }

  bool Is(const PhotoHeader& header) const {
    return static_cast<int>(png_get_image_width(png_, info_)) == header.width_px &&
           static_cast<int>(png_get_image_height(png_, info_)) == header.height_px;
  }

  // Asks libpng for 8-bit BGR without alpha.
  bool Start() {
    return Run([&] {
      png_set_expand(png_);
      png_set_scale_16(png_);
      png_set_gray_to_rgb(png_);
      png_set_bgr(png_);
      if ((png_get_color_type(png_, info_) & PNG_COLOR_MASK_ALPHA) != 0 ||
          png_get_valid(png_, info_, PNG_INFO_tRNS) != 0) {
        const png_color_16 mid_grey = MidGrey();
        png_set_background(png_, &mid_grey, PNG_BACKGROUND_GAMMA_SCREEN, 0, 1);
      }
      png_set_interlace_handling(png_);
      png_read_update_info(png_, info_);
    });
  }

  bool Fits(const cv::Mat& bgr) const {
    return png_get_rowbytes(png_, info_) == static_cast<std::size_t>(bgr.cols) * bgr.elemSize();
  }

  bool ReadRows(cv::Mat& bgr) {
    std::vector<png_bytep> rows(static_cast<std::size_t>(bgr.rows));
    for (std::size_t y = 0; y < rows.size(); ++y) rows[y] = bgr.ptr(static_cast<int>(y));
    return Run([&] {
      png_read_image(png_, rows.data());
      png_read_end(png_, nullptr);
    });
  }

  std::unexpected<Error> Refusal() const {
    if (truncated_) return RefuseTruncated(PhotoFormat::kPng);
    return RefuseCorrupt(PhotoFormat::kPng, message_.data());
  }

 private:
  // As JpegTrap::Run: `step` is left by longjmp, so nothing in it may have a destructor.
  template <class Step>
  [[gnu::noinline]] bool Run(Step step) {
    if (setjmp(png_jmpbuf(png_)) != 0) return false;
    step();
    return true;
  }

  static void OnError(png_structp png, png_const_charp message) {
    auto& reader = *static_cast<PngReader*>(png_get_error_ptr(png));
    std::strncpy(reader.message_.data(), message, reader.message_.size() - 1);
    png_longjmp(png, 1);
  }

  // What libpng only warns of leaves the pixels as they were sent.
  static void OnWarning(png_structp, png_const_charp) {}

  static void OnRead(png_structp png, png_bytep target, std::size_t count) {
    auto& reader = *static_cast<PngReader*>(png_get_io_ptr(png));
    if (count > reader.rest_.size()) {
      reader.truncated_ = true;
      png_error(png, "end of file");
    }
    std::memcpy(target, reader.rest_.data(), count);
    reader.rest_ = reader.rest_.subspan(count);
  }

  static png_color_16 MidGrey() {
    constexpr png_uint_16 kLevel = 128;
    return {.index = 0, .red = kLevel, .green = kLevel, .blue = kLevel, .gray = kLevel};
  }

  std::span<const std::uint8_t> rest_;
  bool truncated_ = false;
  std::array<char, 128> message_{};
  png_structp png_;
  png_infop info_;
};

}  // namespace

Result<StoredPicture> DecodePng(std::span<const std::uint8_t> bytes, const PhotoHeader& header,
                                const PhotoLimits& limits) {
  PngReader reader(bytes);
  if (!reader.ReadHeader(limits)) return reader.Refusal();
  if (!reader.Is(header)) return RefuseCorrupt(PhotoFormat::kPng, "two different sizes");
  StoredPicture picture;
  if (!reader.Start()) return reader.Refusal();
  picture.bgr.create(header.height_px, header.width_px, CV_8UC3);
  if (!reader.Fits(picture.bgr)) return RefuseCorrupt(PhotoFormat::kPng, "rows of another length");
  if (!reader.ReadRows(picture.bgr)) return reader.Refusal();
  return picture;
}

}  // namespace homeward
