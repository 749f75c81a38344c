#include <gmock/gmock.h>

#include "tests/clients/program_run.h"
#include "tests/clients/sample_search.h"

namespace homeward::client {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

class SearchCommandTest : public ProgramTest {
 protected:
  SearchCommandTest() {
    service_.handlers.search_faces = [this](const v1::SearchFacesRequest& request,
                                            v1::SearchFacesResponse* response) {
      request_ = request;
      *response->mutable_search() = SampleSearch();
      return grpc::Status::OK;
    };
    service_.handlers.stream_face_searches = [this](FakeHandlers::Stream* stream) {
      v1::StreamFaceSearchesRequest request;
      stream->Read(&request);
      config_ = request.config();
      while (stream->Read(&request)) {
        v1::StreamFaceSearchesResponse response = Answer(request.photo().photo().data());
        response.set_photo_id(request.photo().photo_id());
        stream->Write(response);
      }
      return grpc::Status::OK;
    };
  }

  // By what is in the photo.
  static v1::StreamFaceSearchesResponse Answer(const std::string& photo) {
    v1::StreamFaceSearchesResponse response;
    if (photo == "nobody") {
      *response.mutable_result()->mutable_search() = SampleMiss();
    } else if (photo == "group") {
      response.mutable_problem()->set_reason("SEVERAL_FACES");
      (*response.mutable_problem()->mutable_metadata())["face_count"] = "2";
    } else {
      *response.mutable_result()->mutable_search() = SampleSearch();
    }
    return response;
  }

