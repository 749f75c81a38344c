#include "server/records/search_view.h"

#include <utility>

namespace homeward {
namespace {

Result<CandidateView> ViewOf(const StoreReader& store, const CandidateEntry& entry) {
  CandidateView view{.entry = entry, .record = std::nullopt};
  auto record = store.FindRecord(entry.record);
  if (!record) return std::unexpected(record.error());
  if (*record && (*record)->state == RecordState::kOpen) view.record = **std::move(record);
  const auto photo = store.FindPhoto(entry.photo);
  if (!photo) return std::unexpected(photo.error());
  view.photo_is_there = photo->has_value();
  return view;
}

}  // namespace

Result<SearchView> ViewOf(const StoreReader& store, SearchEntry search) {
  SearchView view{.search = std::move(search), .candidates = {}};
  for (const CandidateEntry& entry : view.search.candidates) {
    auto candidate = ViewOf(store, entry);
    if (!candidate) return std::unexpected(candidate.error());
    view.candidates.push_back(*std::move(candidate));
  }
  return view;
}

Result<SearchView> FindView(const StoreReader& store, const SearchId& id) {
  auto search = store.FindSearch(id);
  if (!search) return std::unexpected(search.error());
  if (!*search) return Fail(Reason::kSearchNotFound, "There is no such search.");
  return ViewOf(store, **std::move(search));
}

}  // namespace homeward
