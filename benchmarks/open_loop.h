// Calls that arrive whether or not earlier ones were answered, as those of people do: a client that
// waits for an answer before it asks again hides the very delays that it causes.
#pragma once

#include <grpcpp/grpcpp.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "homeward/v1/match_service.grpc.pb.h"

namespace homeward {

inline constexpr std::array<const char*, 3> kWorkClasses = {"interactive", "family", "bulk"};

// By work class, in the order of kWorkClasses.
struct Answers {
  std::array<std::vector<double>, kWorkClasses.size()> served;   // seconds from arrival to answer
  std::array<std::vector<double>, kWorkClasses.size()> refused;  // the same of RESOURCE_EXHAUSTED
  std::int64_t failed = 0;                                       // anything else
  double seconds = 0;                                            // until the last answer

  std::size_t CountServed() const;
};

// A service and the photos that it is asked about in turn.
class SearchLoad {
 public:
  SearchLoad(const std::string& address, std::string token, std::vector<std::string> photos);

  // So many searches of a second each work class, at random moments (Poisson's, the same in every
  // run), for `seconds`. Returns when all have been answered.
  Answers Arrive(const std::array<double, kWorkClasses.size()>& rates, double seconds);
  // `callers` interactive ones, each with its next photo as soon as it has an answer.
  Answers Repeat(int callers, double seconds);

 private:
  struct Call;
  struct Tally;

  void Send(std::size_t work_class, std::chrono::steady_clock::time_point arrival, Tally& tally);

  const std::string token_;
  const std::vector<std::string> photos_;
  const std::unique_ptr<v1::MatchService::Stub> stub_;
  std::size_t next_photo_ = 0;
};

}  // namespace homeward
