// The few calls that end-to-end tests make, in one line each.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "homeward/v1/match_service.grpc.pb.h"
#include "homeward/v1/record_service.grpc.pb.h"
#include "tests/testing/server_process.h"

namespace homeward::testing {

// Thread safe. The server must outlive it.
class ServiceClient {
 public:
  explicit ServiceClient(const ServerProcess& server)
      : server_(&server),
        channel_(server.Connect()),
        records_(v1::RecordService::NewStub(channel_)),
        match_(v1::MatchService::NewStub(channel_)) {}

  grpc::Status Create(v1::RecordKind kind, const std::string& photo, const std::string& request_id,
                      v1::CreateRecordResponse* response) const {
    v1::CreateRecordRequest request;
    request.mutable_record()->set_kind(kind);
    request.mutable_record()->set_source_reference(request_id);
    request.set_purpose("end-to-end test");
    request.set_request_id(request_id);
    v1::NewPhoto* added = request.add_photos();
    added->set_data(photo);
    added->set_single_face(true);
    return records_->CreateRecord(server_->Context().get(), request, response);
  }

  grpc::Status Search(const std::string& photo, v1::Search* search) const {
    v1::SearchFacesRequest request;
    request.mutable_photo()->set_data(photo);
    request.mutable_photo()->set_single_face(true);
    request.set_purpose("end-to-end test");
    v1::SearchFacesResponse response;
    const auto status = match_->SearchFaces(server_->Context().get(), request, &response);
    *search = std::move(*response.mutable_search());
    return status;
  }

  // Every open record, over all pages.
  std::vector<v1::Record> ListRecords() const {
    std::vector<v1::Record> records;
    v1::ListRecordsRequest request;
    request.set_page_size(500);
    do {
      v1::ListRecordsResponse page;
      if (!records_->ListRecords(server_->Context().get(), request, &page).ok()) break;
      records.insert(records.end(), page.records().begin(), page.records().end());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return records;
  }

  std::vector<v1::Photo> ListPhotos(const std::string& record) const {
    v1::ListPhotosRequest request;
    request.set_parent(record);
    v1::ListPhotosResponse page;
    records_->ListPhotos(server_->Context().get(), request, &page);
    return {page.photos().begin(), page.photos().end()};
  }

  grpc::Status Erase(const std::string& record) const {
    v1::EraseRecordRequest request;
    request.set_name(record);
    request.set_reason("end-to-end test");
    v1::Record tombstone;
    return records_->EraseRecord(server_->Context().get(), request, &tombstone);
  }

  v1::RecordService::Stub& records() const { return *records_; }
  v1::MatchService::Stub& match() const { return *match_; }

 private:
  const ServerProcess* server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::RecordService::Stub> records_;
  std::unique_ptr<v1::MatchService::Stub> match_;
};

}  // namespace homeward::testing
