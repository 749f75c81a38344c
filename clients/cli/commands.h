// Every command of `homeward`. Each reads its arguments, without a word to the service, and returns
// what is to be done.
#pragma once

#include "clients/cli/arguments.h"
#include "clients/cli/desk.h"
#include "clients/cli/usage_error.h"

namespace homeward::client {

UsageResult<Job> PrepareEnrol(const Arguments& arguments);
UsageResult<Job> PrepareSearch(const Arguments& arguments);
UsageResult<Job> PrepareCompare(const Arguments& arguments);
UsageResult<Job> PrepareRecordShow(const Arguments& arguments);
UsageResult<Job> PrepareRecordList(const Arguments& arguments);
UsageResult<Job> PrepareRecordUpdate(const Arguments& arguments);
UsageResult<Job> PrepareRecordErase(const Arguments& arguments);
UsageResult<Job> PreparePhotoAdd(const Arguments& arguments);
UsageResult<Job> PreparePhotoGet(const Arguments& arguments);
UsageResult<Job> PrepareSearchLog(const Arguments& arguments);
UsageResult<Job> PrepareCalibrate(const Arguments& arguments);
UsageResult<Job> PrepareOperatingPointList(const Arguments& arguments);
UsageResult<Job> PrepareOperatingPointShow(const Arguments& arguments);
UsageResult<Job> PrepareOperatingPointActivate(const Arguments& arguments);
UsageResult<Job> PrepareSpaceList(const Arguments& arguments);
UsageResult<Job> PrepareHealth(const Arguments& arguments);

// Of several commands: how often a list asks, and what it asks for.
inline constexpr int kDefaultLimit = 100;
inline constexpr int kLargestLimit = 1'000'000;
inline constexpr int kLargestPage = 500;
inline constexpr int kMostCandidates = 200;

// Whether everything that goes to the service as text is UTF-8.
UsageResult<void> CheckTexts(const Arguments& arguments);
UsageResult<std::string> ReadPurpose(const Arguments& arguments);
// 0, the service's default, where nothing was asked for.
UsageResult<int> ReadTop(const Arguments& arguments);
UsageResult<int> ReadLimit(const Arguments& arguments);
// The only subject, with `prefix` ("records/") in front where it was left out.
UsageResult<std::string> ReadName(const Arguments& arguments, const std::string& prefix);

}  // namespace homeward::client
