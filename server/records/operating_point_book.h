// The operating points that were measured, those that come with the models, and which of them is in
// force. It also says in which space faces are compared: another space is switched to, and back, by
// putting one of its points in force.
#pragma once

#include <string>
#include <vector>

#include "server/records/casebook.h"
#include "server/records/intent.h"
#include "server/records/operating_point_entry.h"

namespace homeward {

struct OperatingPointView {
  OperatingPointEntry entry;
  bool is_shipped = false;  // comes with the models: nobody stored it
  bool is_active = false;
  std::vector<Activation> activations;  // newest first; empty in lists
};

struct OperatingPointQuery {
  int page_size = 0;
  std::string page_token;
};

struct OperatingPointPage {
  std::vector<OperatingPointView> points;
  std::string next_page_token;  // empty on the last page
};

// Stores what was measured; creator and time are those of the call. It is not yet in force. Errors:
// kFieldMissing and kFieldInvalid: a point without its data, N, FPIR and date is none;
// kSpaceNotServed; kOperatingPointExists; those of CheckIntent, FindAnswered and the store.
Result<OperatingPointView> CreateOperatingPoint(Casebook& book, const Intent& intent,
                                                OperatingPointEntry entry);

// Errors: kOperatingPointNotFound.
Result<OperatingPointView> FindOperatingPoint(const Casebook& book, const std::string& name);

// Newest first; the shipped ones last. Errors: kPageTokenInvalid; those of PageSize.
Result<OperatingPointPage> ListOperatingPoints(const Casebook& book,
                                               const OperatingPointQuery& query);

// From now on searches are decided by it; those that have begun keep theirs. `intent.purpose` is
// the reason. Errors: those of CheckPurposefulIntent and FindAnswered; kOperatingPointNotFound;
// kSpaceNotServed; kSpaceNotFilled where a face would drop out of every search; those of the store.
Result<OperatingPointView> ActivateOperatingPoint(Casebook& book, const Intent& intent,
                                                  const std::string& name);

// At start: puts in force what was activated last; where that came with other models or cannot be
// reached, the shipped point of its space; where nothing was activated yet, that of the leading
// space. Errors: kSpaceNotServed where the analyzers do not work in its space; kSpaceNotFilled
// where nothing was activated and faces lack a template in the leading space; kConfigInvalid where
// there is nothing left to decide by; those of the store.
Result<void> RestoreOperatingPoint(Casebook& book);

}  // namespace homeward
