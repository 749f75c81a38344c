// How every call of the client answers: a value, or why there is none.
#pragma once

#include <grpcpp/support/status.h>

#include <expected>
#include <map>
#include <string>
#include <string_view>

namespace homeward::client {

// Reasons that arise on this side. All others are names of homeward.v1.ErrorReason.
inline constexpr std::string_view kServerUnreachable = "SERVER_UNREACHABLE";
inline constexpr std::string_view kServerNotLocal = "SERVER_NOT_LOCAL";
inline constexpr std::string_view kServerForeign = "SERVER_FOREIGN";
inline constexpr std::string_view kTokenUnreadable = "TOKEN_UNREADABLE";
inline constexpr std::string_view kFileUnreadable = "FILE_UNREADABLE";
inline constexpr std::string_view kFileUnwritable = "FILE_UNWRITABLE";

struct ClientError {
  grpc::StatusCode code = grpc::StatusCode::UNKNOWN;
  // A name of ErrorReason or one of the reasons above; empty where a service gave none.
  std::string reason;
  std::string message;
  std::map<std::string, std::string, std::less<>> metadata = {};
};

template <class T>
using ClientResult = std::expected<T, ClientError>;

// The error in a status that is not OK: from its google.rpc.ErrorInfo, else by its code.
ClientError ErrorOf(const grpc::Status& status);

}  // namespace homeward::client
