#include "server/api/record_service.h"

#include "homeward/v1/record_service.grpc.pb.h"
#include "server/api/record_handlers.h"
#include "server/api/rpc_table.h"
#include "server/rpc/call_runner.h"

namespace homeward {
namespace {

using Context = grpc::CallbackServerContext;
using Reactor = grpc::ServerUnaryReactor;

class RecordService final : public v1::RecordService::CallbackService {
 public:
  RecordService(CallRunner& runner, RecordHandlers& handlers)
      : runner_(runner), handlers_(handlers) {}

  Reactor* CreateRecord(Context* context, const v1::CreateRecordRequest* request,
                        v1::CreateRecordResponse* response) override {
    return Run<Rpc("CreateRecord")>(context, *request, response, &RecordHandlers::CreateRecord);
  }
  Reactor* GetRecord(Context* context, const v1::GetRecordRequest* request,
                     v1::Record* response) override {
    return Run<Rpc("GetRecord")>(context, *request, response, &RecordHandlers::GetRecord);
  }
  Reactor* ListRecords(Context* context, const v1::ListRecordsRequest* request,
                       v1::ListRecordsResponse* response) override {
    return Run<Rpc("ListRecords")>(context, *request, response, &RecordHandlers::ListRecords);
  }
  Reactor* UpdateRecord(Context* context, const v1::UpdateRecordRequest* request,
                        v1::Record* response) override {
    return Run<Rpc("UpdateRecord")>(context, *request, response, &RecordHandlers::UpdateRecord);
  }
  Reactor* EraseRecord(Context* context, const v1::EraseRecordRequest* request,
                       v1::Record* response) override {
    return Run<Rpc("EraseRecord")>(context, *request, response, &RecordHandlers::EraseRecord);
  }
  Reactor* LinkStays(Context* context, const v1::LinkStaysRequest* request,
                     v1::Record* response) override {
    return Run<Rpc("LinkStays")>(context, *request, response, &RecordHandlers::LinkStays);
  }
  Reactor* UnlinkStays(Context* context, const v1::UnlinkStaysRequest* request,
                       v1::Record* response) override {
    return Run<Rpc("UnlinkStays")>(context, *request, response, &RecordHandlers::UnlinkStays);
  }
  Reactor* CreatePhoto(Context* context, const v1::CreatePhotoRequest* request,
                       v1::CreatePhotoResponse* response) override {
    return Run<Rpc("CreatePhoto")>(context, *request, response, &RecordHandlers::CreatePhoto);
  }
  Reactor* GetPhoto(Context* context, const v1::GetPhotoRequest* request,
                    v1::Photo* response) override {
    return Run<Rpc("GetPhoto")>(context, *request, response, &RecordHandlers::GetPhoto);
  }
  Reactor* ListPhotos(Context* context, const v1::ListPhotosRequest* request,
                      v1::ListPhotosResponse* response) override {
    return Run<Rpc("ListPhotos")>(context, *request, response, &RecordHandlers::ListPhotos);
  }
  Reactor* DownloadPhoto(Context* context, const v1::DownloadPhotoRequest* request,
                         google::api::HttpBody* response) override {
    return Run<Rpc("DownloadPhoto")>(context, *request, response, &RecordHandlers::DownloadPhoto);
  }
  Reactor* DeletePhoto(Context* context, const v1::DeletePhotoRequest* request,
                       google::protobuf::Empty* response) override {
    return Run<Rpc("DeletePhoto")>(context, *request, response, &RecordHandlers::DeletePhoto);
  }

 private:
  template <std::size_t kMethod, class Request, class Response>
  Reactor* Run(Context* context, const Request& request, Response* response,
               Result<Response> (RecordHandlers::*handler)(const Call&, const Request&)) {
    return runner_.Run(context, kRpcTable[kMethod], request, response,
                       [this, &request, handler](const Call& call) {
                         return (handlers_.*handler)(call, request);
                       });
  }

  CallRunner& runner_;
  RecordHandlers& handlers_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeRecordService(CallRunner& runner, RecordHandlers& handlers) {
  return std::make_unique<RecordService>(runner, handlers);
}

}  // namespace homeward
