// A Homeward service in this process that answers as a test wants, on a loopback port of its own.
#pragma once

#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>
#include <grpcpp/ext/health_check_service_server_builder_option.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "homeward/v1/match_service.grpc.pb.h"
#include "homeward/v1/operating_point_service.grpc.pb.h"
#include "homeward/v1/record_service.grpc.pb.h"

namespace homeward::client {

// A status as the service sends it.
inline grpc::Status Refusal(grpc::StatusCode code, const std::string& reason,
                            const std::map<std::string, std::string>& metadata = {},
                            const std::string& domain = "homeward") {
  google::rpc::ErrorInfo info;
  info.set_reason(reason);
  info.set_domain(domain);
  info.mutable_metadata()->insert(metadata.begin(), metadata.end());
  google::rpc::Status details;
  details.set_code(code);
  details.add_details()->PackFrom(info);
  return {code, "words of the service", details.SerializeAsString()};
}

template <class Request, class Response>
using Handler = std::function<grpc::Status(const Request&, Response*)>;

// What a test says about calls; methods without a handler are UNIMPLEMENTED.
struct FakeHandlers {
  Handler<v1::CreateRecordRequest, v1::CreateRecordResponse> create_record;
  Handler<v1::GetRecordRequest, v1::Record> get_record;
  Handler<v1::ListRecordsRequest, v1::ListRecordsResponse> list_records;
  Handler<v1::UpdateRecordRequest, v1::Record> update_record;
  Handler<v1::EraseRecordRequest, v1::Record> erase_record;
  Handler<v1::CreatePhotoRequest, v1::CreatePhotoResponse> create_photo;
  Handler<v1::ListPhotosRequest, v1::ListPhotosResponse> list_photos;
  Handler<v1::DownloadPhotoRequest, google::api::HttpBody> download_photo;
  Handler<v1::SearchFacesRequest, v1::SearchFacesResponse> search_faces;
  Handler<v1::CompareFacesRequest, v1::CompareFacesResponse> compare_faces;
  Handler<v1::GetSearchRequest, v1::Search> get_search;
  Handler<v1::ListSearchesRequest, v1::ListSearchesResponse> list_searches;
  Handler<v1::CreateOperatingPointRequest, v1::OperatingPoint> create_operating_point;
  Handler<v1::GetOperatingPointRequest, v1::OperatingPoint> get_operating_point;
  Handler<v1::ListOperatingPointsRequest, v1::ListOperatingPointsResponse> list_operating_points;
  Handler<v1::ActivateOperatingPointRequest, v1::OperatingPoint> activate_operating_point;
  Handler<v1::ListSpacesRequest, v1::ListSpacesResponse> list_spaces;
  using Stream =
      grpc::ServerReaderWriter<v1::StreamFaceSearchesResponse, v1::StreamFaceSearchesRequest>;
  std::function<grpc::Status(Stream*)> stream_face_searches;
};

class FakeService {
 public:
  FakeService() : records_(*this), matches_(*this), points_(*this) {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&records_);
    builder.RegisterService(&matches_);
    builder.RegisterService(&points_);
    builder.SetMaxReceiveMessageSize(64 << 20);
    server_ = builder.BuildAndStart();
    address_ = "127.0.0.1:" + std::to_string(port);
  }
  ~FakeService() { Stop(); }

  const std::string& address() const { return address_; }
  grpc::HealthCheckServiceInterface& health() { return *server_->GetHealthCheckService(); }
  void Stop() { server_->Shutdown(std::chrono::system_clock::now()); }

  // The `authorization` of every call so far.
  std::vector<std::string> authorizations() {
    const std::lock_guard lock(mutex_);
    return authorizations_;
  }

  FakeHandlers handlers;

 private:
  template <class Request, class Response>
  grpc::Status Answer(const grpc::ServerContext* context, const Handler<Request, Response>& handler,
                      const Request* request, Response* response) {
    Note(context);
    return handler ? handler(*request, response) : grpc::Status(grpc::UNIMPLEMENTED, "");
  }

  void Note(const grpc::ServerContext* context) {
    const auto& metadata = context->client_metadata();
    const auto header = metadata.find("authorization");
    const std::lock_guard lock(mutex_);
    authorizations_.push_back(
        header == metadata.end() ? "" : std::string(header->second.data(), header->second.size()));
  }

