// Operating points between the contract and the domain.
#pragma once

#include "homeward/v1/operating_point.pb.h"
#include "matcher/error.h"
#include "server/records/operating_point_book.h"

namespace homeward {

// As a search was decided by it: without who measured it and what became of it.
v1::OperatingPoint ToProto(const OperatingPoint& point);
v1::OperatingPoint ToProto(const OperatingPointView& view);

// What the caller says of it, under the name `id`. Errors: kFieldInvalid. What it has to say is
// checked by the domain.
Result<OperatingPointEntry> FromProto(const std::string& id, const v1::OperatingPoint& proto);

}  // namespace homeward
