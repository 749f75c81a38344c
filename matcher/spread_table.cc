#include "matcher/spread_table.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "matcher/every_core.h"
#include "matcher/squared_distances.h"

namespace homeward {
namespace {

constexpr float kInfinite = std::numeric_limits<float>::infinity();
// When so many of a partition come or go at once, everybody is looked at anew: a pass for one costs
// about as much as what one of so many adds to a comparison of all with all.
constexpr std::size_t kManyShare = 64;
constexpr std::size_t kNeeded = kSpreadNeighbours + kSpreadLeftOut;

std::vector<Slot> SlotsOf(const SlotFilter& filter) {
  std::vector<Slot> slots;
  for (Slot slot = 0; slot < std::ssize(filter.words) * 64; ++slot) {
    if (filter.Allows(slot)) slots.push_back(slot);
  }
  return slots;
}

std::vector<const float*> VectorsOf(const FaceIndexSnapshot& faces, std::span<const Slot> slots) {
  std::vector<const float*> vectors;
  vectors.reserve(slots.size());
  for (const Slot slot : slots) vectors.push_back(faces.vector(slot).data());
  return vectors;
}

// Ascending.
std::vector<float> SquaredOf(const std::vector<SlotHit>& hits) {
  std::vector<float> squared;
  squared.reserve(hits.size());
  for (const SlotHit& hit : hits) squared.push_back(hit.squared_distance);
  std::ranges::sort(squared);
  return squared;
}

std::vector<double> DistancesOf(const std::vector<float>& squared) {
  std::vector<double> distances;
  distances.reserve(squared.size());
  for (const float each : squared) distances.push_back(std::sqrt(static_cast<double>(each)));
  return distances;
}

template <class Work>
void ForEachPart(std::size_t count, const Work& work) {
  OnEveryCore(count, kQueriesAtOnce, work);
}

}  // namespace

SpreadTable::SpreadTable(std::shared_ptr<const Cohort> cohort) : cohort_(std::move(cohort)) {
  for (Slot i = 0; i < cohort_->size(); ++i) synthetic_.push_back({i, cohort_->vector(i).data()});
}

void SpreadTable::Update(const FaceIndexSnapshot& faces, std::span<const PartitionedSlot> left,
                         std::span<const PartitionedSlot> joined) {
  std::array<std::size_t, kPartitions> changes{};
  for (const auto& each : left) ++changes[each.partition];
  for (const auto& each : joined) ++changes[each.partition];
  std::array<bool, kPartitions> anew{};
  for (std::size_t p = 0; p < kPartitions; ++p) {
    anew[p] = changes[p] > kNeeded && changes[p] * kManyShare > partitions_[p].size;
  }
  Touched touched;
  for (const auto& each : left) {
    Partition& partition = partitions_[each.partition];
    partition.members.Forbid(each.slot);
    --partition.size;
    if (!anew[each.partition]) Leave(faces, each, touched[each.partition]);
    lists_.Edit(static_cast<std::size_t>(each.slot)) = nullptr;
  }
  for (const auto& each : joined) {
    Partition& partition = partitions_[each.partition];
    MakeRoom(each);
    if (!anew[each.partition]) Join(faces, each, touched[each.partition]);
    partition.members.Allow(each.slot);
    ++partition.size;
  }
  for (std::size_t p = 0; p < kPartitions; ++p) {
    if (anew[p]) ForgetAll(partitions_[p], touched[p]);
    Refresh(faces, partitions_[p], std::move(touched[p]));
  }
}

void SpreadTable::MakeRoom(const PartitionedSlot& one) {
  const auto index = static_cast<std::size_t>(one.slot);
  auto& words = partitions_[one.partition].members.words;
  if (words.size() <= index / 64) words.resize(index / 64 + 1);
  if (squared_radius_.size() <= index) squared_radius_.resize(index + 1);
  while (lists_.size() <= index) lists_.Append(nullptr);
  while (spreads_.size() <= index) spreads_.Append({});
}

void SpreadTable::Recall(const FaceIndexSnapshot& faces, std::span<const PartitionedSlot> joined,
                         const SpreadMemory& memory) {
  std::array<std::size_t, kPartitions> anew{};
  std::vector<PartitionedSlot> newcomers;
  for (std::size_t i = 0; i < joined.size(); ++i) {
    const PartitionedSlot& one = joined[i];
    MakeRoom(one);
    if (memory.known[i] != Acquaintance::kKnown) ++anew[one.partition];
    if (memory.known[i] == Acquaintance::kNone) {
      newcomers.push_back(one);
      continue;
    }
    partitions_[one.partition].members.Allow(one.slot);
    ++partitions_[one.partition].size;
  }
  Touched touched = TakeKnown(joined, memory);
  const auto is_new = [&](std::size_t p) {
    return anew[p] > kNeeded && anew[p] * kManyShare > partitions_[p].size;
  };
  for (const PartitionedSlot& one : newcomers) {
    Partition& partition = partitions_[one.partition];
    if (!is_new(one.partition)) Join(faces, one, touched[one.partition]);
    partition.members.Allow(one.slot);
    ++partition.size;
  }
  for (std::size_t p = 0; p < kPartitions; ++p) {
    if (is_new(p)) ForgetAll(partitions_[p], touched[p]);
    Refresh(faces, partitions_[p], std::move(touched[p]));
  }
}

SpreadTable::Touched SpreadTable::TakeKnown(std::span<const PartitionedSlot> joined,
                                            const SpreadMemory& memory) {
  std::vector<std::uint8_t> is_touched(joined.size());
  ForEachPart(joined.size(), [&](std::size_t first, std::size_t size) {
    Strangers strangers;
    for (std::size_t i = first; i < first + size; ++i) {
      is_touched[i] = memory.known[i] == Acquaintance::kCounted;
      if (memory.known[i] != Acquaintance::kKnown) continue;
      is_touched[i] = memory.read(i, strangers);
      Put(joined[i].slot, strangers.nearest);
      spreads_.Edit(static_cast<std::size_t>(joined[i].slot)) = strangers.spread;
    }
  });
  Touched touched;
  for (std::size_t i = 0; i < joined.size(); ++i) {
    if (is_touched[i] != 0) touched[joined[i].partition].push_back(joined[i].slot);
  }
  return touched;
}

KeptSpreads SpreadTable::Keep() {
  KeptSpreads kept;
  for (std::size_t p = 0; p < kPartitions; ++p) {
    for (const Slot slot : SlotsOf(partitions_[p].members)) kept.persons_.push_back({slot, p});
  }
  kept.lists_ = lists_.Freeze();
  kept.spreads_ = spreads_.Freeze();
  return kept;
}

void SpreadTable::Leave(const FaceIndexSnapshot& faces, const PartitionedSlot& one,
                        std::vector<Slot>& touched) {
  std::vector<Slot> near;
  faces.Scan(faces.vector(one.slot), partitions_[one.partition].members, [&](const SlotHit& hit) {
    if (hit.squared_distance <= squared_radius_[static_cast<std::size_t>(hit.slot)]) {
      near.push_back(hit.slot);
    }
  });
  for (const Slot slot : near) {
    NearestList list = ListOf(slot);
    const auto end = list.slots.begin() + list.count;
    const auto found = std::find(list.slots.begin(), end, static_cast<std::uint32_t>(one.slot));
    if (found == end) continue;
    *found = *(end - 1);
    --list.count;
    Put(slot, list);
    touched.push_back(slot);
  }
}

void SpreadTable::Join(const FaceIndexSnapshot& faces, const PartitionedSlot& one,
                       std::vector<Slot>& touched) {
  Shortlist nearest(kKept + 1);
  std::vector<SlotHit> near;
  faces.Scan(faces.vector(one.slot), partitions_[one.partition].members, [&](const SlotHit& hit) {
    if (nearest.Wants(hit.squared_distance)) nearest.Add(hit);
    if (hit.squared_distance < squared_radius_[static_cast<std::size_t>(hit.slot)]) {
      near.push_back(hit);
    }
  });
  for (const SlotHit& other : near) {
    Insert(faces, other.slot, {one.slot, other.squared_distance});
    touched.push_back(other.slot);
  }
  Assign(one.slot, std::move(nearest).Take());
  touched.push_back(one.slot);
}

void SpreadTable::ForgetAll(const Partition& partition, std::vector<Slot>& touched) {
  touched = SlotsOf(partition.members);
  for (const Slot slot : touched) {
    lists_.Edit(static_cast<std::size_t>(slot)) = nullptr;
    squared_radius_[static_cast<std::size_t>(slot)] = 0;
  }
}

void SpreadTable::Insert(const FaceIndexSnapshot& faces, Slot slot, const SlotHit& newcomer) {
  if (ListOf(slot).count < kKept) {
    NearestList list = ListOf(slot);
    list.slots[list.count++] = static_cast<std::uint32_t>(newcomer.slot);
    Put(slot, list);
    return;
  }
  auto hits = HitsOf(faces, slot);
  hits.push_back(newcomer);
  Assign(slot, std::move(hits));
}

void SpreadTable::Assign(Slot slot, std::vector<SlotHit> others) {
  NearestList list;
  list.squared_radius = kInfinite;
  if (others.size() > kKept) {
    const auto end = others.begin() + kKept;
    std::ranges::nth_element(others, end, IsNearer);
    others.erase(end, others.end());
    list.squared_radius =
        std::ranges::max_element(others, {}, &SlotHit::squared_distance)->squared_distance;
  }
  for (const SlotHit& each : others) {
    list.slots[list.count++] = static_cast<std::uint32_t>(each.slot);
  }
  Put(slot, list);
}

void SpreadTable::Put(Slot slot, const NearestList& list) {
  lists_.Edit(static_cast<std::size_t>(slot)) = std::make_shared<const NearestList>(list);
  squared_radius_[static_cast<std::size_t>(slot)] = list.squared_radius;
}

// What a kept state shares is copied now, not by two threads at once.
void SpreadTable::Own(std::span<const Slot> slots) {
  for (const Slot slot : slots) lists_.Edit(static_cast<std::size_t>(slot));
}

bool SpreadTable::IsTooShort(Slot slot) const {
  const auto& list = lists_[static_cast<std::size_t>(slot)];
  return !list || (list->count < kNeeded && list->squared_radius < kInfinite);
}

void SpreadTable::Refresh(const FaceIndexSnapshot& faces, const Partition& partition,
                          std::vector<Slot> touched) {
  std::erase_if(touched, [&](Slot slot) { return !partition.members.Allows(slot); });
  std::ranges::sort(touched);
  touched.erase(std::ranges::unique(touched).begin(), touched.end());
  std::vector<Slot> too_short;
  std::ranges::copy_if(touched, std::back_inserter(too_short),
                       [&](Slot slot) { return IsTooShort(slot); });
  if (!too_short.empty()) FindAnew(faces, partition, too_short);
  Measure(faces, touched);
}

void SpreadTable::FindAnew(const FaceIndexSnapshot& faces, const Partition& partition,
                           std::span<const Slot> slots) {
  Own(slots);
  std::vector<SlotVector> members;
  members.reserve(partition.size);
  for (const Slot slot : SlotsOf(partition.members)) {
    members.push_back({slot, faces.vector(slot).data()});
  }
  if (slots.size() == members.size()) {
    if (const auto outlines = Outlines::Make(members, cohort_->dimension())) {
      return FindAll(*outlines);
    }
  }
  ForEachPart(slots.size(), [&](std::size_t first, std::size_t size) {
    const auto part = slots.subspan(first, size);
    auto found = NearestRows(VectorsOf(faces, part), members, cohort_->dimension(), kKept + 1);
    for (std::size_t i = 0; i < size; ++i) Assign(part[i], std::move(found[i]));
  });
}

void SpreadTable::FindAll(const Outlines& everybody) {
  const auto rows = everybody.rows();
  ForEachPart(rows.size(), [&](std::size_t first, std::size_t size) {
    auto found = NearestOthers(everybody, first, size, kKept + 1);
    for (std::size_t i = 0; i < size; ++i) Assign(rows[first + i].slot, std::move(found[i]));
  });
}

void SpreadTable::Measure(const FaceIndexSnapshot& faces, std::span<const Slot> slots) {
  std::vector<Spread> measured(slots.size());
  std::vector<float> farthest(slots.size());
  ForEachPart(slots.size(), [&](std::size_t first, std::size_t size) {
    const auto part = slots.subspan(first, size);
    std::vector<std::vector<float>> others;
    std::vector<float> limits;
    for (const Slot slot : part) {
      others.push_back(SquaredOf(HitsOf(faces, slot)));
      // Where enough others are nearer than a synthetic face, that one does not count.
      limits.push_back(others.back().size() < kNeeded ? kInfinite : others.back()[kNeeded - 1]);
    }
    const auto synthetic = NearestRows(VectorsOf(faces, part), synthetic_, cohort_->dimension(),
                                       kSpreadNeighbours, limits);
    for (std::size_t i = 0; i < size; ++i) {
      farthest[first + i] = others[i].empty() ? 0 : others[i].back();
      measured[first + i] = SpreadOf(DistancesOf(others[i]), DistancesOf(SquaredOf(synthetic[i])));
    }
  });
  for (std::size_t i = 0; i < slots.size(); ++i) {
    spreads_.Edit(static_cast<std::size_t>(slots[i])) = measured[i];
    Shrink(slots[i], farthest[i]);
  }
}

// Somebody who has left may be who the radius is known by, and must not.
void SpreadTable::Shrink(Slot slot, float farthest) {
  if (ListOf(slot).squared_radius == kInfinite || farthest >= ListOf(slot).squared_radius) return;
  NearestList list = ListOf(slot);
  list.squared_radius = farthest;
  Put(slot, list);
}

std::vector<SlotHit> SpreadTable::HitsOf(const FaceIndexSnapshot& faces, Slot slot) const {
  const NearestList& list = ListOf(slot);
  const auto query = faces.vector(slot);
  std::vector<SlotHit> hits;
  hits.reserve(kKept + 1);
  for (std::uint32_t first = 0; first < list.count; first += kRowsAtOnce) {
    std::array<const float*, kRowsAtOnce> rows;
    std::array<float, kRowsAtOnce> distances;
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
      rows[i] = faces.vector(list.slots[std::min(first + i, list.count - 1)]).data();
    }
    SquaredDistances(query.data(), rows, static_cast<int>(query.size()), distances);
    for (std::uint32_t i = 0; i < rows.size() && first + i < list.count; ++i) {
      hits.push_back({list.slots[first + i], distances[i]});
    }
  }
  return hits;
}

}  // namespace homeward
