#include "clients/cpp/face_search_stream.h"

#include <charconv>
#include <thread>
#include <utility>

#include "clients/cpp/request_id.h"

namespace homeward::client {
namespace {

// Photos are known to the service by their number alone: a file's name may hold a person's.
std::string PhotoId(std::size_t number) { return std::to_string(number); }

std::optional<std::size_t> NumberOf(const std::string& photo_id) {
  std::size_t number = 0;
  const char* end = photo_id.data() + photo_id.size();
  const auto [stop, error] = std::from_chars(photo_id.data(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

ClientResult<v1::SearchFacesResponse> OutcomeOf(v1::StreamFaceSearchesResponse response) {
  if (response.has_result()) return std::move(*response.mutable_result());
  ClientError error{grpc::StatusCode::FAILED_PRECONDITION, response.problem().reason(),
                    response.problem().message()};
  error.metadata.insert(response.problem().metadata().begin(), response.problem().metadata().end());
  return std::unexpected(std::move(error));
}

}  // namespace

FaceSearchStream::FaceSearchStream(Client& client, v1::StreamFaceSearchesConfig config)
    : client_(client), config_(std::move(config)), run_id_(NewRequestId()) {}

ClientResult<void> FaceSearchStream::Run(std::size_t count, Load load, Deliver deliver) {
  load_ = std::move(load);
  deliver_ = std::move(deliver);
  finished_count_ = 0;
  for (std::size_t number = 0; number < count; ++number) waiting_.push_back(number);
  for (int attempt = 1; finished_count_ < count; ++attempt) {
    const std::size_t finished_before = finished_count_;
    grpc::Status status = RunOnce();
    if (finished_count_ == count) break;
    if (status.ok()) {
      status = {grpc::StatusCode::UNAVAILABLE,
                "the service ended the stream before the last answer"};
    }
    if (finished_count_ > finished_before) attempt = 1;
    if (!client_.WaitToRetry(status, attempt)) {
      ClientError error = ErrorOf(status);
      error.metadata.try_emplace("server", client_.options_.server);
      return std::unexpected(std::move(error));
    }
    waiting_.insert(waiting_.begin(), in_flight_.begin(), in_flight_.end());
    in_flight_.clear();
  }
  return {};
}

grpc::Status FaceSearchStream::RunOnce() {
  Client::Attempt attempt(client_);
  const std::unique_ptr<Stream> stream = client_.matches_->StreamFaceSearches(&attempt.context);
  receiving_ = true;
  std::thread sender([this, &stream] { Send(*stream); });
  Receive(*stream);
  sender.join();
  return stream->Finish();
}

void FaceSearchStream::Send(Stream& stream) {
  v1::StreamFaceSearchesRequest first;
  *first.mutable_config() = config_;
  if (!stream.Write(first)) return;
  for (std::size_t number = 0; NextToSend(&number);) {
    ClientResult<v1::ProbePhoto> photo = load_(number);
    if (!photo) {
      Finish(number, std::unexpected(photo.error()));
    } else if (!stream.Write(MessageFor(number, *std::move(photo)))) {
      return;
    }
  }
  stream.WritesDone();
}

// Waits for room in the window. False when there is nothing more to send, or nobody to send it to.
bool FaceSearchStream::NextToSend(std::size_t* number) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return in_flight_.size() < kWindow || !receiving_; });
  if (!receiving_ || waiting_.empty()) return false;
  *number = waiting_.front();
  waiting_.pop_front();
  in_flight_.insert(*number);
  return true;
}

v1::StreamFaceSearchesRequest FaceSearchStream::MessageFor(std::size_t number,
                                                           v1::ProbePhoto photo) const {
  v1::StreamFaceSearchesRequest request;
  request.mutable_photo()->set_photo_id(PhotoId(number));
  *request.mutable_photo()->mutable_photo() = std::move(photo);
  request.mutable_photo()->set_request_id(run_id_ + "-" + PhotoId(number));
  return request;
}

void FaceSearchStream::Receive(Stream& stream) {
  v1::StreamFaceSearchesResponse response;
  while (stream.Read(&response)) {
    const std::optional<std::size_t> number = NumberOf(response.photo_id());
    if (number) Finish(*number, OutcomeOf(std::move(response)));
    response.Clear();
  }
  const std::lock_guard lock(mutex_);
  receiving_ = false;
  changed_.notify_all();
}

// Answers that nobody waits for are dropped, so that no photo is delivered twice.
void FaceSearchStream::Finish(std::size_t number, ClientResult<v1::SearchFacesResponse> outcome) {
  {
    const std::lock_guard lock(mutex_);
    if (in_flight_.erase(number) == 0) return;
    ++finished_count_;
    changed_.notify_all();
  }
  const std::lock_guard lock(deliver_mutex_);
  deliver_(number, std::move(outcome));
}

}  // namespace homeward::client
