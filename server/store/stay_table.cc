#include "server/store/stay_table.h"

#include <algorithm>

namespace homeward {

Result<std::vector<RecordId>> StayTable::List(const RecordId& id) const {
  SqliteStatement statement = connection_.Prepare(
      "SELECT id FROM records WHERE id IN (SELECT other FROM linked_stays WHERE one = ?1 UNION ALL "
      "SELECT one FROM linked_stays WHERE other = ?1) ORDER BY created_change");
  return ReadColumn<RecordId>(statement.Bind(id));
}

Result<void> StayTable::Link(const RecordId& one, const RecordId& other, Time at) {
  const auto linked = connection_.Run(
      "INSERT INTO linked_stays (one, other, linked) VALUES (?, ?, ?) "
      "ON CONFLICT (one, other) DO NOTHING",
      std::min(one, other), std::max(one, other), at);
  if (linked && connection_.changed_rows() == 0) {
    return Fail(Reason::kAlreadyLinked, "The two stays are linked already.");
  }
  return linked;
}

Result<void> StayTable::Unlink(const RecordId& one, const RecordId& other) {
  const auto unlinked = connection_.Run("DELETE FROM linked_stays WHERE one = ? AND other = ?",
                                        std::min(one, other), std::max(one, other));
  if (unlinked && connection_.changed_rows() == 0) {
    return Fail(Reason::kNotLinked, "The two stays are not linked.");
  }
  return unlinked;
}

Result<void> StayTable::UnlinkAll(const RecordId& id) {
  return connection_.Run("DELETE FROM linked_stays WHERE one = ?1 OR other = ?1", id);
}

}  // namespace homeward
