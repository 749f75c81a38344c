#include "matcher/error.h"

namespace homeward {

std::string_view Name(Reason reason) {
  switch (reason) {
    case Reason::kFieldMissing:
      return "FIELD_MISSING";
    case Reason::kFieldInvalid:
      return "FIELD_INVALID";
    case Reason::kPurposeMissing:
      return "PURPOSE_MISSING";
    case Reason::kRegionCodeInvalid:
      return "REGION_CODE_INVALID";
    case Reason::kCitizenIdInvalid:
      return "CITIZEN_ID_INVALID";
    case Reason::kPageTokenInvalid:
      return "PAGE_TOKEN_INVALID";
    case Reason::kUpdateMaskInvalid:
      return "UPDATE_MASK_INVALID";
    case Reason::kRequestIdReused:
      return "REQUEST_ID_REUSED";
    case Reason::kRequestTooLarge:
      return "REQUEST_TOO_LARGE";
    case Reason::kUnauthenticated:
      return "UNAUTHENTICATED";
    case Reason::kRecordNotFound:
      return "RECORD_NOT_FOUND";
    case Reason::kPhotoNotFound:
      return "PHOTO_NOT_FOUND";
    case Reason::kSearchNotFound:
      return "SEARCH_NOT_FOUND";
    case Reason::kEtagMismatch:
      return "ETAG_MISMATCH";
    case Reason::kTooManyPhotos:
      return "TOO_MANY_PHOTOS";
    case Reason::kKindMismatch:
      return "KIND_MISMATCH";
    case Reason::kAlreadyLinked:
      return "ALREADY_LINKED";
    case Reason::kNotLinked:
      return "NOT_LINKED";
    case Reason::kPhotoEmpty:
      return "PHOTO_EMPTY";
    case Reason::kPhotoTooLarge:
      return "PHOTO_TOO_LARGE";
    case Reason::kPhotoDimensionsTooLarge:
      return "PHOTO_DIMENSIONS_TOO_LARGE";
    case Reason::kPhotoFormatUnsupported:
      return "PHOTO_FORMAT_UNSUPPORTED";
    case Reason::kPhotoAnimated:
      return "PHOTO_ANIMATED";
    case Reason::kPhotoTruncated:
      return "PHOTO_TRUNCATED";
    case Reason::kPhotoCorrupt:
      return "PHOTO_CORRUPT";
    case Reason::kNoFaceFound:
      return "NO_FACE_FOUND";
    case Reason::kNoUsableFace:
      return "NO_USABLE_FACE";
    case Reason::kSeveralFaces:
      return "SEVERAL_FACES";
    case Reason::kFaceBoxUnmatched:
      return "FACE_BOX_UNMATCHED";
    case Reason::kQueueFull:
      return "QUEUE_FULL";
    case Reason::kDeadlineExceeded:
      return "DEADLINE_EXCEEDED";
    case Reason::kCancelled:
      return "CANCELLED";
    case Reason::kShuttingDown:
      return "SHUTTING_DOWN";
    case Reason::kConfigInvalid:
      return "CONFIG_INVALID";
    case Reason::kDataFolderInUse:
      return "DATA_FOLDER_IN_USE";
    case Reason::kSchemaTooNew:
      return "SCHEMA_TOO_NEW";
    case Reason::kModelFileMissing:
      return "MODEL_FILE_MISSING";
    case Reason::kModelFileChanged:
      return "MODEL_FILE_CHANGED";
    case Reason::kModelMismatch:
      return "MODEL_MISMATCH";
    case Reason::kStoreUnavailable:
      return "STORE_UNAVAILABLE";
    case Reason::kStoreFull:
      return "STORE_FULL";
    case Reason::kStoreCorrupt:
      return "STORE_CORRUPT";
    case Reason::kInternal:
      return "INTERNAL";
  }
  return "";
}

}  // namespace homeward
