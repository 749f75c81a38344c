#include "server/records/deed.h"

#include <cstdio>
#include <exception>

namespace homeward {
namespace {

RequestEntry RequestOf(const Intent& intent, const Deed& deed) {
  return {.caller = intent.caller,
          .method = intent.method,
          .request_id = intent.request_id,
          .digest = intent.digest,
          .record = deed.record,
          .photos = deed.photos,
          .search = deed.search};
}

AuditEvent AuditOf(const Intent& intent, const Deed& deed, Time at) {
  return {.at = at,
          .caller = intent.caller,
          .method = intent.method,
          .object = deed.object,
          .purpose = intent.purpose,
          .request_id = intent.request_id};
}

bool IsEmpty(const GalleryChange& change) {
  return change.put_records.empty() && change.add_faces.empty() && change.remove_photos.empty() &&
         change.remove_records.empty();
}

void Publish(Gallery& gallery, const GalleryChange& change) noexcept {
  if (IsEmpty(change)) return;
  const auto applied = gallery.Apply(change);
  if (applied) return;
  std::fprintf(stderr, "The gallery cannot follow change %lld: %s\n",
               static_cast<long long>(change.number), applied.error().message.c_str());
  std::terminate();
}

}  // namespace

Result<RequestEntry> Perform(Casebook& book, const Intent& intent,
                             const std::function<Result<Deed>(UnitOfWork&)>& act) {
  const auto unit = book.store().Begin();
  if (!unit) return std::unexpected(unit.error());
  auto answered = FindAnswered(**unit, intent);
  if (!answered) return std::unexpected(answered.error());
  if (*answered) return **std::move(answered);

  auto deed = act(**unit);
  if (!deed) return std::unexpected(deed.error());
  deed->gallery.number = (*unit)->change_number();
  RequestEntry entry = RequestOf(intent, *deed);
  if (!intent.request_id.empty()) {
    if (auto kept = (*unit)->RememberRequest(entry); !kept) return std::unexpected(kept.error());
  }
  const auto committed = (*unit)->Commit(AuditOf(intent, *deed, book.clock().Now()));
  if (!committed) return std::unexpected(committed.error());
  Publish(book.gallery(), deed->gallery);
  if (deed->operating_point) book.PutInForce(*std::move(deed->operating_point));
  return entry;
}

}  // namespace homeward
