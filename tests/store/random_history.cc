#include "tests/store/random_history.h"

#include <algorithm>
#include <iterator>

#include "tests/store/outcome.h"

namespace homeward {

void RandomHistory::MakeChange(Store& store) {
  const auto work = Must(store.Begin());
  last_change_ = work->change_number();
  const std::size_t choice = records_.empty() ? 0 : random_.Below(10);
  if (choice < 4) {
    AddRecord(*work);
  } else if (choice < 6) {
    AddPhoto(*work, AnyRecord().id);
  } else if (choice < 7) {
    UpdateRecord(*work, AnyRecord());
  } else if (choice < 9 && !photos_.empty()) {
    DeletePhoto(*work);
  } else {
    EraseRecord(*work, AnyRecord().id);
  }
  Must(work->Commit({}));
}

Record& RandomHistory::AnyRecord() {
  return std::next(records_.begin(), static_cast<std::ptrdiff_t>(random_.Below(records_.size())))
      ->second;
}

void RandomHistory::AddRecord(UnitOfWork& work) {
  Record record = random_.AnyRecord();
  Must(work.AddRecord(record));
  record.created_change = last_change_;
  records_[last_change_] = record;
  for (std::size_t n = random_.Below(3); n > 0; --n) AddPhoto(work, record.id);
}

void RandomHistory::AddPhoto(UnitOfWork& work, const RecordId& record) {
  PhotoEntry photo = random_.AnyPhoto(record);
  Must(work.AddPhoto(photo));
  photo.change = last_change_;
  photos_.push_back(photo);
  for (const FaceEntry& face : photo.faces) {
    for (const Template& each : face.templates) {
      if (random_.OneIn(4)) continue;  // not compared at all
      const auto any =
          static_cast<ChangeNumber>(random_.Below(static_cast<std::size_t>(last_change_ + 2)));
      const ChangeNumber through = random_.OneIn(3) ? any : last_change_ - 1;
      Must(work.AddCoverage({face.id, each.space_id, through, 0}));
      compared_through_[{face.id, each.space_id}] = through;
    }
  }
}

void RandomHistory::UpdateRecord(UnitOfWork& work, Record& record) {
  Record changed = random_.AnyRecord();
  if (changed.kind != record.kind) changed.details = record.details;
  changed.id = record.id;
  changed.kind = record.kind;
  changed.created = record.created;
  changed.created_change = record.created_change;
  changed.version = record.version + 1;
  Must(work.UpdateRecord(changed));
  record = changed;
}

void RandomHistory::DeletePhoto(UnitOfWork& work) {
  const auto photo = photos_.begin() + static_cast<std::ptrdiff_t>(random_.Below(photos_.size()));
  Must(work.DeletePhoto(photo->id));
  photos_.erase(photo);
}

void RandomHistory::EraseRecord(UnitOfWork& work, RecordId record) {
  Must(work.EraseRecord(record, {}, ""));
  std::erase_if(photos_, [&](const PhotoEntry& photo) { return photo.record == record; });
  std::erase_if(records_, [&](const auto& entry) { return entry.second.id == record; });
}

struct RandomHistory::LiveTemplate {
  std::string space_id;
  RecordId record;
  RecordKind kind = RecordKind::kStranded;
  ChangeNumber change = 0;
  ChangeNumber compared_through = 0;
};

std::vector<RandomHistory::LiveTemplate> RandomHistory::LiveTemplates() const {
  std::map<RecordId, RecordKind> kinds;
  for (const auto& [created_change, record] : records_) kinds[record.id] = record.kind;
  std::vector<LiveTemplate> live;
  for (const PhotoEntry& photo : photos_) {
    for (const FaceEntry& face : photo.faces) {
      for (const Template& each : face.templates) {
        const auto compared = compared_through_.find({face.id, each.space_id});
        live.push_back({each.space_id, photo.record, kinds.at(photo.record), photo.change,
                        compared == compared_through_.end() ? 0 : compared->second});
      }
    }
  }
  return live;
}

Coverage RandomHistory::CountCoverage() const {
  const std::vector<LiveTemplate> live = LiveTemplates();
  Coverage coverage;
  for (std::size_t later = 0; later < live.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      const LiveTemplate& a = live[earlier];
      const LiveTemplate& b = live[later];
      const bool both_at_risk = a.kind == RecordKind::kAtRisk && b.kind == RecordKind::kAtRisk;
      if (a.space_id != b.space_id || a.record == b.record || both_at_risk) continue;
      ++coverage.eligible_pairs;
      if (b.compared_through >= a.change) ++coverage.compared_pairs;
    }
  }
  return coverage;
}

}  // namespace homeward
