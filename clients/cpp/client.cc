#include "clients/cpp/client.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <utility>

#include "clients/cpp/server_address.h"
#include "clients/cpp/token.h"

namespace homeward::client {
namespace {

// A photo comes back re-encoded, which may be somewhat larger than what was sent.
constexpr int kAnswerByteLimit = 64 << 20;

std::shared_ptr<grpc::Channel> Connect(const std::string& server) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kAnswerByteLimit);
  // Nothing between this program and a service on the same machine.
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  // So that a retry meets a fresh attempt to connect.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1000);
  return grpc::CreateCustomChannel(server, grpc::InsecureChannelCredentials(), arguments);
}

template <class Request>
bool IsRepeatable(const Request& request) {
  if constexpr (requires { request.request_id(); }) {
    return !request.request_id().empty();
  }
  return false;
}

}  // namespace

Client::Client(ClientOptions options, std::string token, std::shared_ptr<grpc::Channel> channel)
    : options_(std::move(options)),
      token_(std::move(token)),
      channel_(std::move(channel)),
      records_(v1::RecordService::NewStub(channel_)),
      matches_(v1::MatchService::NewStub(channel_)),
      points_(v1::OperatingPointService::NewStub(channel_)) {}

ClientResult<std::unique_ptr<Client>> Client::Open(ClientOptions options) {
  if (!IsThisMachine(options.server)) {
    return std::unexpected(ClientError{grpc::StatusCode::INVALID_ARGUMENT,
                                       std::string(kServerNotLocal),
                                       options.server + " is not on this machine",
                                       {{"server", options.server}}});
  }
  std::string token;
  if (options.token_file) {
    ClientResult<std::string> read = ReadToken(*options.token_file);
    if (!read) return std::unexpected(read.error());
    token = *std::move(read);
  }
  std::shared_ptr<grpc::Channel> channel = Connect(options.server);
  return std::unique_ptr<Client>(
      new Client(std::move(options), std::move(token), std::move(channel)));
}

Client::Attempt::Attempt(Client& client) : client_(client) {
  if (!client.token_.empty()) context.AddMetadata("authorization", "Bearer " + client.token_);
  const std::lock_guard lock(client.mutex_);
  client.live_.insert(&context);
  if (client.cancelled_) context.TryCancel();
}

Client::Attempt::~Attempt() {
  const std::lock_guard lock(client_.mutex_);
  client_.live_.erase(&context);
}

bool Client::Cancel() {
  const std::lock_guard lock(mutex_);
  cancelled_ = true;
  for (grpc::ClientContext* context : live_) context->TryCancel();
  return !live_.empty();
}

bool Client::WaitToRetry(const grpc::Status& status, int attempt) {
  if (status.error_code() != grpc::StatusCode::UNAVAILABLE || cancelled_ ||
      attempt >= options_.retry.attempts) {
    return false;
  }
  options_.retry.wait(options_.retry.PauseAfter(attempt));
  return !cancelled_;
}

template <class Response, class Stub, class Request>
ClientResult<Response> Client::Call(Stub& stub,
                                    grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                                 const Request&, Response*),
                                    const Request& request) {
  for (int number = 1;; ++number) {
    Attempt attempt(*this);
    attempt.context.set_deadline(std::chrono::system_clock::now() + options_.deadline);
    Response response;
    const grpc::Status status = (stub.*method)(&attempt.context, request, &response);
    if (status.ok()) return response;
    if (IsRepeatable(request) && WaitToRetry(status, number)) continue;
    ClientError error = ErrorOf(status);
    error.metadata.try_emplace("server", options_.server);
    return std::unexpected(std::move(error));
  }
}

ClientResult<v1::CreateRecordResponse> Client::CreateRecord(
    const v1::CreateRecordRequest& request) {
  return Call(*records_, &v1::RecordService::Stub::CreateRecord, request);
}

ClientResult<v1::Record> Client::GetRecord(const v1::GetRecordRequest& request) {
  return Call(*records_, &v1::RecordService::Stub::GetRecord, request);
}

ClientResult<v1::ListRecordsResponse> Client::ListRecords(const v1::ListRecordsRequest& request) {
  return Call(*records_, &v1::RecordService::Stub::ListRecords, request);
}

