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
// When so many of a partition come or go at once, everybody is looked at anew.
constexpr std::size_t kManyShare = 8;
constexpr std::size_t kNeeded = kSpreadNeighbours + kSpreadLeftOut;

std::vector<Slot> SlotsOf(const SlotFilter& filter) {
  std::vector<Slot> slots;
  for (Slot slot = 0; slot < std::ssize(filter.words) * 64; ++slot) {
    if (filter.Allows(slot)) slots.push_back(slot);
  }
  return slots;
}

// Calls work(i) for every i below `count`, on all cores.
template <class Work>
void ForEach(std::size_t count, const Work& work) {
  std::atomic<std::size_t> next = 0;
  const auto take = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  const std::size_t helpers =
      std::min<std::size_t>(std::max(1u, std::thread::hardware_concurrency()), count / 64 + 1) - 1;
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < helpers; ++i) threads.emplace_back(take);
  take();
}

}  // namespace

SpreadTable::SpreadTable(std::shared_ptr<const Cohort> cohort) : cohort_(std::move(cohort)) {}

void SpreadTable::Update(const FaceIndexSnapshot& faces, std::span<const PartitionedSlot> left,
                         std::span<const PartitionedSlot> joined) {
  std::array<std::size_t, kPartitions> changes{};
  for (const auto& each : left) ++changes[each.partition];
  for (const auto& each : joined) ++changes[each.partition];
  const auto many = [&](std::size_t p) {
    return changes[p] > kNeeded && changes[p] * kManyShare > partitions_[p].size;
  };
  std::array<bool, kPartitions> anew{};
  for (std::size_t p = 0; p < kPartitions; ++p) anew[p] = many(p);
  for (const auto& each : left) {
    Partition& partition = partitions_[each.partition];
    partition.members.Forbid(each.slot);
    --partition.size;
    if (!anew[each.partition]) Leave(faces, each);
    neighbours_[static_cast<std::size_t>(each.slot)] = nullptr;
  }
  for (const auto& each : joined) {
    Partition& partition = partitions_[each.partition];
    MakeRoom(each);
    if (!anew[each.partition]) Join(faces, each);
    partition.members.Allow(each.slot);
    ++partition.size;
  }
  for (std::size_t p = 0; p < kPartitions; ++p) {
    if (anew[p]) FindAll(faces, partitions_[p]);
  }
}

void SpreadTable::MakeRoom(const PartitionedSlot& one) {
  const auto index = static_cast<std::size_t>(one.slot);
  auto& words = partitions_[one.partition].members.words;
  if (words.size() <= index / 64) words.resize(index / 64 + 1);
  if (neighbours_.size() <= index) neighbours_.resize(index + 1);
  while (spreads_.size() <= index) spreads_.Append({});
  neighbours_[index] = std::make_unique<Neighbours>();
}

void SpreadTable::Leave(const FaceIndexSnapshot& faces, const PartitionedSlot& one) {
  const Partition& partition = partitions_[one.partition];
  std::vector<Slot> near;
  faces.Scan(faces.vector(one.slot), partition.members, [&](const SlotHit& hit) {
    if (hit.squared_distance <= ListOf(hit.slot).squared_radius) near.push_back(hit.slot);
  });
  for (const Slot slot : near) {
    Neighbours& list = ListOf(slot);
    const auto end = list.slots.begin() + list.count;
    const auto found = std::find(list.slots.begin(), end, static_cast<std::uint32_t>(one.slot));
    if (found == end) continue;
    *found = *(end - 1);
    --list.count;
    if (list.count < kNeeded && list.squared_radius < kInfinite) Find(faces, partition, slot);
    spreads_.Edit(static_cast<std::size_t>(slot)) = Measure(faces, slot);
  }
}

