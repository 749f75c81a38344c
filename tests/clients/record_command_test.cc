#include <gmock/gmock.h>

#include "tests/clients/program_run.h"
#include "tests/clients/sample_search.h"

namespace homeward::client {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

v1::Record SampleRecord() {
  v1::Record record;
  record.set_name(kSampleRecord);
  record.set_kind(v1::MISSING);
  record.set_state(v1::OPEN);
  record.set_unit("示例县公安局");
  record.mutable_person()->set_claimed_name("王玉");
  record.mutable_person()->set_sex(v1::FEMALE);
  record.mutable_person()->set_age_min(60);
  record.mutable_person()->set_age_max(70);
  record.mutable_missing()->set_lost_place("集市");
  record.mutable_missing()->set_reporter_identity_checked(true);
  record.set_photo_count(1);
  record.set_etag("v7");
  return record;
}

class RecordCommandTest : public ProgramTest {
 protected:
  RecordCommandTest() {
    service_.handlers.get_record = [](const v1::GetRecordRequest& request, v1::Record* record) {
      if (request.name() != kSampleRecord) return Refusal(grpc::NOT_FOUND, "RECORD_NOT_FOUND");
      *record = SampleRecord();
      return grpc::Status::OK;
    };
    service_.handlers.list_photos = [](const auto&, v1::ListPhotosResponse* response) {
      v1::Photo* photo = response->add_photos();
      photo->set_name(kSampleRecord + "/photos/1");
      photo->set_width_px(600);
      photo->set_height_px(800);
      return grpc::Status::OK;
    };
    service_.handlers.update_record = [this](const v1::UpdateRecordRequest& request,
                                             v1::Record* record) {
      update_ = request;
      *record = request.record();
      return grpc::Status::OK;
    };
    service_.handlers.erase_record = [this](const v1::EraseRecordRequest& request,
                                            v1::Record* record) {
      erasures_.push_back(request);
      record->set_name(request.name());
      record->set_state(v1::ERASED);
      return grpc::Status::OK;
    };
  }

  v1::UpdateRecordRequest update_;
  std::vector<v1::EraseRecordRequest> erasures_;
};

TEST_F(RecordCommandTest, ShowsARecordWithItsPhotos) {
  width_ = 50;
  const Result result = Run({"record", "show", kSampleRecord, "--output", "table", "--lang", "zh"});
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(result.out, HasSubstr("姓名            王玉\n"));
  EXPECT_THAT(result.out, HasSubstr("报告人身份已核  是\n"));
  EXPECT_THAT(result.out, HasSubstr("版本（etag）    v7\n"));
  EXPECT_THAT(result.out, HasSubstr("600×800 · 人脸可用于比对\n"));
  const nlohmann::json json = Run({"record", "show", kSampleRecord}).json();
  EXPECT_EQ(json.at("schema"), "homeward.record/1");
  EXPECT_EQ(json.at("person").at("sex"), "FEMALE");
  EXPECT_EQ(json.at("photos").at(0).at("width_px"), 600);
}

TEST_F(RecordCommandTest, AddsTheCollectionToANameWithoutOne) {
  EXPECT_EQ(Run({"record", "show", kSampleRecord.substr(8)}).code, 0);
}

TEST_F(RecordCommandTest, SaysThatARecordIsNotThere) {
  const Result result = Run({"record", "show", "records/x"});
  EXPECT_EQ(result.code, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr("no such record"));
  EXPECT_EQ(Run({"record", "show"}).code, 2);
  EXPECT_EQ(Run({"record", "show", "a", "b"}).code, 2);
}

TEST_F(RecordCommandTest, ListsRecordsPageByPageUpToTheLimit) {
  std::vector<int> sizes;
  service_.handlers.list_records = [&sizes](const v1::ListRecordsRequest& request,
                                            v1::ListRecordsResponse* response) {
    EXPECT_THAT(request.filter().kinds(), ElementsAre(v1::MISSING));
    EXPECT_EQ(request.page_token(), sizes.empty() ? "" : "next");
    sizes.push_back(request.page_size());
    for (int count = 0; count < request.page_size(); ++count) {
      *response->add_records() = SampleRecord();
    }
    response->set_next_page_token("next");
    return grpc::Status::OK;
  };
  const Result result = Run({"record", "list", "--kind", "missing", "--limit", "700"});
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(sizes, ElementsAre(500, 200));
  EXPECT_THAT(result.lines(), SizeIs(700));
  EXPECT_THAT(result.err, HasSubstr("there are more"));
}

TEST_F(RecordCommandTest, ListsRecordsInEveryFormat) {
  service_.handlers.list_records = [](const auto&, v1::ListRecordsResponse* response) {
    *response->add_records() = SampleRecord();
    response->add_records()->set_state(v1::ERASED);
    return grpc::Status::OK;
  };
  EXPECT_EQ(Run({"record", "list", "--output", "json"}).json().size(), 2U);
  EXPECT_EQ(Run({"record", "list", "--output", "table"}).out,
            "Kind        Name  Sex     Age    Unit         Record\n"
            "missing r…  王玉  female  60–70  示例县公安…  " +
                kSampleRecord +
                "\n"
                "erased\n");
  EXPECT_THAT(
      Run({"record", "list", "--output", "csv"}).out,
      HasSubstr("\r\n" + kSampleRecord + ",MISSING,OPEN,示例县公安局,,王玉,FEMALE,60,70,1,"));
}

TEST_F(RecordCommandTest, SaysThatAListIsEmpty) {
  service_.handlers.list_records = [](const auto&, auto*) { return grpc::Status::OK; };
  const Result table = Run({"record", "list", "--output", "table"});
  EXPECT_EQ(table.out, "");
  EXPECT_THAT(table.err, HasSubstr("No record"));
  EXPECT_TRUE(Run({"record", "list", "--output", "json"}).json().empty());
}

TEST_F(RecordCommandTest, ChangesOnlyWhatWasStatedAndOnlyTheVersionThatWasRead) {
  ASSERT_EQ(Run({"record", "update", kSampleRecord, "--name", "王玉兰", "--age", "65", "--region",
                 "410900", "--accent", ""})
                .code,
            0);
  EXPECT_EQ(update_.record().name(), kSampleRecord);
  EXPECT_EQ(update_.record().etag(), "v7");
  EXPECT_EQ(update_.record().person().claimed_name(), "王玉兰");
  EXPECT_EQ(update_.record().missing().lost_region_code(), "410900");
  EXPECT_EQ(update_.request_id().size(), 32U);
  EXPECT_THAT(
      update_.update_mask().paths(),
      UnorderedElementsAre("person.claimed_name", "person.accent", "person.age_min",
                           "person.age_max", "person.age_basis", "missing.lost_region_code"));
}

TEST_F(RecordCommandTest, ChangesWhatAFileStates) {
  const std::string file =
      folder_.Write("change.json", R"({"person": {"health": "weak"}, "unit": "U2"})");
  ASSERT_EQ(Run({"record", "update", kSampleRecord, "--from", file, "--etag", "v6"}).code, 0);
  EXPECT_EQ(update_.record().etag(), "v6");
  EXPECT_THAT(update_.update_mask().paths(), UnorderedElementsAre("person.health", "unit"));
}

TEST_F(RecordCommandTest, ChangesNothingWithoutAWord) {
  const Result result = Run({"record", "update", kSampleRecord});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("Nothing to change"));
  EXPECT_FALSE(update_.has_record());
}

