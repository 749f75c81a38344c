#include "clients/demo/demonstration.h"

#include <gmock/gmock.h>

#include <sstream>

#include "clients/demo/photo_set.h"
#include "tests/clients/fake_service.h"

namespace homeward::client {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

class DemonstrationTest : public ::testing::Test {
 protected:
  DemonstrationTest() {
    service_.handlers.list_records = [this](const auto&, auto*) {
      ++calls_;
      return grpc::Status::OK;
    };
    service_.handlers.create_record = [this](const auto&, auto*) {
      ++calls_;
      return Refusal(grpc::INVALID_ARGUMENT, "PHOTO_FORMAT_UNSUPPORTED");
    };
  }

  struct Result {
    ExitCode code;
    std::string out;
    std::string err;
  };
  Result Run(std::vector<std::string> words) {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    Terminal terminal{in, out, err};
    terminal.variable = [](const std::string&) { return std::string(); };
    words.insert(words.end(), {"--server", service_.address()});
    const ExitCode code = RunDemonstration(words, terminal);
    return {code, out.str(), err.str()};
  }
  Result Play() { return Run({"--photos", folder_.path().string()}); }
  void AddPerson(const std::string& id, int photos) {
    for (int i = 1; i <= photos; ++i) {
      folder_.Write("people/" + id + "/" + std::to_string(i) + ".jpg", id);
    }
  }

