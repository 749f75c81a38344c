#include "matcher/open_space.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "matcher/template.h"

namespace homeward {

OpenSpace::OpenSpace(MeasuredSpace space, std::unique_ptr<FaceIndex> index)
    : space_(std::move(space)), index_(std::move(index)) {
  if (space_.yardstick) spreads_.emplace(space_.yardstick->cohort);
}

void OpenSpace::AppendRecord(RecordKind kind) {
  persons_.push_back({.kind = kind, .faces = {}, .counted = {}, .placed = {}});
  templates_of_record_.Append(0);
  person_of_record_.Append(kNoSlot);
}

void OpenSpace::SetKind(std::uint32_t row, RecordKind kind) {
  if (std::exchange(persons_[row].kind, kind) != kind) touched_.push_back(row);
}

Slot OpenSpace::AddFace(std::uint32_t row, std::span<const float> vector, std::int32_t shot,
                        const SlotOwner& owner) {
  const Slot slot = Append(row, vector, owner);
  Person& person = persons_[row];
  person.faces.push_back({slot, shot});
  CountShots(person);
  ++templates_of_record_.Edit(row);
  touched_.push_back(row);
  return slot;
}

void OpenSpace::RemoveFace(std::uint32_t row, Slot slot) {
  Person& person = persons_[row];
  std::erase_if(person.faces, [&](const PersonFace& face) { return face.slot == slot; });
  CountShots(person);
  --templates_of_record_.Edit(row);
  removed_.push_back(slot);
  touched_.push_back(row);
}

Slot OpenSpace::Append(std::uint32_t row, std::span<const float> vector, const SlotOwner& owner) {
  const Slot slot = index_->Add(vector).value();
  record_of_slot_.Append(row);
  owner_of_slot_.Append(owner);
  is_person_.Append(0);
  return slot;
}

void OpenSpace::CountShots(Person& person) {
  std::vector<Slot> counted;
  std::unordered_set<std::int32_t> seen;
  for (const PersonFace& face : person.faces) {
    const bool is_counted = face.shot == 0 || seen.insert(face.shot).second;
    if (is_counted) counted.push_back(face.slot);
    const auto slot = static_cast<std::size_t>(face.slot);
    if (owner_of_slot_[slot].is_counted != is_counted) {
      owner_of_slot_.Edit(slot).is_counted = is_counted;
    }
  }
  if (counted == person.counted) return;
  person.counted = std::move(counted);
  person.has_other_shots = true;
}

// The slot of the template that stands for the row's person.
Slot OpenSpace::MakeTemplate(const FaceIndexSnapshot& faces, std::uint32_t row,
                             ChangeNumber change) {
  const std::vector<Slot>& slots = persons_[row].counted;
  if (slots.empty()) return kNoSlot;
  if (slots.size() == 1 && IsNewcomer(row, slots.front(), change)) return slots.front();
  std::vector<std::vector<float>> vectors;
  for (const Slot slot : slots) {
    const auto vector = faces.vector(slot);
    vectors.emplace_back(vector.begin(), vector.end());
  }
  return Append(row, MeanTemplate(space(), vectors).value().vector,
                {.photo = {}, .face = {}, .committed = change, .is_counted = false});
}

// Whether the face can stand for its person as it is. One that stood beside others before cannot:
// whoever looks for what was committed since must see that the person is another now.
bool OpenSpace::IsNewcomer(std::uint32_t row, Slot face, ChangeNumber change) const {
  return person_of_record_[row] == kNoSlot ||
         owner_of_slot_[static_cast<std::size_t>(face)].committed == change;
}

void OpenSpace::Renew(const FaceIndexSnapshot& faces, std::uint32_t row, ChangeNumber change) {
  if (!std::exchange(persons_[row].has_other_shots, false)) return;
  const Slot before = person_of_record_[row];
  if (before != kNoSlot) {
    is_person_.Edit(static_cast<std::size_t>(before)) = 0;
    if (!owner_of_slot_[static_cast<std::size_t>(before)].is_counted) removed_.push_back(before);
  }
  const Slot now = MakeTemplate(faces, row, change);
  if (now != kNoSlot) is_person_.Edit(static_cast<std::size_t>(now)) = 1;
  person_of_record_.Edit(row) = now;
}

void OpenSpace::MeasureSpreads(const Recall& recall) {
  std::vector<PartitionedSlot> left;
  std::vector<PartitionedSlot> joined;
  std::vector<std::uint32_t> rows;  // of who joined
  for (const std::uint32_t row : touched_) {
    Person& person = persons_[row];
    std::optional<PartitionedSlot> place;
    if (person_of_record_[row] != kNoSlot) {
      place = {person_of_record_[row], static_cast<std::size_t>(person.kind)};
    }
    if (place == person.placed) continue;
    if (person.placed) left.push_back(*person.placed);
    if (place) {
      joined.push_back(*place);
      rows.push_back(row);
    }
    person.placed = place;
  }
  const auto faces = index_->Pin();
  if (recall && !has_spreads_) {
    spreads_->Recall(*faces, joined, recall(*faces, rows, joined));
  } else {
    spreads_->Update(*faces, left, joined);
  }
  has_spreads_ = has_spreads_ || !joined.empty();
}

std::optional<KeptSpreads> OpenSpace::KeepSpreads() {
  if (!spreads_) return std::nullopt;
  return spreads_->Keep();
}

GallerySpace OpenSpace::Freeze(ChangeNumber change, const Recall& recall) {
  const auto faces = index_->Pin();
  for (const std::uint32_t row : touched_) Renew(*faces, row, change);
  if (spreads_) MeasureSpreads(recall);
  touched_.clear();
  index_->Remove(std::exchange(removed_, {}));
  return {.space = space_.space,
          .yardstick = space_.yardstick,
          .index = index_->Pin(),
          .record_of_slot = record_of_slot_.Freeze(),
          .owner_of_slot = owner_of_slot_.Freeze(),
          .is_person = is_person_.Freeze(),
          .spread_of_slot = spreads_ ? spreads_->Freeze() : FrozenTable<Spread>(),
          .templates_of_record = templates_of_record_.Freeze(),
          .person_of_record = person_of_record_.Freeze()};
}

}  // namespace homeward