void SpreadTable::Join(const FaceIndexSnapshot& faces, const PartitionedSlot& one) {
  const Partition& partition = partitions_[one.partition];
  std::vector<SlotHit> others;
  others.reserve(partition.size);
  faces.Scan(faces.vector(one.slot), partition.members,
             [&](const SlotHit& hit) { others.push_back(hit); });
  for (const SlotHit& other : others) {
    if (other.squared_distance >= ListOf(other.slot).squared_radius) continue;
    Insert(faces, other.slot, {one.slot, other.squared_distance});
    spreads_.Edit(static_cast<std::size_t>(other.slot)) = Measure(faces, other.slot);
  }
  Start(faces, one.slot, std::move(others));
  spreads_.Edit(static_cast<std::size_t>(one.slot)) = Measure(faces, one.slot);
}

void SpreadTable::FindAll(const FaceIndexSnapshot& faces, const Partition& partition) {
  const std::vector<Slot> slots = SlotsOf(partition.members);
  std::vector<Spread> measured(slots.size());
  ForEach(slots.size(), [&](std::size_t i) {
    Find(faces, partition, slots[i]);
    measured[i] = Measure(faces, slots[i]);
  });
  for (std::size_t i = 0; i < slots.size(); ++i) {
    spreads_.Edit(static_cast<std::size_t>(slots[i])) = measured[i];
  }
}

void SpreadTable::Find(const FaceIndexSnapshot& faces, const Partition& partition, Slot slot) {
  constexpr int kOthersAndItself = static_cast<int>(kKept) + 2;
  auto hits = faces.Search(faces.vector(slot), kOthersAndItself, partition.members);
  std::erase_if(hits, [&](const SlotHit& hit) { return hit.slot == slot; });
  Start(faces, slot, std::move(hits));
}

void SpreadTable::Start(const FaceIndexSnapshot& faces, Slot slot, std::vector<SlotHit> others) {
  Neighbours& list = ListOf(slot);
  list.nearest_synthetic = cohort_->NearestDistances(faces.vector(slot)).front();
  Assign(list, std::move(others));
}

void SpreadTable::Insert(const FaceIndexSnapshot& faces, Slot slot, const SlotHit& newcomer) {
  Neighbours& list = ListOf(slot);
  if (list.count < kKept) {
    list.slots[list.count++] = static_cast<std::uint32_t>(newcomer.slot);
    return;
  }
  auto hits = HitsOf(faces, slot);
  hits.push_back(newcomer);
  Assign(list, std::move(hits));
}

void SpreadTable::Assign(Neighbours& list, std::vector<SlotHit> others) {
  list.squared_radius = kInfinite;
  if (others.size() > kKept) {
    const auto end = others.begin() + kKept;
    std::ranges::nth_element(others, end, IsNearer);
    others.erase(end, others.end());
    list.squared_radius =
        std::ranges::max_element(others, {}, &SlotHit::squared_distance)->squared_distance;
  }
  list.count = 0;
  for (const SlotHit& each : others) {
    list.slots[list.count++] = static_cast<std::uint32_t>(each.slot);
  }
}

std::vector<SlotHit> SpreadTable::HitsOf(const FaceIndexSnapshot& faces, Slot slot) const {
  const Neighbours& list = ListOf(slot);
  const auto query = faces.vector(slot);
  std::vector<SlotHit> hits;
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

Spread SpreadTable::Measure(const FaceIndexSnapshot& faces, Slot slot) const {
  std::vector<double> others;
  for (const SlotHit& hit : HitsOf(faces, slot)) {
    others.push_back(std::sqrt(static_cast<double>(hit.squared_distance)));
  }
  std::ranges::sort(others);
  // Where a hundred others are nearer than any synthetic face, those need not be asked.
  if (others.size() >= kNeeded && others[kNeeded - 1] <= ListOf(slot).nearest_synthetic) {
    return SpreadOf(others, {});
  }
  return SpreadOf(others, cohort_->NearestDistances(faces.vector(slot)));
}

}  // namespace homeward
