#include "server/records/enrolment_search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <thread>

#include "server/records/photo_book.h"
#include "tests/testing/enrolment_stories.h"

namespace homeward {
namespace {

using namespace homeward::testing;
using ::testing::ElementsAre;
using ::testing::SizeIs;

std::vector<RecordId> RecordsIn(const SearchResult& result) {
  std::vector<RecordId> records;
  for (const Candidate& each : result.candidates) records.push_back(each.record);
  return records;
}

class EnrolmentSearchTest : public ::testing::Test {
 protected:
  RecordId EnrolReport(int identity, int variation) {
    return Enrol(book_, RecordKind::kMissing, {{identity, variation}}).value().record.record.id;
  }
  EnrolmentSearch Start(int identity, int max_candidates = 20) {
    PhotoEntry photo;
    photo.faces.push_back(
        {.id = {}, .face = {}, .templates = {{SyntheticSpace().id, VectorOf(identity, 0)}}});
    return EnrolmentSearch::Start(book_, RecordId{}, RecordKind::kStranded, {photo}, max_candidates)
        .value();
  }
  // What a search of the whole gallery finds now.
  SearchResult Whole(int identity, int max_candidates) {
    SearchRequest request;
    request.filter.kinds = EligibleKinds(RecordKind::kStranded);
    request.max_candidates = max_candidates;
    const Probe probe{.templates = {{SyntheticSpace().id, VectorOf(identity, 0)}}, .self = {}};
    return Search(*book_.gallery().Pin(), probe, request).value();
  }

