#include "server/store/operating_point_table.h"

#include <limits>

namespace homeward {
namespace {

std::optional<MeasuredRate> NextRate(SqliteStatement& row) {
  const auto rate = row.Next<std::optional<double>>();
  const auto low = row.Next<std::optional<double>>();
  const auto high = row.Next<std::optional<double>>();
  const auto searches = row.Next<std::optional<std::int64_t>>();
  if (!rate || !low || !high || !searches) return std::nullopt;
  return MeasuredRate{*rate, *low, *high, *searches};
}

// Without the sequence, which comes first.
Result<OperatingPointEntry> ReadEntry(SqliteStatement& row) {
  OperatingPointEntry entry;
  row.Read(entry.point.name);
  row.Read(entry.point.space_id);
  row.Read(entry.point.threshold);
  row.Read(entry.point.fpir);
  row.Read(entry.point.chance);
  row.Read(entry.point.gallery_size);
  row.Read(entry.point.data);
  row.Read(entry.point.measured_on);
  row.Read(entry.set_sha256);
  entry.false_alarms = NextRate(row);
  entry.misses = NextRate(row);
  row.Read(entry.creator);
  row.Read(entry.created);
  return entry;
}

Result<SequencedOperatingPoint> ReadSequenced(SqliteStatement& row) {
  const auto sequence = row.Next<std::int64_t>();
  auto entry = ReadEntry(row);
  if (!entry) return std::unexpected(entry.error());
  return SequencedOperatingPoint{sequence, *std::move(entry)};
}

Result<Activation> ReadActivation(SqliteStatement& row) {
  Activation activation;
  row.Read(activation.point);
  row.Read(activation.space_id);
  row.Read(activation.at);
  row.Read(activation.caller);
  row.Read(activation.purpose);
  return activation;
}

}  // namespace

Result<std::optional<OperatingPointEntry>> OperatingPointTable::Find(
    const std::string& name) const {
  SqliteStatement statement = connection_.Prepare(
      "SELECT name, space_id, threshold, fpir, chance, gallery_size, data, measured_on, "
      "set_sha256, false_alarm_rate, false_alarm_low, false_alarm_high, non_mated_searches, "
      "miss_rate, miss_low, miss_high, mated_searches, creator, created "
      "FROM operating_points WHERE name = ?");
  return ReadOne(statement.Bind(name), ReadEntry);
}

Result<std::vector<SequencedOperatingPoint>> OperatingPointTable::List(const Page& page) const {
  SqliteStatement statement = connection_.Prepare(
      "SELECT sequence, name, space_id, threshold, fpir, chance, gallery_size, data, measured_on, "
      "set_sha256, false_alarm_rate, false_alarm_low, false_alarm_high, non_mated_searches, "
      "miss_rate, miss_low, miss_high, mated_searches, creator, created "
      "FROM operating_points WHERE sequence < ? ORDER BY sequence DESC LIMIT ?");
  const std::int64_t before =
      page.before == 0 ? std::numeric_limits<std::int64_t>::max() : page.before;
  return ReadAll(statement.Bind(before, page.size), ReadSequenced);
}

Result<void> OperatingPointTable::Add(const OperatingPointEntry& entry) {
  const OperatingPoint& point = entry.point;
  // Four parameters, NULL where nothing was measured.
  const auto bind = [](SqliteStatement& statement, const std::optional<MeasuredRate>& measured) {
    if (measured) {
      statement.Bind(measured->rate, measured->low, measured->high, measured->searches);
    } else {
      statement.Bind(std::nullopt, std::nullopt, std::nullopt, std::nullopt);
    }
  };
  SqliteStatement statement = connection_.Prepare(
      "INSERT INTO operating_points (name, space_id, threshold, fpir, chance, gallery_size, data, "
      "measured_on, set_sha256, false_alarm_rate, false_alarm_low, false_alarm_high, "
      "non_mated_searches, miss_rate, miss_low, miss_high, mated_searches, creator, created) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (name) DO NOTHING");
  statement.Bind(point.name, point.space_id, point.threshold, point.fpir, point.chance,
                 point.gallery_size, point.data, point.measured_on, entry.set_sha256);
  bind(statement, entry.false_alarms);
  bind(statement, entry.misses);
  statement.Bind(entry.creator, entry.created);
  auto added = statement.Run();
  if (added && connection_.changed_rows() == 0) {
    return Fail(Reason::kOperatingPointExists,
                "An operating point has this name, and none is ever changed: choose another name.",
                {{"name", point.name}});
  }
  return added;
}

Result<std::vector<Activation>> OperatingPointTable::ListActivations(const std::string& point,
                                                                     int most) const {
  SqliteStatement statement = connection_.Prepare(
      "SELECT point, space_id, activated, caller, purpose FROM activations WHERE point = ? "
      "ORDER BY sequence DESC LIMIT ?");
  return ReadAll(statement.Bind(point, most), ReadActivation);
}

Result<std::optional<Activation>> OperatingPointTable::FindLastActivation() const {
  SqliteStatement statement = connection_.Prepare(
      "SELECT point, space_id, activated, caller, purpose FROM activations "
      "ORDER BY sequence DESC LIMIT 1");
  return ReadOne(statement, ReadActivation);
}

Result<void> OperatingPointTable::AddActivation(const Activation& activation) {
  return connection_.Run(
      "INSERT INTO activations (point, space_id, activated, caller, purpose) "
      "VALUES (?, ?, ?, ?, ?)",
      activation.point, activation.space_id, activation.at, activation.caller, activation.purpose);
}

}  // namespace homeward
