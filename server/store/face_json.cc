#include "server/store/face_json.h"

#include "server/store/json_fields.h"

namespace homeward {

template <class Io, StoredAs<QualityComponent> Self>
static void Fields(Io& io, Self& component) {
  io("measure", component.measure);
  io("native", component.native);
  io("score", component.score);
}

template <class Io, StoredAs<Quality> Self>
static void Fields(Io& io, Self& quality) {
  io("eye_distance_px", quality.eye_distance_px);
  io("sharpness", quality.sharpness);
  io("brightness", quality.brightness);
  io("roll_degrees", quality.roll_degrees);
  io("yaw", quality.yaw);
  io("flags", quality.flags);
  io("version", quality.version);
  io("components", quality.components);
}

template <class Io, StoredAs<Face> Self>
static void Fields(Io& io, Self& face) {
  io("box", face.box);
  io("landmarks", face.landmarks);
  io("found_by", face.found_by);
  io("quality", face.quality);
}

Result<std::string> GeometryOf(const Face& face) { return ToJson(face); }

Result<Face> ReadGeometry(std::string_view json) {
  Face face;
  if (auto ok = FromJson(json, face); !ok) return std::unexpected(ok.error());
  return face;
}

}  // namespace homeward
