// One write transaction on the store's one writing connection.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "server/store/sqlite_connection.h"
#include "server/store/store.h"

namespace homeward {

// After a write that failed for the store's own reasons (not the caller's) nothing can be
// committed.
class SqliteUnitOfWork final : public UnitOfWork {
 public:
  // `writer` is what `lock` guards; both are held until the unit of work is destroyed.
  static Result<std::unique_ptr<UnitOfWork>> Begin(std::unique_lock<std::mutex> lock,
                                                   SqliteConnection& writer);

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

  ChangeNumber change_number() const override { return change_number_; }
  Result<void> AddRecord(const Record& record) override;
  Result<void> UpdateRecord(const Record& record) override;
  Result<std::vector<PhotoId>> EraseRecord(const RecordId& id, Time at,
                                           const std::string& reason) override;
  Result<void> AddPhoto(const PhotoEntry& photo) override;
  Result<void> AddTemplate(const FaceId& face, const Template& face_template) override;
  Result<void> DeletePhoto(const PhotoId& id) override;
  Result<void> LinkStays(const RecordId& one, const RecordId& other, Time at) override;
  Result<void> UnlinkStays(const RecordId& one, const RecordId& other) override;
  Result<void> AddSearch(const SearchEntry& search) override;
  Result<void> AddCoverage(const CoverageEntry& coverage) override;
  Result<void> RememberRequest(const RequestEntry& request) override;
  Result<void> AddOperatingPoint(const OperatingPointEntry& entry) override;
  Result<void> AddActivation(const Activation& activation) override;
  Result<void> Commit(const AuditEvent& event) override;

 private:
  SqliteUnitOfWork(std::unique_lock<std::mutex> lock, SqliteConnection& writer)
      : lock_(std::move(lock)), writer_(writer), transaction_(writer) {}
  Result<void> Start();
  enum class Searchable : bool { kStays, kChanges };
  // What `write()` gives, unless this unit of work has ended or failed.
  template <class Writing>
  auto Write(Searchable searchable, Writing write) -> decltype(write());

  std::unique_lock<std::mutex> lock_;  // given up last
  SqliteConnection& writer_;
  SqliteTransaction transaction_;
  ChangeNumber change_number_ = 0;
  bool changes_searchable_ = false;
  std::optional<Error> ended_;  // why nothing can be written any more
};

}  // namespace homeward
