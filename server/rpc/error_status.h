// Errors on the wire: google.rpc.Status with an ErrorInfo in every one of them.
#pragma once

#include <grpcpp/support/status.h>

#include "matcher/error.h"

namespace homeward {

// The code that error_reason.proto states for the reason.
grpc::StatusCode CodeOf(Reason reason);

// Never OK. Details: ErrorInfo (domain "homeward"); BadRequest where a field of the request is at
// fault; RetryInfo for kQueueFull. A message or metadata too long for HTTP/2 trailers is cut, so
// that the error arrives: a list of boxes after a whole box.
grpc::Status StatusOf(const Error& error);

}  // namespace homeward
