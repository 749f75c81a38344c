// Small files that cost a naive reader much memory or time.
#pragma once

#include <cstdint>
#include <vector>

#include "tests/testing/hostile_photo.h"

namespace homeward::testing {

// Adds the families pixel_bomb, giant_jpeg, scan_bomb and metadata_bomb.
void AddBombs(std::vector<HostilePhoto>& photos);

// A valid progressive JPEG whose last scan, which adds nothing, comes `scans` times.
Bytes JpegOfManyScans(int width_px, int height_px, int scans);

// A JPEG header that claims this size, and hardly anything behind it.
Bytes JpegHeaderOnly(int width_px, int height_px, std::uint8_t frame_marker = 0xC0);

}  // namespace homeward::testing
