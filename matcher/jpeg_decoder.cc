#include "matcher/jpeg_decoder.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "matcher/jpeg_trap.h"
#include "matcher/photo_refusal.h"

namespace homeward {
namespace {

// A progressive photo has about ten scans. Each one costs a pass over the whole picture, however
// few bytes it has.
constexpr int kMaxScans = 100;

// libjpeg's own limit; larger only for coefficients, which reduction does not make fewer.
std::int64_t MaxLibraryBytes(const PhotoLimits& limits) { return 2 * limits.max_decode_bytes; }

class JpegReader {
 public:
  JpegReader() {
    cinfo_.err = trap_.handler();
    monitor_.progress_monitor = [](j_common_ptr cinfo) {
      static_cast<Monitor*>(cinfo->progress)->reader->LimitScans();
    };
    monitor_.reader = this;
  }
  ~JpegReader() { jpeg_destroy_decompress(&cinfo_); }
  JpegReader(const JpegReader&) = delete;
  JpegReader& operator=(const JpegReader&) = delete;

  bool ReadHeader(std::span<const std::uint8_t> bytes, const PhotoLimits& limits) {
    return trap_.Run([&] {
      jpeg_create_decompress(&cinfo_);
      cinfo_.progress = &monitor_;
      cinfo_.mem->max_memory_to_use = static_cast<long>(MaxLibraryBytes(limits));
      jpeg_mem_src(&cinfo_, bytes.data(), bytes.size());
      jpeg_read_header(&cinfo_, TRUE);
    });
  }

  bool Is(const PhotoHeader& header) const {
    return static_cast<int>(cinfo_.image_width) == header.width_px &&
           static_cast<int>(cinfo_.image_height) == header.height_px;
  }

  // Coefficients of the whole picture, which several scans fill little by little.
  std::int64_t WorkingBytes() {
    if (jpeg_has_multiple_scans(&cinfo_) == FALSE) return 0;
    std::int64_t blocks = 0;
    for (int i = 0; i < cinfo_.num_components; ++i) {
      const jpeg_component_info& component = cinfo_.comp_info[i];
      blocks += std::int64_t{component.width_in_blocks} * component.height_in_blocks;
    }
    return blocks * static_cast<std::int64_t>(sizeof(JBLOCK));
  }

  bool Start(int reduction) {
    const bool four_inks =
        cinfo_.jpeg_color_space == JCS_CMYK || cinfo_.jpeg_color_space == JCS_YCCK;
    cinfo_.out_color_space = four_inks ? JCS_CMYK : JCS_EXT_BGR;
    cinfo_.scale_num = 1;
    cinfo_.scale_denom = static_cast<unsigned>(reduction);
    return trap_.Run([&] { jpeg_start_decompress(&cinfo_); });
  }

  // Reads every row and the end marker. `bgr` has the size of the reduced picture.
  bool ReadRows(cv::Mat& bgr) {
    if (cinfo_.out_color_space == JCS_CMYK) return ReadCmykRows(bgr);
    return trap_.Run([&] {
      std::array<JSAMPROW, 16> rows;
      while (cinfo_.output_scanline < cinfo_.output_height) {
        JDIMENSION count = 0;
        for (; count < rows.size() && cinfo_.output_scanline + count < cinfo_.output_height;
             ++count) {
          rows[count] = bgr.ptr(static_cast<int>(cinfo_.output_scanline + count));
        }
        jpeg_read_scanlines(&cinfo_, rows.data(), count);
      }
      jpeg_finish_decompress(&cinfo_);
    });
  }

  std::unexpected<Error> Refusal(const PhotoHeader& header) const {
    if (trap_.out_of_memory()) return RefuseWorkingMemory(header);
    if (trap_.truncated()) return RefuseTruncated(PhotoFormat::kJpeg);
    return RefuseCorrupt(PhotoFormat::kJpeg, trap_.message());
  }

 private:
  struct Monitor : jpeg_progress_mgr {
    JpegReader* reader = nullptr;
  };

  void LimitScans() {
    if (cinfo_.input_scan_number > kMaxScans) trap_.GiveUp("more than 100 scans");
  }

  bool ReadCmykRows(cv::Mat& bgr) {
    std::vector<std::uint8_t> inks(std::size_t{cinfo_.output_width} * 4);
    return trap_.Run([&] {
      while (cinfo_.output_scanline < cinfo_.output_height) {
        std::uint8_t* const row = bgr.ptr(static_cast<int>(cinfo_.output_scanline));
        JSAMPROW cmyk = inks.data();
        jpeg_read_scanlines(&cinfo_, &cmyk, 1);
        MixInks(inks, row);
      }
      jpeg_finish_decompress(&cinfo_);
    });
  }

  // Adobe's software stores how much light passes, everyone else how much ink there is.
  void MixInks(std::span<const std::uint8_t> inks, std::uint8_t* bgr) const {
    const int flip = cinfo_.saw_Adobe_marker != FALSE ? 0 : 255;
    for (std::size_t i = 0; i < inks.size(); i += 4, bgr += 3) {
      const int black = inks[i + 3] ^ flip;
      for (std::size_t ink = 0; ink < 3; ++ink) {
        const int light = (inks[i + ink] ^ flip) * black;
        bgr[2 - ink] = static_cast<std::uint8_t>((light + 127) / 255);
      }
    }
  }

  JpegTrap trap_;
  Monitor monitor_{};
  jpeg_decompress_struct cinfo_{};
};

int ChooseReduction(const PhotoHeader& header, const PhotoLimits& limits,
                    std::int64_t working_bytes) {
  int reduction = 1;
  while (reduction < 8 && std::int64_t{ReducedSide(header.width_px, reduction)} *
                                  ReducedSide(header.height_px, reduction) >
                              limits.max_pixels) {
    reduction *= 2;
  }
  return working_bytes == 0 ? reduction : FitReduction(header, limits, reduction, working_bytes, 3);
}

Result<void> ReadHeader(JpegReader& reader, std::span<const std::uint8_t> bytes,
                        const PhotoHeader& header, const PhotoLimits& limits) {
  if (!reader.ReadHeader(bytes, limits)) return reader.Refusal(header);
  if (!reader.Is(header)) return RefuseCorrupt(PhotoFormat::kJpeg, "two different sizes");
  return {};
}

}  // namespace

Result<int> JpegReduction(std::span<const std::uint8_t> bytes, const PhotoHeader& header,
                          const PhotoLimits& limits) {
  JpegReader reader;
  if (auto read = ReadHeader(reader, bytes, header, limits); !read) {
    return std::unexpected(std::move(read).error());
  }
  return ChooseReduction(header, limits, reader.WorkingBytes());
}

Result<StoredPicture> DecodeJpeg(std::span<const std::uint8_t> bytes, const PhotoHeader& header,
                                 const PhotoLimits& limits, int reduction) {
  JpegReader reader;
  if (auto read = ReadHeader(reader, bytes, header, limits); !read) {
    return std::unexpected(std::move(read).error());
  }
  StoredPicture picture;
  picture.reduction =
      std::min(8, reduction * ChooseReduction(header, limits, reader.WorkingBytes()));
  if (!reader.Start(picture.reduction)) return reader.Refusal(header);
  picture.bgr.create(ReducedSide(header.height_px, picture.reduction),
                     ReducedSide(header.width_px, picture.reduction), CV_8UC3);
  if (!reader.ReadRows(picture.bgr)) return reader.Refusal(header);
  return picture;
}

}  // namespace homeward