  CasebookFolder folder_;
  Casebook& book_ = folder_.book();
};

TEST_F(EnrolmentSearchTest, FindsWhoWasStoredSinceItStarted) {
  const RecordId before = EnrolReport(1, 2);
  const auto search = Start(1);
  const RecordId since = EnrolReport(1, 0);
  const auto result = search.Finish(book_).value().result;
  EXPECT_THAT(RecordsIn(result), ElementsAre(since, before));
  EXPECT_EQ(result.comparison.compared, 2);
  EXPECT_EQ(result.watermark, book_.store().LastChange().value());
}

TEST_F(EnrolmentSearchTest, GivesThePlaceOfAnErasedHitToWhoComesNext) {
  const RecordId nearest = EnrolReport(1, 0);
  const RecordId next = EnrolReport(1, 2);
  const auto search = Start(1, 1);
  Erase(book_, nearest).value();
  const auto result = search.Finish(book_).value().result;
  EXPECT_THAT(RecordsIn(result), ElementsAre(next));
  EXPECT_EQ(result.comparison.searchable, 1);
}

TEST_F(EnrolmentSearchTest, FallsBackToAnotherPhotoOfTheRecordWhoseHitWasErased) {
  const auto report = Enrol(book_, RecordKind::kMissing, {{1, 0}, {1, 2}}).value();
  const RecordId id = report.record.record.id;
  const auto search = Start(1);
  DeletePhoto(book_, IntentFor("DeletePhoto"), {id, report.photos[0].id}).value();
  const auto result = search.Finish(book_).value().result;
  ASSERT_THAT(RecordsIn(result), ElementsAre(id));
  EXPECT_EQ(result.candidates[0].photo, report.photos[1].id);
}

TEST_F(EnrolmentSearchTest, EqualsOneSearchOfTheNewestGalleryWhateverHappensInBetween) {
  for (const unsigned seed : {1U, 2U, 3U}) {
    std::mt19937 random(seed);
    std::vector<RecordId> reports;
    for (int i = 0; i < 4; ++i) reports.push_back(EnrolReport(1, static_cast<int>(random() % 512)));
    const auto search = Start(1, 3);
    for (int i = 0; i < 4; ++i) {
      if (random() % 2 == 0 && !reports.empty()) {
        Erase(book_, reports.back()).value();
        reports.pop_back();
      } else {
        reports.push_back(EnrolReport(1, static_cast<int>(random() % 512)));
      }
    }
    const auto result = search.Finish(book_).value().result;
    const auto whole = Whole(1, 3);
    EXPECT_EQ(RecordsIn(result), RecordsIn(whole)) << seed;
    EXPECT_EQ(result.comparison, whole.comparison) << seed;
  }
}

// The pairs that searches told of, as sets of two records.
using Pairs = std::set<std::set<RecordId>>;

Pairs PairsOf(const std::vector<Enrolment>& enrolments) {
  Pairs pairs;
  for (const Enrolment& each : enrolments) {
    for (const RecordId& other : RecordsOf(*each.search)) {
      pairs.insert({each.record.record.id, other});
    }
  }
  return pairs;
}

TEST_F(EnrolmentSearchTest, YieldsTheSamePairInEitherOrder) {
  for (const bool report_first : {true, false}) {
    CasebookFolder folder;
    std::vector<RecordKind> kinds{RecordKind::kMissing, RecordKind::kStranded};
    if (!report_first) std::ranges::reverse(kinds);
    std::vector<Enrolment> enrolments;
    for (const RecordKind kind : kinds) {
      enrolments.push_back(Enrol(folder.book(), kind, {{1, static_cast<int>(kind)}}).value());
    }
    EXPECT_THAT(PairsOf(enrolments), SizeIs(1));
    EXPECT_THAT(enrolments[1].search->candidates, SizeIs(1));
    const auto coverage = folder.book().store().CountCoverage().value();
    EXPECT_EQ(coverage.eligible_pairs, 1);
    EXPECT_EQ(coverage.compared_pairs, 1);
  }
}

TEST_F(EnrolmentSearchTest, YieldsTheSamePairOnceWhenBothComeAtTheSameMoment) {
  for (int round = 0; round < 8; ++round) {
    std::vector<Enrolment> enrolments(2);
    const auto enrol = [&](std::size_t which) {
      const auto kind = which == 0 ? RecordKind::kMissing : RecordKind::kStranded;
      enrolments[which] = Enrol(book_, kind, {{round, static_cast<int>(which)}}).value();
    };
    std::thread one(enrol, 0);
    std::thread other(enrol, 1);
    one.join();
    other.join();
    const auto names = [&](std::size_t which) {
      const auto records = RecordsOf(*enrolments[which].search);
      return std::ranges::count(records, enrolments[1 - which].record.record.id);
    };
    EXPECT_EQ(names(0) + names(1), 1) << "round " << round;
  }
  const auto coverage = book_.store().CountCoverage().value();
  EXPECT_EQ(coverage.compared_pairs, coverage.eligible_pairs);
}

// Kinds of records that are compared with each other, told again.
bool AreEligible(RecordKind one, RecordKind other) {
  return one != RecordKind::kAtRisk || other != RecordKind::kAtRisk;
}

// Pairs of live templates of different records of eligible kinds, counted one by one.
std::int64_t CountPairs(const Store& store) {
  struct Live {
    RecordId record;
    RecordKind kind;
  };
  std::vector<Live> live;
  const auto records = store.ListRecords({}, {.size = 10'000}).value();
  for (const Record& record : records) {
    const auto photos = store.ListPhotos(record.id).value();
    for (const PhotoEntry& photo : photos) {
      for (const FaceEntry& face : photo.faces) {
        for (std::size_t i = 0; i < face.templates.size(); ++i) {
          live.push_back({record.id, record.kind});
        }
      }
    }
  }
  std::int64_t pairs = 0;
  for (std::size_t i = 0; i < live.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (live[i].record != live[j].record && AreEligible(live[i].kind, live[j].kind)) ++pairs;
    }
  }
  return pairs;
}

TEST_F(EnrolmentSearchTest, ComparesEachPairOnceUnderConcurrentInserts) {
  std::atomic<std::int64_t> compared{0};
  const auto enrol_some = [&](int thread) {
    for (int i = 0; i < 6; ++i) {
      const auto kind = static_cast<RecordKind>(1 + (thread + i) % 3);
      const auto enrolled = Enrol(book_, kind, {{thread, i}, {100 + i, thread}}).value();
      compared += 2 * enrolled.search->search.comparison.templates_compared;
      if (i % 2 == 0) {
        const auto added = AddPhoto(book_, enrolled.record.record.id, 200, i).value();
        compared += added.search->search.comparison.templates_compared;
      }
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(enrol_some, i);
  for (auto& thread : threads) thread.join();
  const auto coverage = book_.store().CountCoverage().value();
  EXPECT_EQ(coverage.eligible_pairs, CountPairs(book_.store()));
  EXPECT_EQ(coverage.compared_pairs, coverage.eligible_pairs);
  EXPECT_EQ(compared, coverage.eligible_pairs);
}

TEST_F(EnrolmentSearchTest, CoversEveryPairAfterConcurrentInsertsErasuresAndRestarts) {
  for (int round = 0; round < 2; ++round) {
    Casebook& book = folder_.book();
    const auto work = [&](unsigned thread) {
      std::mt19937 random(thread * 100 + static_cast<unsigned>(round));
      std::vector<Enrolment> mine;
      for (int i = 0; i < 8; ++i) {
        const int identity = static_cast<int>(random() % 5);
        const int variation = static_cast<int>(random() % 512);
        if (random() % 3 != 0 || mine.empty()) {
          const auto kind = static_cast<RecordKind>(1 + random() % 3);
          mine.push_back(Enrol(book, kind, {{identity, variation}}).value());
        } else if (random() % 2 == 0) {
          AddPhoto(book, mine.back().record.record.id, identity, variation).value();
        } else if (random() % 2 == 0) {
          const PhotoName name{mine.back().record.record.id, mine.back().photos[0].id};
          DeletePhoto(book, IntentFor("DeletePhoto"), name).value();
          mine.pop_back();
        } else {
          Erase(book, mine.back().record.record.id).value();
          mine.pop_back();
        }
      }
    };
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < 3; ++i) threads.emplace_back(work, i);
    for (auto& thread : threads) thread.join();
    folder_.Reopen();
    const auto coverage = folder_.book().store().CountCoverage().value();
    EXPECT_EQ(coverage.eligible_pairs, CountPairs(folder_.book().store()));
    EXPECT_EQ(coverage.compared_pairs, coverage.eligible_pairs);
  }
}

TEST_F(EnrolmentSearchTest, AccountsForEveryRecordExactly) {
  std::mt19937 random(5);
  const auto nothing = PhotoOf(std::vector<SyntheticFace>());
  for (int i = 0; i < 15; ++i) {
    const auto kind = static_cast<RecordKind>(1 + random() % 3);
    const auto before = book_.store().ListRecords({}, {.size = 1000}).value().size();
    if (random() % 4 == 0) {
      NewRecord input{.record = RecordOfKind(kind), .photos = {NewPhotoOf(nothing)}};
      EnrolRecord(book_, IntentFor("CreateRecord"), input).value();
      continue;
    }
    const auto enrolled = Enrol(book_, kind, {{i, 0}}).value();
    const Comparison& account = enrolled.search->search.comparison;
    EXPECT_EQ(account.searchable, before);
    EXPECT_EQ(account.searchable, account.compared + account.own + account.kind_not_searched +
                                      account.filtered + account.other_space +
                                      account.no_usable_face);
    EXPECT_EQ(std::min<std::size_t>(20, static_cast<std::size_t>(account.compared)),
              enrolled.search->candidates.size());
  }
}

}  // namespace
}  // namespace homeward
