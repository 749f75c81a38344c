// dlib's max-margin face detector as dlib knows it. For adapters of dlib only: it brings dlib in.
#pragma once

#include <dlib/dnn.h>

namespace homeward {

// The architecture that the weights were trained in (dlib's dnn_mmod_face_detection example).
template <long filters, typename Below>
using MmodHalve = dlib::con<filters, 5, 5, 2, 2, Below>;
template <long filters, typename Below>
using MmodFilter = dlib::con<filters, 5, 5, 1, 1, Below>;
template <typename Below>
using MmodActivate = dlib::relu<dlib::affine<Below>>;
template <typename Below>
using MmodDownsample =
    MmodActivate<MmodHalve<32, MmodActivate<MmodHalve<32, MmodActivate<MmodHalve<16, Below>>>>>>;
template <typename Below>
using MmodRefine = MmodActivate<MmodFilter<45, Below>>;
using MmodNet =
    dlib::loss_mmod<dlib::con<1, 9, 9, 1, 1,
                              MmodRefine<MmodRefine<MmodRefine<MmodDownsample<
                                  dlib::input_rgb_image_pyramid<dlib::pyramid_down<6>>>>>>>>;

}  // namespace homeward
