#include "clients/cpp/face_search_stream.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <atomic>
#include <deque>

#include "tests/clients/fake_service.h"

namespace homeward::client {
namespace {

using Stream = FakeHandlers::Stream;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

// The answer says which photo it is about.
void Answer(Stream& stream, const v1::StreamedPhoto& photo) {
  v1::StreamFaceSearchesResponse response;
  response.set_photo_id(photo.photo_id());
  response.mutable_result()->mutable_search()->set_name(photo.photo().data());
  stream.Write(response);
}

class FaceSearchStreamTest : public ::testing::Test {
 protected:
  FaceSearchStreamTest() {
    RetryPolicy impatient;
    impatient.wait = [this](std::chrono::milliseconds) { ++pauses_; };
    impatient.jitter = [] { return 0.0; };
    client_ = *Client::Open(
        {service_.address(), std::nullopt, std::chrono::minutes(1), std::move(impatient)});
  }

  ClientResult<void> Run(std::size_t count) {
    v1::StreamFaceSearchesConfig config;
    config.set_purpose("test");
    FaceSearchStream stream(*client_, config);
    return stream.Run(
        count,
        [this](std::size_t number) -> ClientResult<v1::ProbePhoto> {
          ++loaded_;
          if (unreadable_.contains(number)) {
            return std::unexpected(ClientError{grpc::UNKNOWN, "FILE_UNREADABLE", ""});
          }
          v1::ProbePhoto photo;
          photo.set_data("photo " + std::to_string(number));
          return photo;
        },
        [this](std::size_t number, const ClientResult<v1::SearchFacesResponse>& outcome) {
          EXPECT_TRUE(
              outcomes_.emplace(number, outcome ? outcome->search().name() : outcome.error().reason)
                  .second);
        });
  }

  FakeService service_;
  std::unique_ptr<Client> client_;
  std::set<std::size_t> unreadable_;
  std::atomic<int> loaded_ = 0;
  int pauses_ = 0;
  std::map<std::size_t, std::string> outcomes_;
};

TEST_F(FaceSearchStreamTest, SendsTheConfigurationFirstAndDeliversEveryAnswer) {
  service_.handlers.stream_face_searches = [](Stream* stream) {
    v1::StreamFaceSearchesRequest request;
    EXPECT_TRUE(stream->Read(&request));
    EXPECT_EQ(request.config().purpose(), "test");
    while (stream->Read(&request)) Answer(*stream, request.photo());
    return grpc::Status::OK;
  };
  EXPECT_TRUE(Run(3).has_value());
  EXPECT_EQ(outcomes_,
            (std::map<std::size_t, std::string>{{0, "photo 0"}, {1, "photo 1"}, {2, "photo 2"}}));
}

TEST_F(FaceSearchStreamTest, LoadsNoMoreThanTheWindowAheadOfTheAnswers) {
  service_.handlers.stream_face_searches = [this](Stream* stream) {
    v1::StreamFaceSearchesRequest request;
    stream->Read(&request);
    int answered = 0;
    std::deque<v1::StreamedPhoto> waiting;
    while (stream->Read(&request)) {
      waiting.push_back(request.photo());
      if (waiting.size() < FaceSearchStream::kWindow && answered + waiting.size() < 40U) continue;
      EXPECT_LE(loaded_, answered + static_cast<int>(FaceSearchStream::kWindow));
      ++answered;
      const v1::StreamedPhoto oldest = waiting.front();
      waiting.pop_front();
      Answer(*stream, oldest);
    }
    for (const v1::StreamedPhoto& photo : waiting) Answer(*stream, photo);
    return grpc::Status::OK;
  };
  EXPECT_TRUE(Run(40).has_value());
  EXPECT_EQ(outcomes_.size(), 40U);
  EXPECT_EQ(loaded_, 40);
}

TEST_F(FaceSearchStreamTest, DeliversTheReasonWhyAPhotoHasNoAnswer) {
  service_.handlers.stream_face_searches = [](Stream* stream) {
    v1::StreamFaceSearchesRequest request;
    stream->Read(&request);
    while (stream->Read(&request)) {
      v1::StreamFaceSearchesResponse response;
      response.set_photo_id(request.photo().photo_id());
      response.mutable_problem()->set_reason("NO_FACE_FOUND");
      stream->Write(response);
    }
    return grpc::Status::OK;
  };
  unreadable_ = {1};
  EXPECT_TRUE(Run(2).has_value());
  EXPECT_EQ(outcomes_,
            (std::map<std::size_t, std::string>{{0, "NO_FACE_FOUND"}, {1, "FILE_UNREADABLE"}}));
}

TEST_F(FaceSearchStreamTest, NeedsNoAnswerWhereNoPhotoCouldBeRead) {
  service_.handlers.stream_face_searches = [](Stream* stream) {
    v1::StreamFaceSearchesRequest request;
    while (stream->Read(&request)) EXPECT_FALSE(request.has_photo());
    return grpc::Status::OK;
  };
  unreadable_ = {0, 1};
  EXPECT_TRUE(Run(2).has_value());
  EXPECT_EQ(outcomes_.size(), 2U);
}

TEST_F(FaceSearchStreamTest, SendsAgainWhatWasNotAnsweredWithTheIdsItHad) {
  std::map<std::string, std::set<std::string>> ids;  // of the requests, by photo
  int streams = 0;
  service_.handlers.stream_face_searches = [&](Stream* stream) {
    ++streams;
    v1::StreamFaceSearchesRequest request;
    stream->Read(&request);
    for (int read = 0; stream->Read(&request); ++read) {
      ids[request.photo().photo_id()].insert(request.photo().request_id());
      if (streams < 3 && read == 2) return Refusal(grpc::UNAVAILABLE, "SHUTTING_DOWN");
      if (read != 1 || streams == 3) Answer(*stream, request.photo());
    }
    return grpc::Status::OK;
  };
  EXPECT_TRUE(Run(10).has_value());
  EXPECT_EQ(streams, 3);
  EXPECT_EQ(outcomes_.size(), 10U);
  EXPECT_EQ(ids.size(), 10U);
  for (const auto& [photo, requests] : ids) EXPECT_EQ(requests.size(), 1U) << photo;
}

TEST_F(FaceSearchStreamTest, GivesUpWhenTheServiceStaysAway) {
  service_.Stop();
  const auto done = Run(3);
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().reason, kServerUnreachable);
  EXPECT_EQ(pauses_, RetryPolicy().attempts - 1);
  EXPECT_TRUE(outcomes_.empty());
}

TEST_F(FaceSearchStreamTest, EndsWithTheReasonOfAStreamThatIsRefused) {
  service_.handlers.stream_face_searches = [](Stream*) {
    return Refusal(grpc::INVALID_ARGUMENT, "PURPOSE_MISSING");
  };
  const auto done = Run(3);
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().reason, "PURPOSE_MISSING");
  EXPECT_EQ(pauses_, 0);
}

