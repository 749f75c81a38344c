#include <gmock/gmock.h>

#include "tests/clients/program_run.h"
#include "tests/clients/sample_search.h"

namespace homeward::client {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class EnrolCommandTest : public ProgramTest {
 protected:
  EnrolCommandTest() {
    service_.handlers.create_record = [this](const v1::CreateRecordRequest& request,
                                             v1::CreateRecordResponse* response) {
      requests_.push_back(request);
      *response->mutable_record() = request.record();
      response->mutable_record()->set_name(kSampleRecord);
      for (int index = 0; index < request.photos_size(); ++index) {
        response->add_photos()->set_name(kSampleRecord + "/photos/" + std::to_string(index));
      }
      *response->mutable_search() = SampleSearch();
      return grpc::Status::OK;
    };
  }

  const v1::CreateRecordRequest& request() const { return requests_.at(0); }

  std::vector<v1::CreateRecordRequest> requests_;
};

TEST_F(EnrolCommandTest, SendsEverythingThatWasStated) {
  const std::string second = folder_.Write("second.png", "other bytes");
  const Result result = Run(
      {"enrol",          "stranded",   photo_,         second,     "--purpose",  "identify a man",
       "--case",         "2026-7",     "--name",       "王玉",     "--alias",    "小玉",
       "--alias",        "阿玉",       "--sex",        "female",   "--age",      "60-70",
       "--height",       "158",        "--accent",     "河南口音", "--features", "左手缺一指",
       "--region",       "410900",     "--place",      "火车站",   "--date",     "2026-03-15",
       "--unit",         "S1",         "--reference",  "R-7",      "--face-box", "2:10,20,30.5,40",
       "--capture-date", "2026-03-16", "--request-id", "id-1",     "--top",      "50"});
  ASSERT_EQ(result.code, 0) << result.err;
  const v1::Record& record = request().record();
  EXPECT_EQ(record.kind(), v1::STRANDED);
  EXPECT_EQ(record.unit(), "S1");
  EXPECT_EQ(record.source_reference(), "R-7");
  EXPECT_EQ(record.person().claimed_name(), "王玉");
  EXPECT_EQ(record.person().aliases_size(), 2);
  EXPECT_EQ(record.person().sex(), v1::FEMALE);
  EXPECT_EQ(record.person().age_min(), 60);
  EXPECT_EQ(record.person().age_max(), 70);
  EXPECT_EQ(record.person().age_basis(), v1::ESTIMATED);
  EXPECT_EQ(record.person().height_cm(), 158);
  EXPECT_EQ(record.person().accent(), "河南口音");
  EXPECT_EQ(record.person().features(), "左手缺一指");
  EXPECT_EQ(record.stranded().found_region_code(), "410900");
  EXPECT_EQ(record.stranded().found_place(), "火车站");
  EXPECT_EQ(record.stranded().found_time().seconds(), 1773547200);  // noon in China on the 15th
  EXPECT_EQ(request().purpose(), "identify a man");
  EXPECT_EQ(request().case_reference(), "2026-7");
  EXPECT_EQ(request().request_id(), "id-1");
  EXPECT_EQ(request().max_candidate_count(), 50);
  ASSERT_EQ(request().photos_size(), 2);
  EXPECT_EQ(request().photos(0).data(), "bytes of a photo");
  EXPECT_EQ(request().photos(0).kind(), v1::INTAKE);
  EXPECT_FALSE(request().photos(0).has_face_box());
  EXPECT_EQ(request().photos(1).face_box().width_px(), 30.5);
  EXPECT_EQ(request().photos(1).capture_date().day(), 16);
  EXPECT_THAT(service_.authorizations(), ::testing::ElementsAre("Bearer secret"));
}

TEST_F(EnrolCommandTest, PutsWhereAndWhenIntoTheFieldsOfTheKind) {
  ASSERT_EQ(Run({"enrol", "missing", photo_, "--purpose", "x", "--region", "410902", "--place",
                 "集市", "--date", "2024-02-29", "--age", "65", "--single-face"})
                .code,
            0);
  EXPECT_EQ(request().record().missing().lost_region_code(), "410902");
  EXPECT_EQ(request().record().missing().lost_place(), "集市");
  EXPECT_EQ(request().record().missing().lost_date().day(), 29);
  EXPECT_EQ(request().record().person().age_basis(), v1::STATED);
  EXPECT_EQ(request().photos(0).kind(), v1::FAMILY);
  EXPECT_TRUE(request().photos(0).single_face());
  ASSERT_EQ(Run({"enrol", "at-risk", photo_, "--purpose", "x", "--region", "410902001"}).code, 0);
  EXPECT_EQ(requests_.at(1).record().at_risk().township_region_code(), "410902001");
}

TEST_F(EnrolCommandTest, MakesARequestIdOfItsOwn) {
  ASSERT_EQ(Run({"enrol", "missing", photo_, "--purpose", "x"}).code, 0);
  ASSERT_EQ(Run({"enrol", "missing", photo_, "--purpose", "x"}).code, 0);
  EXPECT_EQ(requests_.at(0).request_id().size(), 32U);
  EXPECT_NE(requests_.at(0).request_id(), requests_.at(1).request_id());
}

TEST_F(EnrolCommandTest, ReadsAnyFieldFromJsonAndLetsOptionsComeOnTop) {
  const std::string file =
      folder_.Write("record.json",
                    R"({"person": {"claimed_name": "old", "citizen_id": "11010519491231002X"},
          "missing": {"reporter_relation": "son"}, "legal_basis": "STATUTORY_DUTY"})");
  ASSERT_EQ(
      Run({"enrol", "missing", photo_, "--purpose", "x", "--from", file, "--name", "new"}).code, 0);
  EXPECT_EQ(request().record().person().claimed_name(), "new");
  EXPECT_EQ(request().record().person().citizen_id(), "11010519491231002X");
  EXPECT_EQ(request().record().missing().reporter_relation(), "son");
  EXPECT_EQ(request().record().legal_basis(), v1::STATUTORY_DUTY);
}