  FakeService service_;
  TemporaryFolder folder_;
  int calls_ = 0;
};

TEST_F(DemonstrationTest, SaysWhatAnEmptyFolderLacksAndCallsNobody) {
  const Result result = Play();
  EXPECT_EQ(result.code, ExitCode::kUsage);
  EXPECT_THAT(result.err, AllOf(StartsWith("homeward: "), HasSubstr("people/"),
                                HasSubstr("nobody/"), HasSubstr(folder_.path().string())));
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(calls_, 0);
}

TEST_F(DemonstrationTest, RefusesALanguageThatItDoesNotSpeak) {
  const Result result = Run({"--photos", folder_.path().string(), "--lang", "fr"});
  EXPECT_EQ(result.code, ExitCode::kUsage);
  EXPECT_THAT(result.err, AllOf(HasSubstr("fr"), HasSubstr("zh")));
  EXPECT_EQ(calls_, 0);
}

TEST_F(DemonstrationTest, NeedsTwoPeopleOfTwoPhotosAndSomebodyUnknown) {
  AddPerson("a", 2);
  AddPerson("b", 1);  // nothing to recognise her by
  folder_.Write("people/readme.txt", "no person");
  const Result one = Play();
  EXPECT_EQ(one.code, ExitCode::kUsage);
  EXPECT_THAT(one.err, HasSubstr("1"));
  AddPerson("b", 2);
  const Result nobody = Play();
  EXPECT_EQ(nobody.code, ExitCode::kUsage);
  EXPECT_THAT(nobody.err, AllOf(HasSubstr("nobody/"), Not(HasSubstr("people/PERSON"))));
  EXPECT_EQ(calls_, 0);
}

TEST_F(DemonstrationTest, EndsInPlainWordsWhereAFileIsNoPhoto) {
  AddPerson("a", 2);
  AddPerson("b", 2);
  folder_.Write("nobody/x.jpg", "text");
  const Result result = Play();
  EXPECT_EQ(result.code, ExitCode::kFailed);
  EXPECT_THAT(result.err, AllOf(StartsWith("homeward: "), Not(HasSubstr("words of the service"))));
}

TEST_F(DemonstrationTest, LeavesAServiceInUseAlone) {
  AddPerson("a", 2);
  AddPerson("b", 2);
  folder_.Write("nobody/x.jpg", "text");
  int stored = 0;
  service_.handlers.list_records = [](const auto&, v1::ListRecordsResponse* answer) {
    answer->add_records()->set_name("records/x");
    return grpc::Status::OK;
  };
  service_.handlers.create_record = [&stored](const auto&, auto*) {
    ++stored;
    return grpc::Status::OK;
  };
  EXPECT_EQ(Play().code, ExitCode::kUsage);
  EXPECT_EQ(stored, 0);
}

TEST_F(DemonstrationTest, FailsWhereAStoryDoesNotEndAsItShould) {
  AddPerson("a", 2);
  AddPerson("b", 2);
  folder_.Write("nobody/x.jpg", "text");
  int stored = 0;
  service_.handlers.create_record = [&stored](const auto&, v1::CreateRecordResponse* answer) {
    answer->mutable_record()->set_name("records/" + std::to_string(++stored));
    answer->mutable_search()->set_no_candidate(true);  // finds nobody, ever
    return grpc::Status::OK;
  };
  service_.handlers.search_faces = [](const auto&, v1::SearchFacesResponse* answer) {
    answer->mutable_search()->set_no_candidate(true);
    return grpc::Status::OK;
  };
  const Result result = Play();
  EXPECT_EQ(result.code, ExitCode::kFailed);
  EXPECT_THAT(result.err, AllOf(HasSubstr("1"), HasSubstr("2"), HasSubstr("4")));
  EXPECT_EQ(stored, 4) << "the stories that can be played are played";
}

TEST_F(DemonstrationTest, RefusesAFolderThatIsNotThereAndWordsItDoesNotKnow) {
  EXPECT_EQ(Run({"--photos", (folder_.path() / "none").string()}).code, ExitCode::kLocalFile);
  EXPECT_EQ(Run({"--photos", folder_.Write("file", "")}).code, ExitCode::kLocalFile);
  EXPECT_EQ(Run({}).code, ExitCode::kUsage);
  EXPECT_EQ(Run({"--photos"}).code, ExitCode::kUsage);
  EXPECT_EQ(Run({"--photo", folder_.path().string()}).code, ExitCode::kUsage);
  const Result help = Run({"--help"});
  EXPECT_EQ(help.code, ExitCode::kDone);
  EXPECT_THAT(help.out, HasSubstr("--photos"));
  EXPECT_EQ(help.err, "");
}

TEST_F(DemonstrationTest, TellsPeopleByTheBeginningOfAFilesName) {
  AddPerson("li-hua", 2);
  AddPerson("wang", 3);
  folder_.Write("nobody/x.jpg", "");
  folder_.Write("folder/li-hua-street.jpg", "");
  folder_.Write("folder/li.jpg", "");
  folder_.Write("folder/wang-1.png", "");
  folder_.Write("folder/notes.txt", "");
  const auto set = ReadPhotoSet(folder_.path());
  ASSERT_TRUE(set.has_value());
  EXPECT_THAT(set->people,
              ElementsAre(Field(&DemoPerson::id, "li-hua"), Field(&DemoPerson::id, "wang")));
  ASSERT_THAT(set->folder, SizeIs(3));
  EXPECT_EQ(set->folder[0].person, 0u);
  EXPECT_EQ(set->folder[1].person, std::nullopt);
  EXPECT_EQ(set->folder[2].person, 1u);
}

TEST_F(DemonstrationTest, ComparesWhatIsLeftOverWhereThereIsNoFolder) {
  AddPerson("a", 3);
  AddPerson("b", 2);
  AddPerson("c", 2);
  folder_.Write("nobody/x.jpg", "");
  const auto set = ReadPhotoSet(folder_.path());
  ASSERT_TRUE(set.has_value());
  std::vector<std::string> names;
  for (const FolderPhoto& photo : set->folder) {
    names.push_back(photo.path.lexically_relative(folder_.path()).string());
  }
  EXPECT_THAT(names, ElementsAre("people/a/3.jpg", "people/c/2.jpg", "nobody/x.jpg"))
      << "nothing that is enrolled before";
}

}  // namespace
}  // namespace homeward::client