TEST_F(FaceSearchStreamTest, DeliversNoAnswerTwiceAndNoneThatNobodyAskedFor) {
  service_.handlers.stream_face_searches = [](Stream* stream) {
    v1::StreamFaceSearchesRequest request;
    stream->Read(&request);
    v1::StreamFaceSearchesResponse stray;
    for (const char* id : {"7", "x", "", "18446744073709551616"}) {
      stray.set_photo_id(id);
      stream->Write(stray);
    }
    while (stream->Read(&request)) {
      Answer(*stream, request.photo());
      Answer(*stream, request.photo());
    }
    return grpc::Status::OK;
  };
  EXPECT_TRUE(Run(4).has_value());
  EXPECT_EQ(outcomes_.size(), 4U);
}

TEST_F(FaceSearchStreamTest, EndsWhenTheClientIsCancelled) {
  service_.handlers.stream_face_searches = [this](Stream* stream) {
    v1::StreamFaceSearchesRequest request;
    stream->Read(&request);
    stream->Read(&request);
    client_->Cancel();
    while (stream->Read(&request)) continue;
    return grpc::Status::OK;
  };
  EXPECT_EQ(Run(3).error().reason, "CANCELLED");
}

TEST_F(FaceSearchStreamTest, DeliversEachPhotoOnceWhateverTheOrderAndHoweverOftenItBreaks) {
  rc::check([this] {
    const auto count = *rc::gen::inRange<std::size_t>(0, 30);
    const auto breaks = *rc::gen::container<std::vector<int>>(*rc::gen::inRange<std::size_t>(0, 4),
                                                              rc::gen::inRange(0, 12));
    outcomes_.clear();
    std::size_t stream_number = 0;
    service_.handlers.stream_face_searches = [&](Stream* stream) {
      const std::size_t mine = stream_number++;
      v1::StreamFaceSearchesRequest request;
      stream->Read(&request);
      std::vector<v1::StreamedPhoto> held;
      for (int read = 0; stream->Read(&request); ++read) {
        if (mine < breaks.size() && read == breaks[mine]) {
          return Refusal(grpc::UNAVAILABLE, "SHUTTING_DOWN");
        }
        if (read % 3 == 1) {
          held.push_back(request.photo());
        } else {
          Answer(*stream, request.photo());
        }
        if (held.size() >= 4) {
          for (; !held.empty(); held.pop_back()) Answer(*stream, held.back());
        }
      }
      for (; !held.empty(); held.pop_back()) Answer(*stream, held.back());
      return grpc::Status::OK;
    };
    RC_ASSERT(Run(count).has_value());
    RC_ASSERT(outcomes_.size() == count);
    for (const auto& [number, outcome] : outcomes_) {
      RC_ASSERT(outcome == "photo " + std::to_string(number));
    }
  });
}

}  // namespace
}  // namespace homeward::client
