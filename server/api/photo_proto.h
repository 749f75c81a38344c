// Photos and faces between the contract and the domain.
#pragma once

#include "homeward/v1/match_service.pb.h"
#include "homeward/v1/record.pb.h"
#include "homeward/v1/record_service.pb.h"
#include "server/records/photo_intake.h"

namespace homeward {

v1::Box ToProto(const cv::Rect2f& box);
// `usable`: whether it has a template.
v1::Face ToProto(const Face& face, bool usable);
v1::Photo ToProto(const PhotoEntry& photo);
v1::AnalyzePhotoResponse ToProto(const AnalyzedPhoto& photo);

// These point into their argument, which must outlive what they return.
std::span<const std::uint8_t> BytesOf(const std::string& data);
ShownPhoto FromProto(const v1::ProbePhoto& proto);
// Errors: kFieldInvalid (kind) with a path from `field`.
Result<NewPhoto> FromProto(std::string_view field, const v1::NewPhoto& proto);

}  // namespace homeward
