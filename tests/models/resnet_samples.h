// dlib's ResNet by both engines, for tests.
#pragma once

#include <memory>
#include <vector>

#include "models/onednn_embedder.h"
#include "models/resnet_embedder.h"
#include "tests/models/face_samples.h"

namespace homeward::testing {

inline const Space kResnetSpace{.id = "dlib-resnet-v1", .model = "test", .dimension = 128};
inline constexpr ChipGeometry kResnetChip{.side_px = 150, .padding = 0.25};

inline ResnetEmbedder& DlibResnet() {
  static const auto embedder =
      ResnetEmbedder::Load(ReadFile(WeightsFolder() / "dlib_face_recognition_resnet_model_v1.dat"),
                           kResnetSpace, kResnetChip)
          .value();
  return *embedder;
}

inline OnednnEmbedder& OnednnResnet() {
  static const auto embedder =
      OnednnEmbedder::Build(DlibResnet().Folded().value(), kResnetSpace, kResnetChip).value();
  return *embedder;
}

}  // namespace homeward::testing
