// The part of an erasure that comes after its commit.
#pragma once

#include <span>

#include "server/records/casebook.h"

namespace homeward {

// Removes the bytes of photos of the record that the database no longer knows, what is left of them
// in its files, and the record's person from the archive of spreads. May be repeated. Errors: those
// of PhotoVault::Remove, Store::ScrubErased and SpreadArchive::Forget, after all was tried.
Result<void> FinishErasure(Casebook& book, const RecordId& record, std::span<const PhotoId> photos);

}  // namespace homeward
