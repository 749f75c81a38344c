// The spaces that the service makes templates in, as a result.
#pragma once

#include "clients/screen/page.h"
#include "clients/screen/view.h"
#include "homeward/v1/operating_point_service.pb.h"

namespace homeward::client {

View SpaceListView(const v1::ListSpacesResponse& response, const Page& page);

}  // namespace homeward::client
