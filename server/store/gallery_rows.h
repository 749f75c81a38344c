// The database as the gallery sees it.
#pragma once

#include <functional>

#include "matcher/error.h"
#include "matcher/gallery.h"
#include "server/store/sqlite_connection.h"

namespace homeward {

// What Store::LoadGallery says. The caller holds one view of the database open.
Result<void> ReadGallery(SqliteConnection& connection,
                         const std::function<Result<void>(const GalleryChange&)>& apply);

}  // namespace homeward
