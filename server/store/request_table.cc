#include "server/store/request_table.h"

#include <algorithm>

namespace homeward {
namespace {

constexpr std::size_t kIdSize = sizeof(PhotoId::bytes);

std::vector<std::uint8_t> JoinedIds(const std::vector<PhotoId>& ids) {
  std::vector<std::uint8_t> bytes;
  for (const PhotoId& id : ids) bytes.insert(bytes.end(), id.bytes.begin(), id.bytes.end());
  return bytes;
}

std::vector<PhotoId> SplitIds(const std::vector<std::uint8_t>& bytes) {
  std::vector<PhotoId> ids(bytes.size() / kIdSize);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(i * kIdSize), kIdSize,
                ids[i].bytes.begin());
  }
  return ids;
}

Result<RequestEntry> ReadRequest(SqliteStatement& row) {
  RequestEntry request;
  row.Read(request.caller);
  row.Read(request.method);
  row.Read(request.request_id);
  row.Read(request.digest);
  row.Read(request.record);
  const auto photos = row.Next<std::vector<std::uint8_t>>();
  if (photos.size() % kIdSize != 0) {
    return Fail(Reason::kStoreCorrupt, "The database is damaged: a request's photos are no ids.");
  }
  request.photos = SplitIds(photos);
  row.Read(request.search);
  return request;
}

}  // namespace

Result<std::optional<RequestEntry>> RequestTable::Find(const std::string& caller,
                                                       const std::string& request_id) const {
  SqliteStatement statement = connection_.Prepare(
      "SELECT caller, method, request_id, digest, record, photos, search FROM requests "
      "WHERE caller = ? AND request_id = ?");
  return ReadOne(statement.Bind(caller, request_id), ReadRequest);
}

Result<void> RequestTable::Add(const RequestEntry& request) {
  const std::vector<std::uint8_t> photos = JoinedIds(request.photos);
  const auto added = connection_.Run(
      "INSERT INTO requests (caller, method, request_id, digest, record, photos, search) "
      "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (caller, request_id) DO NOTHING",
      request.caller, request.method, request.request_id, request.digest, request.record, photos,
      request.search);
  if (added && connection_.changed_rows() == 0) {
    return Fail(Reason::kRequestIdReused, "This request_id was used before: choose a new one.");
  }
  return added;
}

Result<void> RequestTable::AddAuditEvent(const AuditEvent& event) {
  return connection_.Run(
      "INSERT INTO audit_events (at, caller, method, object, purpose, request_id) "
      "VALUES (?, ?, ?, ?, ?, ?)",
      event.at, event.caller, event.method, event.object, event.purpose, event.request_id);
}

}  // namespace homeward
