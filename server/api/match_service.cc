#include "server/api/match_service.h"

#include <utility>

#include "homeward/v1/match_service.grpc.pb.h"
#include "server/api/match_handlers.h"
#include "server/api/rpc_table.h"
#include "server/rpc/call_runner.h"
#include "server/rpc/stream_call.h"

namespace homeward {
namespace {

using Context = grpc::CallbackServerContext;
using Reactor = grpc::ServerUnaryReactor;
using StreamReactor =
    grpc::ServerBidiReactor<v1::StreamFaceSearchesRequest, v1::StreamFaceSearchesResponse>;
using FaceSearchStream = StreamCall<v1::StreamFaceSearchesRequest, v1::StreamFaceSearchesResponse>;

v1::PhotoProblem ProblemOf(const Error& error) {
  v1::PhotoProblem problem;
  problem.set_reason(std::string(Name(error.reason)));
  problem.set_message(error.message);
  problem.mutable_metadata()->insert(error.metadata.begin(), error.metadata.end());
  return problem;
}

class MatchService final : public v1::MatchService::CallbackService {
 public:
  MatchService(CallRunner& runner, MatchHandlers& handlers)
      : runner_(runner), handlers_(handlers) {}

  Reactor* SearchFaces(Context* context, const v1::SearchFacesRequest* request,
                       v1::SearchFacesResponse* response) override {
    return Run<Rpc("SearchFaces")>(context, *request, response, &MatchHandlers::SearchFaces);
  }
  Reactor* CompareFaces(Context* context, const v1::CompareFacesRequest* request,
                        v1::CompareFacesResponse* response) override {
    return Run<Rpc("CompareFaces")>(context, *request, response, &MatchHandlers::CompareFaces);
  }
  Reactor* AnalyzePhoto(Context* context, const v1::AnalyzePhotoRequest* request,
                        v1::AnalyzePhotoResponse* response) override {
    return Run<Rpc("AnalyzePhoto")>(context, *request, response, &MatchHandlers::AnalyzePhoto);
  }
  Reactor* GetSearch(Context* context, const v1::GetSearchRequest* request,
                     v1::Search* response) override {
    return Run<Rpc("GetSearch")>(context, *request, response, &MatchHandlers::GetSearch);
  }
  Reactor* ListSearches(Context* context, const v1::ListSearchesRequest* request,
                        v1::ListSearchesResponse* response) override {
    return Run<Rpc("ListSearches")>(context, *request, response, &MatchHandlers::ListSearches);
  }

  StreamReactor* StreamFaceSearches(Context* context) override {
    auto config = std::make_shared<v1::StreamFaceSearchesConfig>();  // set by the first message
    return FaceSearchStream::Start(
        runner_, context, kRpcTable[Rpc("StreamFaceSearches")],
        {.open = [this, config](const Call& call, const v1::StreamFaceSearchesRequest& request)
             -> Result<void> { return OpenStream(call, request, *config); },
         .answer = [this, config](const Call& call, const v1::StreamFaceSearchesRequest& request)
             -> Result<v1::StreamFaceSearchesResponse> {
           return AnswerPhoto(call, *config, request);
         }});
  }

 private:
  template <std::size_t kMethod, class Request, class Response>
  Reactor* Run(Context* context, const Request& request, Response* response,
               Result<Response> (MatchHandlers::*handler)(const Call&, const Request&)) {
    return runner_.Run(context, kRpcTable[kMethod], request, response,
                       [this, &request, handler](const Call& call) {
                         return (handlers_.*handler)(call, request);
                       });
  }

  Result<void> OpenStream(const Call& call, const v1::StreamFaceSearchesRequest& request,
                          v1::StreamFaceSearchesConfig& config) {
    if (!request.has_config()) {
      return Fail(Reason::kFieldMissing, "The first message of the stream is its configuration.",
                  {{"field", "config"}});
    }
    if (auto checked = handlers_.CheckStream(call, request.config()); !checked) return checked;
    config = request.config();
    return {};
  }

  // One bad photo ends nothing: why it has no answer is its answer.
  Result<v1::StreamFaceSearchesResponse> AnswerPhoto(const Call& call,
                                                     const v1::StreamFaceSearchesConfig& config,
                                                     const v1::StreamFaceSearchesRequest& request) {
    if (!request.has_photo()) {
      return Fail(Reason::kFieldInvalid, "After the configuration every message is a photo.",
                  {{"field", "photo"}});
    }
    v1::StreamFaceSearchesResponse response;
    response.set_photo_id(request.photo().photo_id());
    auto found = Search(call, config, request);
    if (found) {
      *response.mutable_result() = *std::move(found);
    } else {
      *response.mutable_problem() = ProblemOf(found.error());
    }
    return response;
  }

  Result<v1::SearchFacesResponse> Search(const Call& call,
                                         const v1::StreamFaceSearchesConfig& config,
                                         const v1::StreamFaceSearchesRequest& request) {
    const auto fits =
        CheckMessageSize(kRpcTable[Rpc("StreamFaceSearches")], request.ByteSizeLong());
    if (!fits) return std::unexpected(fits.error());
    return runner_.Guard(
        call.method, [&] { return handlers_.SearchStreamedPhoto(call, config, request.photo()); });
  }

  CallRunner& runner_;
  MatchHandlers& handlers_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeMatchService(CallRunner& runner, MatchHandlers& handlers) {
  return std::make_unique<MatchService>(runner, handlers);
}

}  // namespace homeward
