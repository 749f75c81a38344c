// Whatever fields are set, the store gives back what it was given: every optional field set or not,
// by chance.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/store/random_values.h"
#include "tests/store/sqlite_store_under_test.h"

namespace homeward {
namespace {

SearchEntry AnySearch(RandomValues& random) {
  SearchEntry search;
  search.id = random.NewId<SearchId>();
  search.caller = random.Text();
  search.purpose = random.Text();
  search.case_reference = random.Text();
  search.origin = static_cast<SearchOrigin>(1 + random.Below(3));
  if (random.OneIn(2)) search.probe_record = random.NewId<RecordId>();
  if (random.OneIn(2)) search.probe_photo = random.NewId<PhotoId>();
  for (std::size_t n = random.Below(4); n > 0; --n) {
    search.criteria.kinds.push_back(static_cast<RecordKind>(1 + random.Below(3)));
    search.criteria.units.push_back(random.Text());
  }
  search.criteria.sex = static_cast<Sex>(random.Below(4));
  if (random.OneIn(2)) search.criteria.age_min = static_cast<int>(random.Below(131));
  if (random.OneIn(2)) search.criteria.age_max = static_cast<int>(random.Below(131));
  if (random.OneIn(2)) search.criteria.event_date_min = random.AnyDate();
  if (random.OneIn(2)) search.criteria.event_date_max = random.AnyDate();
  search.no_candidate = random.OneIn(2);
  for (int rank = 1; rank <= static_cast<int>(random.Below(4)); ++rank) {
    CandidateEntry candidate;
    candidate.rank = rank;
    candidate.record = random.NewId<RecordId>();
    candidate.distance = static_cast<double>(random.Below(1000)) / 7;
    for (std::size_t flag = random.Below(4); flag > 0; --flag) {
      candidate.flags.push_back(static_cast<AttributeFlag>(random.Below(3)));
    }
    candidate.above_operating_point = random.OneIn(2);
    if (random.OneIn(2))
      candidate.evidence =
          Evidence{.score = -0.75, .chance = 0.005, .chance_min = 0, .chance_max = 0.0125};
    for (std::size_t i = random.Below(3); i > 0; --i) {
      Placing placing{.space_id = random.Text(), .distance = 0.25};
      if (random.OneIn(2)) placing.rank = static_cast<int>(1 + random.Below(101));
      if (random.OneIn(2))
        placing.evidence = Evidence{.score = 0, .chance = 0.5, .chance_min = 0.25, .chance_max = 1};
      candidate.placings.push_back(placing);
    }
    search.candidates.push_back(candidate);
  }
  return search;
}

RequestEntry AnyRequest(RandomValues& random) {
  RequestEntry request;
  request.caller = random.Text();
  request.method = random.Text();
  request.request_id = random.Text();
  if (random.OneIn(2)) request.record = random.NewId<RecordId>();
  if (random.OneIn(2)) request.search = random.NewId<SearchId>();
  for (std::size_t n = random.Below(4); n > 0; --n) {
    request.photos.push_back(random.NewId<PhotoId>());
  }
  return request;
}

RC_GTEST_PROP(RoundTripTest, GivesBackWhateverWasStored, (std::uint64_t seed)) {
  RandomValues random(seed);
  SqliteStoreUnderTest database;
  Record record = random.AnyRecord();
  PhotoEntry photo = random.AnyPhoto(record.id);
  const SearchEntry search = AnySearch(random);
  const RequestEntry request = AnyRequest(random);
  {
    const auto work = Must(database.store().Begin());
    Must(work->AddRecord(record));
    Must(work->AddPhoto(photo));
    Must(work->AddSearch(search));
    Must(work->RememberRequest(request));
    Must(work->Commit({}));
  }
  database.Reopen();
  const Store& store = database.store();
  record.created_change = photo.change = 1;
  RC_ASSERT(Must(store.FindRecord(record.id)) == std::optional(record));
  RC_ASSERT(Describe(*Must(store.FindPhoto(photo.id))) == Describe(photo));
  RC_ASSERT(Describe(*Must(store.FindSearch(search.id))) == Describe(search));
  RC_ASSERT(Describe(*Must(store.FindRequest(request.caller, request.request_id))) ==
            Describe(request));
  RC_ASSERT(Must(store.ListSearches(search.case_reference, {})).size() == 1u);
}

RC_GTEST_PROP(RoundTripTest, LeavesNothingBehindOfAnErasedRecord, (std::uint64_t seed)) {
  RandomValues random(seed);
  SqliteStoreUnderTest database;
  const Record record = random.AnyRecord();
  const PhotoEntry photo = random.AnyPhoto(record.id);
  {
    const auto work = Must(database.store().Begin());
    Must(work->AddRecord(record));
    Must(work->AddPhoto(photo));
    Must(work->Commit({}));
  }
  {
    const auto work = Must(database.store().Begin());
    Must(work->EraseRecord(record.id, At(1), "asked"));
    Must(work->Commit({}));
  }
  const auto tombstone = Must(database.store().FindRecord(record.id));
  RC_ASSERT(tombstone.has_value());
  RC_ASSERT(tombstone->state == RecordState::kErased);
  RC_ASSERT(tombstone->person == Person{});
  RC_ASSERT(tombstone->unit.empty());
  RC_ASSERT(tombstone->source_reference.empty());
  RC_ASSERT(!Must(database.store().FindPhoto(photo.id)).has_value());
  for (const GalleryChange& change : LoadChanges(database.store())) {
    RC_ASSERT(change.put_records.empty() && change.add_faces.empty());
  }
}

}  // namespace
}  // namespace homeward
