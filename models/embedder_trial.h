// Whether one embedder may stand in for another of the same network.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "matcher/error.h"
#include "matcher/face_embedder.h"

namespace homeward {

inline constexpr int kTrialChips = 20;
// Of a component. Far below what moves an order of candidates: photos of one person lie some tenths
// apart.
inline constexpr float kTrialTolerance = 2e-6F;

// Drawn, of nobody: noise, and soft shapes of many sizes and contrasts. The same everywhere.
std::vector<cv::Mat> TrialChips(int side_px);

// Embeds the chips with both, in two large batches, in pairs and alone. Errors: kModelMismatch,
// with what was wrong: a component of `candidate` that is further than the tolerance from that of
// `reference`, one that depends on the batch in its last bit, or what either answered as an error.
Result<void> TryEmbedder(FaceEmbedder& candidate, FaceEmbedder& reference, int side_px);

}  // namespace homeward
