// OperatingPointService on gRPC: one line a method over the wrapper and the handlers.
#pragma once

#include <memory>

namespace grpc {
class Service;
}

namespace homeward {

class CallRunner;
class OperatingPointHandlers;

// Both must outlive the service.
std::unique_ptr<grpc::Service> MakeOperatingPointService(CallRunner& runner,
                                                         OperatingPointHandlers& handlers);

}  // namespace homeward