  v1::SearchFacesRequest request_;
  v1::StreamFaceSearchesConfig config_;
};

TEST_F(SearchCommandTest, SendsThePhotoWithItsFilter) {
  const Result result =
      Run({"search",     photo_,    "--purpose",    "identify",   "--case",    "7",
           "--kind",     "missing", "--kind",       "at-risk",    "--region",  "410000",
           "--region",   "320000",  "--unit",       "S1",         "--sex",     "male",
           "--age",      "50-60",   "--date-from",  "2020-01-01", "--date-to", "2026-12-31",
           "--face-box", "1,2,3,4", "--request-id", "id-1",       "--top",     "3"});
  ASSERT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(request_.photo().data(), "bytes of a photo");
  EXPECT_EQ(request_.photo().face_box().height_px(), 4);
  EXPECT_THAT(request_.filter().kinds(), ::testing::ElementsAre(v1::MISSING, v1::AT_RISK));
  EXPECT_THAT(request_.filter().region_codes(), ::testing::ElementsAre("410000", "320000"));
  EXPECT_THAT(request_.filter().units(), ::testing::ElementsAre("S1"));
  EXPECT_EQ(request_.filter().sex(), v1::MALE);
  EXPECT_EQ(request_.filter().age_min(), 50);
  EXPECT_EQ(request_.filter().age_max(), 60);
  EXPECT_EQ(request_.filter().event_date_min().year(), 2020);
  EXPECT_EQ(request_.filter().event_date_max().month(), 12);
  EXPECT_EQ(request_.purpose(), "identify");
  EXPECT_EQ(request_.case_reference(), "7");
  EXPECT_EQ(request_.request_id(), "id-1");
  EXPECT_EQ(request_.max_candidate_count(), 3);
}

TEST_F(SearchCommandTest, LetsAPhotoFollowAnOptionThatMayBeRepeated) {
  ASSERT_EQ(Run({"search", "--purpose", "x", "--kind", "missing", photo_}).code, 0);
  EXPECT_THAT(request_.filter().kinds(), ::testing::ElementsAre(v1::MISSING));
  EXPECT_FALSE(request_.filter().has_age_min());
}

TEST_F(SearchCommandTest, SearchesWithWhatIsStored) {
  ASSERT_EQ(Run({"search", "records/x/photos/y", "--purpose", "x"}).code, 0);
  EXPECT_EQ(request_.stored_photo(), "records/x/photos/y");
  ASSERT_EQ(Run({"search", "records/x", "--purpose", "x"}).code, 0);
  EXPECT_EQ(request_.stored_record(), "records/x");
}

TEST_F(SearchCommandTest, WritesEveryFormat) {
  const std::vector<std::string> words = {"search", photo_, "--purpose", "x", "--output"};
  const auto run = [&](const char* format) {
    std::vector<std::string> all = words;
    all.emplace_back(format);
    return Run(all);
  };
  EXPECT_THAT(run("table").out, StartsWith("Candidates above the operating point"));
  const nlohmann::json json = run("json").json();
  EXPECT_EQ(json.at("schema"), "homeward.search_answer/1");
  EXPECT_EQ(json.at("subject"), photo_);
  EXPECT_EQ(json.at("search").at("candidates").at(0).at("flags").at(0), "AGE_DIFFERS");
  EXPECT_TRUE(json.at("error").is_null());
  EXPECT_THAT(run("ndjson").lines(), SizeIs(1));
  EXPECT_EQ(run("ndjson").lines()[0], json);
  EXPECT_EQ(
      run("csv").out,
      "subject,search,searchable_count,compared_count,no_candidate,rank,record,photo,kind,"
      "claimed_name,unit,distance,score,stranger_rate,above_operating_point,flags,erased,"
      "error,stranger_rate_min,stranger_rate_max,placings\r\n" +
          photo_ + ",searches/01arz3ndektsv4rrffq69g5fax,20,17,false,1," + kSampleRecord + "," +
          kSampleRecord +
          "/photos/01arz3ndektsv4rrffq69g5faw,MISSING,王玉,示例县公安局,0.312,7.250,0.0031,true,"
          "AGE_DIFFERS,false,,0.001,0.008,\r\n" +
          photo_ +
          ",searches/01arz3ndektsv4rrffq69g5fax,20,17,false,2,"
          "records/"
          "11arz3ndektsv4rrffq69g5fav,,STRANDED,,,0.490,2.100,0.8,false,,false,,0.25,1,\r\n");
  EXPECT_EQ(run("xml").code, 2);
}

TEST_F(SearchCommandTest, BeginsCsvWithAMarkWhereASpreadsheetNeedsOne) {
  EXPECT_THAT(Run({"search", photo_, "--purpose", "x", "--output", "csv", "--bom"}).out,
              StartsWith("\xEF\xBB\xBFsubject,"));
}

TEST_F(SearchCommandTest, GivesProgramsTheReasonAsAResultToo) {
  service_.handlers.search_faces = [](const auto&, auto*) {
    return Refusal(grpc::FAILED_PRECONDITION, "NO_FACE_FOUND");
  };
  const Result result = Run({"search", photo_, "--purpose", "x"});
  EXPECT_EQ(result.code, 1);
  EXPECT_EQ(result.lines().at(0).at("error").at("reason"), "NO_FACE_FOUND");
  EXPECT_TRUE(result.lines().at(0).at("search").is_null());
  EXPECT_THAT(result.err, HasSubstr("No face was found"));
  EXPECT_THAT(Run({"search", photo_, "--purpose", "x", "--output", "csv"}).out,
              HasSubstr("\r\n" + photo_ + ",,,,,,,,,,,,,,,,,NO_FACE_FOUND,,,\r\n"));
}

TEST_F(SearchCommandTest, SearchesAFolderAndToldEachPhotoInALine) {
  folder_.Write("photos/a.jpg", "someone");
  folder_.Write("photos/b/c.jpg", "nobody");
  folder_.Write("photos/group.png", "group");
  folder_.Write("photos/list.txt", "no photo");
  const Result result = Run({"search", (folder_.path() / "photos").string(), "--purpose", "x",
                             "--case", "7", "--region", "410000", "--output", "table"});
  EXPECT_EQ(result.code, 1);  // one photo was not searched
  EXPECT_EQ(config_.purpose(), "x");
  EXPECT_EQ(config_.case_reference(), "7");
  EXPECT_THAT(config_.filter().region_codes(), ::testing::ElementsAre("410000"));
  EXPECT_THAT(
      result.out,
      HasSubstr("a.jpg                 above the operating point · 0.312 · missing report ·"));
  EXPECT_THAT(result.out, HasSubstr("b/c.jpg               no candidate · nearest 0.452"));
  EXPECT_THAT(result.out, HasSubstr("group.png             not searched: The photo shows several"));
  EXPECT_THAT(result.err,
              HasSubstr("Photos: 3. With a candidate: 1; no candidate: 1; not searched: 1."));
  EXPECT_THAT(result.err, HasSubstr("Each photo: Compared 17 of 20 records"));
  EXPECT_THAT(result.err, HasSubstr("left out because they are no photos: 1"));
}

TEST_F(SearchCommandTest, WritesAFolderAsAListForPrograms) {
  folder_.Write("photos/a.jpg", "someone");
  folder_.Write("photos/b.jpg", "group");
  const std::string photos = (folder_.path() / "photos").string();
  const auto lines = Run({"search", photos, "--purpose", "x"}).lines();
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_EQ(lines[0].at("subject"), "a.jpg");
  EXPECT_EQ(lines[1].at("error").at("metadata").at("face_count"), "2");
  const nlohmann::json json = Run({"search", photos, "--purpose", "x", "--output", "json"}).json();
  ASSERT_TRUE(json.is_array());
  EXPECT_EQ(json.size(), 2U);
  const std::string csv = Run({"search", photos, "--purpose", "x", "--output", "csv"}).out;
  EXPECT_EQ(std::ranges::count(csv, '\n'), 4);  // header, two candidates, one reason
}

TEST_F(SearchCommandTest, SearchesSeveralPhotosWithABoxForOne) {
  const std::string second = folder_.Write("second.jpg", "nobody");
  const Result result = Run(
      {"search", photo_, second, "/nonexistent.jpg", "--purpose", "x", "--face-box", "2:1,2,3,4"});
  EXPECT_EQ(result.code, 1);
  ASSERT_THAT(result.lines(), SizeIs(3));
  EXPECT_THAT(result.out, HasSubstr("FILE_UNREADABLE"));
}

TEST_F(SearchCommandTest, SaysThatAFolderHoldsNoPhoto) {
  std::filesystem::create_directory(folder_.path() / "empty");
  const Result result = Run({"search", (folder_.path() / "empty").string(), "--purpose", "x"});
  EXPECT_EQ(result.code, 6);
  EXPECT_THAT(result.err, HasSubstr("There is no photo in the folder"));
}

TEST_F(SearchCommandTest, ShowsNeitherNotesNorSummaryWhenQuiet) {
  folder_.Write("photos/a.jpg", "someone");
  folder_.Write("photos/list.txt", "no photo");
  const Result result =
      Run({"-q", "search", (folder_.path() / "photos").string(), "--purpose", "x"});
  EXPECT_EQ(result.code, 0);
  EXPECT_EQ(result.err, "");
}

TEST_F(SearchCommandTest, WritesATableForAPersonAndLinesForAProgram) {
  person_ = true;
  EXPECT_THAT(Run({"search", photo_, "--purpose", "x"}).out, HasSubstr("People decide"));
  person_ = false;
  EXPECT_THAT(Run({"search", photo_, "--purpose", "x"}).out, StartsWith("{\"schema\""));
}

TEST_F(SearchCommandTest, NeedsAPurpose) {
  const Result result = Run({"search", photo_});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("--purpose"));
  EXPECT_EQ(Run({"search", "--purpose", "x"}).code, 2);
}

TEST_F(SearchCommandTest, ShowsFileNamesThatAreNoText) {
  const std::string odd = folder_.Write("photos/\xff\x1b[2J.jpg", "someone");
  const std::string photos = (folder_.path() / "photos").string();
  EXPECT_THAT(Run({"search", photos, "--purpose", "x", "--output", "table"}).out,
              Not(HasSubstr("\x1b")));
  EXPECT_THAT(Run({"search", photos, "--purpose", "x"}).lines(), SizeIs(1));
}

}  // namespace
}  // namespace homeward::client
