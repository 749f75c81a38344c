#include "clients/cli/record_fields.h"

#include <google/protobuf/util/json_util.h>

#include <array>
#include <utility>

#include "clients/cli/argument_values.h"
#include "clients/cli/field_writer.h"
#include "clients/cpp/file_bytes.h"

namespace homeward::client {
namespace {

constexpr int kShortest = 20;
constexpr int kTallest = 260;

// Where a record of a kind keeps where and when the person was found, lost or registered.
struct EventPaths {
  const char* region;
  const char* place;  // "" where this kind has none
  const char* date;
};

EventPaths EventPathsOf(v1::RecordKind kind) {
  if (kind == v1::STRANDED) {
    return {"stranded.found_region_code", "stranded.found_place", "stranded.found_time"};
  }
  if (kind == v1::MISSING) {
    return {"missing.lost_region_code", "missing.lost_place", "missing.lost_date"};
  }
  return {"at_risk.township_region_code", "", "at_risk.registered_date"};
}

UsageResult<void> ReadFromFile(const std::string& path, v1::Record& record) {
  const ClientResult<std::string> json = ReadFile(path);
  if (!json) {
    return std::unexpected(
        UsageError{Message::kErrorFileUnreadable,
                   {{"path", path}, {"cause", json.error().metadata.at("cause")}},
                   ExitCode::kLocalFile});
  }
  const auto status = google::protobuf::util::JsonStringToMessage(*json, &record);
  if (status.ok()) return {};
  return std::unexpected(UsageError{
      Message::kUsageFromInvalid,
      {{"path", path}, {"cause", std::string(status.message().data(), status.message().size())}}});
}

void WriteTexts(const Arguments& arguments, FieldWriter& writer) {
  const std::array<std::pair<const std::optional<std::string>*, const char*>, 4> texts = {{
      {&arguments.name, "person.claimed_name"},
      {&arguments.accent, "person.accent"},
      {&arguments.features, "person.features"},
      {&arguments.source_reference, "source_reference"},
  }};
  for (const auto& [value, path] : texts) {
    if (*value) writer.Text(path, **value);
  }
  for (const std::string& alias : arguments.aliases) writer.Append("person.aliases", alias);
  if (!arguments.units.empty()) writer.Text("unit", arguments.units.back());
}

// An exact age was stated by somebody; a range was judged by looking.
UsageResult<void> WriteBody(const Arguments& arguments, FieldWriter& writer) {
  if (arguments.sex) {
    const auto sex = ParseSex(*arguments.sex);
    if (!sex) return std::unexpected(sex.error());
    writer.Enumerator("person.sex", *sex);
  }
  if (arguments.age) {
    const auto age = ParseAge(*arguments.age);
    if (!age) return std::unexpected(age.error());
    writer.Number("person.age_min", age->min);
    writer.Number("person.age_max", age->max);
    writer.Enumerator("person.age_basis", age->min == age->max ? v1::STATED : v1::ESTIMATED);
  }
  if (arguments.height) {
    const auto height = ParseNumber("--height", *arguments.height, kShortest, kTallest);
    if (!height) return std::unexpected(height.error());
    writer.Number("person.height_cm", *height);
  }
  return {};
}

UsageResult<void> WriteEvent(const Arguments& arguments, v1::RecordKind kind, FieldWriter& writer) {
  const EventPaths paths = EventPathsOf(kind);
  if (!arguments.regions.empty()) writer.Text(paths.region, arguments.regions.back());
  if (arguments.place) {
    if (*paths.place == '\0') return std::unexpected(UsageError{Message::kUsageNoPlace});
    writer.Text(paths.place, *arguments.place);
  }
  if (arguments.date) {
    const auto date = ParseDate(*arguments.date);
    if (!date) return std::unexpected(date.error());
    writer.Date(paths.date, *date);
  }
  return {};
}

}  // namespace

UsageResult<StatedFields> ReadStatedFields(const Arguments& arguments, v1::RecordKind kind) {
  StatedFields fields;
  if (arguments.from_file) {
    const auto read = ReadFromFile(*arguments.from_file, fields.record);
    if (!read) return std::unexpected(read.error());
  }
  FieldWriter writer(fields.record);
  writer.NoteAll();
  WriteTexts(arguments, writer);
  if (const auto body = WriteBody(arguments, writer); !body) return std::unexpected(body.error());
  const auto event = WriteEvent(arguments, kind, writer);
  if (!event) return std::unexpected(event.error());
  fields.paths = writer.paths();
  fields.record.set_kind(kind);
  return fields;
}

UsageResult<v1::SearchFilter> ReadFilter(const Arguments& arguments) {
  v1::SearchFilter filter;
  for (const std::string& text : arguments.kinds) {
    const auto kind = ParseKind(text);
    if (!kind) return std::unexpected(kind.error());
    filter.add_kinds(*kind);
  }
  for (const std::string& region : arguments.regions) filter.add_region_codes(region);
  for (const std::string& unit : arguments.units) filter.add_units(unit);
  if (arguments.sex) {
    const auto sex = ParseSex(*arguments.sex);
    if (!sex) return std::unexpected(sex.error());
    filter.set_sex(*sex);
  }
  if (arguments.age) {
    const auto age = ParseAge(*arguments.age);
    if (!age) return std::unexpected(age.error());
    filter.set_age_min(age->min);
    filter.set_age_max(age->max);
  }
  for (const auto& [text, date] :
       {std::pair{&arguments.date_from, &v1::SearchFilter::mutable_event_date_min},
        std::pair{&arguments.date_to, &v1::SearchFilter::mutable_event_date_max}}) {
    if (!*text) continue;
    const auto day = ParseDate(**text);
    if (!day) return std::unexpected(day.error());
    *(filter.*date)() = *day;
  }
  return filter;
}

}  // namespace homeward::client
