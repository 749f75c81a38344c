#include "server/api/match_handlers.h"

#include <utility>

#include "server/api/call_intent.h"
#include "server/api/named_resource.h"
#include "server/api/operating_point_proto.h"
#include "server/api/photo_proto.h"
#include "server/api/search_proto.h"
#include "server/records/face_comparison.h"
#include "server/records/face_search.h"
#include "server/records/search_log.h"
#include "server/records/validation.h"

namespace homeward {
namespace {

constexpr std::size_t kMaxPhotoIdCharacters = 500;

std::unexpected<Error> Missing(const std::string& field) {
  return Fail(Reason::kFieldMissing, field + " must be set.", {{"field", field}});
}

using ProbeQuery = decltype(FaceQuery::probe);

Result<ProbeQuery> ProbeOf(const v1::SearchFacesRequest& request) {
  switch (request.query_case()) {
    case v1::SearchFacesRequest::kPhoto:
      return FromProto(request.photo());
    case v1::SearchFacesRequest::kStoredPhoto: {
      const auto photo = PhotoNamed(request.stored_photo());
      if (!photo) return std::unexpected(photo.error());
      return *photo;
    }
    case v1::SearchFacesRequest::kStoredRecord: {
      const auto record = RecordNamed(request.stored_record());
      if (!record) return std::unexpected(record.error());
      return *record;
    }
    case v1::SearchFacesRequest::QUERY_NOT_SET:
      break;
  }
  return Missing("query");
}

// `Narrowed` has a filter and a number of candidates.
template <class Narrowed>
Result<FaceQuery> QueryOf(const Narrowed& message, ProbeQuery probe, SearchOrigin origin) {
  auto criteria = FromProto(message.filter());
  if (!criteria) return std::unexpected(criteria.error());
  return FaceQuery{.probe = std::move(probe),
                   .criteria = *std::move(criteria),
                   .max_candidates = message.max_candidate_count(),
                   .origin = origin};
}

Intent StreamIntentOf(const Call& call, const HashKey& key,
                      const v1::StreamFaceSearchesConfig& config, const v1::StreamedPhoto& photo) {
  Intent intent = IntentOf(call, key, photo.request_id(), {&config, &photo});
  intent.purpose = config.purpose();
  intent.case_reference = config.case_reference();
  return intent;
}

Result<v1::SearchFacesResponse> ResponseOf(const Result<FaceSearch>& found) {
  if (!found) return std::unexpected(found.error());
  v1::SearchFacesResponse response;
  *response.mutable_search() = ToProto(found->search);
  if (found->probe_face) *response.mutable_probe_face() = ToProto(*found->probe_face, true);
  return response;
}

Result<void> CheckPhoto(const v1::StreamedPhoto& photo) {
  if (photo.photo_id().empty()) return Missing("photo_id");
  if (!photo.has_photo()) return Missing("photo");
  return CheckText("photo_id", photo.photo_id(), kMaxPhotoIdCharacters);
}

}  // namespace

Result<v1::SearchFacesResponse> MatchHandlers::SearchFaces(const Call& call,
                                                           const v1::SearchFacesRequest& request) {
  auto probe = ProbeOf(request);
  if (!probe) return std::unexpected(probe.error());
  const auto query = QueryOf(request, *std::move(probe), SearchOrigin::kAdHoc);
  if (!query) return std::unexpected(query.error());
  return ResponseOf(homeward::SearchFaces(
      casebook_, PurposefulIntentOf(call, casebook_.hash_key(), request), *query));
}

Result<void> MatchHandlers::CheckStream(const Call& call,
                                        const v1::StreamFaceSearchesConfig& config) {
  const auto query = QueryOf(config, ShownPhoto(), SearchOrigin::kFolder);
  if (!query) return std::unexpected(query.error());
  return CheckQuery(StreamIntentOf(call, casebook_.hash_key(), config, v1::StreamedPhoto()),
                    *query);
}

Result<v1::SearchFacesResponse> MatchHandlers::SearchStreamedPhoto(
    const Call& call, const v1::StreamFaceSearchesConfig& config, const v1::StreamedPhoto& photo) {
  if (auto ok = CheckPhoto(photo); !ok) return std::unexpected(ok.error());
  const auto query = QueryOf(config, FromProto(photo.photo()), SearchOrigin::kFolder);
  if (!query) return std::unexpected(query.error());
  return ResponseOf(homeward::SearchFaces(
      casebook_, StreamIntentOf(call, casebook_.hash_key(), config, photo), *query));
}

Result<v1::CompareFacesResponse> MatchHandlers::CompareFaces(
    const Call& call, const v1::CompareFacesRequest& request) {
  if (!request.has_first()) return Missing("first");
  if (!request.has_second()) return Missing("second");
  Intent intent = IntentOf(call, casebook_.hash_key(), "", {});
  intent.purpose = request.purpose();
  const auto compared = homeward::CompareFaces(casebook_, intent, FromProto(request.first()),
                                               FromProto(request.second()));
  if (!compared) return std::unexpected(compared.error());
  v1::CompareFacesResponse response;
  response.set_distance(compared->distance);
  response.set_space(compared->space_id);
  response.set_above_operating_point(compared->above_operating_point);
  *response.mutable_operating_point() = ToProto(compared->operating_point);
  *response.mutable_first_face() = ToProto(compared->first, true);
  *response.mutable_second_face() = ToProto(compared->second, true);
  return response;
}

Result<v1::AnalyzePhotoResponse> MatchHandlers::AnalyzePhoto(
    const Call& call, const v1::AnalyzePhotoRequest& request) {
  const auto analyzed =
      homeward::AnalyzePhoto(casebook_, IntentOf(call, casebook_.hash_key(), "", {}),
                             {.bytes = BytesOf(request.data()), .face_box = std::nullopt});
  if (!analyzed) return std::unexpected(analyzed.error());
  return ToProto(*analyzed);
}

Result<v1::Search> MatchHandlers::GetSearch(const Call&, const v1::GetSearchRequest& request) {
  const auto id = SearchNamed(request.name());
  if (!id) return std::unexpected(id.error());
  const auto view = FindView(casebook_.store(), *id);
  if (!view) return std::unexpected(view.error());
  return ToProto(*view);
}

Result<v1::ListSearchesResponse> MatchHandlers::ListSearches(
    const Call&, const v1::ListSearchesRequest& request) {
  const auto page = homeward::ListSearches(casebook_, {.case_reference = request.case_reference(),
                                                       .page_size = request.page_size(),
                                                       .page_token = request.page_token()});
  if (!page) return std::unexpected(page.error());
  v1::ListSearchesResponse response;
  for (const SearchEntry& search : page->searches) *response.add_searches() = ToProto(search);
  response.set_next_page_token(page->next_page_token);
  return response;
}

}  // namespace homeward
