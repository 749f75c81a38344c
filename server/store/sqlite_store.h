// The store as one SQLite file: one writer, several readers beside it.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "server/store/sqlite_connection.h"
#include "server/store/sqlite_reader_pool.h"
#include "server/store/store.h"

namespace homeward {

struct SqliteStoreOptions {
  // Threads that read at the same time; more wait. Each costs a connection and its cache.
  int readers = 4;
  // How long to wait for another process (a backup, a shell) that holds the database.
  std::chrono::milliseconds busy_wait{5000};
  // By space: of the models whose templates are stored. Kept when a space is first named, and
  // compared with what was kept at every later Open; a space that is not named is not compared.
  std::map<std::string, std::string> models_digests;
};

class SqliteStore final : public Store {
 public:
  // Makes the file (0600) where there is none, verifies it and brings it to the newest schema.
  // Errors beside the Store's: kSchemaTooNew, kModelMismatch.
  static Result<std::unique_ptr<SqliteStore>> Open(const std::filesystem::path& file,
                                                   const SqliteStoreOptions& options);

  Result<std::optional<Record>> FindRecord(const RecordId& id) const override;
  Result<std::vector<Record>> ListRecords(const SearchFilter& filter,
                                          const Page& page) const override;
  Result<std::vector<RecordId>> ListLinkedStays(const RecordId& id) const override;
  Result<std::optional<PhotoEntry>> FindPhoto(const PhotoId& id) const override;
  Result<std::vector<PhotoEntry>> ListPhotos(const RecordId& record) const override;
  Result<std::optional<SearchEntry>> FindSearch(const SearchId& id) const override;
  Result<std::vector<SequencedSearch>> ListSearches(const std::string& case_reference,
                                                    const Page& page) const override;
  Result<std::optional<RequestEntry>> FindRequest(const std::string& caller,
                                                  const std::string& request_id) const override;
  Result<std::optional<OperatingPointEntry>> FindOperatingPoint(
      const std::string& name) const override;
  Result<std::vector<SequencedOperatingPoint>> ListOperatingPoints(const Page& page) const override;
  Result<std::vector<Activation>> ListActivations(const std::string& point,
                                                  int most) const override;
  Result<std::optional<Activation>> FindLastActivation() const override;
  Result<std::vector<UnfilledPhoto>> ListUnfilled(const std::string& space_id, std::int64_t after,
                                                  int most) const override;
  Result<SpaceFill> CountFilled(const std::string& space_id) const override;

  Result<std::unique_ptr<UnitOfWork>> Begin() override;
  Result<ChangeNumber> LastChange() const override;
  Result<void> LoadGallery(
      const std::function<Result<void>(const GalleryChange&)>& apply) const override;
  Result<Coverage> CountCoverage() const override;
  Result<std::vector<PhotoId>> ListPhotoIds() const override;
  Result<void> ScrubErased() override;

 private:
  SqliteStore(std::unique_ptr<SqliteConnection> writer, std::unique_ptr<SqliteReaderPool> readers)
      : writer_(std::move(writer)), readers_(std::move(readers)) {}
  // What `read(connection)` gives on one consistent view.
  template <class Reading>
  auto Read(Reading read) const -> decltype(read(std::declval<SqliteConnection&>()));

  std::mutex writer_mutex_;
  std::unique_ptr<SqliteConnection> writer_;  // guarded by writer_mutex_
  std::unique_ptr<SqliteReaderPool> readers_;
};

}  // namespace homeward
