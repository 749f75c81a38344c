// OperatingPointService as plain functions. Errors are those that the proto lists under each
// method. Thread safe.
#pragma once

#include <functional>
#include <utility>

#include "homeward/v1/operating_point_service.pb.h"
#include "matcher/error.h"
#include "server/rpc/call.h"

namespace homeward {

class Casebook;  // server/records/casebook.h

class OperatingPointHandlers {
 public:
  // `casebook` must outlive the handlers. `activated` is called after each activation, from any
  // thread.
  explicit OperatingPointHandlers(
      Casebook& casebook, std::function<void()> activated = [] {})
      : casebook_(casebook), activated_(std::move(activated)) {}

  Result<v1::OperatingPoint> CreateOperatingPoint(const Call& call,
                                                  const v1::CreateOperatingPointRequest& request);
  Result<v1::OperatingPoint> GetOperatingPoint(const Call& call,
                                               const v1::GetOperatingPointRequest& request);
  Result<v1::ListOperatingPointsResponse> ListOperatingPoints(
      const Call& call, const v1::ListOperatingPointsRequest& request);
  Result<v1::OperatingPoint> ActivateOperatingPoint(
      const Call& call, const v1::ActivateOperatingPointRequest& request);
  Result<v1::ListSpacesResponse> ListSpaces(const Call& call, const v1::ListSpacesRequest& request);

 private:
  Casebook& casebook_;
  const std::function<void()> activated_;
};

}  // namespace homeward