TEST_F(EnrolCommandTest, RefusesJsonThatIsNoRecord) {
  const std::string file = folder_.Write("record.json", R"({"nickname": "x"})");
  const Result wrong = Run({"enrol", "missing", photo_, "--purpose", "x", "--from", file});
  EXPECT_EQ(wrong.code, 2);
  EXPECT_THAT(wrong.err, HasSubstr("nickname"));
  EXPECT_EQ(Run({"enrol", "missing", photo_, "--purpose", "x", "--from", "/nonexistent"}).code, 6);
  EXPECT_EQ(Run({"enrol", "missing", photo_, "--purpose", "x", "--from", folder_.path()}).code, 6);
  EXPECT_TRUE(requests_.empty());
}

TEST_F(EnrolCommandTest, TellsAPersonWhatWasStoredAndWhomItMayBe) {
  person_ = true;
  locale_ = "zh_CN.UTF-8";
  const Result result = Run({"enrol", "stranded", photo_, "--purpose", "核查身份"});
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(result.out, StartsWith("已登记：" + kSampleRecord +
                                     "（受助人员）\n"
                                     "照片 1：  人脸可用于比对\n\n"));
  EXPECT_THAT(result.out, HasSubstr("达到判定线"));
  EXPECT_THAT(result.out, HasSubstr("由工作人员核实认定"));
  EXPECT_EQ(result.err, "");
}

TEST_F(EnrolCommandTest, TellsAProgramTheSameInOneLine) {
  const Result result = Run({"enrol", "stranded", photo_, "--purpose", "x"});
  ASSERT_EQ(result.lines().size(), 1U);
  EXPECT_THAT(result.out, StartsWith(R"({"schema":"homeward.enrolment/1","record":{"name":)"));
  EXPECT_EQ(result.lines()[0].at("search").at("candidates").at(0).at("rank"), 1);
  EXPECT_EQ(result.lines()[0].at("photos").size(), 1U);
}

TEST_F(EnrolCommandTest, SaysThatNothingWasSearchedWhereNoFaceCanBeCompared) {
  service_.handlers.create_record = [](const auto&, v1::CreateRecordResponse* response) {
    response->mutable_record()->set_name(kSampleRecord);
    response->add_photos()->set_no_template_reason(v1::FACE_NOT_FOUND);
    v1::Photo* poor = response->add_photos();
    poor->add_faces()->mutable_quality()->add_flags(v1::BLURRED);
    response->mutable_record()->add_warnings()->set_code(v1::SEX_CONTRADICTS_CITIZEN_ID);
    return grpc::Status::OK;
  };
  const Result result = Run({"enrol", "stranded", photo_, "--purpose", "x", "--output", "table"});
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(result.out, HasSubstr("no face was found"));
  EXPECT_THAT(result.out, HasSubstr("the face can be compared (poor: blurred)"));
  EXPECT_THAT(result.out, HasSubstr("Please check: the stated sex does not agree"));
  EXPECT_THAT(result.out, HasSubstr("Stored without a search"));
  EXPECT_THAT(result.out, Not(HasSubstr("No candidate")));
  EXPECT_TRUE(
      Run({"enrol", "stranded", photo_, "--purpose", "x"}).lines()[0].at("search").is_null());
}

