#include "clients/demo/stage.h"

#include <fmt/format.h>

#include "clients/cpp/photo_file.h"
#include "clients/cpp/request_id.h"

namespace homeward::client {
namespace {

constexpr std::size_t kNameCount = 12;

}  // namespace

std::string Stage::NameOf(std::size_t person) const {
  const std::string key = fmt::format("demo_name_{}", person % kNameCount + 1);
  const std::string name = page_.catalogue.SayByKey(key).value_or(key);
  return person < kNameCount ? name : fmt::format("{} {}", name, person / kNameCount + 1);
}

ClientResult<v1::CreateRecordResponse> Stage::Enrol(std::size_t person, std::size_t photo,
                                                    v1::RecordKind kind,
                                                    const std::string& claimed_name) {
  ClientResult<std::string> bytes = ReadPhoto(photos_.people.at(person).photos.at(photo));
  if (!bytes) return std::unexpected(bytes.error());
  const bool stranded = kind == v1::STRANDED;
  v1::CreateRecordRequest request;
  request.mutable_record()->set_kind(kind);
  request.mutable_record()->set_unit(
      page_.Say(stranded ? Message::kDemoUnitStation : Message::kDemoUnitPolice));
  request.mutable_record()->mutable_person()->set_claimed_name(claimed_name);
  v1::NewPhoto& added = *request.add_photos();
  added.set_data(*std::move(bytes));
  added.set_kind(stranded ? v1::INTAKE : v1::FAMILY);
  added.set_single_face(true);
  request.set_purpose(
      page_.Say(stranded ? Message::kDemoPurposeStation : Message::kDemoPurposeFamily));
  request.set_request_id(NewRequestId());
  ClientResult<v1::CreateRecordResponse> response = client_.CreateRecord(request);
  if (response) person_of_[response->record().name()] = person;
  return response;
}

bool Stage::IsOf(const std::string& record, std::size_t person) const {
  const auto found = person_of_.find(record);
  return found != person_of_.end() && found->second == person;
}

}  // namespace homeward::client
