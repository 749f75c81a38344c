#include "server/rpc/error_status.h"

#include <grpcpp/support/error_details.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace homeward {
namespace {

using grpc::StatusCode;

constexpr std::string_view kDomain = "homeward";
constexpr int kRetrySeconds = 1;
// Trailers hold 8 KiB. The message goes in once percent-encoded and twice in base64, the rest
// in base64.
constexpr std::size_t kMessageBytes = 500;
constexpr std::size_t kMetadataBytes = 2500;
constexpr std::size_t kFieldBytes = 200;

// The longest beginning of `text` within `limit` bytes that cuts no UTF-8 sequence.
std::string_view CutText(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
  return text.substr(0, limit);
}

// As CutText, and a list separated by semicolons loses whole elements.
std::string_view CutValue(std::string_view value, std::size_t limit) {
  if (value.size() <= limit) return value;
  const std::string_view cut = CutText(value, limit);
  const std::size_t end = cut.rfind(';');
  return end == std::string_view::npos ? cut : cut.substr(0, end);
}

// The field of the request that is at fault; empty where none is.
std::string FaultyField(const Error& error) {
  if (error.reason == Reason::kPurposeMissing) return "purpose";
  if (error.reason == Reason::kUpdateMaskInvalid) return "update_mask";
  if (CodeOf(error.reason) != StatusCode::INVALID_ARGUMENT) return {};
  const auto field = error.metadata.find("field");
  return field == error.metadata.end() ? std::string() : field->second;
}

google::rpc::ErrorInfo InfoOf(const Error& error) {
  google::rpc::ErrorInfo info;
  info.set_reason(std::string(Name(error.reason)));
  info.set_domain(std::string(kDomain));
  std::size_t left = kMetadataBytes;
  for (const auto& [key, value] : error.metadata) {
    if (key.size() >= left) break;
    const std::string_view kept = CutValue(value, left - key.size());
    left -= key.size() + kept.size();
    (*info.mutable_metadata())[key] = std::string(kept);
  }
  return info;
}

}  // namespace

// No default: a new reason does not compile until it is placed here.
// NOLINTNEXTLINE(readability-function-size): a line for every reason.
StatusCode CodeOf(Reason reason) {
  switch (reason) {
    case Reason::kFieldMissing:
    case Reason::kFieldInvalid:
    case Reason::kPurposeMissing:
    case Reason::kRegionCodeInvalid:
    case Reason::kCitizenIdInvalid:
    case Reason::kPageTokenInvalid:
    case Reason::kUpdateMaskInvalid:
    case Reason::kRequestIdReused:
    case Reason::kRequestTooLarge:
    case Reason::kPhotoEmpty:
    case Reason::kPhotoTooLarge:
    case Reason::kPhotoDimensionsTooLarge:
    case Reason::kPhotoFormatUnsupported:
    case Reason::kPhotoAnimated:
    case Reason::kPhotoTruncated:
    case Reason::kPhotoCorrupt:
      return StatusCode::INVALID_ARGUMENT;
    case Reason::kUnauthenticated:
      return StatusCode::UNAUTHENTICATED;
    case Reason::kRecordNotFound:
    case Reason::kPhotoNotFound:
    case Reason::kSearchNotFound:
    case Reason::kOperatingPointNotFound:
      return StatusCode::NOT_FOUND;
    case Reason::kOperatingPointExists:
      return StatusCode::ALREADY_EXISTS;
    case Reason::kEtagMismatch:
      return StatusCode::ABORTED;
    case Reason::kTooManyPhotos:
    case Reason::kKindMismatch:
    case Reason::kAlreadyLinked:
    case Reason::kNotLinked:
    case Reason::kSpaceNotServed:
    case Reason::kSpaceNotFilled:
    case Reason::kNoFaceFound:
    case Reason::kNoUsableFace:
    case Reason::kSeveralFaces:
    case Reason::kFaceBoxUnmatched:
    case Reason::kConfigInvalid:
    case Reason::kDataFolderInUse:
    case Reason::kSchemaTooNew:
    case Reason::kModelFileMissing:
    case Reason::kModelFileChanged:
    case Reason::kModelMismatch:
      return StatusCode::FAILED_PRECONDITION;
    case Reason::kQueueFull:
    case Reason::kStoreFull:
      return StatusCode::RESOURCE_EXHAUSTED;
    case Reason::kDeadlineExceeded:
      return StatusCode::DEADLINE_EXCEEDED;
    case Reason::kCancelled:
      return StatusCode::CANCELLED;
    case Reason::kShuttingDown:
    case Reason::kStoreUnavailable:
      return StatusCode::UNAVAILABLE;
    case Reason::kStoreCorrupt:
      return StatusCode::DATA_LOSS;
    case Reason::kInternal:
      return StatusCode::INTERNAL;
  }
  return StatusCode::INTERNAL;  // no enumerator
}

grpc::Status StatusOf(const Error& error) {
  google::rpc::Status details;
  details.set_code(CodeOf(error.reason));
  details.set_message(std::string(CutText(error.message, kMessageBytes)));
  details.add_details()->PackFrom(InfoOf(error));
  if (const std::string field = FaultyField(error); !field.empty()) {
    google::rpc::BadRequest bad_request;
    auto* violation = bad_request.add_field_violations();
    violation->set_field(std::string(CutText(field, kFieldBytes)));
    violation->set_description(details.message());
    details.add_details()->PackFrom(bad_request);
  }
  if (error.reason == Reason::kQueueFull) {
    google::rpc::RetryInfo retry;
    retry.mutable_retry_delay()->set_seconds(kRetrySeconds);
    details.add_details()->PackFrom(retry);
  }
  grpc::Status status;
  grpc::SetErrorDetails(details, &status);
  return status;
}

}  // namespace homeward