  struct Records final : v1::RecordService::Service {
    explicit Records(FakeService& fake) : fake_(fake) {}
    grpc::Status CreateRecord(grpc::ServerContext* context, const v1::CreateRecordRequest* request,
                              v1::CreateRecordResponse* response) override {
      return fake_.Answer(context, fake_.handlers.create_record, request, response);
    }
    grpc::Status GetRecord(grpc::ServerContext* context, const v1::GetRecordRequest* request,
                           v1::Record* response) override {
      return fake_.Answer(context, fake_.handlers.get_record, request, response);
    }
    grpc::Status ListRecords(grpc::ServerContext* context, const v1::ListRecordsRequest* request,
                             v1::ListRecordsResponse* response) override {
      return fake_.Answer(context, fake_.handlers.list_records, request, response);
    }
    grpc::Status UpdateRecord(grpc::ServerContext* context, const v1::UpdateRecordRequest* request,
                              v1::Record* response) override {
      return fake_.Answer(context, fake_.handlers.update_record, request, response);
    }
    grpc::Status EraseRecord(grpc::ServerContext* context, const v1::EraseRecordRequest* request,
                             v1::Record* response) override {
      return fake_.Answer(context, fake_.handlers.erase_record, request, response);
    }
    grpc::Status CreatePhoto(grpc::ServerContext* context, const v1::CreatePhotoRequest* request,
                             v1::CreatePhotoResponse* response) override {
      return fake_.Answer(context, fake_.handlers.create_photo, request, response);
    }
    grpc::Status ListPhotos(grpc::ServerContext* context, const v1::ListPhotosRequest* request,
                            v1::ListPhotosResponse* response) override {
      return fake_.Answer(context, fake_.handlers.list_photos, request, response);
    }
    grpc::Status DownloadPhoto(grpc::ServerContext* context,
                               const v1::DownloadPhotoRequest* request,
                               google::api::HttpBody* response) override {
      return fake_.Answer(context, fake_.handlers.download_photo, request, response);
    }
    FakeService& fake_;
  };

  struct Matches final : v1::MatchService::Service {
    explicit Matches(FakeService& fake) : fake_(fake) {}
    grpc::Status SearchFaces(grpc::ServerContext* context, const v1::SearchFacesRequest* request,
                             v1::SearchFacesResponse* response) override {
      return fake_.Answer(context, fake_.handlers.search_faces, request, response);
    }
    grpc::Status CompareFaces(grpc::ServerContext* context, const v1::CompareFacesRequest* request,
                              v1::CompareFacesResponse* response) override {
      return fake_.Answer(context, fake_.handlers.compare_faces, request, response);
    }
    grpc::Status GetSearch(grpc::ServerContext* context, const v1::GetSearchRequest* request,
                           v1::Search* response) override {
      return fake_.Answer(context, fake_.handlers.get_search, request, response);
    }
    grpc::Status ListSearches(grpc::ServerContext* context, const v1::ListSearchesRequest* request,
                              v1::ListSearchesResponse* response) override {
      return fake_.Answer(context, fake_.handlers.list_searches, request, response);
    }
    grpc::Status StreamFaceSearches(grpc::ServerContext* context,
                                    FakeHandlers::Stream* stream) override {
      fake_.Note(context);
      return fake_.handlers.stream_face_searches ? fake_.handlers.stream_face_searches(stream)
                                                 : grpc::Status(grpc::UNIMPLEMENTED, "");
    }
    FakeService& fake_;
  };

  struct Points final : v1::OperatingPointService::Service {
    explicit Points(FakeService& fake) : fake_(fake) {}
    grpc::Status CreateOperatingPoint(grpc::ServerContext* context,
                                      const v1::CreateOperatingPointRequest* request,
                                      v1::OperatingPoint* response) override {
      return fake_.Answer(context, fake_.handlers.create_operating_point, request, response);
    }
    grpc::Status GetOperatingPoint(grpc::ServerContext* context,
                                   const v1::GetOperatingPointRequest* request,
                                   v1::OperatingPoint* response) override {
      return fake_.Answer(context, fake_.handlers.get_operating_point, request, response);
    }
    grpc::Status ListOperatingPoints(grpc::ServerContext* context,
                                     const v1::ListOperatingPointsRequest* request,
                                     v1::ListOperatingPointsResponse* response) override {
      return fake_.Answer(context, fake_.handlers.list_operating_points, request, response);
    }
    grpc::Status ActivateOperatingPoint(grpc::ServerContext* context,
                                        const v1::ActivateOperatingPointRequest* request,
                                        v1::OperatingPoint* response) override {
      return fake_.Answer(context, fake_.handlers.activate_operating_point, request, response);
    }
    grpc::Status ListSpaces(grpc::ServerContext* context, const v1::ListSpacesRequest* request,
                            v1::ListSpacesResponse* response) override {
      return fake_.Answer(context, fake_.handlers.list_spaces, request, response);
    }
    FakeService& fake_;
  };

  Records records_;
  Matches matches_;
  Points points_;
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
  std::mutex mutex_;
  std::vector<std::string> authorizations_;  // guarded by mutex_
};

// A folder that goes with the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "homeward_test.XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  // Writes a file, with the folders that it lies in, and returns where it is.
  std::string Write(const std::string& name, const std::string& bytes) const {
    const std::filesystem::path file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
    return file.string();
  }

 private:
  std::filesystem::path path_;
};

}  // namespace homeward::client
