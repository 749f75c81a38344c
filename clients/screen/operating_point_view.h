// Operating points and calibrations as results.
#pragma once

#include <string>
#include <vector>

#include "clients/screen/page.h"
#include "clients/screen/view.h"
#include "homeward/v1/operating_point_service.pb.h"

namespace homeward::client {

// Everything that is known of it.
View OperatingPointView(const v1::OperatingPoint& point, const Page& page);

View OperatingPointListView(const std::vector<v1::OperatingPoint>& points, const Page& page);

// What `homewardd calibrate` wrote ("homeward.calibration/1"), with what became of it: `stored_as`
// is the point's name, or empty.
View CalibrationView(const Json& document, const std::string& stored_as, const Page& page);

}  // namespace homeward::client
