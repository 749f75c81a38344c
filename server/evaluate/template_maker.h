// The pipeline as an evaluation sees it: a photo of one person in, that person's template out.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "matcher/error.h"
#include "matcher/face_print.h"
#include "matcher/fusion.h"
#include "matcher/template.h"
#include "matcher/yardstick.h"

namespace homeward {

// A template, and what else is known of the photo that it was made of.
struct GradedTemplate {
  Template face_template;
  std::vector<float> grades = {};       // how good it is, by Pipeline::measures
  std::optional<FacePrint> print = {};  // copies of a photograph count once
};

// Errors: why this photo gives no template (the reasons of DecodePhoto, kNoFaceFound,
// kNoUsableFace), which an evaluation counts as a failure to enrol; kInternal, which ends it.
// Thread safety: none; one per worker.
using TemplateMaker = std::function<Result<GradedTemplate>(std::span<const std::uint8_t> photo)>;

struct Pipeline {
  Space space;
  std::string models_digest;  // of everything else that decides what a template is
  std::string options;        // how photos are analysed; part of what a cached template is of
  std::function<Result<TemplateMaker>()> make_worker;    // called from any thread, one at a time
  OperatingPoint operating_point = {};                   // the active one
  std::shared_ptr<const Yardstick> yardstick = nullptr;  // null: decided by distance alone
  // What photos are graded by, for people; each turned so that a larger grade is the better one.
  std::vector<std::string> measures = {};
  // Of several spaces searched as one: how, and the pipeline of each, in the fusion's order.
  // `space` then stands for all, under the fusion's id; what makes templates are the members alone.
  std::shared_ptr<const Fusion> fusion = nullptr;
  std::vector<Pipeline> members = {};
};

// What tells chances there; null where nothing weighs distances.
inline const ChanceLine* LineOf(const Pipeline& pipeline) {
  if (pipeline.fusion) return &pipeline.fusion->line;
  return pipeline.yardstick ? &pipeline.yardstick->line : nullptr;
}

// The errors that tell of the photo, and not of this program or its machine.
inline constexpr std::array kFailuresToEnrol = {
    Reason::kPhotoEmpty,
    Reason::kPhotoTooLarge,
    Reason::kPhotoDimensionsTooLarge,
    Reason::kPhotoTruncated,
    Reason::kPhotoFormatUnsupported,
    Reason::kPhotoAnimated,
    Reason::kPhotoCorrupt,
    Reason::kNoFaceFound,
    Reason::kNoUsableFace,
};

inline bool IsFailureToEnrol(Reason reason) {
  return std::ranges::find(kFailuresToEnrol, reason) != kFailuresToEnrol.end();
}

}  // namespace homeward
