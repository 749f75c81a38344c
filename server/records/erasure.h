// The part of an erasure that comes after its commit.
#pragma once

#include <span>

#include "server/records/casebook.h"

namespace homeward {

// Removes the bytes of photos that the database no longer knows, and what is left of them in its
// files. May be repeated. Errors: those of PhotoVault::Remove and Store::ScrubErased, after every
// photo was tried.
Result<void> FinishErasure(Casebook& book, std::span<const PhotoId> photos);

}  // namespace homeward
