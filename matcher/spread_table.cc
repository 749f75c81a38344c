#include "matcher/spread_table.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <thread>
#include <utility>

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

// Calls work(first, size) for parts of 0..count-1 that together are all of it, on all cores.
template <class Work>
void ForEachPart(std::size_t count, const Work& work) {
  const std::size_t parts = (count + kQueriesAtOnce - 1) / kQueriesAtOnce;
  std::atomic<std::size_t> next = 0;
  const auto take = [&] {
    for (std::size_t i = next++; i < parts; i = next++) {
      const std::size_t first = i * kQueriesAtOnce;
      work(first, std::min(kQueriesAtOnce, count - first));
    }
  };
  const std::size_t cores = std::max(1u, std::thread::hardware_concurrency());
  std::vector<std::jthread> helpers;
  while (helpers.size() + 1 < std::min(cores, parts)) helpers.emplace_back(take);
  take();
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
    neighbours_[static_cast<std::size_t>(each.slot)] = nullptr;
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
  if (neighbours_.size() <= index) {
    neighbours_.resize(index + 1);
    squared_radius_.resize(index + 1);
  }
  while (spreads_.size() <= index) spreads_.Append({});
  neighbours_[index] = std::make_unique<Neighbours>();
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
    Neighbours& list = ListOf(slot);
    const auto end = list.slots.begin() + list.count;
    const auto found = std::find(list.slots.begin(), end, static_cast<std::uint32_t>(one.slot));
    if (found == end) continue;
    *found = *(end - 1);
    --list.count;
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
    ListOf(slot).count = 0;
    squared_radius_[static_cast<std::size_t>(slot)] = 0;
  }
}

void SpreadTable::Insert(const FaceIndexSnapshot& faces, Slot slot, const SlotHit& newcomer) {
  Neighbours& list = ListOf(slot);
  if (list.count < kKept) {
    list.slots[list.count++] = static_cast<std::uint32_t>(newcomer.slot);
    return;
  }
  auto hits = HitsOf(faces, slot);
  hits.push_back(newcomer);
  Assign(slot, std::move(hits));
}

void SpreadTable::Assign(Slot slot, std::vector<SlotHit> others) {
  float& squared_radius = squared_radius_[static_cast<std::size_t>(slot)];
  squared_radius = kInfinite;
  if (others.size() > kKept) {
    const auto end = others.begin() + kKept;
    std::ranges::nth_element(others, end, IsNearer);
    others.erase(end, others.end());
    squared_radius =
        std::ranges::max_element(others, {}, &SlotHit::squared_distance)->squared_distance;
  }
  Neighbours& list = ListOf(slot);
  list.count = 0;
  for (const SlotHit& each : others) {
    list.slots[list.count++] = static_cast<std::uint32_t>(each.slot);
  }
}

bool SpreadTable::IsTooShort(Slot slot) const {
  return ListOf(slot).count < kNeeded &&
         squared_radius_[static_cast<std::size_t>(slot)] < kInfinite;
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
      measured[first + i] = SpreadOf(DistancesOf(others[i]), DistancesOf(SquaredOf(synthetic[i])));
    }
  });
  for (std::size_t i = 0; i < slots.size(); ++i) {
    spreads_.Edit(static_cast<std::size_t>(slots[i])) = measured[i];
  }
}

std::vector<SlotHit> SpreadTable::HitsOf(const FaceIndexSnapshot& faces, Slot slot) const {
  const Neighbours& list = ListOf(slot);
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
