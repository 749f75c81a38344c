#include "benchmarks/open_loop.h"

#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>
#include <utility>

namespace homeward {
namespace {

using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

Clock::duration AsDuration(double seconds) {
  return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

std::unique_ptr<v1::MatchService::Stub> Connect(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);
  return v1::MatchService::NewStub(
      grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
}

}  // namespace

// One call under way; deletes itself when it was answered.
struct SearchLoad::Call {
  grpc::ClientContext context;
  v1::SearchFacesRequest request;
  v1::SearchFacesResponse response;
};

struct SearchLoad::Tally {
  std::mutex mutex;
  std::condition_variable changed;
  int open = 0;
  Answers answers;

  void Count(std::size_t work_class, Clock::time_point arrival, const grpc::Status& status) {
    const std::lock_guard lock(mutex);
    if (status.ok()) {
      answers.served[work_class].push_back(SecondsSince(arrival));
    } else if (status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED) {
      answers.refused[work_class].push_back(SecondsSince(arrival));
    } else {
      ++answers.failed;
    }
    --open;
    changed.notify_all();
  }
  void Await(int most_open) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return open <= most_open; });
  }
};

std::size_t Answers::CountServed() const {
  std::size_t count = 0;
  for (const auto& each : served) count += each.size();
  return count;
}

SearchLoad::SearchLoad(const std::string& address, std::string token,
                       std::vector<std::string> photos)
    : token_(std::move(token)), photos_(std::move(photos)), stub_(Connect(address)) {}

void SearchLoad::Send(std::size_t work_class, Clock::time_point arrival, Tally& tally) {
  auto call = std::make_shared<Call>();
  call->context.AddMetadata("authorization", "Bearer " + token_);
  call->context.AddMetadata("homeward-work-class", kWorkClasses[work_class]);
  call->context.set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(1));
  call->request.set_purpose("benchmark");
  call->request.mutable_photo()->set_data(photos_[next_photo_++ % photos_.size()]);
  call->request.mutable_photo()->set_single_face(true);
  {
    const std::lock_guard lock(tally.mutex);
    ++tally.open;
  }
  stub_->async()->SearchFaces(&call->context, &call->request, &call->response,
                              [call, work_class, arrival, &tally](const grpc::Status& status) {
                                tally.Count(work_class, arrival, status);
                              });
}

Answers SearchLoad::Arrive(const std::array<double, kWorkClasses.size()>& rates, double seconds) {
  Tally tally;
  std::mt19937_64 random(1);
  double all = 0;
  for (const double rate : rates) all += rate;
  std::exponential_distribution<double> pause(all);
  std::discrete_distribution<std::size_t> pick(rates.begin(), rates.end());
  const Clock::time_point begin = Clock::now();
  for (double at = pause(random); at < seconds; at += pause(random)) {
    const Clock::time_point arrival = begin + AsDuration(at);
    std::this_thread::sleep_until(arrival);
    Send(pick(random), arrival, tally);
  }
  tally.Await(0);
  tally.answers.seconds = SecondsSince(begin);
  return std::move(tally.answers);
}

Answers SearchLoad::Repeat(int callers, double seconds) {
  Tally tally;
  const Clock::time_point begin = Clock::now();
  while (SecondsSince(begin) < seconds) {
    tally.Await(callers - 1);
    Send(0, Clock::now(), tally);
  }
  tally.Await(0);
  tally.answers.seconds = SecondsSince(begin);
  return std::move(tally.answers);
}

}  // namespace homeward
