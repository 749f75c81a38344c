// What is measured of a face's quality, in the words of ISO/IEC 29794-5:2025.
//
// Own measures in the sense of that standard, made of five landmarks and the photo's pixels; no
// conformity with it is claimed. Left out: what five landmarks do not honestly tell (pitch, as a
// short nose looks like a lowered head; eyes, mouth, expression; what covers a face other than the
// border of its picture), and what poor values of did not go with more misses (luminance variance,
// over-exposure, natural colour: benchmarks/RESULTS.md). All of them in one table: docs/quality.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

namespace homeward {

// Stored by number and on the wire: appended to, never renumbered. Behind each its native value.
enum class QualityMeasure : std::uint8_t {
  kInterEyeDistance,        // pixels of Photo::bgr between the eyes' middles
  kSharpness,               // variance of the Laplacian of the chip's luma, levels squared
  kIlluminationUniformity,  // 0..1: how much the histograms of luminance of both cheeks overlap
  kLuminanceMean,           // 0..1, linear in light
  kUnderExposure,           // 0..1: share of the face with a luminance of at most 25/255
  kDynamicRange,            // bits, 0..8: entropy of the luminance
  kCompressionArtifacts,    // levels of luma by which blocks of 8 x 8 px stand out
  kHeadPoseYaw,             // degrees, > 0 towards the picture's right; an estimate
  kHeadPoseRoll,            // degrees of the eye line, -180..180
  kFaceInPicture,           // 0..1: share of the aligned face that the picture's border leaves
};

// The set of this version, in the order in which components are kept.
inline constexpr std::array kQualityMeasures = {
    QualityMeasure::kInterEyeDistance,       QualityMeasure::kSharpness,
    QualityMeasure::kIlluminationUniformity, QualityMeasure::kLuminanceMean,
    QualityMeasure::kUnderExposure,          QualityMeasure::kDynamicRange,
    QualityMeasure::kCompressionArtifacts,   QualityMeasure::kHeadPoseYaw,
    QualityMeasure::kHeadPoseRoll,           QualityMeasure::kFaceInPicture,
};

// Which measures there are, how they are taken and how they are mapped. It counts up with any
// change of these; values of different versions are neither compared nor averaged. 0 is a face that
// was measured before there was a version: it has no components.
inline constexpr int kQualityVersion = 1;

// One measure of one face.
struct QualityComponent {
  QualityMeasure measure = QualityMeasure::kInterEyeDistance;
  float native = 0;               // in the measure's unit; 0 where not assessable
  std::optional<int> score = {};  // 0 (poor) to 100; absent where not assessable

  friend bool operator==(const QualityComponent&, const QualityComponent&) = default;
};

}  // namespace homeward
