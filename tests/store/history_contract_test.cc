#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "tests/store/random_history.h"
#include "tests/store/store_contract.h"

namespace homeward {
namespace {

// What is open and passes, newest first, by the matcher's own predicates.
std::vector<Record> Passing(const RandomHistory& history, const SearchFilter& filter) {
  std::vector<Record> passing;
  for (auto it = history.records().rbegin(); it != history.records().rend(); ++it) {
    const RecordAttributes attributes = AttributesOf(it->second);
    if (MatchesKind(filter, attributes.kind) && MatchesAttributes(filter, attributes)) {
      passing.push_back(it->second);
    }
  }
  return passing;
}

std::vector<Record> ListInPages(const Store& store, const SearchFilter& filter, int size) {
  std::vector<Record> listed;
  for (Page page{.size = size, .before = 0};; page.before = listed.back().created_change) {
    const auto records = Must(store.ListRecords(filter, page));
    RC_ASSERT(std::ssize(records) <= size);
    listed.insert(listed.end(), records.begin(), records.end());
    if (std::ssize(records) < size) return listed;
  }
}

// The gallery that the changes make, as text by id.
std::map<std::string, std::string> Flatten(const std::vector<GalleryChange>& changes) {
  std::map<std::string, std::string> flat;
  for (const GalleryChange& change : changes) {
    for (const GalleryRecord& record : change.put_records) {
      GalleryChange one;
      one.number = change.number;
      one.put_records.push_back(record);
      flat[record.id.ToString()] = Describe(one);
    }
    for (const GalleryFace& face : change.add_faces) {
      GalleryChange one;
      one.number = change.number;
      one.add_faces.push_back(face);
      flat[face.face.ToString()] = Describe(one);
    }
  }
  return flat;
}

std::vector<GalleryChange> ExpectedChanges(const RandomHistory& history) {
  std::vector<GalleryChange> changes;
  for (const auto& [number, record] : history.records()) {
    changes.emplace_back().number = number;
    changes.back().put_records = {{record.id, number, AttributesOf(record)}};
  }
  for (const PhotoEntry& photo : history.photos()) {
    for (const FaceEntry& face : photo.faces) {
      if (face.templates.empty()) continue;
      changes.emplace_back().number = photo.change;
      changes.back().add_faces = {{photo.record, photo.id, face.id, face.templates, face.shot}};
    }
  }
  return changes;
}

void CheckAgainst(RandomHistory& history, const Store& store) {
  RC_ASSERT(Must(store.LastChange()) == history.last_change());
  const auto size = static_cast<int>(1 + history.random().Below(7));
  const SearchFilter filter = history.random().AnyFilter();
  RC_ASSERT(ListInPages(store, {}, size) == Passing(history, {}));
  RC_ASSERT(ListInPages(store, filter, size) == Passing(history, filter));

  std::map<RecordId, std::string> photos;
  for (const PhotoEntry& photo : history.photos()) photos[photo.record] += Describe(photo);
  for (const auto& [number, record] : history.records()) {
    std::string listed;
    for (const PhotoEntry& photo : Must(store.ListPhotos(record.id))) listed += Describe(photo);
    RC_ASSERT(listed == photos[record.id]);
  }

  const std::vector<GalleryChange> changes = LoadChanges(store);
  RC_ASSERT(Flatten(changes) == Flatten(ExpectedChanges(history)));
  RC_ASSERT(std::ranges::is_sorted(changes, std::ranges::less_equal{}, &GalleryChange::number));
  RC_ASSERT(changes.back().number == history.last_change());

  const Coverage counted = Must(store.CountCoverage());
  const Coverage expected = history.CountCoverage();
  RC_ASSERT(counted.eligible_pairs == expected.eligible_pairs);
  RC_ASSERT(counted.compared_pairs == expected.compared_pairs);
}

TEST_P(StoreContractTest, AgreesWithAPlainModelAfterAnyHistoryAndRestart) {
  ASSERT_TRUE(rc::check([&](std::uint64_t seed) {
    const auto under_test = GetParam().make();
    RandomHistory history(seed);
    for (std::size_t n = 1 + history.random().Below(40); n > 0; --n) {
      history.MakeChange(under_test->store());
    }
    CheckAgainst(history, under_test->store());
    under_test->Reopen();
    CheckAgainst(history, under_test->store());
  }));
}

}  // namespace
}  // namespace homeward
