#include "server/store/sqlite_unit_of_work.h"

#include "server/store/coverage_table.h"
#include "server/store/face_table.h"
#include "server/store/meta_table.h"
#include "server/store/operating_point_table.h"
#include "server/store/photo_table.h"
#include "server/store/record_table.h"
#include "server/store/request_table.h"
#include "server/store/search_table.h"
#include "server/store/stay_table.h"

namespace homeward {
namespace {

// A refusal comes before anything was written; after a failure half of a write may be there.
bool IsRefusal(Reason reason) {
  return reason == Reason::kRecordNotFound || reason == Reason::kPhotoNotFound ||
         reason == Reason::kAlreadyLinked || reason == Reason::kNotLinked ||
         reason == Reason::kRequestIdReused || reason == Reason::kOperatingPointExists;
}

}  // namespace

Result<std::unique_ptr<UnitOfWork>> SqliteUnitOfWork::Begin(std::unique_lock<std::mutex> lock,
                                                            SqliteConnection& writer) {
  std::unique_ptr<SqliteUnitOfWork> work(new SqliteUnitOfWork(std::move(lock), writer));
  if (auto ok = work->Start(); !ok) return std::unexpected(ok.error());
  return work;
}

Result<void> SqliteUnitOfWork::Start() {
  if (auto ok = transaction_.BeginWrite(); !ok) return ok;
  const auto last = MetaTable(writer_).LastChange();
  if (!last) return std::unexpected(last.error());
  change_number_ = *last + 1;
  return {};
}

template <class Writing>
auto SqliteUnitOfWork::Write(Searchable searchable, Writing write) -> decltype(write()) {
  if (!ended_ && !writer_.in_transaction()) {
    // What follows would last at once, each statement for itself.
    ended_ = Error{Reason::kStoreUnavailable, "The database gave the work up: try again."};
  }
  if (ended_) return std::unexpected(*ended_);
  auto written = write();
  if (!written && !IsRefusal(written.error().reason)) ended_ = written.error();
  if (written && searchable == Searchable::kChanges) changes_searchable_ = true;
  return written;
}

Result<void> SqliteUnitOfWork::AddRecord(const Record& record) {
  return Write(Searchable::kChanges,
               [&] { return RecordTable(writer_).Add(record, change_number_); });
}

Result<void> SqliteUnitOfWork::UpdateRecord(const Record& record) {
  return Write(Searchable::kChanges, [&] { return RecordTable(writer_).Update(record); });
}

Result<std::vector<PhotoId>> SqliteUnitOfWork::EraseRecord(const RecordId& id, Time at,
                                                           const std::string& reason) {
  return Write(Searchable::kChanges, [&]() -> Result<std::vector<PhotoId>> {
    RecordTable records(writer_);
    const auto record = records.FindOpen(id);
    if (!record) return std::unexpected(record.error());
    if (auto ok = records.Bury(*record, at, reason); !ok) return std::unexpected(ok.error());
    if (auto ok = StayTable(writer_).UnlinkAll(id); !ok) return std::unexpected(ok.error());
    return PhotoTable(writer_).DeleteAll(*record);
  });
}

Result<void> SqliteUnitOfWork::AddPhoto(const PhotoEntry& photo) {
  return Write(Searchable::kChanges, [&]() -> Result<void> {
    const auto record = RecordTable(writer_).FindOpen(photo.record);
    if (!record) return std::unexpected(record.error());
    return PhotoTable(writer_).Add(photo, *record, change_number_);
  });
}

Result<void> SqliteUnitOfWork::AddTemplate(const FaceId& face, const Template& face_template) {
  return Write(Searchable::kChanges,
               [&] { return FaceTable(writer_).AddTemplate(face, face_template, change_number_); });
}

Result<void> SqliteUnitOfWork::DeletePhoto(const PhotoId& id) {
  return Write(Searchable::kChanges, [&] { return PhotoTable(writer_).Delete(id); });
}

Result<void> SqliteUnitOfWork::LinkStays(const RecordId& one, const RecordId& other, Time at) {
  return Write(Searchable::kStays, [&]() -> Result<void> {
    for (const RecordId& id : {one, other}) {
      const auto record = RecordTable(writer_).FindOpen(id);
      if (!record) return std::unexpected(record.error());
    }
    return StayTable(writer_).Link(one, other, at);
  });
}

Result<void> SqliteUnitOfWork::UnlinkStays(const RecordId& one, const RecordId& other) {
  return Write(Searchable::kStays, [&] { return StayTable(writer_).Unlink(one, other); });
}

Result<void> SqliteUnitOfWork::AddSearch(const SearchEntry& search) {
  return Write(Searchable::kStays, [&] { return SearchTable(writer_).Add(search); });
}

Result<void> SqliteUnitOfWork::AddCoverage(const CoverageEntry& coverage) {
  return Write(Searchable::kStays, [&] { return CoverageTable(writer_).Add(coverage); });
}

Result<void> SqliteUnitOfWork::RememberRequest(const RequestEntry& request) {
  return Write(Searchable::kStays, [&] { return RequestTable(writer_).Add(request); });
}

Result<void> SqliteUnitOfWork::AddOperatingPoint(const OperatingPointEntry& entry) {
  return Write(Searchable::kStays, [&] { return OperatingPointTable(writer_).Add(entry); });
}

Result<void> SqliteUnitOfWork::AddActivation(const Activation& activation) {
  return Write(Searchable::kStays,
               [&] { return OperatingPointTable(writer_).AddActivation(activation); });
}

Result<void> SqliteUnitOfWork::Commit(const AuditEvent& event) {
  auto committed = Write(Searchable::kStays, [&]() -> Result<void> {
    if (changes_searchable_) {
      if (auto ok = MetaTable(writer_).PutLastChange(change_number_); !ok) return ok;
    }
    if (auto ok = RequestTable(writer_).AddAuditEvent(event); !ok) return ok;
    return transaction_.Commit();
  });
  if (committed) ended_ = Error{Reason::kInternal, "This unit of work was committed."};
  return committed;
}

Result<std::optional<Record>> SqliteUnitOfWork::FindRecord(const RecordId& id) const {
  return RecordTable(writer_).Find(id);
}

Result<std::vector<Record>> SqliteUnitOfWork::ListRecords(const SearchFilter& filter,
                                                          const Page& page) const {
  return RecordTable(writer_).List(filter, page);
}

Result<std::vector<RecordId>> SqliteUnitOfWork::ListLinkedStays(const RecordId& id) const {
  return StayTable(writer_).List(id);
}

Result<std::optional<PhotoEntry>> SqliteUnitOfWork::FindPhoto(const PhotoId& id) const {
  return PhotoTable(writer_).Find(id);
}

Result<std::vector<PhotoEntry>> SqliteUnitOfWork::ListPhotos(const RecordId& record) const {
  return PhotoTable(writer_).List(record);
}

Result<std::optional<SearchEntry>> SqliteUnitOfWork::FindSearch(const SearchId& id) const {
  return SearchTable(writer_).Find(id);
}

Result<std::vector<SequencedSearch>> SqliteUnitOfWork::ListSearches(
    const std::string& case_reference, const Page& page) const {
  return SearchTable(writer_).List(case_reference, page);
}

Result<std::optional<RequestEntry>> SqliteUnitOfWork::FindRequest(
    const std::string& caller, const std::string& request_id) const {
  return RequestTable(writer_).Find(caller, request_id);
}

Result<std::optional<OperatingPointEntry>> SqliteUnitOfWork::FindOperatingPoint(
    const std::string& name) const {
  return OperatingPointTable(writer_).Find(name);
}

Result<std::vector<SequencedOperatingPoint>> SqliteUnitOfWork::ListOperatingPoints(
    const Page& page) const {
  return OperatingPointTable(writer_).List(page);
}

Result<std::vector<Activation>> SqliteUnitOfWork::ListActivations(const std::string& point,
                                                                  int most) const {
  return OperatingPointTable(writer_).ListActivations(point, most);
}

Result<std::optional<Activation>> SqliteUnitOfWork::FindLastActivation() const {
  return OperatingPointTable(writer_).FindLastActivation();
}

Result<std::vector<UnfilledPhoto>> SqliteUnitOfWork::ListUnfilled(const std::string& space_id,
                                                                  std::int64_t after,
                                                                  int most) const {
  return FaceTable(writer_).ListUnfilled(space_id, after, most);
}

Result<SpaceFill> SqliteUnitOfWork::CountFilled(const std::string& space_id) const {
  return FaceTable(writer_).CountFilled(space_id);
}

}  // namespace homeward
