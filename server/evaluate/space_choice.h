// Which of the spaces of a pipeline an evaluation is asked to measure.
#pragma once

#include <string>
#include <vector>

#include "matcher/error.h"
#include "matcher/template.h"

namespace homeward {

// The spaces named by `ids`, in that order; all that are served where none is named. Errors:
// kConfigInvalid for a name that is not served, with those that are, and for one said twice.
Result<std::vector<Space>> ChooseSpaces(const std::vector<Space>& served,
                                        const std::vector<std::string>& ids);

}  // namespace homeward
