// Searches and comparisons as results.
#pragma once

#include <string>

#include "clients/cpp/client_error.h"
#include "clients/screen/page.h"
#include "clients/screen/view.h"
#include "homeward/v1/match_service.pb.h"

namespace homeward::client {

// What became of one photo, or of a stored photo or record: an answer or why there is none.
// `subject` is what was searched with, in the caller's own words; `listed` as in SearchText.
View AnswerView(const std::string& subject, const ClientResult<v1::SearchFacesResponse>& outcome,
                const Page& page, int listed);

// The same with one line of text, for long lists.
View AnswerLineView(const std::string& subject,
                    const ClientResult<v1::SearchFacesResponse>& outcome, const Page& page);

View ComparisonView(const std::string& first, const std::string& second,
                    const v1::CompareFacesResponse& response, const Page& page);

// A search as it was kept, with what it asked for.
View SearchView(const v1::Search& search, const Page& page);

// The log of searches, without their candidates.
View SearchLogView(const std::vector<v1::Search>& searches, const Page& page);

// The rows of a search for a spreadsheet: one a candidate, or one that says there is none.
Sheet SearchSheet(const std::string& subject, const v1::Search& search);

// The row of one that got no answer.
Sheet UnansweredSheet(const std::string& subject, const std::string& reason);

}  // namespace homeward::client
