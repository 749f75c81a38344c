#include "server/jobs/spread_saving.h"

#include "matcher/gallery_snapshot.h"

namespace homeward {

Result<bool> SaveSpreads(Store& store, Gallery& gallery, SpreadArchive& archive,
                         ChangeNumber least_changes, const std::function<bool()>& stopped) {
  if (gallery.Pin()->change_number() - archive.saved_change() < least_changes) return false;
  const auto keep = [&]() -> Result<KeptGallery> {
    const auto writer_lock = store.Begin();
    if (!writer_lock) return std::unexpected(writer_lock.error());
    return gallery.Keep();
  };
  return archive.Save(keep, stopped);
}

}  // namespace homeward
