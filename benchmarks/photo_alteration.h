// What happens to photos before they reach a station: each takes a photo and where its face is, and
// gives both as they are afterwards. `index` chooses among variants and seeds what is random.
#pragma once

#include "benchmarks/labelled_photo.h"

namespace homeward {

// By 20 degrees, in turns to either side, about the picture's middle. No corner stays empty.
LabelledPhoto Tilted(const LabelledPhoto& photo, int index);
// A twelfth of the light, in 8 bits: what is left is some 80 levels.
LabelledPhoto Darkened(const LabelledPhoto& photo, int index);
// The same as a small sensor sees it: 400 electrons for white in full light, read noise of 2.
LabelledPhoto DarkAndNoisy(const LabelledPhoto& photo, int index);
// Cut at forehead, chin, left or right cheek in turns, 15 % of the face's side inside of it.
LabelledPhoto CutAtBorder(const LabelledPhoto& photo, int index);
// By 90, 180 or 270 degrees, as a phone's photo is that lost its EXIF data.
LabelledPhoto TurnedByQuarters(const LabelledPhoto& photo, int index);
// A face of `face_side_px` in a picture of `canvas`, the rest of it a texture without faces.
LabelledPhoto PlacedInCanvas(const LabelledPhoto& photo, int index, double face_side_px,
                             cv::Size canvas);
// The face and what is around it replaced by another texture; `face` tells where.
LabelledPhoto WithoutFace(const LabelledPhoto& photo, int index);

// In place of the photo a picture in which there never was a face: clouds, stripes, tiles, writing
// or discs. `face` is all of it.
LabelledPhoto TextureOnly(const LabelledPhoto& photo, int index);

}  // namespace homeward
