// Where a face shows skin that is lit from one side or the other.
#pragma once

#include <opencv2/core.hpp>

namespace homeward {

// Places of a FacePatch: squares of 0.3 eye distances below the eyes, half way to the mouth and
// outwards of the eyes' middles, as ISO/IEC 29794-5 lays its zones of measurement. In the picture's
// left and right half.
cv::Rect LeftCheek();
cv::Rect RightCheek();

}  // namespace homeward
