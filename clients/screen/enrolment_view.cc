#include <fmt/format.h>

#include "clients/catalogue/wording.h"
#include "clients/screen/record_view.h"
#include "clients/screen/search_text.h"
#include "clients/screen/search_view.h"
#include "clients/screen/text_width.h"

namespace homeward::client {
namespace {

std::string PhotoLine(int number, const v1::Photo& photo, const Page& page) {
  const std::string label = page.Say(Message::kPhotoNumber, {{"number", std::to_string(number)}});
  return WrapAfter(label, Width(label) + 2, FaceWords(photo, page), page.width);
}

// An absent search means that nothing could be compared, which must not read as "nobody found".
std::string SearchPart(bool has_search, const v1::Search& search, const Page& page, int listed) {
  if (has_search) return "\n" + SearchText(search, page, listed);
  return "\n" + WrapAfter("", 0, page.Say(Message::kNotSearchedNoFace), page.width);
}

Json SearchJson(bool has_search, const v1::Search& search) {
  return has_search ? JsonOf(search) : Json(nullptr);
}

}  // namespace

std::string FaceWords(const v1::Photo& photo, const Page& page) {
  if (photo.no_template_reason() != v1::NO_TEMPLATE_REASON_UNSPECIFIED) {
    return Word(page.catalogue, photo.no_template_reason());
  }
  std::string words = page.Say(Message::kFaceUsable);
  if (photo.faces_size() > 0 && !photo.faces(0).quality().flags().empty()) {
    words += page.Say(
        Message::kFacePoor,
        {{"flags", Words<v1::QualityFlag>(page.catalogue, photo.faces(0).quality().flags())}});
  }
  return words;
}

View EnrolmentView(const v1::CreateRecordResponse& response, const Page& page, int listed) {
  View view;
  const v1::Record& record = response.record();
  view.text = WrapAfter("", 0,
                        page.Say(Message::kStored, {{"name", record.name()},
                                                    {"kind", Word(page.catalogue, record.kind())}}),
                        page.width);
  for (int index = 0; index < response.photos_size(); ++index) {
    view.text += PhotoLine(index + 1, response.photos(index), page);
  }
  view.text += WarningText(record, page);
  view.text += SearchPart(response.has_search(), response.search(), page, listed);
  Json photos = Json::array();
  for (const v1::Photo& photo : response.photos()) photos.push_back(JsonOf(photo));
  view.objects.push_back(WithSchema(
      "homeward.enrolment/1", {{"record", JsonOf(record)},
                               {"photos", std::move(photos)},
                               {"search", SearchJson(response.has_search(), response.search())}}));
  view.sheet = SearchSheet(record.name(), response.search());
  return view;
}

View PhotoAddedView(const v1::CreatePhotoResponse& response, const Page& page, int listed) {
  View view;
  view.text = WrapAfter("", 0, page.Say(Message::kPhotoStored, {{"name", response.photo().name()}}),
                        page.width) +
              WrapAfter("", 0, FaceWords(response.photo(), page), page.width) +
              SearchPart(response.has_search(), response.search(), page, listed);
  view.objects.push_back(
      WithSchema("homeward.photo_added/1",
                 {{"photo", JsonOf(response.photo())},
                  {"search", SearchJson(response.has_search(), response.search())}}));
  view.sheet = SearchSheet(response.photo().name(), response.search());
  return view;
}

}  // namespace homeward::client
