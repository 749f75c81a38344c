// MatchService as plain functions. Errors are those that the proto lists under each method. Thread
// safe.
#pragma once

#include "homeward/v1/match_service.pb.h"
#include "matcher/error.h"
#include "server/rpc/call.h"

namespace homeward {

class Casebook;  // server/records/casebook.h

class MatchHandlers {
 public:
  // `casebook` must outlive the handlers.
  explicit MatchHandlers(Casebook& casebook) : casebook_(casebook) {}

  Result<v1::SearchFacesResponse> SearchFaces(const Call& call,
                                              const v1::SearchFacesRequest& request);
  // The two halves of StreamFaceSearches: its first message, then each photo with that message.
  Result<void> CheckStream(const Call& call, const v1::StreamFaceSearchesConfig& config);
  Result<v1::SearchFacesResponse> SearchStreamedPhoto(const Call& call,
                                                      const v1::StreamFaceSearchesConfig& config,
                                                      const v1::StreamedPhoto& photo);
  Result<v1::CompareFacesResponse> CompareFaces(const Call& call,
                                                const v1::CompareFacesRequest& request);
  Result<v1::AnalyzePhotoResponse> AnalyzePhoto(const Call& call,
                                                const v1::AnalyzePhotoRequest& request);
  Result<v1::Search> GetSearch(const Call& call, const v1::GetSearchRequest& request);
  Result<v1::ListSearchesResponse> ListSearches(const Call& call,
                                                const v1::ListSearchesRequest& request);

 private:
  Casebook& casebook_;
};

}  // namespace homeward