ClientResult<v1::Record> Client::UpdateRecord(const v1::UpdateRecordRequest& request) {
  return Call(*records_, &v1::RecordService::Stub::UpdateRecord, request);
}

ClientResult<v1::Record> Client::EraseRecord(const v1::EraseRecordRequest& request) {
  return Call(*records_, &v1::RecordService::Stub::EraseRecord, request);
}

ClientResult<v1::Record> Client::LinkStays(const v1::LinkStaysRequest& request) {
  return Call(*records_, &v1::RecordService::Stub::LinkStays, request);
}

ClientResult<v1::Record> Client::UnlinkStays(const v1::UnlinkStaysRequest& request) {
  return Call(*records_, &v1::RecordService::Stub::UnlinkStays, request);
}

ClientResult<v1::CreatePhotoResponse> Client::CreatePhoto(const v1::CreatePhotoRequest& request) {
  return Call(*records_, &v1::RecordService::Stub::CreatePhoto, request);
}

ClientResult<v1::Photo> Client::GetPhoto(const v1::GetPhotoRequest& request) {
  return Call(*records_, &v1::RecordService::Stub::GetPhoto, request);
}

ClientResult<v1::ListPhotosResponse> Client::ListPhotos(const v1::ListPhotosRequest& request) {
  return Call(*records_, &v1::RecordService::Stub::ListPhotos, request);
}

ClientResult<google::api::HttpBody> Client::DownloadPhoto(const v1::DownloadPhotoRequest& request) {
  return Call(*records_, &v1::RecordService::Stub::DownloadPhoto, request);
}

ClientResult<google::protobuf::Empty> Client::DeletePhoto(const v1::DeletePhotoRequest& request) {
  return Call(*records_, &v1::RecordService::Stub::DeletePhoto, request);
}

ClientResult<v1::SearchFacesResponse> Client::SearchFaces(const v1::SearchFacesRequest& request) {
  return Call(*matches_, &v1::MatchService::Stub::SearchFaces, request);
}

ClientResult<v1::CompareFacesResponse> Client::CompareFaces(
    const v1::CompareFacesRequest& request) {
  return Call(*matches_, &v1::MatchService::Stub::CompareFaces, request);
}

ClientResult<v1::AnalyzePhotoResponse> Client::AnalyzePhoto(
    const v1::AnalyzePhotoRequest& request) {
  return Call(*matches_, &v1::MatchService::Stub::AnalyzePhoto, request);
}

ClientResult<v1::Search> Client::GetSearch(const v1::GetSearchRequest& request) {
  return Call(*matches_, &v1::MatchService::Stub::GetSearch, request);
}

ClientResult<v1::ListSearchesResponse> Client::ListSearches(
    const v1::ListSearchesRequest& request) {
  return Call(*matches_, &v1::MatchService::Stub::ListSearches, request);
}

ClientResult<v1::OperatingPoint> Client::CreateOperatingPoint(
    const v1::CreateOperatingPointRequest& request) {
  return Call(*points_, &v1::OperatingPointService::Stub::CreateOperatingPoint, request);
}

ClientResult<v1::OperatingPoint> Client::GetOperatingPoint(
    const v1::GetOperatingPointRequest& request) {
  return Call(*points_, &v1::OperatingPointService::Stub::GetOperatingPoint, request);
}

ClientResult<v1::ListOperatingPointsResponse> Client::ListOperatingPoints(
    const v1::ListOperatingPointsRequest& request) {
  return Call(*points_, &v1::OperatingPointService::Stub::ListOperatingPoints, request);
}

ClientResult<v1::ListSpacesResponse> Client::ListSpaces(const v1::ListSpacesRequest& request) {
  return Call(*points_, &v1::OperatingPointService::Stub::ListSpaces, request);
}

ClientResult<v1::OperatingPoint> Client::ActivateOperatingPoint(
    const v1::ActivateOperatingPointRequest& request) {
  return Call(*points_, &v1::OperatingPointService::Stub::ActivateOperatingPoint, request);
}

}  // namespace homeward::client
