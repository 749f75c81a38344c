// MatchService on gRPC: one line a method over the wrapper and the handlers, and the stream.
#pragma once

#include <memory>

namespace grpc {
class Service;
}

namespace homeward {

class CallRunner;
class MatchHandlers;

// Both must outlive the service.
std::unique_ptr<grpc::Service> MakeMatchService(CallRunner& runner, MatchHandlers& handlers);

}  // namespace homeward