TEST_F(RecordCommandTest, NeverAsksWhereNobodySits) {
  const Result result = Run({"record", "erase", kSampleRecord, "--reason", "request"});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("--yes"));
  EXPECT_TRUE(erasures_.empty());
}

TEST_F(RecordCommandTest, ErasesWithoutAskingWhenTold) {
  const Result result =
      Run({"record", "erase", kSampleRecord, "--reason", "request", "--yes", "--etag", "v7"});
  EXPECT_EQ(result.code, 0);
  ASSERT_THAT(erasures_, SizeIs(1));
  EXPECT_EQ(erasures_[0].reason(), "request");
  EXPECT_EQ(erasures_[0].etag(), "v7");
  EXPECT_EQ(result.lines().at(0).at("state"), "ERASED");
}

TEST_F(RecordCommandTest, AsksThePersonBeforeErasing) {
  person_ = true;
  for (const char* refusal : {"", "n\n", "maybe\n"}) {
    typed_ = refusal;
    const Result result = Run({"record", "erase", kSampleRecord, "--reason", "request"});
    EXPECT_EQ(result.code, 1);
    EXPECT_THAT(result.err, HasSubstr("cannot be undone"));
  }
  EXPECT_TRUE(erasures_.empty());
  typed_ = "y\n";
  const Result result = Run({"record", "erase", kSampleRecord, "--reason", "request"});
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(result.out, HasSubstr("A tombstone without personal data"));
  EXPECT_THAT(erasures_, SizeIs(1));
}

TEST_F(RecordCommandTest, ErasesForAReasonOnly) {
  EXPECT_EQ(Run({"record", "erase", kSampleRecord, "--yes"}).code, 2);
  EXPECT_TRUE(erasures_.empty());
}

TEST_F(RecordCommandTest, ShowsATombstoneWithoutAskingForItsPhotos) {
  service_.handlers.get_record = [](const auto&, v1::Record* record) {
    record->set_name(kSampleRecord);
    record->set_state(v1::ERASED);
    return grpc::Status::OK;
  };
  service_.handlers.list_photos = nullptr;
  EXPECT_THAT(Run({"record", "show", kSampleRecord, "--output", "table"}).out, HasSubstr("erased"));
}

}  // namespace
}  // namespace homeward::client
