// grpc.health.v1.Health/Check without its proto: question and answer have one field each, which an
// empty message keeps as unknown.
#include <google/protobuf/empty.pb.h>
#include <google/protobuf/unknown_field_set.h>
#include <grpcpp/generic/generic_stub.h>

#include <future>
#include <memory>
#include <utility>

#include "clients/cpp/client.h"

namespace homeward::client {
namespace {

using google::protobuf::Empty;

constexpr int kPartField = 1;
constexpr int kStatusField = 1;
constexpr std::uint64_t kServing = 1;
constexpr std::uint64_t kNotServing = 2;

Health HealthOf(const Empty& answer) {
  const auto& fields = answer.GetReflection()->GetUnknownFields(answer);
  for (int index = 0; index < fields.field_count(); ++index) {
    const google::protobuf::UnknownField& field = fields.field(index);
    if (field.number() != kStatusField ||
        field.type() != google::protobuf::UnknownField::TYPE_VARINT) {
      continue;
    }
    if (field.varint() == kServing) return Health::kServing;
    if (field.varint() == kNotServing) return Health::kNotServing;
  }
  return Health::kUnknown;
}

}  // namespace

ClientResult<Health> Client::CheckHealthOf(const std::string& part) {
  Attempt attempt(*this);
  attempt.context.set_deadline(std::chrono::system_clock::now() + options_.deadline);
  Empty request;
  request.GetReflection()->MutableUnknownFields(&request)->AddLengthDelimited(kPartField, part);
  Empty answer;
  // Shared, so that it outlives whichever of the two threads lets go of it last.
  const auto done = std::make_shared<std::promise<grpc::Status>>();
  grpc::TemplatedGenericStub<Empty, Empty>(channel_).UnaryCall(
      &attempt.context, "/grpc.health.v1.Health/Check", {}, &request, &answer,
      [done](grpc::Status status) { done->set_value(std::move(status)); });
  const grpc::Status status = done->get_future().get();
  if (status.ok()) return HealthOf(answer);
  if (status.error_code() == grpc::StatusCode::NOT_FOUND) return Health::kUnknown;
  ClientError error = ErrorOf(status);
  error.metadata.try_emplace("server", options_.server);
  return std::unexpected(std::move(error));
}

}  // namespace homeward::client
