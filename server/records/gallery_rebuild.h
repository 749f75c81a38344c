// The gallery as a function of the database.
#pragma once

#include <memory>
#include <vector>

#include "matcher/gallery.h"
#include "server/store/store.h"

namespace homeward {

// Holds what the database holds in these spaces, counted on both sides; its templates of other
// spaces are left where they are. `recall` (Gallery::Publish), where there is one, makes it sooner
// and no other. Errors: kStoreCorrupt where the two differ; those of Gallery::Apply and the store.
Result<std::unique_ptr<Gallery>> RebuildGallery(const Store& store,
                                                const std::vector<MeasuredSpace>& spaces,
                                                const Gallery::IndexFactory& make_index,
                                                const SpreadRecall& recall = nullptr);

}  // namespace homeward
