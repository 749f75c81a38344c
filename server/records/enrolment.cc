#include "server/records/enrolment.h"

#include <span>
#include <string>
#include <utility>

#include "server/records/deposit.h"
#include "server/records/intake.h"
#include "server/records/record_check.h"
#include "server/records/shot.h"
#include "server/records/validation.h"

namespace homeward {
namespace {

Result<void> CheckPhotos(const std::vector<NewPhoto>& photos) {
  std::size_t bytes = 0;
  for (const NewPhoto& photo : photos) {
    if (auto ok = CheckDate("photos.capture_date", photo.capture_date); !ok) return ok;
    bytes += photo.shown.bytes.size();
  }
  if (photos.size() > kMaxPhotosPerCall) {
    return Fail(Reason::kRequestTooLarge, "At most 5 photos may come in one call.",
                {{"limit", std::to_string(kMaxPhotosPerCall)}});
  }
  if (bytes > kMaxPhotoBytesPerCall) {
    return Fail(Reason::kRequestTooLarge, "At most 25 MiB of photos may come in one call.",
                {{"limit", std::to_string(kMaxPhotoBytesPerCall)}});
  }
  return {};
}

Result<std::vector<PhotoEntry>> TakeInAll(Casebook& book, const Intent& intent,
                                          std::span<const NewPhoto> photos) {
  std::vector<PhotoEntry> entries;
  for (const NewPhoto& photo : photos) {
    auto entry = TakeIn(book, intent, photo);
    if (!entry) {
      if (photos.size() > 1) entry.error().metadata["photo_index"] = std::to_string(entries.size());
      return std::unexpected(entry.error());
    }
    entries.push_back(*std::move(entry));
  }
  NumberShots({}, entries);
  return entries;
}

// From the store, so that the first answer and a repeated one are made alike.
Result<Enrolment> AnswerOf(const StoreReader& store, const RequestEntry& done) {
  auto view = FindViewOrTombstone(store, *done.record);
  if (!view) return std::unexpected(view.error());
  Enrolment answer{.record = *std::move(view), .photos = {}, .search = std::nullopt};
  for (const PhotoId& id : done.photos) {
    auto photo = store.FindPhoto(id);
    if (!photo) return std::unexpected(photo.error());
    if (*photo) answer.photos.push_back(**std::move(photo));
  }
  if (!done.search) return answer;
  auto search = FindView(store, *done.search);
  if (!search) return std::unexpected(search.error());
  answer.search = *std::move(search);
  return answer;
}

Result<void> DepositAll(Deposit& deposit, const Intake& intake, std::span<const NewPhoto> photos) {
  for (std::size_t i = 0; i < photos.size(); ++i) {
    if (auto put = deposit.Put(intake.photos[i].id, photos[i].shown.bytes); !put) return put;
  }
  return {};
}

Result<Enrolment> Enrol(Casebook& book, const Intent& intent, Intake intake,
                        std::span<const NewPhoto> photos, int max_candidates) {
  auto entries = TakeInAll(book, intent, photos);
  if (!entries) return std::unexpected(entries.error());
  intake.photos = *std::move(entries);
  const auto search = EnrolmentSearch::Start(book, intake.record.id, intake.record.kind,
                                             intake.photos, max_candidates);
  if (!search) return std::unexpected(search.error());
  Deposit deposit(book.vault());
  if (auto put = DepositAll(deposit, intake, photos); !put) return std::unexpected(put.error());
  if (auto going = CheckNotCancelled(intent); !going) return std::unexpected(going.error());
  bool commit_was_tried = false;
  const auto done = Perform(book, intent, [&](UnitOfWork& unit) {
    auto deed = PutIntake(book, intent, unit, intake, *search);
    commit_was_tried = deed.has_value();
    return deed;
  });
  // A commit that failed in the middle may yet show after a crash: the sweep at the next start
  // decides about its bytes.
  const bool may_be_stored = done || done.error().reason == Reason::kStoreUnavailable;
  if (commit_was_tried && may_be_stored) deposit.Keep();
  if (!done) return std::unexpected(done.error());
  return AnswerOf(book.store(), *done);
}

}  // namespace

Result<Enrolment> EnrolRecord(Casebook& book, const Intent& intent, const NewRecord& input) {
  if (auto ok = CheckPurposefulIntent(intent); !ok) return std::unexpected(ok.error());
  if (auto ok = CheckPhotos(input.photos); !ok) return std::unexpected(ok.error());
  const auto count = CandidateCount(input.max_candidates);
  if (!count) return std::unexpected(count.error());
  auto record = CheckedRecord(input.record, DayInChina(book.clock().Now()));
  if (!record) return std::unexpected(record.error());
  const auto answered = FindAnswered(book.store(), intent);
  if (!answered) return std::unexpected(answered.error());
  if (*answered) return AnswerOf(book.store(), **answered);
  record->id = RecordId{book.ids().Next()};
  return Enrol(book, intent, {.record = *std::move(record), .photos = {}}, input.photos, *count);
}

Result<Enrolment> EnrolPhoto(Casebook& book, const Intent& intent, const RecordId& record,
                             const NewPhoto& photo, int max_candidates) {
  if (auto ok = CheckPurposefulIntent(intent); !ok) return std::unexpected(ok.error());
  if (auto ok = CheckDate("photo.capture_date", photo.capture_date); !ok) {
    return std::unexpected(ok.error());
  }
  const auto count = CandidateCount(max_candidates);
  if (!count) return std::unexpected(count.error());
  const auto answered = FindAnswered(book.store(), intent);
  if (!answered) return std::unexpected(answered.error());
  if (*answered) return AnswerOf(book.store(), **answered);
  auto stored = FindOpenRecord(book.store(), record);
  if (!stored) return std::unexpected(stored.error());
  return Enrol(book, intent, {.record = *std::move(stored), .is_new = false, .photos = {}},
               std::span(&photo, 1), *count);
}

}  // namespace homeward
