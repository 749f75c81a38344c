// The shape of the aligned pictures that a network takes.
#pragma once

namespace homeward {

// A square of `side_px` pixels in which the mean face keeps `padding` of its own width free on
// every side.
struct ChipGeometry {
  int side_px = 0;
  double padding = 0;

  friend bool operator==(const ChipGeometry&, const ChipGeometry&) = default;
};

}  // namespace homeward
