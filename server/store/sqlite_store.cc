#include "server/store/sqlite_store.h"

#include "server/store/coverage_table.h"
#include "server/store/database_file.h"
#include "server/store/face_table.h"
#include "server/store/gallery_rows.h"
#include "server/store/meta_table.h"
#include "server/store/operating_point_table.h"
#include "server/store/photo_table.h"
#include "server/store/record_table.h"
#include "server/store/request_table.h"
#include "server/store/search_table.h"
#include "server/store/sqlite_unit_of_work.h"
#include "server/store/stay_table.h"

namespace homeward {

Result<std::unique_ptr<SqliteStore>> SqliteStore::Open(const std::filesystem::path& file,
                                                       const SqliteStoreOptions& options) {
  auto writer = OpenDatabaseFile(file, options.busy_wait, options.models_digests);
  if (!writer) return std::unexpected(writer.error());
  auto readers = SqliteReaderPool::Open(file, options.readers, options.busy_wait);
  if (!readers) return std::unexpected(readers.error());
  return std::unique_ptr<SqliteStore>(new SqliteStore(*std::move(writer), *std::move(readers)));
}

template <class Reading>
auto SqliteStore::Read(Reading read) const -> decltype(read(std::declval<SqliteConnection&>())) {
  const SqliteReaderPool::Lease connection = readers_->Acquire();
  SqliteTransaction view(*connection);
  if (auto ok = view.BeginRead(); !ok) return std::unexpected(ok.error());
  return read(*connection);
}

Result<std::optional<Record>> SqliteStore::FindRecord(const RecordId& id) const {
  return Read([&](SqliteConnection& view) { return RecordTable(view).Find(id); });
}

Result<std::vector<Record>> SqliteStore::ListRecords(const SearchFilter& filter,
                                                     const Page& page) const {
  return Read([&](SqliteConnection& view) { return RecordTable(view).List(filter, page); });
}

Result<std::vector<RecordId>> SqliteStore::ListLinkedStays(const RecordId& id) const {
  return Read([&](SqliteConnection& view) { return StayTable(view).List(id); });
}

Result<std::optional<PhotoEntry>> SqliteStore::FindPhoto(const PhotoId& id) const {
  return Read([&](SqliteConnection& view) { return PhotoTable(view).Find(id); });
}

Result<std::vector<PhotoEntry>> SqliteStore::ListPhotos(const RecordId& record) const {
  return Read([&](SqliteConnection& view) { return PhotoTable(view).List(record); });
}

Result<std::optional<SearchEntry>> SqliteStore::FindSearch(const SearchId& id) const {
  return Read([&](SqliteConnection& view) { return SearchTable(view).Find(id); });
}

Result<std::vector<SequencedSearch>> SqliteStore::ListSearches(const std::string& case_reference,
                                                               const Page& page) const {
  return Read([&](SqliteConnection& view) { return SearchTable(view).List(case_reference, page); });
}

Result<std::optional<RequestEntry>> SqliteStore::FindRequest(const std::string& caller,
                                                             const std::string& request_id) const {
  return Read([&](SqliteConnection& view) { return RequestTable(view).Find(caller, request_id); });
}

Result<std::optional<OperatingPointEntry>> SqliteStore::FindOperatingPoint(
    const std::string& name) const {
  return Read([&](SqliteConnection& view) { return OperatingPointTable(view).Find(name); });
}

Result<std::vector<SequencedOperatingPoint>> SqliteStore::ListOperatingPoints(
    const Page& page) const {
  return Read([&](SqliteConnection& view) { return OperatingPointTable(view).List(page); });
}

Result<std::vector<Activation>> SqliteStore::ListActivations(const std::string& point,
                                                             int most) const {
  return Read([&](SqliteConnection& view) {
    return OperatingPointTable(view).ListActivations(point, most);
  });
}

Result<std::optional<Activation>> SqliteStore::FindLastActivation() const {
  return Read(
      [](SqliteConnection& view) { return OperatingPointTable(view).FindLastActivation(); });
}

Result<std::vector<UnfilledPhoto>> SqliteStore::ListUnfilled(const std::string& space_id,
                                                             std::int64_t after, int most) const {
  return Read(
      [&](SqliteConnection& view) { return FaceTable(view).ListUnfilled(space_id, after, most); });
}

Result<SpaceFill> SqliteStore::CountFilled(const std::string& space_id) const {
  return Read([&](SqliteConnection& view) { return FaceTable(view).CountFilled(space_id); });
}

Result<std::unique_ptr<UnitOfWork>> SqliteStore::Begin() {
  return SqliteUnitOfWork::Begin(std::unique_lock(writer_mutex_), *writer_);
}

Result<ChangeNumber> SqliteStore::LastChange() const {
  return Read([](SqliteConnection& view) { return MetaTable(view).LastChange(); });
}

Result<void> SqliteStore::LoadGallery(
    const std::function<Result<void>(const GalleryChange&)>& apply) const {
  return Read([&](SqliteConnection& view) { return ReadGallery(view, apply); });
}

Result<Coverage> SqliteStore::CountCoverage() const {
  return Read([](SqliteConnection& view) { return CoverageTable(view).Count(); });
}

Result<std::vector<PhotoId>> SqliteStore::ListPhotoIds() const {
  return Read([](SqliteConnection& view) { return PhotoTable(view).ListIds(); });
}

Result<void> SqliteStore::ScrubErased() {
  const std::lock_guard lock(writer_mutex_);
  return readers_->WhileIdle([this] { return EmptyWriteAheadLog(*writer_); });
}

}  // namespace homeward
