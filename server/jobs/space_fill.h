// Templates of faces that were stored before their space was served.
#pragma once

#include <cstdint>
#include <functional>

#include "server/records/casebook.h"

namespace homeward {

struct FilledSpaces {
  std::int64_t faces = 0;            // got a template
  std::int64_t photos_left_out = 0;  // could not be read, or gave none
};

// Makes the templates that stored faces lack in the spaces of the analyzers, from their photos and
// landmarks, photo after photo in the order in which they were stored. The work of some photos is
// one change of the database and the gallery, made in the name of kServiceCaller; what is done is
// known by the database, so a further run, also after a crash, makes only what is missing. Holds no
// analyzer for longer than one photo takes. A photo that cannot be read is told to `complain` and
// passed over: until it is mended or erased its space is not filled. Ends early when `stopped()`.
// Errors: those of the store.
Result<FilledSpaces> FillSpaces(Casebook& book, const std::function<bool()>& stopped,
                                const std::function<void(const Error&)>& complain);

}  // namespace homeward
