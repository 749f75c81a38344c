#include "server/rpc/error_status.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <grpcpp/support/error_details.h>
#include <rapidcheck.h>

#include <fstream>
#include <map>
#include <regex>
#include <string>
#include <vector>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "homeward/v1/error_reason.pb.h"

namespace homeward {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

// The enumerators count up from the first to kInternal, the last.
std::vector<Reason> EveryReason() {
  std::vector<Reason> reasons;
  for (int i = 0; i <= static_cast<int>(Reason::kInternal); ++i) {
    reasons.push_back(static_cast<Reason>(i));
  }
  return reasons;
}

// From error_reason.proto: the code that the comment above each value begins with.
std::map<std::string, std::string> DocumentedCodes() {
  std::ifstream file(HOMEWARD_SOURCE_DIR "/proto/homeward/v1/error_reason.proto");
  const std::regex stated(R"(^  // ([A-Z_]+)[: ].*)");
  const std::regex value(R"(^  ([A-Z_]+) = \d+;$)");
  std::map<std::string, std::string> codes;
  std::string code;
  std::smatch match;
  for (std::string line; std::getline(file, line);) {
    if (std::regex_match(line, match, stated) && code.empty()) {
      code = match[1];
    } else if (std::regex_match(line, match, value)) {
      codes[match[1]] = code;
      code.clear();
    }
  }
  return codes;
}

const std::map<std::string, grpc::StatusCode> kCodes{
    {"INVALID_ARGUMENT", grpc::StatusCode::INVALID_ARGUMENT},
    {"UNAUTHENTICATED", grpc::StatusCode::UNAUTHENTICATED},
    {"NOT_FOUND", grpc::StatusCode::NOT_FOUND},
    {"ALREADY_EXISTS", grpc::StatusCode::ALREADY_EXISTS},
    {"ABORTED", grpc::StatusCode::ABORTED},
    {"FAILED_PRECONDITION", grpc::StatusCode::FAILED_PRECONDITION},
    {"RESOURCE_EXHAUSTED", grpc::StatusCode::RESOURCE_EXHAUSTED},
    {"DEADLINE_EXCEEDED", grpc::StatusCode::DEADLINE_EXCEEDED},
    {"CANCELLED", grpc::StatusCode::CANCELLED},
    {"UNAVAILABLE", grpc::StatusCode::UNAVAILABLE},
    {"DATA_LOSS", grpc::StatusCode::DATA_LOSS},
    {"INTERNAL", grpc::StatusCode::INTERNAL}};

google::rpc::Status DetailsOf(const Error& error) {
  google::rpc::Status details;
  EXPECT_TRUE(grpc::ExtractErrorDetails(StatusOf(error), &details).ok());
  return details;
}

// The one detail of type Detail; fails the test if there is none.
template <class Detail>
Detail Find(const google::rpc::Status& status) {
  Detail found;
  int count = 0;
  for (const auto& any : status.details()) {
    if (any.Is<Detail>()) count += any.UnpackTo(&found) ? 1 : 0;
  }
  EXPECT_EQ(count, 1) << status.DebugString();
  return found;
}

TEST(ErrorStatusTest, EveryReasonIsAValueOfTheContractAndTheOtherWayRound) {
  std::vector<std::string> ours;
  for (const Reason reason : EveryReason()) ours.emplace_back(Name(reason));
  std::vector<std::string> contract;
  const auto* descriptor = v1::ErrorReason_descriptor();
  for (int i = 0; i < descriptor->value_count(); ++i) {
    if (descriptor->value(i)->number() != 0) contract.push_back(descriptor->value(i)->name());
  }
  EXPECT_THAT(ours, ::testing::UnorderedElementsAreArray(contract));
}

TEST(ErrorStatusTest, EveryReasonHasTheCodeThatTheContractStates) {
  const auto documented = DocumentedCodes();
  for (const Reason reason : EveryReason()) {
    const std::string name(Name(reason));
    ASSERT_TRUE(documented.contains(name)) << name;
    ASSERT_TRUE(kCodes.contains(documented.at(name))) << name << ": " << documented.at(name);
    EXPECT_EQ(CodeOf(reason), kCodes.at(documented.at(name))) << name;
  }
}

TEST(ErrorStatusTest, CarriesReasonDomainAndMetadata) {
  const auto status =
      StatusOf({Reason::kRecordNotFound, "No such record.", {{"name", "records/x"}}});
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(status.error_message(), "No such record.");
  const auto details =
      DetailsOf({Reason::kRecordNotFound, "No such record.", {{"name", "records/x"}}});
  EXPECT_EQ(details.details_size(), 1);
  const auto info = Find<google::rpc::ErrorInfo>(details);
  EXPECT_EQ(info.reason(), "RECORD_NOT_FOUND");
  EXPECT_EQ(info.domain(), "homeward");
  EXPECT_THAT(info.metadata(), UnorderedElementsAre(Pair("name", "records/x")));
}

TEST(ErrorStatusTest, NamesTheFieldAtFault) {
  const std::vector<std::pair<Error, std::string>> cases{
      {{Reason::kFieldInvalid, "Too long.", {{"field", "record.unit"}}}, "record.unit"},
      {{Reason::kRegionCodeInvalid, "No code.", {{"field", "filter.region_codes"}}},
       "filter.region_codes"},
      {{Reason::kPurposeMissing, "Why?"}, "purpose"},
      {{Reason::kUpdateMaskInvalid, "Unknown.", {{"path", "x"}}}, "update_mask"}};
  for (const auto& [error, field] : cases) {
    const auto bad_request = Find<google::rpc::BadRequest>(DetailsOf(error));
    ASSERT_EQ(bad_request.field_violations_size(), 1);
    EXPECT_EQ(bad_request.field_violations(0).field(), field);
    EXPECT_EQ(bad_request.field_violations(0).description(), error.message);
  }
}

TEST(ErrorStatusTest, SaysWhenToRetryAFullQueue) {
  const auto retry = Find<google::rpc::RetryInfo>(DetailsOf({Reason::kQueueFull, "Busy."}));
  EXPECT_GT(retry.retry_delay().seconds(), 0);
}

TEST(ErrorStatusTest, CutsALongListAfterAWholeElement) {
  std::string boxes;
  for (int i = 0; i < 1000; ++i) boxes += "1234,5678,90,120;";
  const auto info = Find<google::rpc::ErrorInfo>(DetailsOf(
      {Reason::kSeveralFaces, "Several faces.", {{"boxes", boxes}, {"face_count", "1000"}}}));
  const std::string& kept = info.metadata().at("boxes");
  EXPECT_LT(kept.size(), 2600u);
  EXPECT_TRUE(kept.ends_with("1234,5678,90,120"));
}

// HTTP/2 trailers of gRPC hold 8 KiB by default: message percent-encoded, details in base64.
TEST(ErrorStatusTest, FitsIntoTrailersWhateverTheErrorHolds) {
  EXPECT_TRUE(rc::check([] {
    Error error{
        static_cast<Reason>(*rc::gen::inRange(0, static_cast<int>(Reason::kInternal) + 1)), {}, {}};
    for (int i = *rc::gen::inRange(0, 4000); i > 0; --i) error.message += "温";
    const int keys = *rc::gen::inRange(0, 5);
    for (int key = 0; key < keys; ++key) {
      error.metadata["field" + std::string(static_cast<std::size_t>(key), 'x')] =
          std::string(*rc::gen::inRange<std::size_t>(0, 9000), 'v');
    }
    const auto status = StatusOf(error);
    RC_ASSERT(!status.ok());
    RC_ASSERT(status.error_message().size() % 3 == 0u);  // no character was cut in two
    RC_ASSERT(status.error_message().size() * 3 + status.error_details().size() * 4 / 3 < 7800u);
  }));
}

}  // namespace
}  // namespace homeward
