#include "server/api/operating_point_service.h"

#include "homeward/v1/operating_point_service.grpc.pb.h"
#include "server/api/operating_point_handlers.h"
#include "server/api/rpc_table.h"
#include "server/rpc/call_runner.h"

namespace homeward {
namespace {

using Context = grpc::CallbackServerContext;
using Reactor = grpc::ServerUnaryReactor;

class OperatingPointService final : public v1::OperatingPointService::CallbackService {
 public:
  OperatingPointService(CallRunner& runner, OperatingPointHandlers& handlers)
      : runner_(runner), handlers_(handlers) {}

  Reactor* CreateOperatingPoint(Context* context, const v1::CreateOperatingPointRequest* request,
                                v1::OperatingPoint* response) override {
    return Run<Rpc("CreateOperatingPoint")>(context, *request, response,
                                            &OperatingPointHandlers::CreateOperatingPoint);
  }
  Reactor* GetOperatingPoint(Context* context, const v1::GetOperatingPointRequest* request,
                             v1::OperatingPoint* response) override {
    return Run<Rpc("GetOperatingPoint")>(context, *request, response,
                                         &OperatingPointHandlers::GetOperatingPoint);
  }
  Reactor* ListOperatingPoints(Context* context, const v1::ListOperatingPointsRequest* request,
                               v1::ListOperatingPointsResponse* response) override {
    return Run<Rpc("ListOperatingPoints")>(context, *request, response,
                                           &OperatingPointHandlers::ListOperatingPoints);
  }
  Reactor* ActivateOperatingPoint(Context* context,
                                  const v1::ActivateOperatingPointRequest* request,
                                  v1::OperatingPoint* response) override {
    return Run<Rpc("ActivateOperatingPoint")>(context, *request, response,
                                              &OperatingPointHandlers::ActivateOperatingPoint);
  }

  Reactor* ListSpaces(Context* context, const v1::ListSpacesRequest* request,
                      v1::ListSpacesResponse* response) override {
    return Run<Rpc("ListSpaces")>(context, *request, response, &OperatingPointHandlers::ListSpaces);
  }

 private:
  template <std::size_t kMethod, class Request, class Response>
  Reactor* Run(Context* context, const Request& request, Response* response,
               Result<Response> (OperatingPointHandlers::*handler)(const Call&, const Request&)) {
    return runner_.Run(context, kRpcTable[kMethod], request, response,
                       [this, &request, handler](const Call& call) {
                         return (handlers_.*handler)(call, request);
                       });
  }

  CallRunner& runner_;
  OperatingPointHandlers& handlers_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeOperatingPointService(CallRunner& runner,
                                                         OperatingPointHandlers& handlers) {
  return std::make_unique<OperatingPointService>(runner, handlers);
}

}  // namespace homeward
