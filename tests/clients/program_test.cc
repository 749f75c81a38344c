#include "clients/cli/program.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <csignal>
#include <future>
#include <sstream>

#include "clients/cli/evaluation.h"
#include "clients/cli/interrupt.h"
#include "clients/screen/text_width.h"
#include "tests/clients/program_run.h"
#include "tests/clients/sample_search.h"

namespace homeward::client {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

using CompareCommandTest = ProgramTest;
using SearchLogCommandTest = ProgramTest;
using HealthCommandTest = ProgramTest;

TEST_F(ProgramTest, ExplainsItselfInBothLanguagesWithinThePage) {
  for (const char* command :
       {"", "enrol", "search", "compare", "record", "record list", "record update", "record erase",
        "photo", "photo add", "photo get", "search-log", "calibrate", "operating-point",
        "operating-point activate", "space", "space list", "health"}) {
    for (const char* language : {"zh", "en"}) {
      for (width_ = 50; width_ <= 80; width_ += 30) {
        std::vector<std::string> words = {"--lang", language};
        std::istringstream parts(command);
        for (std::string part; parts >> part;) words.push_back(part);
        words.emplace_back("--help");
        const Result help = Run(words);
        EXPECT_EQ(help.code, 0);
        EXPECT_EQ(help.err, "");
        std::istringstream lines(help.out);
        for (std::string line; std::getline(lines, line);) EXPECT_LE(Width(line), width_) << line;
        EXPECT_THAT(help.out, HasSubstr(*language == 'z' ? "用法: homeward" : "Usage: homeward"));
      }
    }
  }
}

TEST_F(ProgramTest, SaysWhatItIs) { EXPECT_THAT(Run({"--version"}).out, StartsWith("homeward ")); }

TEST_F(ProgramTest, SpeaksTheLanguageOfTheLocaleUnlessTold) {
  locale_ = "zh_CN.UTF-8";
  EXPECT_THAT(Run({"record", "show"}).err, HasSubstr("请写明是哪一份"));
  EXPECT_THAT(Run({"record", "show", "--lang", "en"}).err, HasSubstr("Say which one"));
  EXPECT_THAT(Run({"--lang=en", "record", "show"}).err, HasSubstr("Say which one"));
  EXPECT_EQ(Run({"--lang", "fr", "record", "list"}).code, 2);
}

TEST_F(ProgramTest, RefusesWordsThatAreNoCommand) {
  EXPECT_EQ(Run({}).code, 2);
  const Result result = Run({"serach", "x.jpg"});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("serach"));
}

TEST_F(ProgramTest, TakesItsOptionsBeforeAndAfterTheCommand) {
  service_.handlers.list_records = [](const auto&, auto*) { return grpc::Status::OK; };
  EXPECT_EQ(Run({"--output", "json", "record", "list"}).out, "[]\n");
  EXPECT_EQ(Run({"record", "list", "--output", "json"}).out, "[]\n");
}

