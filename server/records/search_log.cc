#include "server/records/search_log.h"

#include <utility>

#include "server/records/page_token.h"

namespace homeward {
Result<SearchPage> ListSearches(Casebook& book, const SearchQuery& query) {
  const ListIdentity list{"ListSearches", query.case_reference};
  const auto size = PageSize(query.page_size);
  if (!size) return std::unexpected(size.error());
  const auto before = OpenPageNumber(book.hash_key(), list, query.page_token);
  if (!before) return std::unexpected(before.error());
  auto rows =
      book.store().ListSearches(query.case_reference, {.size = *size + 1, .before = *before});
  if (!rows) return std::unexpected(rows.error());
  SearchPage page;
  if (std::ssize(*rows) > *size) {
    rows->pop_back();
    page.next_page_token = SealPageNumber(book.hash_key(), list, rows->back().sequence);
  }
  for (SequencedSearch& row : *rows) page.searches.push_back(std::move(row.search));
  return page;
}

}  // namespace homeward
