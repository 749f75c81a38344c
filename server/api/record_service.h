// RecordService on gRPC: one line a method over the wrapper and the handlers.
#pragma once

#include <memory>

namespace grpc {
class Service;
}

namespace homeward {

class CallRunner;
class RecordHandlers;

// Both must outlive the service.
std::unique_ptr<grpc::Service> MakeRecordService(CallRunner& runner, RecordHandlers& handlers);

}  // namespace homeward
