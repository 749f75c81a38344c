// The typed client of a Homeward service: one method for each of the contract's, an answer or a
// ClientError for each call.
//
// A call with a request_id is made again, after a pause, while the service is unavailable: the
// service answers a repeated id with the stored answer. A call without one is made once.
// Thread safe.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "clients/cpp/client_error.h"
#include "clients/cpp/retry.h"
#include "homeward/v1/match_service.grpc.pb.h"
#include "homeward/v1/operating_point_service.grpc.pb.h"
#include "homeward/v1/record_service.grpc.pb.h"

namespace homeward::client {

struct ClientOptions {
  // HOST:PORT. Only this very machine: the token and the photos travel in the clear.
  std::string server = "127.0.0.1:50450";
  // Without one, only Health is of use.
  std::optional<std::filesystem::path> token_file;
  // For each attempt. A minute lets an enrolment of five large photos wait in a queue.
  std::chrono::milliseconds deadline = std::chrono::minutes(1);
  RetryPolicy retry = RetryPolicy::Default();
};

enum class Health : std::uint8_t { kUnknown, kServing, kNotServing };

class Client {
 public:
  // Reads the token; connects with the first call.
  // Errors: kServerNotLocal, kTokenUnreadable.
  static ClientResult<std::unique_ptr<Client>> Open(ClientOptions options);

  ClientResult<v1::CreateRecordResponse> CreateRecord(const v1::CreateRecordRequest& request);
  ClientResult<v1::Record> GetRecord(const v1::GetRecordRequest& request);
  ClientResult<v1::ListRecordsResponse> ListRecords(const v1::ListRecordsRequest& request);
  ClientResult<v1::Record> UpdateRecord(const v1::UpdateRecordRequest& request);
  ClientResult<v1::Record> EraseRecord(const v1::EraseRecordRequest& request);
  ClientResult<v1::Record> LinkStays(const v1::LinkStaysRequest& request);
  ClientResult<v1::Record> UnlinkStays(const v1::UnlinkStaysRequest& request);
  ClientResult<v1::CreatePhotoResponse> CreatePhoto(const v1::CreatePhotoRequest& request);
  ClientResult<v1::Photo> GetPhoto(const v1::GetPhotoRequest& request);
  ClientResult<v1::ListPhotosResponse> ListPhotos(const v1::ListPhotosRequest& request);
  ClientResult<google::api::HttpBody> DownloadPhoto(const v1::DownloadPhotoRequest& request);
  ClientResult<google::protobuf::Empty> DeletePhoto(const v1::DeletePhotoRequest& request);

  ClientResult<v1::SearchFacesResponse> SearchFaces(const v1::SearchFacesRequest& request);
  ClientResult<v1::CompareFacesResponse> CompareFaces(const v1::CompareFacesRequest& request);
  ClientResult<v1::AnalyzePhotoResponse> AnalyzePhoto(const v1::AnalyzePhotoRequest& request);
  ClientResult<v1::Search> GetSearch(const v1::GetSearchRequest& request);
  ClientResult<v1::ListSearchesResponse> ListSearches(const v1::ListSearchesRequest& request);

  ClientResult<v1::OperatingPoint> CreateOperatingPoint(
      const v1::CreateOperatingPointRequest& request);
  ClientResult<v1::OperatingPoint> GetOperatingPoint(const v1::GetOperatingPointRequest& request);
  ClientResult<v1::ListOperatingPointsResponse> ListOperatingPoints(
      const v1::ListOperatingPointsRequest& request);
  ClientResult<v1::OperatingPoint> ActivateOperatingPoint(
      const v1::ActivateOperatingPointRequest& request);
  ClientResult<v1::ListSpacesResponse> ListSpaces(const v1::ListSpacesRequest& request);

  // grpc.health.v1.Health/Check of the whole service.
  ClientResult<Health> CheckHealth() { return CheckHealthOf(""); }
  // Of a part that health knows by a name; kUnknown where it knows none.
  ClientResult<Health> CheckHealthOf(const std::string& part);

  // Ends what is under way with CANCELLED, and whatever is asked for later. Whether anything was.
  bool Cancel();

 private:
  friend class FaceSearchStream;  // clients/cpp/face_search_stream.h

  // The context of one attempt: carries the token, and is cancelled with the client.
  class Attempt {
   public:
    explicit Attempt(Client& client);
    ~Attempt();
    Attempt(const Attempt&) = delete;
    Attempt& operator=(const Attempt&) = delete;
    grpc::ClientContext context;

   private:
    Client& client_;
  };

  Client(ClientOptions options, std::string token, std::shared_ptr<grpc::Channel> channel);

  template <class Response, class Stub, class Request>
  ClientResult<Response> Call(Stub& stub,
                              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                           Response*),
                              const Request& request);
  bool WaitToRetry(const grpc::Status& status, int attempt);

  const ClientOptions options_;
  const std::string token_;
  const std::shared_ptr<grpc::Channel> channel_;
  const std::unique_ptr<v1::RecordService::Stub> records_;
  const std::unique_ptr<v1::MatchService::Stub> matches_;
  const std::unique_ptr<v1::OperatingPointService::Stub> points_;
  std::atomic<bool> cancelled_ = false;
  std::mutex mutex_;
  std::set<grpc::ClientContext*> live_;  // guarded by mutex_
};

}  // namespace homeward::client
