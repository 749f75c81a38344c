// How small a copy of a photo may be for what is done with it: one rule for finding faces and one
// for cutting them out.
#pragma once

#include <opencv2/core.hpp>

#include "matcher/face.h"

namespace homeward {

// The largest of 1, 2, 4, ... up to `most` by which a picture of `size` can be divided and still
// hold all pixels that detectors look at first. 1 for a picture of up to 2.4 megapixels. Thread
// safe.
int DetectionReduction(cv::Size size, int most);

// The reduction of the copy that the chip of a face is cut from, its measures are taken on and its
// landmarks are fitted on last: at most DetectionReduction(size, most), and small enough that the
// copy still has more pixels of the face than any chip. A function of what is stored of a face
// alone, so that a chip cut later is the one cut at enrolment, to the bit. `landmarks` in pixels of
// the picture of `size`. Thread safe.
int ChipReduction(const Landmarks& landmarks, cv::Size size, int most);

}  // namespace homeward
