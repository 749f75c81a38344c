#include <gmock/gmock.h>

#include "clients/cpp/photo_file.h"
#include "tests/clients/program_run.h"
#include "tests/clients/sample_search.h"

namespace homeward::client {
namespace {

using ::testing::HasSubstr;

class PhotoCommandTest : public ProgramTest {
 protected:
  PhotoCommandTest() {
    service_.handlers.create_photo = [this](const v1::CreatePhotoRequest& request,
                                            v1::CreatePhotoResponse* response) {
      added_ = request;
      response->mutable_photo()->set_name(request.parent() + "/photos/1");
      *response->mutable_search() = SampleMiss();
      return grpc::Status::OK;
    };
    service_.handlers.download_photo = [this](const v1::DownloadPhotoRequest& request,
                                              google::api::HttpBody* body) {
      asked_ = request;
      body->set_content_type("image/jpeg");
      body->set_data("jpeg bytes");
      return grpc::Status::OK;
    };
    service_.handlers.list_photos = [this](const auto&, v1::ListPhotosResponse* response) {
      for (const std::string& name : photos_) response->add_photos()->set_name(name);
      return grpc::Status::OK;
    };
  }

  v1::CreatePhotoRequest added_;
  v1::DownloadPhotoRequest asked_;
  std::vector<std::string> photos_ = {"records/x/photos/1"};
  std::string file_ = (folder_.path() / "out.jpg").string();
};

TEST_F(PhotoCommandTest, AddsAPhotoAndTellsWhomItMayBe) {
  const Result result =
      Run({"photo", "add", "records/x", photo_, "--purpose", "p", "--photo-kind", "historical",
           "--single-face", "--case", "7", "--top", "2", "--output", "table"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(added_.parent(), "records/x");
  EXPECT_EQ(added_.purpose(), "p");
  EXPECT_EQ(added_.max_candidate_count(), 2);
  EXPECT_EQ(added_.photo().kind(), v1::HISTORICAL);
  EXPECT_TRUE(added_.photo().single_face());
  EXPECT_EQ(added_.request_id().size(), 32U);
  EXPECT_THAT(result.out, HasSubstr("Photo stored as records/x/photos/1."));
  EXPECT_THAT(result.out, HasSubstr("No candidate"));
  EXPECT_EQ(Run({"photo", "add", "x", photo_, "--purpose", "p"}).lines().at(0).at("schema"),
            "homeward.photo_added/1");
  EXPECT_EQ(added_.parent(), "records/x");
}

TEST_F(PhotoCommandTest, WritesAPhotoToAFileOfItsOwner) {
  const Result result = Run({"photo", "get", "records/x/photos/1", "-o", file_});
  EXPECT_EQ(result.code, 0);
  EXPECT_EQ(*ReadPhoto(file_), "jpeg bytes");
  EXPECT_EQ(asked_.view(), v1::UPRIGHT);
  EXPECT_EQ(result.lines().at(0).at("bytes"), 10);
}

TEST_F(PhotoCommandTest, GetsTheFaceAlone) {
  EXPECT_EQ(Run({"photo", "get", "records/x/photos/1", "--crop", "-o", file_}).code, 0);
  EXPECT_EQ(asked_.view(), v1::FACE_CROP);
}

TEST_F(PhotoCommandTest, ReplacesAFileOnlyWhenAsked) {
  folder_.Write("out.jpg", "old");
  const Result result = Run({"photo", "get", "records/x/photos/1", "-o", file_});
  EXPECT_EQ(result.code, 6);
  EXPECT_THAT(result.err, HasSubstr("--force"));
  EXPECT_EQ(*ReadPhoto(file_), "old");
  EXPECT_EQ(Run({"photo", "get", "records/x/photos/1", "-o", file_, "--force"}).code, 0);
  EXPECT_EQ(*ReadPhoto(file_), "jpeg bytes");
}

TEST_F(PhotoCommandTest, WritesBytesToAPipeButNotToAScreen) {
  EXPECT_EQ(Run({"photo", "get", "records/x/photos/1", "-o", "-"}).out, "jpeg bytes");
  person_ = true;
  const Result result = Run({"photo", "get", "records/x/photos/1", "-o", "-"});
  EXPECT_EQ(result.code, 2);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(Run({"photo", "get", "records/x/photos/1"}).code, 2);
}

TEST_F(PhotoCommandTest, TakesARecordForItsOnlyPhoto) {
  EXPECT_EQ(Run({"photo", "get", "records/x", "-o", file_}).code, 0);
  EXPECT_EQ(asked_.name(), "records/x/photos/1");
}

TEST_F(PhotoCommandTest, AsksWhichPhotoWhereARecordHasSeveral) {
  photos_.emplace_back("records/x/photos/2");
  const Result result = Run({"photo", "get", "records/x", "-o", file_});
  EXPECT_EQ(result.code, 1);
  EXPECT_THAT(result.err, HasSubstr("records/x/photos/1\n"));
  EXPECT_THAT(result.err, HasSubstr("records/x/photos/2\n"));
  photos_.clear();
  EXPECT_THAT(Run({"photo", "get", "records/x", "-o", file_}).err, HasSubstr("no such photo"));
}

TEST_F(PhotoCommandTest, NeedsARecordAndAPhoto) {
  EXPECT_EQ(Run({"photo", "add", "records/x", "--purpose", "p"}).code, 2);
  EXPECT_EQ(Run({"photo", "add", "records/x", photo_}).code, 2);
  EXPECT_EQ(Run({"photo"}).code, 2);
}

}  // namespace
}  // namespace homeward::client