TEST_F(ProgramTest, EndsWithACodeForEachKindOfTrouble) {
  const std::vector<std::pair<grpc::Status, int>> cases = {
      {Refusal(grpc::NOT_FOUND, "RECORD_NOT_FOUND"), 1},
      {Refusal(grpc::INTERNAL, "INTERNAL", {{"incident", "i-1"}}), 1},
      {Refusal(grpc::INVALID_ARGUMENT, "REGION_CODE_INVALID"), 2},
      {Refusal(grpc::UNAUTHENTICATED, "UNAUTHENTICATED"), 3},
      {Refusal(grpc::UNAVAILABLE, "STORE_UNAVAILABLE"), 4},
      {Refusal(grpc::DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED"), 4},
      {grpc::Status(grpc::UNIMPLEMENTED, ""), 4},
      {Refusal(grpc::RESOURCE_EXHAUSTED, "QUEUE_FULL"), 5},
      {grpc::Status(grpc::RESOURCE_EXHAUSTED, "too large"), 5},
      {Refusal(grpc::RESOURCE_EXHAUSTED, "STORE_FULL"), 1},
      {grpc::Status(grpc::CANCELLED, ""), 130},
  };
  for (const auto& [status, code] : cases) {
    service_.handlers.list_records = [&status](const auto&, auto*) { return status; };
    const Result result = Run({"record", "list"});
    EXPECT_EQ(result.code, code) << status.error_code() << result.err;
    EXPECT_THAT(result.err, StartsWith("homeward: "));
  }
}

TEST_F(ProgramTest, SaysHowToStartAServiceThatDoesNotAnswer) {
  service_.Stop();
  const Result result = Run({"record", "list"});
  EXPECT_EQ(result.code, 4);
  EXPECT_THAT(result.err, AllOf(HasSubstr(service_.address()), HasSubstr("./run serve")));
}

TEST_F(ProgramTest, RefusesATokenThatCannotBeReadAndAServerThatIsNotHere) {
  EXPECT_EQ(Run({"record", "list", "--token-file", "/nonexistent"}).code, 3);
  EXPECT_EQ(Run({"record", "list", "--server", "192.0.2.1:50450"}).code, 2);
}

TEST_F(ProgramTest, CancelsACommandFromOutside) {
  service_.handlers.list_records = [](const auto&, auto*) { return grpc::Status::OK; };
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  Terminal terminal{in, out, err};
  terminal.variable = [this](const std::string& name) {
    return name == "HOMEWARD_SERVER" ? service_.address() : "";
  };
  const ExitCode code = RunProgram({"record", "list"}, terminal, [](Client* client) {
    if (client != nullptr) client->Cancel();
  });
  EXPECT_EQ(code, ExitCode::kInterrupted);
  EXPECT_THAT(err.str(), HasSubstr("Interrupted"));
}

TEST_F(ProgramTest, SaysThatResultsCouldNotBeWritten) {
  service_.handlers.list_records = [](const auto&, auto*) { return grpc::Status::OK; };
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  out.setstate(std::ios::badbit);
  Terminal terminal{in, out, err};
  terminal.variable = [this](const std::string& name) {
    return name == "HOMEWARD_SERVER" ? service_.address() : "";
  };
  EXPECT_EQ(RunProgram({"record", "list"}, terminal), ExitCode::kLocalFile);
  EXPECT_THAT(err.str(), HasSubstr("could not be written"));
}

// File names and the words of a service are anybody's.
TEST_F(ProgramTest, LetsNoErrorSteerTheTerminal) {
  service_.handlers.list_records = [](const auto&, auto*) {
    return Refusal(grpc::INVALID_ARGUMENT, "FIELD_INVALID", {{"field", "x\x1b[2J"}});
  };
  const Result refused = Run({"record", "list"});
  EXPECT_THAT(refused.err, AllOf(HasSubstr("[2J"), Not(HasSubstr("\x1b"))));
  const Result usage = Run({"enrol", "\x1b[31m", "x.jpg", "--purpose", "x"});
  EXPECT_THAT(usage.err, AllOf(HasSubstr("[31m is no kind"), Not(HasSubstr("\x1b"))));
  const Result file = Run({"search", "/none/\x1b[2J\u202E.jpg", "--purpose", "x"});
  EXPECT_THAT(file.err,
              AllOf(HasSubstr("cannot be read"), Not(HasSubstr("\x1b")), Not(HasSubstr("\u202E"))));
}

TEST_F(ProgramTest, RefusesTextInAnotherEncodingBeforeItIsSent) {
  const std::string gbk = "\xd5\xc5\xc8\xfd";
  for (const std::string option : {"--purpose", "--case", "--name", "--alias", "--accent",
                                   "--features", "--place", "--unit", "--reference"}) {
    std::vector<std::string> words = {"enrol", "missing", photo_, "--purpose", "x"};
    if (option == "--purpose") words.resize(3);
    words.insert(words.end(), {option, gbk});
    const Result result = Run(words);
    EXPECT_EQ(result.code, 2) << option;
    EXPECT_THAT(result.err,
                AllOf(HasSubstr(option + ": this text is not UTF-8"), HasSubstr("GBK")));
  }
  EXPECT_THAT(Run({"record", "show", gbk}).err, HasSubstr("records/: this text is not UTF-8"));
  EXPECT_THAT(service_.authorizations(), ::testing::IsEmpty());
}

TEST_F(CompareCommandTest, TellsTheDistanceAndTheSideOfTheOperatingPoint) {
  v1::CompareFacesRequest sent;
  bool above = true;
  service_.handlers.compare_faces = [&](const v1::CompareFacesRequest& request,
                                        v1::CompareFacesResponse* response) {
    sent = request;
    response->set_distance(above ? 0.25 : 0.5);
    response->set_above_operating_point(above);
    response->mutable_operating_point()->set_threshold(0.376);
    return grpc::Status::OK;
  };
  const std::string other = folder_.Write("other.jpg", "other bytes");
  const std::vector<std::string> words = {"compare",    photo_,      other,      "--purpose", "x",
                                          "--face-box", "2:1,2,3,4", "--output", "table"};
  EXPECT_THAT(Run(words).out, AllOf(HasSubstr("Distance 0.250: above the operating point"),
                                    HasSubstr("People decide"), Not(HasSubstr("%"))));
  EXPECT_EQ(sent.first().data(), "bytes of a photo");
  EXPECT_EQ(sent.second().face_box().x_px(), 1);
  EXPECT_EQ(sent.purpose(), "x");
  above = false;
  EXPECT_THAT(Run(words).out, HasSubstr("Distance 0.500: below the operating point"));
  const auto json = Run({"compare", photo_, other, "--purpose", "x"}).lines().at(0);
  EXPECT_EQ(json.at("schema"), "homeward.comparison/1");
  EXPECT_EQ(json.at("distance"), 0.5);
  EXPECT_EQ(json.at("second"), other);
}

TEST_F(CompareCommandTest, NamesThePhotoThatShowsSeveralFaces) {
  service_.handlers.compare_faces = [](const auto&, auto*) {
    return Refusal(grpc::FAILED_PRECONDITION, "SEVERAL_FACES",
                   {{"face_count", "2"}, {"boxes", "1,2,3,4;5,6,7,8"}, {"photo", "second"}});
  };
  const Result result = Run({"compare", photo_, photo_, "--purpose", "x"});
  EXPECT_EQ(result.code, 1);
  EXPECT_THAT(result.err, HasSubstr("--face-box 2:5,6,7,8"));
  EXPECT_EQ(Run({"compare", photo_, "--purpose", "x"}).code, 2);
}

TEST_F(SearchLogCommandTest, ListsSearchesAndShowsOne) {
  service_.handlers.list_searches = [](const v1::ListSearchesRequest& request,
                                       v1::ListSearchesResponse* response) {
    EXPECT_EQ(request.case_reference(), "7");
    *response->add_searches() = SampleSearch();
    return grpc::Status::OK;
  };
  service_.handlers.get_search = [](const v1::GetSearchRequest& request, v1::Search* search) {
    *search = SampleSearch();
    search->set_name(request.name());
    search->mutable_operating_point()->set_data("LFW");
    return grpc::Status::OK;
  };
  width_ = 50;
  EXPECT_THAT(Run({"search-log", "--case", "7", "--output", "table", "--lang", "zh"}).out,
              AllOf(HasSubstr("比对记录  searches/01arz3ndektsv4rrffq69g5fax"),
                    HasSubstr("已比对    17/20"), HasSubstr("结果      有候选")));
  EXPECT_EQ(Run({"search-log", "--case", "7"}).lines().at(0).at("schema"), "homeward.search/1");
  const Result one = Run({"search-log", "x", "--output", "table"});
  EXPECT_THAT(one.out, AllOf(HasSubstr("searches/x"), HasSubstr("measured on"), HasSubstr("LFW"),
                             HasSubstr("missing report")));
}

TEST_F(HealthCommandTest, TellsWhetherTheServiceWorksWithoutAToken) {
  token_file_ = "/nonexistent";
  EXPECT_EQ(Run({"health"}).code, 0);
  EXPECT_EQ(Run({"health"}).out,
            "{\"schema\":\"homeward.health/1\",\"status\":\"SERVING\",\"embedders\":[]}\n");
  service_.health().SetServingStatus("homeward.embedder.oneDNN", true);
  EXPECT_THAT(Run({"health"}).out, HasSubstr(R"("embedders":["oneDNN"])"));
  EXPECT_THAT(Run({"health", "--output", "table"}).out, HasSubstr("computed by oneDNN"));
  service_.health().SetServingStatus(false);
  const Result result = Run({"health", "--output", "table"});
  EXPECT_EQ(result.code, 4);
  EXPECT_THAT(result.out, HasSubstr("cannot work now"));
}

TEST(EvaluationTest, FindsTheServiceBesideTheProgram) {
  const TemporaryFolder folder;
  EXPECT_EQ(ServiceProgram(folder.path()), std::nullopt);
  const std::string program = folder.Write("homewardd", "#!/bin/sh\n");
  EXPECT_EQ(ServiceProgram(folder.path()), std::nullopt);  // not to be run
  chmod(program.c_str(), 0755);
  EXPECT_EQ(ServiceProgram(folder.path()), program);
}

TEST(EvaluationTest, HandsEveryWordOn) {
  const TemporaryFolder folder;
  const std::string program =
      folder.Write("homewardd", "#!/bin/sh\necho \"$#: $*\" > \"$0.said\"\nexit 7\n");
  chmod(program.c_str(), 0755);
  EXPECT_EXIT(BecomeEvaluation(program, {"faces.tsv", "--cache", "a b"}),
              ::testing::ExitedWithCode(7), "");
  std::ifstream said(program + ".said");
  std::string line;
  std::getline(said, line);
  EXPECT_EQ(line, "4: evaluate faces.tsv --cache a b");
}

TEST(InterruptDeathTest, EndsAtOnceWhereNothingIsUnderWay) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(
      {
        const Interrupt interrupt([] { return false; });
        kill(getpid(), SIGINT);
        for (;;) pause();
      },
      ::testing::ExitedWithCode(130), "");
}

TEST(InterruptDeathTest, LetsWhatIsUnderWayEndByItself) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(
      {
        std::promise<void> stopped;
        {
          const Interrupt interrupt([&] {
            stopped.set_value();
            return true;
          });
          kill(getpid(), SIGTERM);
          stopped.get_future().wait();
        }
        exit(3);
      },
      ::testing::ExitedWithCode(3), "");
}

}  // namespace
}  // namespace homeward::client
