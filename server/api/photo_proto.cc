#include "server/api/photo_proto.h"

#include <fmt/format.h>

#include <string>

#include "server/api/date_proto.h"
#include "server/api/enum_proto.h"
#include "server/records/resource_name.h"

namespace homeward {
namespace {

constexpr int kNotAssessable = -1;  // as a score of the contract

std::optional<cv::Rect2f> BoxOf(bool is_set, const v1::Box& box) {
  if (!is_set) return std::nullopt;
  return cv::Rect2f{static_cast<float>(box.x_px()), static_cast<float>(box.y_px()),
                    static_cast<float>(box.width_px()), static_cast<float>(box.height_px())};
}

template <class Proto>
ShownPhoto ShownBy(const Proto& proto) {
  return {.bytes = BytesOf(proto.data()),
          .face_box = BoxOf(proto.has_face_box(), proto.face_box()),
          .single_face = proto.single_face()};
}

v1::FaceQuality QualityProto(const Quality& quality) {
  v1::FaceQuality proto;
  proto.set_eye_distance_px(quality.eye_distance_px);
  proto.set_sharpness(quality.sharpness);
  proto.set_brightness(quality.brightness);
  proto.set_roll_degrees(quality.roll_degrees);
  proto.set_yaw_ratio(quality.yaw);
  for (const QualityFlag flag : quality.flags) {
    proto.add_flags(ToProtoEnum<v1::QualityFlag>(flag));
  }
  proto.set_quality_version(quality.version);
  for (const QualityComponent& each : quality.components) {
    auto& component = *proto.add_components();
    component.set_measure(ToProtoEnum<v1::QualityMeasure>(each.measure));
    component.set_native_value(each.native);
    component.set_score(each.score.value_or(kNotAssessable));
  }
  return proto;
}

}  // namespace

std::span<const std::uint8_t> BytesOf(const std::string& data) {
  return {reinterpret_cast<const std::uint8_t*>(data.data()), data.size()};
}

v1::Box ToProto(const cv::Rect2f& box) {
  v1::Box proto;
  proto.set_x_px(box.x);
  proto.set_y_px(box.y);
  proto.set_width_px(box.width);
  proto.set_height_px(box.height);
  return proto;
}

v1::Face ToProto(const Face& face, bool usable) {
  v1::Face proto;
  *proto.mutable_box() = ToProto(face.box);
  for (const auto& landmark : face.landmarks) {
    auto& point = *proto.add_landmarks();
    point.set_x_px(landmark.x);
    point.set_y_px(landmark.y);
  }
  *proto.mutable_quality() = QualityProto(face.quality);
  proto.set_usable(usable);
  return proto;
}

v1::Photo ToProto(const PhotoEntry& photo) {
  v1::Photo proto;
  proto.set_name(NameOf(PhotoName{photo.record, photo.id}));
  proto.set_kind(ToProtoEnum<v1::PhotoKind>(photo.kind));
  if (photo.capture_date) *proto.mutable_capture_date() = ToProto(*photo.capture_date);
  proto.set_sha256(fmt::format("{:02x}", fmt::join(photo.sha256, "")));
  proto.set_width_px(photo.width_px);
  proto.set_height_px(photo.height_px);
  for (const FaceEntry& face : photo.faces) {
    *proto.add_faces() = ToProto(face.face, !face.templates.empty());
  }
  proto.set_no_template_reason(ToProtoEnum<v1::NoTemplateReason>(photo.no_template_reason));
  *proto.mutable_create_time() = ToProto(photo.created);
  return proto;
}

v1::AnalyzePhotoResponse ToProto(const AnalyzedPhoto& photo) {
  v1::AnalyzePhotoResponse proto;
  for (const Face& face : photo.faces) {
    *proto.add_faces() = ToProto(face, !face.templates.empty());
  }
  proto.set_width_px(photo.width_px);
  proto.set_height_px(photo.height_px);
  return proto;
}

ShownPhoto FromProto(const v1::ProbePhoto& proto) { return ShownBy(proto); }

Result<NewPhoto> FromProto(std::string_view field, const v1::NewPhoto& proto) {
  const auto kind = FromProtoEnum(fmt::format("{}.kind", field), proto.kind());
  if (!kind) return std::unexpected(kind.error());
  NewPhoto photo{.shown = ShownBy(proto), .kind = *kind, .capture_date = std::nullopt};
  if (proto.has_capture_date()) photo.capture_date = FromProto(proto.capture_date());
  return photo;
}

}  // namespace homeward
