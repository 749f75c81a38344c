// RecordService as plain functions: translate, call records/, translate back. Errors are those that
// the proto lists under each method. Thread safe.
#pragma once

#include "homeward/v1/record_service.pb.h"
#include "matcher/error.h"
#include "server/rpc/call.h"

namespace homeward {

class Casebook;  // server/records/casebook.h

class RecordHandlers {
 public:
  // `casebook` must outlive the handlers.
  explicit RecordHandlers(Casebook& casebook) : casebook_(casebook) {}

  Result<v1::CreateRecordResponse> CreateRecord(const Call& call,
                                                const v1::CreateRecordRequest& request);
  Result<v1::Record> GetRecord(const Call& call, const v1::GetRecordRequest& request);
  Result<v1::ListRecordsResponse> ListRecords(const Call& call,
                                              const v1::ListRecordsRequest& request);
  Result<v1::Record> UpdateRecord(const Call& call, const v1::UpdateRecordRequest& request);
  Result<v1::Record> EraseRecord(const Call& call, const v1::EraseRecordRequest& request);
  Result<v1::Record> LinkStays(const Call& call, const v1::LinkStaysRequest& request);
  Result<v1::Record> UnlinkStays(const Call& call, const v1::UnlinkStaysRequest& request);
  Result<v1::CreatePhotoResponse> CreatePhoto(const Call& call,
                                              const v1::CreatePhotoRequest& request);
  Result<v1::Photo> GetPhoto(const Call& call, const v1::GetPhotoRequest& request);
  Result<v1::ListPhotosResponse> ListPhotos(const Call& call, const v1::ListPhotosRequest& request);
  Result<google::api::HttpBody> DownloadPhoto(const Call& call,
                                              const v1::DownloadPhotoRequest& request);
  Result<google::protobuf::Empty> DeletePhoto(const Call& call,
                                              const v1::DeletePhotoRequest& request);

 private:
  Casebook& casebook_;
};

}  // namespace homeward
