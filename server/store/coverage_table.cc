#include "server/store/coverage_table.h"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "matcher/search_filter.h"

namespace homeward {
namespace {

// A live template, with the change through which its face was compared.
struct LiveTemplate {
  ChangeNumber record = 0;  // its created_change
  RecordKind kind = RecordKind::kStranded;
  ChangeNumber change = 0;
  ChangeNumber compared_through = 0;
};

Result<std::pair<std::string, LiveTemplate>> ReadLiveTemplate(SqliteStatement& row) {
  std::pair<std::string, LiveTemplate> read;
  row.Read(read.first);
  row.Read(read.second.record);
  row.Read(read.second.kind);
  row.Read(read.second.change);
  row.Read(read.second.compared_through);
  return read;
}

// The templates of one space that came so far. Their changes only ever grow.
class EarlierTemplates {
 public:
  // How many of other records and eligible kinds came up to `change`.
  std::int64_t CountEligible(const LiveTemplate& later, ChangeNumber change) const {
    std::int64_t count = 0;
    for (const RecordKind kind : EligibleKinds(later.kind)) {
      count += CountUpTo(of_kind_, kind, change);
      if (kind == later.kind) count -= CountUpTo(of_record_, later.record, change);
    }
    return count;
  }
  void Add(const LiveTemplate& added) {
    of_kind_[added.kind].push_back(added.change);
    of_record_[added.record].push_back(added.change);
  }

 private:
  template <class Map, class Key>
  static std::int64_t CountUpTo(const Map& map, const Key& key, ChangeNumber change) {
    const auto found = map.find(key);
    if (found == map.end()) return 0;
    return std::ranges::upper_bound(found->second, change) - found->second.begin();
  }

  std::map<RecordKind, std::vector<ChangeNumber>> of_kind_;
  std::unordered_map<ChangeNumber, std::vector<ChangeNumber>> of_record_;
};

}  // namespace

Result<void> CoverageTable::Add(const CoverageEntry& coverage) {
  const auto added = connection_.Run(
      "INSERT INTO coverage (template, compared_through, compared_faces) "
      "SELECT t.sequence, ?3, ?4 FROM templates AS t JOIN faces AS f ON f.sequence = t.face "
      "WHERE f.id = ?1 AND t.space_id = ?2",
      coverage.face, coverage.space_id, coverage.compared_through, coverage.compared_faces);
  if (added && connection_.changed_rows() == 0) {
    return Fail(Reason::kInternal, "Coverage of a face that has no template in the space.");
  }
  return added;
}

Result<Coverage> CoverageTable::Count() const {
  SqliteStatement statement = connection_.Prepare(
      "SELECT t.space_id, p.record, r.kind, coalesce(t.change, p.change), "
      "coalesce(c.compared_through, 0) "
      "FROM templates AS t JOIN faces AS f ON f.sequence = t.face "
      "JOIN photos AS p ON p.sequence = f.photo JOIN records AS r ON r.created_change = p.record "
      "LEFT JOIN coverage AS c ON c.template = t.sequence ORDER BY t.sequence");
  std::map<std::string, EarlierTemplates> spaces;
  Coverage coverage;
  for (;;) {
    const auto has_row = statement.Step();
    if (!has_row) return std::unexpected(has_row.error());
    if (!*has_row) return coverage;
    const auto live = ReadLiveTemplate(statement);
    if (!live) return std::unexpected(live.error());
    const auto& [space_id, later] = *live;
    EarlierTemplates& earlier = spaces[space_id];
    coverage.eligible_pairs += earlier.CountEligible(later, later.change);
    coverage.compared_pairs +=
        earlier.CountEligible(later, std::min(later.compared_through, later.change));
    earlier.Add(later);
  }
}

}  // namespace homeward
