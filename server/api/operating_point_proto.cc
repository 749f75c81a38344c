#include "server/api/operating_point_proto.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>

#include "server/api/date_proto.h"
#include "server/records/resource_name.h"
#include "server/records/validation.h"

namespace homeward {
namespace {

v1::MeasuredRate RateProto(const MeasuredRate& measured) {
  v1::MeasuredRate proto;
  proto.set_rate(measured.rate);
  proto.set_low(measured.low);
  proto.set_high(measured.high);
  proto.set_search_count(measured.searches);
  return proto;
}

MeasuredRate RateOf(const v1::MeasuredRate& proto) {
  return {.rate = proto.rate(),
          .low = proto.low(),
          .high = proto.high(),
          .searches = proto.search_count()};
}

// "2026-11-20"; nullopt for what is no whole day.
std::optional<Date> DayOf(const std::string& text) {
  Date date;
  const char* const begin = text.data();
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  std::from_chars(begin, begin + 4, date.year);
  std::from_chars(begin + 5, begin + 7, date.month);
  std::from_chars(begin + 8, begin + 10, date.day);
  if (!IsValid(date) || date.day == 0) return std::nullopt;
  return date;
}

Result<Sha256> DigestOf(const std::string& text) {
  Sha256 digest{};
  bool fits = text.size() == 2 * digest.size();
  for (std::size_t i = 0; fits && i < digest.size(); ++i) {
    const char* const begin = text.data() + 2 * i;
    fits = std::from_chars(begin, begin + 2, digest[i], 16).ptr == begin + 2;
  }
  if (fits) return digest;
  return InvalidField("operating_point.manifest_sha256", "must have 64 hexadecimal digits");
}

}  // namespace

v1::OperatingPoint ToProto(const OperatingPoint& point) {
  v1::OperatingPoint proto;
  proto.set_name(NameOfOperatingPoint(point.name));
  proto.set_threshold(point.threshold);
  proto.set_fpir(point.fpir);
  proto.set_gallery_size(point.gallery_size);
  proto.set_data(point.data);
  proto.set_space(point.space_id);
  proto.set_chance(point.chance);
  if (const auto day = DayOf(point.measured_on)) *proto.mutable_measure_date() = ToProto(*day);
  return proto;
}

v1::OperatingPoint ToProto(const OperatingPointView& view) {
  const OperatingPointEntry& entry = view.entry;
  v1::OperatingPoint proto = ToProto(entry.point);
  if (entry.false_alarms) *proto.mutable_false_alarms() = RateProto(*entry.false_alarms);
  if (entry.misses) *proto.mutable_misses() = RateProto(*entry.misses);
  if (entry.set_sha256) {
    proto.set_manifest_sha256(fmt::format("{:02x}", fmt::join(*entry.set_sha256, "")));
  }
  proto.set_shipped(view.is_shipped);
  proto.set_active(view.is_active);
  if (!view.is_shipped) {
    proto.set_creator(entry.creator);
    *proto.mutable_create_time() = ToProto(entry.created);
  }
  for (const Activation& activation : view.activations) {
    v1::OperatingPointActivation& each = *proto.add_activations();
    *each.mutable_activate_time() = ToProto(activation.at);
    each.set_caller(activation.caller);
    each.set_purpose(activation.purpose);
  }
  return proto;
}

Result<OperatingPointEntry> FromProto(const std::string& id, const v1::OperatingPoint& proto) {
  OperatingPointEntry entry;
  entry.point = {.name = id,
                 .space_id = proto.space(),
                 .threshold = proto.threshold(),
                 .fpir = proto.fpir(),
                 .gallery_size = proto.gallery_size(),
                 .data = proto.data(),
                 .measured_on = "",
                 .chance = proto.chance()};
  if (proto.has_measure_date()) {
    const Date date = FromProto(proto.measure_date());
    if (!IsValid(date) || date.day == 0) {
      return InvalidField("operating_point.measure_date", "must be a day on the calendar");
    }
    entry.point.measured_on = IsoDay(date);
  }
  if (proto.has_false_alarms()) entry.false_alarms = RateOf(proto.false_alarms());
  if (proto.has_misses()) entry.misses = RateOf(proto.misses());
  if (!proto.manifest_sha256().empty()) {
    const auto digest = DigestOf(proto.manifest_sha256());
    if (!digest) return std::unexpected(digest.error());
    entry.set_sha256 = *digest;
  }
  return entry;
}

}  // namespace homeward
