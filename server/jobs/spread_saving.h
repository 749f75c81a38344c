// The archive of spreads is brought up to date beside the calls, so that the next start is quick.
#pragma once

#include <functional>

#include "matcher/gallery.h"
#include "server/store/spread_archive.h"
#include "server/store/store.h"

namespace homeward {

// A start after a crash makes up for what was not saved, and so much of it costs little.
inline constexpr ChangeNumber kChangesWorthSaving = 64;

// Saves the gallery where at least so many (>= 1) changes are not in the archive. Writers wait only
// while a few pointers are copied. Returns whether it was saved. Ends early when `stopped()`.
// Errors: those of Store::Begin and SpreadArchive::Save.
Result<bool> SaveSpreads(Store& store, Gallery& gallery, SpreadArchive& archive,
                         ChangeNumber least_changes, const std::function<bool()>& stopped);

}  // namespace homeward
