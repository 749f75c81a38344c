// Calls of the API's handlers, for tests that speak its language.
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <utility>
#include <vector>

#include "homeward/v1/record_service.pb.h"
#include "server/rpc/call.h"
#include "tests/testing/casebook_folder.h"
#include "tests/testing/reasons.h"

namespace homeward::testing {

inline Call CallOf(std::string method) {
  Call call;
  call.caller = "station";
  call.method = std::move(method);
  return call;
}

// `photo` has a field `data`.
template <class Photo>
void SetBytes(const std::vector<std::uint8_t>& bytes, Photo* photo) {
  photo->set_data(bytes.data(), bytes.size());
}

// Of a record with a photo of each of these faces, given as {identity, variation}.
inline v1::CreateRecordRequest CreateRequest(v1::RecordKind kind,
                                             const std::vector<std::pair<int, int>>& faces) {
  v1::CreateRecordRequest request;
  request.mutable_record()->set_kind(kind);
  for (const auto& [identity, variation] : faces) {
    SetBytes(PhotoOf(identity, variation), request.add_photos());
  }
  request.set_purpose("identify");
  return request;
}

// Gives every field of a person or of details a valid value of its own.
void FillEveryField(google::protobuf::Message* message);

// Clears what only the service says about a record.
inline void ClearOutput(v1::Record& record) {
  record.clear_name();
  record.clear_state();
  record.clear_linked_records();
  record.clear_photo_count();
  record.clear_warnings();
  record.clear_create_time();
  record.clear_update_time();
  record.clear_erase_time();
  record.clear_etag();
}

}  // namespace homeward::testing
