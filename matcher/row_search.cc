#include "matcher/row_search.h"

#include <algorithm>
#include <array>
#include <bit>
#include <deque>
#include <iterator>

#include "matcher/row_codes.h"
#include "matcher/row_scan.h"
#include "matcher/work_crew.h"

namespace homeward {
namespace {

constexpr Slot kWordsAtOnce = 4 * RowBlock::kRows / 64;

// One query as one thread asks it.
struct Asked {
  Asked(const SlotQuery& asked, SharedLimit& limit)
      : query(asked), hits(asked.k, limit), scan(asked.vector, hits), code(asked.vector) {}

  std::uint64_t Allowed(Slot word) const {
    const auto i = static_cast<std::size_t>(word);
    return i < query.filter->words.size() ? query.filter->words[i] : 0;
  }

  const SlotQuery& query;
  NearestHits hits;
  RowScan<NearestHits> scan;
  QueryCode code;
};

// The k nearest of two lists of hits that are in order.
std::vector<SlotHit> Nearest(const std::vector<SlotHit>& a, const std::vector<SlotHit>& b, int k) {
  std::vector<SlotHit> both;
  std::ranges::merge(a, b, std::back_inserter(both), IsNearer);
  if (std::ssize(both) > k) both.resize(static_cast<std::size_t>(k));
  return both;
}

}  // namespace

class RowSearch::Thread {
 public:
  explicit Thread(RowSearch& search) : search_(search) {
    for (std::size_t i = 0; i < search.queries_.size(); ++i) {
      asked_.emplace_back(search.queries_[i], search.limits_[i]);
      const SlotFilter* const filter = search.queries_[i].filter;
      if (std::ranges::find(filters_, filter) == filters_.end()) filters_.push_back(filter);
    }
  }

  // Where filters are sparse, to find what they allow is much of the work.
  Slot NextAllowed(Slot word, Slot end) const {
    const auto allows = [&](const SlotFilter* filter) {
      const auto i = static_cast<std::size_t>(word);
      return i < filter->words.size() && filter->words[i] != 0;
    };
    while (word < end && std::ranges::none_of(filters_, allows)) ++word;
    return word;
  }

  void Scan(Slot word) {
    const std::uint64_t live = search_.rows_.Live(word);
    if (live == 0) return;
    const RowBlock& block = *search_.rows_.BlockOf(word);
    const RowCodes* const codes = search_.rows_.CodesOf(word);
    // Up to that many it is quicker to compare the rows themselves, the more so where their codes
    // are not on their way from memory yet.
    const int few_rows = coded_count_ > 0 ? 2 : 8;
    coded_count_ = 0;
    for (Asked& each : asked_) {
      const std::uint64_t allowed = each.Allowed(word) & live;
      if (codes == nullptr || std::popcount(allowed) <= few_rows) {
        each.scan.AddAll(block, word, allowed);
      } else {
        Await(each, allowed, *codes);
      }
    }
    if (coded_count_ > 0) ScanCodes(block, word, *codes);
  }

  std::vector<SlotHit> Take(std::size_t i) {
    asked_[i].scan.Finish();
    return std::move(asked_[i].hits).Take();
  }

 private:
  void Await(Asked& asked, std::uint64_t allowed, const RowCodes& codes) {
    asked.code.CodeFor(codes);
    coded_[coded_count_] = asked.code.Within(asked.hits.limit());
    allowed_[coded_count_] = allowed;
    awaiting_[coded_count_++] = &asked;
  }

  void ScanCodes(const RowBlock& block, Slot word, const RowCodes& codes) {
    const std::size_t tile = RowView::WordInBlock(word);
    std::array<std::uint64_t, kMostQueries> near;
    search_.kernel_(codes.tile(tile), {coded_.data(), coded_count_}, near.data());
    for (std::size_t i = 0; i < coded_count_; ++i) {
      awaiting_[i]->scan.AddAll(block, word, allowed_[i] & (near[i] | codes.unknown(tile)));
    }
  }

  RowSearch& search_;
  std::deque<Asked> asked_;
  std::vector<const SlotFilter*> filters_;  // each once
  // Those queries that are told by the codes of the rows at hand, or of those before them.
  std::size_t coded_count_ = 0;
  std::array<CodedQuery, kMostQueries> coded_;
  std::array<std::uint64_t, kMostQueries> allowed_;
  std::array<Asked*, kMostQueries> awaiting_;
};

// Others are worth waking where there is a tenth of a millisecond to do.
bool RowSearch::IsLarge(Slot words) { return words >= 1024; }

RowSearch::RowSearch(const RowView& rows, std::span<const SlotQuery> queries)
    : rows_(rows), queries_(queries), hits_(queries.size()) {
  std::size_t words = 0;
  for (const SlotQuery& each : queries) {
    words = std::max(words, each.filter->words.size());
    limits_.emplace_back(each.limit);
  }
  words_ = std::min(static_cast<Slot>(words), rows.words());
}

std::vector<std::vector<SlotHit>> RowSearch::Run() {
  if (IsLarge(words_)) {
    WorkCrew::OfThisMachine().Share([this] { Work(); });
  } else {
    Work();
  }
  return std::move(hits_);
}

void RowSearch::Work() {
  Thread thread(*this);
  for (Slot word = 0; (word = next_word_.fetch_add(kWordsAtOnce)) < words_;) {
    const Slot end = std::min(word + kWordsAtOnce, words_);
    while ((word = thread.NextAllowed(word, end)) < end) thread.Scan(word++);
  }
  for (std::size_t i = 0; i < queries_.size(); ++i) {
    const std::vector<SlotHit> hits = thread.Take(i);
    const std::scoped_lock lock(mutex_);
    hits_[i] = Nearest(hits_[i], hits, queries_[i].k);
  }
}

}  // namespace homeward
