#include <cstdlib>
#include <exception>
#include <string>

#include "matcher/jpeg_trap.h"
#include "matcher/photo.h"

namespace homeward {
namespace {

class JpegWriter {
 public:
  JpegWriter() { cinfo_.err = trap_.handler(); }
  ~JpegWriter() {
    jpeg_destroy_compress(&cinfo_);
    std::free(buffer_);
  }
  JpegWriter(const JpegWriter&) = delete;
  JpegWriter& operator=(const JpegWriter&) = delete;

  bool Write(const cv::Mat& bgr, int quality) {
    return trap_.Run([&] {
      jpeg_create_compress(&cinfo_);
      jpeg_mem_dest(&cinfo_, &buffer_, &size_);
      cinfo_.image_width = static_cast<JDIMENSION>(bgr.cols);
      cinfo_.image_height = static_cast<JDIMENSION>(bgr.rows);
      cinfo_.input_components = 3;
      cinfo_.in_color_space = JCS_EXT_BGR;
      jpeg_set_defaults(&cinfo_);
      jpeg_set_quality(&cinfo_, quality, TRUE);
      cinfo_.optimize_coding = TRUE;
      jpeg_start_compress(&cinfo_, TRUE);
      while (cinfo_.next_scanline < cinfo_.image_height) {
        // libjpeg's rows are not const, but it only reads them.
        JSAMPROW row = const_cast<JSAMPROW>(bgr.ptr(static_cast<int>(cinfo_.next_scanline)));
        jpeg_write_scanlines(&cinfo_, &row, 1);
      }
      jpeg_finish_compress(&cinfo_);
    });
  }

  std::vector<std::uint8_t> bytes() const { return {buffer_, buffer_ + size_}; }
  std::string message() const { return trap_.message(); }

 private:
  JpegTrap trap_;
  unsigned char* buffer_ = nullptr;
  unsigned long size_ = 0;
  jpeg_compress_struct cinfo_{};
};

}  // namespace

Result<std::vector<std::uint8_t>> EncodeJpeg(const cv::Mat& bgr, int quality) try {
  JpegWriter writer;
  if (!writer.Write(bgr, quality)) {
    return Fail(Reason::kInternal, "The picture could not be encoded: " + writer.message());
  }
  return writer.bytes();
} catch (const std::exception& error) {
  return Fail(Reason::kInternal, std::string("The picture could not be encoded: ") + error.what());
}

}  // namespace homeward
