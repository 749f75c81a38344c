#include "server/records/probe_facts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>
#include <variant>

#include "server/records/shot.h"

namespace homeward {
namespace {

constexpr int kInfantUntil = 2;            // full years
constexpr int kLongChildhoodGapYears = 3;  // beyond what was measured with a child's own photos
// How many photos of a person were measured to help.
constexpr int kEnoughShots = 5;

struct Flaw {
  QualityFlag flag;
  Advice remedy;
};
// What helps most comes first.
constexpr std::array kFlaws = {
    Flaw{QualityFlag::kAtBorder, Advice::kWholeFace},
    Flaw{QualityFlag::kTooSmall, Advice::kLargerFace},
    Flaw{QualityFlag::kBlurred, Advice::kSharperPhoto},
    Flaw{QualityFlag::kTurned, Advice::kFrontalPhoto},
    Flaw{QualityFlag::kDark, Advice::kBetterLitPhoto},
    Flaw{QualityFlag::kBright, Advice::kBetterLitPhoto},
};

bool AllHave(const std::vector<Quality>& qualities, QualityFlag flag) {
  return !qualities.empty() && std::ranges::all_of(qualities, [&](const Quality& quality) {
    return std::ranges::find(quality.flags, flag) != quality.flags.end();
  });
}

double Mean(const std::vector<Quality>& qualities, float Quality::* measure) {
  double sum = 0;
  for (const Quality& quality : qualities) sum += static_cast<double>(quality.*measure);
  return qualities.empty() ? 0 : sum / static_cast<double>(qualities.size());
}

// When the newest of the photos was taken.
std::optional<Date> NewestDay(const Record& record, std::span<const PhotoEntry> photos) {
  std::optional<Date> newest;
  for (const PhotoEntry& photo : photos) {
    if (photo.capture_date)
      newest = std::max(newest.value_or(*photo.capture_date), *photo.capture_date);
  }
  const auto* missing = std::get_if<MissingDetails>(&record.details);
  if (!newest && missing != nullptr) return missing->last_photo_date;
  return newest;
}

std::optional<PhotoAge> PhotoAgeOf(const Record& record, std::span<const PhotoEntry> photos,
                                   const Date& today) {
  const auto taken_on = NewestDay(record, photos);
  if (!taken_on) return std::nullopt;
  const RecordAttributes attributes = AttributesOf(record);
  return PhotoAge{.years_since = std::max(0, AgeAt(*taken_on, today).min),
                  .age_min = LeastAgeOn(*taken_on, attributes),
                  .age_max = MostAgeOn(*taken_on, attributes)};
}

}  // namespace

ProbeFacts FactsOf(const Face& shown) { return {.qualities = {shown.quality}}; }

ProbeFacts FactsOf(const Record& record, std::span<const PhotoEntry> searched,
                   std::span<const PhotoEntry> known, std::string_view space_id,
                   const Date& today) {
  ProbeFacts facts{.qualities = {},
                   .shots = 0,
                   .taken = PhotoAgeOf(record, searched, today),
                   .age_shown = AgeIn(record, searched)};
  for (const FaceEntry* face : FacesOfShots(searched, space_id)) {
    facts.qualities.push_back(face->face.quality);
  }
  facts.shots = static_cast<int>(FacesOfShots(known, space_id).size());
  return facts;
}

std::vector<OutlookNotice> NoticesFor(const ProbeFacts& facts, const MissCurve& curve) {
  std::vector<OutlookNotice> notices;
  if (!facts.taken || !ShowsChild(*facts.taken, curve)) return notices;
  const PhotoAge& taken = *facts.taken;
  if (*taken.age_max + taken.years_since >= kGrownUp) {
    notices.push_back(OutlookNotice::kChildToAdult);
  } else if (taken.years_since > kLongChildhoodGapYears) {
    notices.push_back(OutlookNotice::kLongChildhoodGap);
  }
  if (*taken.age_max <= kInfantUntil) notices.push_back(OutlookNotice::kInfant);
  return notices;
}

std::vector<Advice> AdviceFor(const ProbeFacts& facts, const MissCurve& curve) {
  std::vector<Advice> advice;
  const auto add = [&](Advice each) {
    const bool is_new = std::ranges::find(advice, each) == advice.end();
    if (is_new && advice.size() < kMostAdvice) advice.push_back(each);
  };
  if (facts.taken) {
    PhotoAge fresh = *facts.taken;
    fresh.years_since = 0;
    if (LeastMissRate(*facts.taken, curve) > LeastMissRate(fresh, curve)) add(Advice::kLaterPhoto);
  }
  for (const Flaw& flaw : kFlaws) {
    if (AllHave(facts.qualities, flaw.flag)) add(flaw.remedy);
  }
  if (facts.shots < kEnoughShots) add(Advice::kMorePhotos);
  return advice;
}

std::optional<Outlook> OutlookOf(const Yardstick* yardstick, const SearchResult& result,
                                 const OperatingPoint& point, const ProbeFacts& facts) {
  if (yardstick == nullptr || !yardstick->miss_curve || !result.probe_spread ||
      result.comparison.compared < 1) {
    return std::nullopt;
  }
  const MissCurve& curve = *yardstick->miss_curve;
  const ProbeOutlook outlook{.spread = *result.probe_spread,
                             .needed_score = ScoreForChance(
                                 ChanceBound(point), result.comparison.compared, yardstick->line),
                             .eye_distance_px = Mean(facts.qualities, &Quality::eye_distance_px),
                             .sharpness = Mean(facts.qualities, &Quality::sharpness),
                             .is_cut_off = AllHave(facts.qualities, QualityFlag::kAtBorder),
                             .taken = facts.taken};
  return Outlook{.expected_miss_rate = ExpectedMissRate(outlook, curve),
                 .notices = NoticesFor(facts, curve),
                 .advice = AdviceFor(facts, curve)};
}

}  // namespace homeward