TEST_F(EnrolCommandTest, ListsTheFacesToChooseFrom) {
  service_.handlers.create_record = [](const auto&, auto*) {
    return Refusal(grpc::FAILED_PRECONDITION, "SEVERAL_FACES",
                   {{"face_count", "2"}, {"boxes", "1,2,30,40;5,6,7,8"}, {"photo_index", "0"}});
  };
  const Result result = Run({"enrol", "stranded", photo_, "--purpose", "x"});
  EXPECT_EQ(result.code, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr("--face-box 1:1,2,30,40\n"));
  EXPECT_THAT(result.err, HasSubstr("--face-box 1:5,6,7,8\n"));
}

TEST_F(EnrolCommandTest, SaysHowToRepeatWhenTheAnswerIsNotKnown) {
  service_.handlers.create_record = [](const auto&, auto*) {
    return Refusal(grpc::DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED");
  };
  const Result result =
      Run({"enrol", "stranded", photo_, "--purpose", "x", "--request-id", "id-9"});
  EXPECT_EQ(result.code, 4);
  EXPECT_THAT(result.err, HasSubstr("--request-id id-9"));
}

TEST_F(EnrolCommandTest, RefusesTooMuchBeforeSendingIt) {
  std::vector<std::string> words = {"enrol", "missing", "--purpose", "x"};
  for (int count = 0; count < 6; ++count) words.push_back(photo_);
  EXPECT_EQ(Run(words).code, 2);
  const std::string large = folder_.Write("large.jpg", std::string(std::size_t{13} << 20, 'x'));
  EXPECT_EQ(Run({"enrol", "missing", "--purpose", "x", large, large}).code, 2);
  EXPECT_EQ(Run({"enrol", "missing", "--purpose", "x", "/nonexistent.jpg"}).code, 6);
  EXPECT_TRUE(requests_.empty());
}

TEST_F(EnrolCommandTest, RefusesWhatItDoesNotUnderstandInWords) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{"enrol"}, "Say the kind and at least one photo"},
      {{"enrol", "missing", "--purpose", "x"}, "at least one photo"},
      {{"enrol", "lost", photo_, "--purpose", "x"}, "lost is no kind"},
      {{"enrol", "missing", photo_}, "Every search states its purpose"},
      {{"enrol", "missing", photo_, "--purpose", ""}, "Every search states its purpose"},
      {{"enrol", "missing", photo_, "--purpose", "x", "--age", "old"}, "old is no age"},
      {{"enrol", "missing", photo_, "--purpose", "x", "--sex", "m"}, "m: sex is"},
      {{"enrol", "missing", photo_, "--purpose", "x", "--date", "2026-02-30"}, "is no day"},
      {{"enrol", "missing", photo_, "--purpose", "x", "--height", "1.6"}, "--height 1.6"},
      {{"enrol", "missing", photo_, "--purpose", "x", "--top", "0"}, "--top 0"},
      {{"enrol", "missing", photo_, "--purpose", "x", "--face-box", "1,2,3"}, "is no face box"},
      {{"enrol", "missing", photo_, "--purpose", "x", "--face-box", "2:1,2,3,4"}, "only so many"},
      {{"enrol", "missing", photo_, "--purpose", "x", "--photo-kind", "selfie"},
       "no kind of photo"},
      {{"enrol", "at-risk", photo_, "--purpose", "x", "--place", "y"}, "has no place"},
      {{"enrol", "missing", photo_, "--purpose", "x", "--nickname", "y"},
       "Not understood: --nickname"},
      {{"enrol", "missing", photo_, "--purpose"}, "--purpose needs a value"},
  };
  for (const auto& [words, complaint] : cases) {
    const Result result = Run(words);
    EXPECT_EQ(result.code, 2) << complaint;
    EXPECT_EQ(result.out, "") << complaint;
    EXPECT_THAT(result.err, HasSubstr(complaint));
    EXPECT_THAT(result.err, HasSubstr("See: homeward"));
  }
  EXPECT_TRUE(requests_.empty());
}

}  // namespace
}  // namespace homeward::client
