// MatchService.StreamFaceSearches for a long list of photos.
//
// Photos are loaded one by one as the window opens, so memory stays the same however many there
// are. When the service becomes unavailable, what was not answered is sent again on a new stream,
// each photo with the request_id it had: the service answers it once.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <set>
#include <string>

#include "clients/cpp/client.h"

namespace homeward::client {

class FaceSearchStream {
 public:
  // The photo with this number; an error is that photo's outcome and the rest goes on.
  using Load = std::function<ClientResult<v1::ProbePhoto>(std::size_t number)>;
  // What became of a photo. Called once for each, in the order in which they finish, never from two
  // threads at a time.
  using Deliver =
      std::function<void(std::size_t number, ClientResult<v1::SearchFacesResponse> outcome)>;

  // The service works at most at so many photos of a stream at a time.
  static constexpr std::size_t kWindow = 8;

  // `client` must outlive the stream.
  FaceSearchStream(Client& client, v1::StreamFaceSearchesConfig config);

  // Searches with photos 0 to `count` - 1. An error means that the stream ended early: what was not
  // delivered was not searched, or its answer was lost.
  ClientResult<void> Run(std::size_t count, Load load, Deliver deliver);

 private:
  using Stream =
      grpc::ClientReaderWriter<v1::StreamFaceSearchesRequest, v1::StreamFaceSearchesResponse>;

  grpc::Status RunOnce();
  void Send(Stream& stream);
  void Receive(Stream& stream);
  bool NextToSend(std::size_t* number);
  v1::StreamFaceSearchesRequest MessageFor(std::size_t number, v1::ProbePhoto photo) const;
  void Finish(std::size_t number, ClientResult<v1::SearchFacesResponse> outcome);

  Client& client_;
  const v1::StreamFaceSearchesConfig config_;
  const std::string run_id_;  // makes the request_ids
  Load load_;
  Deliver deliver_;

  std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_.
  std::deque<std::size_t> waiting_;
  std::set<std::size_t> in_flight_;
  std::size_t finished_count_ = 0;
  bool receiving_ = false;

  std::mutex deliver_mutex_;  // held while deliver_ runs
};

}  // namespace homeward::client
