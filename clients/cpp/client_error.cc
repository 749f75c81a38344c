#include "clients/cpp/client_error.h"

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace homeward::client {
namespace {

constexpr std::string_view kDomain = "homeward";

// What a status without ErrorInfo means: it was made by gRPC or by a service that is not Homeward.
std::string_view ReasonByCode(grpc::StatusCode code) {
  switch (code) {
    case grpc::StatusCode::UNAVAILABLE:
      return kServerUnreachable;
    case grpc::StatusCode::UNIMPLEMENTED:
      return kServerForeign;
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return "DEADLINE_EXCEEDED";
    case grpc::StatusCode::CANCELLED:
      return "CANCELLED";
    case grpc::StatusCode::UNAUTHENTICATED:
      return "UNAUTHENTICATED";
    default:
      return "";
  }
}

}  // namespace

ClientError ErrorOf(const grpc::Status& status) {
  ClientError error{status.error_code(), std::string(ReasonByCode(status.error_code())),
                    status.error_message()};
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return error;
  for (const google::protobuf::Any& detail : details.details()) {
    google::rpc::ErrorInfo info;
    if (!detail.UnpackTo(&info) || info.domain() != kDomain) continue;
    error.reason = info.reason();
    error.metadata.insert(info.metadata().begin(), info.metadata().end());
  }
  return error;
}

}  // namespace homeward::client
