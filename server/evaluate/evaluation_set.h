// The labelled photos that accuracy is measured on: who is shown, and what part the photo plays.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/error.h"

namespace homeward {

enum class EvaluationRole : std::uint8_t {
  kReference,  // enrolled; the photos of one identity make one record
  kFiller,     // enrolled, and never anyone's mate
  kMate,       // a probe of an identity that has a reference
  kNonmate,    // a probe of nobody enrolled
};

// A photo that is enrolled, as opposed to one that is searched with.
bool IsEnrolled(EvaluationRole role);

struct EvaluationPhoto {
  std::string identity;
  std::string path;  // as the manifest writes it
  EvaluationRole role = EvaluationRole::kReference;
  std::string cohort;          // free text, may be empty
  std::filesystem::path file;  // `path`, relative to the manifest
  int line = 0;                // in the manifest
};

// Reads tab-separated lines under the header "identity path role cohort". Roles must not contradict
// each other: a mate has a reference, a filler or a non-mate has none, and nobody enrolled is shown
// on the photo of a non-mate. Errors: kFieldInvalid, with the line.
Result<std::vector<EvaluationPhoto>> ParseEvaluationSet(std::string_view text,
                                                        const std::filesystem::path& folder);
// Errors: also kFieldInvalid when the manifest cannot be read.
Result<std::vector<EvaluationPhoto>> ReadEvaluationSet(const std::filesystem::path& manifest);

// Of each enrolled identity only the photo that comes first; all probes.
std::vector<EvaluationPhoto> FirstPhotosOnly(const std::vector<EvaluationPhoto>& photos);

// Refuses a set in which a file that is enrolled is searched with, too, under whatever name: such a
// search finds the photo and says nothing about the person. `digests[i]` is of the content of
// photos[i]. Errors: kFieldInvalid, naming both lines.
Result<void> CheckDistinctFiles(const std::vector<EvaluationPhoto>& photos,
                                const std::vector<std::string>& digests);

}  // namespace homeward
