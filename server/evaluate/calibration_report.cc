#include "server/evaluate/calibration_report.h"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

namespace homeward {
namespace {

using Json = nlohmann::ordered_json;

void AddRate(Json& json, const std::string& name, const Proportion& rate) {
  if (rate.trials == 0) {
    json[name] = json[name + "_interval"] = nullptr;
    return;
  }
  json[name] = *rate.value();
  json[name + "_interval"] = {*rate.low(), *rate.high()};
}

Json RatesJson(const OperatingRates& rates) {
  Json json;
  json["non_mated"] = rates.false_alarms.trials;
  AddRate(json, "fpir_observed", rates.false_alarms);
  json["mated"] = rates.misses.trials;
  AddRate(json, "fnir", rates.misses);
  return json;
}

Json RatesJson(const BoundRates& rates) {
  Json json;
  json["bound"] = rates.all.threshold;
  json.update(RatesJson(rates.all));
  json["cohorts"] = Json::object();
  for (const auto& [name, cohort] : rates.cohorts) json["cohorts"][name] = RatesJson(cohort);
  return json;
}

// homeward.v1.MeasuredRate; null where nothing was measured.
Json MeasuredJson(const Proportion& rate) {
  if (rate.trials == 0) return nullptr;
  return {{"rate", *rate.value()},
          {"low", *rate.low()},
          {"high", *rate.high()},
          {"search_count", rate.trials}};
}

// homeward.v1.OperatingPoint, as far as a measurement says it.
Json PointJson(const CalibrationOutcome& outcome) {
  const OperatingPoint& point = outcome.point;
  const auto number = [&](std::size_t begin, std::size_t size) {
    int value = 0;
    const char* const first = point.measured_on.data() + begin;
    std::from_chars(first, first + size, value);
    return value;
  };
  Json json;
  json["space"] = point.space_id;
  json["threshold"] = point.threshold;
  json["fpir"] = point.fpir;
  json["chance"] = point.chance;
  json["gallery_size"] = point.gallery_size;
  json["data"] = point.data;
  json["measure_date"] = {{"year", number(0, 4)}, {"month", number(5, 2)}, {"day", number(8, 2)}};
  json["false_alarms"] = MeasuredJson(outcome.after.all.false_alarms);
  json["misses"] = MeasuredJson(outcome.after.all.misses);
  json["manifest_sha256"] = outcome.set_sha256;
  return json;
}

std::string RateWords(const Proportion& rate) {
  if (rate.trials == 0) return "-";
  return fmt::format("{:.4f} ({:.4f} to {:.4f})", *rate.value(), *rate.low(), *rate.high());
}

}  // namespace

std::string CalibrationDocument(const CalibrationOutcome& outcome, const Pipeline& pipeline) {
  Json json;
  json["schema"] = "homeward.calibration/1";
  json["operating_point_id"] = outcome.point.name;
  json["operating_point"] = PointJson(outcome);
  json["decided_by"] = outcome.is_weighed ? "chance" : "distance";
  json["model"] = pipeline.space.model;
  json["models_digest"] = pipeline.models_digest;
  json["options"] = pipeline.options;
  json["before"] = RatesJson(outcome.before);
  json["after"] = RatesJson(outcome.after);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void WriteCalibrationWords(const CalibrationOutcome& outcome, std::ostream& out) {
  const char* const what = outcome.is_weighed ? "chance" : "distance";
  fmt::print(out, "promised: a share of {} of the searches for somebody who is not there\n",
             outcome.point.fpir);
  fmt::print(out, "compared with {} people; {} such searches\n", outcome.point.gallery_size,
             outcome.after.all.false_alarms.trials);
  for (const auto& [name, rates] :
       {std::pair{"before", &outcome.before}, {"after", &outcome.after}}) {
    fmt::print(out, "{}: {} at most {:.5g}: false alarms {}, misses {}\n", name, what,
               rates->all.threshold, RateWords(rates->all.false_alarms),
               RateWords(rates->all.misses));
    for (const auto& [cohort, own] : rates->cohorts) {
      fmt::print(out, "  {}: false alarms {} of {}, misses {} of {}\n", cohort,
                 RateWords(own.false_alarms), own.false_alarms.trials, RateWords(own.misses),
                 own.misses.trials);
    }
  }
  out.flush();
}

}  // namespace homeward
