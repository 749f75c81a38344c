#include "server/api/operating_point_handlers.h"

#include <utility>

#include "server/api/call_intent.h"
#include "server/api/named_resource.h"
#include "server/api/operating_point_proto.h"
#include "server/records/operating_point_book.h"
#include "server/records/served_spaces.h"

namespace homeward {
namespace {

Result<v1::OperatingPoint> ResponseOf(const Result<OperatingPointView>& view) {
  if (!view) return std::unexpected(view.error());
  return ToProto(*view);
}

}  // namespace

Result<v1::OperatingPoint> OperatingPointHandlers::CreateOperatingPoint(
    const Call& call, const v1::CreateOperatingPointRequest& request) {
  if (!request.has_operating_point()) {
    return Fail(Reason::kFieldMissing, "operating_point must be set.",
                {{"field", "operating_point"}});
  }
  auto entry = FromProto(request.operating_point_id(), request.operating_point());
  if (!entry) return std::unexpected(entry.error());
  return ResponseOf(homeward::CreateOperatingPoint(
      casebook_, IntentOf(call, casebook_.hash_key(), request), *std::move(entry)));
}

Result<v1::OperatingPoint> OperatingPointHandlers::GetOperatingPoint(
    const Call&, const v1::GetOperatingPointRequest& request) {
  const auto name = OperatingPointNamed(request.name());
  if (!name) return std::unexpected(name.error());
  return ResponseOf(FindOperatingPoint(casebook_, *name));
}

Result<v1::ListOperatingPointsResponse> OperatingPointHandlers::ListOperatingPoints(
    const Call&, const v1::ListOperatingPointsRequest& request) {
  const auto page = homeward::ListOperatingPoints(
      casebook_, {.page_size = request.page_size(), .page_token = request.page_token()});
  if (!page) return std::unexpected(page.error());
  v1::ListOperatingPointsResponse response;
  for (const OperatingPointView& view : page->points) {
    *response.add_operating_points() = ToProto(view);
  }
  response.set_next_page_token(page->next_page_token);
  return response;
}

Result<v1::OperatingPoint> OperatingPointHandlers::ActivateOperatingPoint(
    const Call& call, const v1::ActivateOperatingPointRequest& request) {
  const auto name = OperatingPointNamed(request.name());
  if (!name) return std::unexpected(name.error());
  Intent intent = IntentOf(call, casebook_.hash_key(), request);
  intent.purpose = request.purpose();
  const auto view = homeward::ActivateOperatingPoint(casebook_, intent, *name);
  if (view) activated_();
  return ResponseOf(view);
}

Result<v1::ListSpacesResponse> OperatingPointHandlers::ListSpaces(const Call&,
                                                                  const v1::ListSpacesRequest&) {
  const auto served = ListServedSpaces(casebook_);
  if (!served) return std::unexpected(served.error());
  v1::ListSpacesResponse response;
  for (const ServedSpace& each : *served) {
    v1::Space& space = *response.add_spaces();
    space.set_id(each.space.id);
    space.set_model(each.space.model);
    space.set_filled_face_count(each.fill.filled);
    space.set_face_count(each.fill.faces);
    space.set_active(each.is_active);
  }
  return response;
}

}  // namespace homeward
