#include "matcher/fusion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "matcher/decision.h"
#include "tests/testing/gallery_changes.h"
#include "tests/testing/numbered_ids.h"

namespace homeward {
namespace {

Fusion TestFusion() {
  return {.id = "both",
          .space_ids = {TestSpaces()[1].id, TestSpaces()[0].id},
          .line = {.intercept = 2.5,
                   .slope = 0.8,
                   .gallery_exponent = 0.4,
                   .least_gallery = 5,
                   .least_chance = 0,
                   .data = "made up",
                   .measured_on = "2026-11-01"}};
}

struct World {
  Gallery gallery = MakeTestGallery();
  GalleryModel model;

  explicit World(GalleryChanges& changes, int steps = 8) {
    for (int step = 0; step < steps; ++step) Apply(changes.Next(model, 20, 3));
  }
  void Apply(const GalleryChange& change) {
    RC_ASSERT(gallery.Apply(change).has_value());
    model.Apply(change);
  }
};

// Of one person in the spaces of the fusion; where `in_all` is false, perhaps in one of them only.
std::vector<Probe> RandomProbes(GalleryChanges& changes, const GalleryModel& model, bool in_all) {
  std::vector<Probe> probes(2);
  const std::size_t left_out = in_all ? 9 : changes.Below(4);
  for (std::size_t i = 0; i < probes.size(); ++i) {
    const Space& space = TestSpaces()[1 - i];
    for (std::size_t n = 1 + changes.Below(2); n > 0 && i != left_out; --n) {
      probes[i].templates.push_back(changes.RandomTemplate(space));
    }
  }
  if (!model.records.empty() && changes.OneIn(2)) {
    auto record = model.records.begin();
    std::advance(record, changes.Below(model.records.size()));
    for (Probe& probe : probes) probe.self = record->first;
  }
  return probes;
}

RC_GTEST_PROP(FusionTest, SaysOfEachCandidateWhatASearchOfEachSpaceSays, (std::uint64_t seed)) {
  GalleryChanges changes(seed);
  World world(changes);
  const auto probes = RandomProbes(changes, world.model, false);
  const SearchRequest request{
      .filter = changes.RandomFilter(), .max_candidates = *rc::gen::element(1, 5, 20), .after = 0};
  const auto snapshot = world.gallery.Pin();
  const auto fused = SearchFused(*snapshot, probes, request, TestFusion());
  RC_ASSERT(fused.has_value());
  for (std::size_t i = 0; i < probes.size(); ++i) {
    SearchRequest everybody = request;
    everybody.max_candidates = 100'000;
    SearchResult alone;
    if (!probes[i].templates.empty()) alone = Search(*snapshot, probes[i], everybody).value();
    for (const Candidate& each : fused->candidates) {
      const auto placing =
          std::ranges::find(each.placings, TestFusion().space_ids[i], &Placing::space_id);
      const auto own = std::ranges::find(alone.candidates, each.record, &Candidate::record);
      RC_ASSERT((placing == each.placings.end()) == (own == alone.candidates.end()));
      if (placing == each.placings.end()) continue;
      RC_ASSERT(placing->distance == own->distance);
      RC_ASSERT(placing->evidence == own->evidence);
      const auto nearer = std::ranges::count_if(
          alone.candidates, [&](const Candidate& other) { return other.distance < own->distance; });
      const bool is_told = nearer < kSpreadNeighbours + kSpreadLeftOut;
      RC_ASSERT(placing->rank.has_value() == is_told);
      if (is_told) RC_ASSERT(*placing->rank == nearer + 1);
      if (each.placings.front().space_id != placing->space_id) continue;
      RC_ASSERT(each.photo == own->photo && each.face == own->face);
      RC_ASSERT(each.distance == own->distance && each.probe_index == own->probe_index);
    }
  }
}

RC_GTEST_PROP(FusionTest, AddsScoresWhereAllSpacesHaveBothAndElseTakesOneSpacesWord,
              (std::uint64_t seed)) {
  GalleryChanges changes(seed);
  World world(changes);
  const auto probes = RandomProbes(changes, world.model, false);
  const auto fused = SearchFused(*world.gallery.Pin(), probes, {}, TestFusion()).value();
  for (const Candidate& each : fused.candidates) {
    RC_ASSERT(each.evidence.has_value());
    if (each.placings.size() == 1) {
      RC_ASSERT(each.evidence == each.placings.front().evidence);
      continue;
    }
    RC_ASSERT(each.placings.size() == 2U);
    const double score = each.placings[0].evidence->score + each.placings[1].evidence->score;
    RC_ASSERT(each.evidence == EvidenceFor(score, fused.comparison.compared, TestFusion().line));
  }
}

RC_GTEST_PROP(FusionTest, CountsEveryRecordOnceAndThoseComparedInPart, (std::uint64_t seed)) {
  GalleryChanges changes(seed);
  World world(changes);
  const auto probes = RandomProbes(changes, world.model, false);
  const SearchFilter filter = changes.RandomFilter();
  const Comparison account = Account(*world.gallery.Pin(), probes, filter);
  Comparison expected;
  for (const auto& [id, record] : world.model.records) {
    std::set<std::string> spaces;
    auto heading = &Comparison::other_space;
    for (const Probe& probe : probes) {
      if (probe.templates.empty()) continue;
      const auto own = HeadingOf(record, probe, filter);
      if (own == &Comparison::compared) spaces.insert(probe.templates.front().space_id);
      if (heading == &Comparison::other_space) heading = own;
    }
    ++expected.searchable;
    ++(expected.*heading);
    if (heading == &Comparison::compared && spaces.size() < 2) ++expected.in_part;
  }
  expected.templates_compared = account.templates_compared;
  RC_ASSERT(account == expected);
  RC_ASSERT(account.searchable == account.compared + account.own + account.kind_not_searched +
                                      account.filtered + account.other_space +
                                      account.no_usable_face);
  RC_ASSERT(account.templates_compared >= account.compared);
}

RC_GTEST_PROP(FusionTest, TheBeginningOfAListDoesNotDependOnItsLength, (std::uint64_t seed)) {
  GalleryChanges changes(seed);
  World world(changes);
  const auto probes = RandomProbes(changes, world.model, true);
  const auto snapshot = world.gallery.Pin();
  const auto longer =
      SearchFused(*snapshot, probes, {.filter = {}, .max_candidates = 30}, TestFusion()).value();
  const auto shorter =
      SearchFused(*snapshot, probes, {.filter = {}, .max_candidates = 7}, TestFusion()).value();
  RC_ASSERT(shorter.candidates.size() == std::min<std::size_t>(7, longer.candidates.size()));
  for (std::size_t i = 0; i < shorter.candidates.size(); ++i) {
    RC_ASSERT(shorter.candidates[i].record == longer.candidates[i].record);
    RC_ASSERT(shorter.candidates[i].placings == longer.candidates[i].placings);
  }
}

RC_GTEST_PROP(FusionTest, AMergeOfTwoHalvesIsTheWholeSearch, (std::uint64_t seed)) {
  GalleryChanges changes(seed);
  World world(changes);
  const auto probes = RandomProbes(changes, world.model, true);
  const SearchRequest request = RequestInSpace({.filter = {}, .max_candidates = 10});
  const auto early = world.gallery.Pin();
  std::vector<SearchResult> answers;
  for (const Probe& probe : probes) answers.push_back(Search(*early, probe, request).value());
  // Only newcomers, so that all who were there before stand.
  GalleryChange newcomers;
  newcomers.number = world.model.change_number + 1;
  for (int i = 0; i < 6; ++i) {
    const auto record = changes.NewId<RecordId>();
    newcomers.put_records.push_back({record, newcomers.number, changes.RandomAttributes()});
    newcomers.add_faces.push_back(changes.RandomFace(record, changes.NewId<PhotoId>()));
  }
  world.Apply(newcomers);
  const auto late = world.gallery.Pin();
  for (std::size_t i = 0; i < probes.size(); ++i) {
    SearchRequest later = request;
    later.after = answers[i].watermark;
    answers[i] = Merge(*late, probes[i], answers[i], Search(*late, probes[i], later).value(),
                       request.max_candidates);
  }
  const auto merged =
      Fuse(*late, probes, answers, {.filter = {}, .max_candidates = 10}, TestFusion());
  const auto whole =
      SearchFused(*late, probes, {.filter = {}, .max_candidates = 10}, TestFusion()).value();
  RC_ASSERT(merged.comparison == whole.comparison);
  RC_ASSERT(merged.watermark == whole.watermark);
  RC_ASSERT(merged.candidates.size() == whole.candidates.size());
  for (std::size_t i = 0; i < whole.candidates.size(); ++i) {
    RC_ASSERT(merged.candidates[i].record == whole.candidates[i].record);
    RC_ASSERT(merged.candidates[i].evidence == whole.candidates[i].evidence);
    RC_ASSERT(merged.candidates[i].placings == whole.candidates[i].placings);
    RC_ASSERT(merged.candidates[i].photo == whole.candidates[i].photo);
  }
}

RC_GTEST_PROP(FusionTest, ListsByWhatIsToBeExpectedAmongStrangers, (std::uint64_t seed)) {
  GalleryChanges changes(seed);
  World world(changes);
  const auto probes = RandomProbes(changes, world.model, false);
  const auto snapshot = world.gallery.Pin();
  const auto fused = SearchFused(*snapshot, probes, {}, TestFusion()).value();
  std::vector<WeighedCandidate> listed;
  for (const Candidate& each : fused.candidates) {
    const Fusion fusion = TestFusion();
    const ChanceLine& line = LineOf(*snapshot, each, fusion);
    const auto alone = snapshot->FindSpace(each.placings.front().space_id);
    RC_ASSERT(line == (each.placings.size() == 2 ? fusion.line : alone->yardstick->line));
    listed.push_back(
        {each, ExpectedStrangers(each.evidence->score, fused.comparison.compared, line)});
  }
  RC_ASSERT(std::ranges::is_sorted(listed, IsListedBefore));
}

TEST(FusionTest, AProbeWithoutAnyTemplateIsRefused) {
  const Gallery gallery = MakeTestGallery();
  const std::vector<Probe> nothing(2);
  const auto refused = SearchFused(*gallery.Pin(), nothing, {}, TestFusion());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::kModelMismatch);
}

TEST(FusionTest, AProbeOfOneSpaceIsSearchedAsThatSpaceAloneIs) {
  GalleryChanges changes(7);
  World world(changes);
  std::vector<Probe> probes(2);
  probes[1].templates = {changes.RandomTemplate(TestSpaces()[0])};
  const auto snapshot = world.gallery.Pin();
  const auto fused = SearchFused(*snapshot, probes, {}, TestFusion()).value();
  const auto alone = Search(*snapshot, probes[1], {}).value();
  ASSERT_FALSE(alone.candidates.empty());
  ASSERT_GE(fused.candidates.size(), alone.candidates.size());
  EXPECT_EQ(fused.comparison.compared, alone.comparison.compared);
  EXPECT_EQ(fused.comparison.in_part, alone.comparison.compared);
  EXPECT_EQ(fused.comparison.other_space, alone.comparison.other_space);
  EXPECT_FALSE(fused.probe_spread.has_value());
  for (const Candidate& each : alone.candidates) {
    const auto same = std::ranges::find(fused.candidates, each.record, &Candidate::record);
    if (same == fused.candidates.end()) continue;
    EXPECT_EQ(same->evidence, each.evidence);
  }
}

}  // namespace
}  // namespace homeward
