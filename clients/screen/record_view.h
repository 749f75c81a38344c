// Records and photos as results.
#pragma once

#include <string>
#include <vector>

#include "clients/screen/page.h"
#include "clients/screen/view.h"
#include "homeward/v1/record_service.pb.h"

namespace homeward::client {

// What was stored, what became of each photo, and whom it may be; `listed` as in SearchText.
View EnrolmentView(const v1::CreateRecordResponse& response, const Page& page, int listed);

// The same for one more photo of a record.
View PhotoAddedView(const v1::CreatePhotoResponse& response, const Page& page, int listed);

// Everything that is known about a record, with its photos.
View RecordView(const v1::Record& record, const std::vector<v1::Photo>& photos, const Page& page);

View RecordListView(const std::vector<v1::Record>& records, const Page& page);

// The statements of a record that contradict each other, one line each.
std::string WarningText(const v1::Record& record, const Page& page);

// Whether the face of a photo can be compared, why not, and what is poor about it.
std::string FaceWords(const v1::Photo& photo, const Page& page);

}  // namespace homeward::client
