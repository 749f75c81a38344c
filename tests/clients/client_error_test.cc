#include "clients/cpp/client_error.h"

#include <gtest/gtest.h>

#include "tests/clients/fake_service.h"

namespace homeward::client {
namespace {

TEST(ClientErrorTest, TakesReasonAndMetadataFromTheErrorInfo) {
  const ClientError error =
      ErrorOf(Refusal(grpc::INVALID_ARGUMENT, "REGION_CODE_INVALID", {{"field", "found"}}));
  EXPECT_EQ(error.code, grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(error.reason, "REGION_CODE_INVALID");
  EXPECT_EQ(error.message, "words of the service");
  EXPECT_EQ(error.metadata.at("field"), "found");
}

TEST(ClientErrorTest, TrustsNoErrorInfoOfAnotherDomain) {
  const ClientError error =
      ErrorOf(Refusal(grpc::UNAVAILABLE, "SHUTTING_DOWN", {}, "googleapis.com"));
  EXPECT_EQ(error.reason, kServerUnreachable);
}

TEST(ClientErrorTest, FindsAReasonInTheCodeWhereTheServiceGaveNone) {
  const std::map<grpc::StatusCode, std::string_view> reasons = {
      {grpc::UNAVAILABLE, kServerUnreachable},        {grpc::UNIMPLEMENTED, kServerForeign},
      {grpc::DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED"}, {grpc::CANCELLED, "CANCELLED"},
      {grpc::UNAUTHENTICATED, "UNAUTHENTICATED"},     {grpc::INTERNAL, ""},
  };
  for (const auto& [code, reason] : reasons) {
    EXPECT_EQ(ErrorOf({code, "words"}).reason, reason) << code;
  }
}

TEST(ClientErrorTest, BearsDetailsThatAreNoDetails) {
  EXPECT_EQ(ErrorOf({grpc::UNAVAILABLE, "words", "\xff\x01nonsense"}).reason, kServerUnreachable);
}

}  // namespace
}  // namespace homeward::client
