// How every fallible function of Homeward answers: a value or one Error with a closed Reason.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <string>
#include <string_view>

namespace homeward {

// Why a call did not do what was asked. Closed: every use is a switch without `default`, and each
// entry mirrors homeward.v1.ErrorReason (proto/homeward/v1/error_reason.proto), which documents it.
enum class Reason : std::uint8_t {
  // The caller's request is not well formed or not allowed.
  kFieldMissing,
  kFieldInvalid,
  kPurposeMissing,
  kRegionCodeInvalid,
  kCitizenIdInvalid,
  kPageTokenInvalid,
  kUpdateMaskInvalid,
  kRequestIdReused,
  kRequestTooLarge,
  kUnauthenticated,
  // What was named is not there, or not in the needed state.
  kRecordNotFound,
  kPhotoNotFound,
  kSearchNotFound,
  kEtagMismatch,
  kTooManyPhotos,
  kKindMismatch,
  kAlreadyLinked,
  kNotLinked,
  kOperatingPointNotFound,
  kOperatingPointExists,
  kSpaceNotServed,
  kSpaceNotFilled,
  // A photo that is refused before or by its decoder.
  kPhotoEmpty,
  kPhotoTooLarge,
  kPhotoDimensionsTooLarge,
  kPhotoFormatUnsupported,
  kPhotoAnimated,
  kPhotoTruncated,
  kPhotoCorrupt,
  // A photo that was decoded and cannot serve this call.
  kNoFaceFound,
  kNoUsableFace,
  kSeveralFaces,
  kFaceBoxUnmatched,
  // The service is busy, stopping or out of time.
  kQueueFull,
  kDeadlineExceeded,
  kCancelled,
  kShuttingDown,
  // The service cannot start, or cannot go on, with what it was given.
  kConfigInvalid,
  kDataFolderInUse,
  kSchemaTooNew,
  kModelFileMissing,
  kModelFileChanged,
  kModelMismatch,
  kStoreUnavailable,
  kStoreFull,
  kStoreCorrupt,
  kInternal,
};

// `message` is for people: what is wrong and what to do next, without personal data. Everything in
// it that varies is in `metadata` too (snake_case keys), for programs.
struct Error {
  Reason reason = Reason::kInternal;
  std::string message;
  std::map<std::string, std::string> metadata = {};
};

template <class T>
using Result = std::expected<T, Error>;

// Shorthand for the failing branch of a function that returns Result<T>.
inline std::unexpected<Error> Fail(Reason reason, std::string message,
                                   std::map<std::string, std::string> metadata = {}) {
  return std::unexpected(Error{reason, std::move(message), std::move(metadata)});
}

// The UPPER_SNAKE_CASE name, equal to the enumerator's name in error_reason.proto.
std::string_view Name(Reason reason);

}  // namespace homeward
