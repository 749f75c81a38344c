#include "server/api/record_handlers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "matcher/photo.h"
#include "server/api/match_handlers.h"
#include "tests/api/handler_calls.h"

namespace homeward {
namespace {

using namespace homeward::testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class RecordHandlersTest : public ::testing::Test {
 protected:
  v1::CreateRecordResponse Create(const v1::CreateRecordRequest& request) {
    return handlers_.CreateRecord(CallOf("CreateRecord"), request).value();
  }
  Result<v1::Record> Update(const v1::Record& record, const std::vector<std::string>& paths) {
    v1::UpdateRecordRequest request;
    *request.mutable_record() = record;
    for (const auto& path : paths) request.mutable_update_mask()->add_paths(path);
    return handlers_.UpdateRecord(CallOf("UpdateRecord"), request);
  }
  v1::Record Get(const std::string& name) {
    v1::GetRecordRequest request;
    request.set_name(name);
    return handlers_.GetRecord(CallOf("GetRecord"), request).value();
  }
  Result<v1::Record> Erase(const std::string& name) {
    v1::EraseRecordRequest request;
    request.set_name(name);
    request.set_reason("family asked");
    return handlers_.EraseRecord(CallOf("EraseRecord"), request);
  }

  CasebookFolder folder_;
  RecordHandlers handlers_{folder_.book()};
};

TEST_F(RecordHandlersTest, EnrolsAndAnswersWithTheReportOfThePerson) {
  auto report = CreateRequest(v1::MISSING, {{1, 0}});
  report.mutable_record()->mutable_person()->set_claimed_name("李华");
  report.mutable_record()->set_unit("puyang");
  const auto stored = Create(report);
  auto intake = CreateRequest(v1::STRANDED, {{1, 4}});
  intake.mutable_record()->mutable_person()->set_claimed_name("老王");
  const auto answer = Create(intake);

  const v1::Search& search = answer.search();
  EXPECT_EQ(search.origin(), v1::ENROLMENT);
  EXPECT_EQ(search.probe(), answer.record().name());
  EXPECT_EQ(search.caller(), "station");
  EXPECT_EQ(search.purpose(), "identify");
  EXPECT_EQ(search.space(), "synthetic");
  EXPECT_EQ(search.model(), "synthetic.dat");
  EXPECT_EQ(search.operating_point().threshold(), kSyntheticThreshold);
  EXPECT_EQ(search.operating_point().data(), "coloured squares");
  EXPECT_EQ(search.change_number(), 1);
  EXPECT_FALSE(search.no_candidate());
  ASSERT_EQ(search.candidates_size(), 1);
  const v1::Candidate& candidate = search.candidates(0);
  EXPECT_EQ(candidate.rank(), 1);
  EXPECT_EQ(candidate.record(), stored.record().name());
  EXPECT_EQ(candidate.photo(), stored.photos(0).name());
  EXPECT_EQ(candidate.box().x_px(), stored.photos(0).faces(0).box().x_px());
  EXPECT_TRUE(candidate.above_operating_point());
  EXPECT_EQ(candidate.kind(), v1::MISSING);
  EXPECT_EQ(candidate.claimed_name(), "李华");
  EXPECT_EQ(candidate.unit(), "puyang");
  EXPECT_THAT(candidate.flags(), ElementsAre(v1::NAME_DIFFERS));
  EXPECT_EQ(search.comparison().searchable_count(), 1);
  EXPECT_EQ(search.comparison().compared_count(), 1);
  EXPECT_EQ(search.comparison().compared_face_count(), 1);
  EXPECT_EQ(search.comparison().not_compared_size(), 0);
}

TEST_F(RecordHandlersTest, AnswersWithThePhotoAsStored) {
  const auto bytes = PhotoOf(1);
  const auto photo = Create(CreateRequest(v1::STRANDED, {{1, 0}})).photos(0);
  EXPECT_THAT(photo.name(), ::testing::MatchesRegex("records/[0-9a-z]{26}/photos/[0-9a-z]{26}"));
  EXPECT_EQ(photo.sha256().size(), 64U);
  EXPECT_EQ(photo.width_px(), 256);
  EXPECT_EQ(photo.height_px(), 128);
  ASSERT_EQ(photo.faces_size(), 1);
  EXPECT_EQ(photo.faces(0).landmarks_size(), 5);
  EXPECT_TRUE(photo.faces(0).usable());
  EXPECT_EQ(photo.no_template_reason(), v1::NO_TEMPLATE_REASON_UNSPECIFIED);
}

TEST_F(RecordHandlersTest, HasNoSearchWhereNoPhotoHadAFace) {
  auto request = CreateRequest(v1::STRANDED, {});
  SetBytes(PhotoOf(std::vector<SyntheticFace>()), request.add_photos());
  const auto answer = Create(request);
  EXPECT_FALSE(answer.has_search());
  EXPECT_EQ(answer.photos(0).no_template_reason(), v1::FACE_NOT_FOUND);
}

v1::Record FullRecord(v1::RecordKind kind) {
  v1::Record record;
  record.set_kind(kind);
  record.set_unit("濮阳市救助管理站");
  record.set_source_reference("R-1");
  record.set_legal_basis(v1::STATUTORY_DUTY);
  FillEveryField(record.mutable_person());
  if (kind == v1::STRANDED) FillEveryField(record.mutable_stranded());
  if (kind == v1::MISSING) FillEveryField(record.mutable_missing());
  if (kind == v1::AT_RISK) FillEveryField(record.mutable_at_risk());
  return record;
}

TEST_F(RecordHandlersTest, KeepsEveryFieldOfEveryKind) {
  for (const auto kind : {v1::STRANDED, v1::MISSING, v1::AT_RISK}) {
    v1::CreateRecordRequest request = CreateRequest(kind, {});
    *request.mutable_record() = FullRecord(kind);
    v1::Record expected = request.record();
    v1::Record stored = Create(request).record();
    EXPECT_EQ(stored.state(), v1::OPEN);
    EXPECT_TRUE(stored.has_create_time());
    EXPECT_NE(stored.etag(), "");
    EXPECT_EQ(Get(stored.name()).SerializeAsString(), stored.SerializeAsString());
    ClearOutput(stored);
    EXPECT_EQ(stored.DebugString(), expected.DebugString());
  }
}

struct RefusedRecord {
  const char* field;
  std::function<void(v1::Record&)> change;
  Reason reason = Reason::kFieldInvalid;
};

TEST_F(RecordHandlersTest, RefusesRecordsThatSayWhatNoneMaySay) {
  const std::vector<RefusedRecord> cases = {
      {"record.kind", [](auto& r) { r.clear_kind(); }, Reason::kFieldMissing},
      {"record.kind", [](auto& r) { r.set_kind(static_cast<v1::RecordKind>(9)); }},
      {"record.legal_basis", [](auto& r) { r.set_legal_basis(static_cast<v1::LegalBasis>(9)); }},
      {"record.person.sex", [](auto& r) { r.mutable_person()->set_sex(static_cast<v1::Sex>(4)); }},
      {"record.person.age_basis",
       [](auto& r) { r.mutable_person()->set_age_basis(static_cast<v1::AgeBasis>(-1)); }},
      {"record.missing", [](auto& r) { r.mutable_missing(); }},
      {"record.at_risk", [](auto& r) { r.mutable_at_risk(); }},
      {"record.stranded.found_time",
       [](auto& r) { r.mutable_stranded()->mutable_found_time()->set_nanos(-1); }},
      {"record.stranded.entry_time",
       [](auto& r) {
         r.mutable_stranded()->mutable_entry_time()->set_seconds(INT64_C(253'402'300'800));
       }},
      {"record.stranded.found_region_code",
       [](auto& r) { r.mutable_stranded()->set_found_region_code("1234567"); },
       Reason::kRegionCodeInvalid},
      {"record.person.birth_date",
       [](auto& r) { r.mutable_person()->mutable_birth_date()->set_month(3); }},
      {"record.person.citizen_id", [](auto& r) { r.mutable_person()->set_citizen_id("12"); },
       Reason::kCitizenIdInvalid},
  };
  for (std::size_t i = 0; i < cases.size(); ++i) {
    auto request = CreateRequest(v1::STRANDED, {});
    cases[i].change(*request.mutable_record());
    const auto refused = handlers_.CreateRecord(CallOf("CreateRecord"), request);
    ASSERT_FALSE(refused) << i;
    EXPECT_EQ(refused.error().reason, cases[i].reason) << i;
    EXPECT_EQ(refused.error().metadata.at("field"), cases[i].field) << i;
  }
  EXPECT_EQ(folder_.book().store().LastChange().value(), 0);
}

TEST_F(RecordHandlersTest, RefusesRequestsWithoutPurposeOrWithUnknownValues) {
  const auto reason = [&](auto change) {
    auto request = CreateRequest(v1::STRANDED, {{1, 0}});
    change(request);
    return ReasonOf(handlers_.CreateRecord(CallOf("CreateRecord"), request));
  };
  EXPECT_EQ(reason([](auto& r) { r.clear_purpose(); }), Reason::kPurposeMissing);
  EXPECT_EQ(reason([](auto& r) { r.set_purpose(std::string(201, 'x')); }), Reason::kFieldInvalid);
  EXPECT_EQ(reason([](auto& r) { r.set_case_reference(std::string(201, 'x')); }),
            Reason::kFieldInvalid);
  EXPECT_EQ(reason([](auto& r) { r.set_request_id(std::string(129, 'x')); }),
            Reason::kFieldInvalid);
  EXPECT_EQ(reason([](auto& r) { r.set_max_candidate_count(-1); }), Reason::kFieldInvalid);
  EXPECT_EQ(reason([](auto& r) { r.mutable_photos(0)->set_kind(static_cast<v1::PhotoKind>(8)); }),
            Reason::kFieldInvalid);
  EXPECT_EQ(reason([](auto& r) { r.mutable_photos(0)->mutable_capture_date()->set_year(3); }),
            Reason::kFieldInvalid);
  EXPECT_EQ(reason([](auto& r) { r.mutable_photos(0)->clear_data(); }), Reason::kPhotoEmpty);
}

TEST_F(RecordHandlersTest, WarnsOfAContradictionWithTheCitizenIdAndStoresIt) {
  auto request = CreateRequest(v1::MISSING, {});
  auto& person = *request.mutable_record()->mutable_person();
  person.set_citizen_id("11010519491231002x");
  person.set_sex(v1::MALE);
  const auto record = Create(request).record();
  EXPECT_EQ(record.person().citizen_id(), "11010519491231002X");
  ASSERT_EQ(record.warnings_size(), 1);
  EXPECT_EQ(record.warnings(0).code(), v1::SEX_CONTRADICTS_CITIZEN_ID);
  EXPECT_THAT(record.warnings(0).fields(), ElementsAre("person.sex", "person.citizen_id"));
}

TEST_F(RecordHandlersTest, KnowsARepetitionByItsContent) {
  auto request = CreateRequest(v1::STRANDED, {{1, 0}});
  request.set_request_id("intake-1");
  const auto first = Create(request);
  EXPECT_EQ(Create(request).SerializeAsString(), first.SerializeAsString());
  folder_.Reopen();
  RecordHandlers reopened(folder_.book());
  EXPECT_EQ(reopened.CreateRecord(CallOf("CreateRecord"), request).value().SerializeAsString(),
            first.SerializeAsString());

  for (const auto& change : std::vector<std::function<void(v1::CreateRecordRequest&)>>{
           [](auto& r) { r.set_purpose("other"); },
           [](auto& r) { r.mutable_record()->set_unit("other"); },
           [](auto& r) { r.mutable_record()->mutable_stranded(); },
           [](auto& r) { r.set_max_candidate_count(7); },
           [](auto& r) { SetBytes(PhotoOf(2), r.mutable_photos(0)); },
           [](auto& r) { r.clear_photos(); }}) {
    auto other = request;
    change(other);
    EXPECT_EQ(ReasonOf(reopened.CreateRecord(CallOf("CreateRecord"), other)),
              Reason::kRequestIdReused);
  }
  auto update = v1::UpdateRecordRequest();
  update.mutable_record()->set_name(first.record().name());
  update.set_request_id("intake-1");
  EXPECT_EQ(ReasonOf(reopened.UpdateRecord(CallOf("UpdateRecord"), update)),
            Reason::kRequestIdReused);
}

TEST_F(RecordHandlersTest, FindsNothingUnderANameThatNamesNothing) {
  const std::string id = RecordId{}.ToString();
  for (const std::string& name : {std::string(), std::string("x"), "records/" + id}) {
    v1::GetRecordRequest request;
    request.set_name(name);
    EXPECT_EQ(ReasonOf(handlers_.GetRecord(CallOf("GetRecord"), request)), Reason::kRecordNotFound);
    EXPECT_EQ(ReasonOf(Erase(name)), Reason::kRecordNotFound);
    v1::Record record;
    record.set_name(name);
    EXPECT_EQ(ReasonOf(Update(record, {})), Reason::kRecordNotFound);
    v1::GetPhotoRequest photo;
    photo.set_name(name + "/photos/" + id);
    EXPECT_EQ(ReasonOf(handlers_.GetPhoto(CallOf("GetPhoto"), photo)), Reason::kPhotoNotFound);
  }
}

TEST_F(RecordHandlersTest, ListsRecordsThatPassAFilterInPages) {
  for (int i = 0; i < 3; ++i) Create(CreateRequest(v1::MISSING, {}));
  Create(CreateRequest(v1::STRANDED, {}));
  v1::ListRecordsRequest request;
  request.mutable_filter()->add_kinds(v1::MISSING);
  request.set_page_size(2);
  const auto first = handlers_.ListRecords(CallOf("ListRecords"), request).value();
  EXPECT_EQ(first.records_size(), 2);
  request.set_page_token(first.next_page_token());
  const auto last = handlers_.ListRecords(CallOf("ListRecords"), request).value();
  EXPECT_EQ(last.records_size(), 1);
  EXPECT_EQ(last.next_page_token(), "");

  request.mutable_filter()->add_kinds(v1::STRANDED);
  EXPECT_EQ(ReasonOf(handlers_.ListRecords(CallOf("ListRecords"), request)),
            Reason::kPageTokenInvalid);
  request.set_page_token("x");
  EXPECT_EQ(ReasonOf(handlers_.ListRecords(CallOf("ListRecords"), request)),
            Reason::kPageTokenInvalid);
  request.clear_page_token();
  request.mutable_filter()->add_kinds(v1::RECORD_KIND_UNSPECIFIED);
  EXPECT_EQ(ReasonOf(handlers_.ListRecords(CallOf("ListRecords"), request)), Reason::kFieldInvalid);
}

TEST_F(RecordHandlersTest, ErasesToATombstone) {
  auto request = CreateRequest(v1::MISSING, {{1, 0}});
  request.mutable_record()->mutable_person()->set_claimed_name("李华");
  const auto stored = Create(request);
  const auto tombstone = Erase(stored.record().name()).value();
  v1::Record expected;
  expected.set_name(stored.record().name());
  expected.set_kind(v1::MISSING);
  expected.set_state(v1::ERASED);
  *expected.mutable_create_time() = stored.record().create_time();
  *expected.mutable_update_time() = tombstone.update_time();
  *expected.mutable_erase_time() = tombstone.erase_time();
  EXPECT_EQ(tombstone.DebugString(), expected.DebugString());
  EXPECT_TRUE(tombstone.has_erase_time());
  EXPECT_EQ(folder_.StoredPhotoCount(), 0);
  EXPECT_EQ(ReasonOf(Erase(stored.record().name())), Reason::kRecordNotFound);
}

TEST_F(RecordHandlersTest, LinksAndUnlinksStays) {
  const auto one = Create(CreateRequest(v1::STRANDED, {})).record().name();
  const auto other = Create(CreateRequest(v1::STRANDED, {})).record().name();
  v1::LinkStaysRequest link;
  link.set_name(one);
  link.set_other(other);
  EXPECT_THAT(handlers_.LinkStays(CallOf("LinkStays"), link).value().linked_records(),
              ElementsAre(other));
  EXPECT_EQ(ReasonOf(handlers_.LinkStays(CallOf("LinkStays"), link)), Reason::kAlreadyLinked);
  v1::UnlinkStaysRequest unlink;
  unlink.set_name(other);
  unlink.set_other(one);
  EXPECT_THAT(handlers_.UnlinkStays(CallOf("UnlinkStays"), unlink).value().linked_records(),
              IsEmpty());
  EXPECT_EQ(ReasonOf(handlers_.UnlinkStays(CallOf("UnlinkStays"), unlink)), Reason::kNotLinked);
}

TEST_F(RecordHandlersTest, AddsShowsListsDownloadsAndErasesPhotos) {
  const auto name = Create(CreateRequest(v1::STRANDED, {{1, 0}})).record().name();
  v1::CreatePhotoRequest create;
  create.set_parent(name);
  create.set_purpose("identify");
  EXPECT_EQ(ReasonOf(handlers_.CreatePhoto(CallOf("CreatePhoto"), create)), Reason::kFieldMissing);
  SetBytes(PhotoOf(1, 2), create.mutable_photo());
  create.mutable_photo()->set_kind(v1::FAMILY);
  create.mutable_photo()->mutable_capture_date()->set_year(2019);
  const auto created = handlers_.CreatePhoto(CallOf("CreatePhoto"), create).value();
  EXPECT_EQ(created.photo().kind(), v1::FAMILY);
  EXPECT_EQ(created.photo().capture_date().year(), 2019);
  EXPECT_EQ(created.search().probe(), created.photo().name());

  v1::GetPhotoRequest get;
  get.set_name(created.photo().name());
  EXPECT_EQ(handlers_.GetPhoto(CallOf("GetPhoto"), get).value().DebugString(),
            created.photo().DebugString());
  v1::ListPhotosRequest list;
  list.set_parent(name);
  EXPECT_EQ(handlers_.ListPhotos(CallOf("ListPhotos"), list).value().photos_size(), 2);
  EXPECT_EQ(Get(name).photo_count(), 2);

  v1::DownloadPhotoRequest download;
  download.set_name(created.photo().name());
  download.set_view(v1::FACE_CROP);
  const auto body = handlers_.DownloadPhoto(CallOf("DownloadPhoto"), download).value();
  EXPECT_EQ(body.content_type(), "image/jpeg");
  EXPECT_TRUE(body.data().starts_with("\xff\xd8"));
  download.set_view(static_cast<v1::PhotoView>(3));
  EXPECT_EQ(ReasonOf(handlers_.DownloadPhoto(CallOf("DownloadPhoto"), download)),
            Reason::kFieldInvalid);

  v1::DeletePhotoRequest remove;
  remove.set_name(created.photo().name());
  EXPECT_TRUE(handlers_.DeletePhoto(CallOf("DeletePhoto"), remove));
  EXPECT_EQ(ReasonOf(handlers_.DeletePhoto(CallOf("DeletePhoto"), remove)), Reason::kPhotoNotFound);
}

TEST_F(RecordHandlersTest, AnswersARepeatedCreatePhotoWithoutThePhotoErasedSince) {
  const auto name = Create(CreateRequest(v1::STRANDED, {})).record().name();
  v1::CreatePhotoRequest create;
  create.set_parent(name);
  create.set_purpose("identify");
  create.set_request_id("photo-1");
  SetBytes(PhotoOf(1), create.mutable_photo());
  const auto created = handlers_.CreatePhoto(CallOf("CreatePhoto"), create).value();
  v1::DeletePhotoRequest remove;
  remove.set_name(created.photo().name());
  handlers_.DeletePhoto(CallOf("DeletePhoto"), remove).value();
  const auto again = handlers_.CreatePhoto(CallOf("CreatePhoto"), create).value();
  EXPECT_FALSE(again.has_photo());
  EXPECT_EQ(again.search().name(), created.search().name());
}

}  // namespace
}  // namespace homeward
