#include "clients/cli/commands.h"
#include "clients/screen/text_width.h"

namespace homeward::client {
namespace {

const char* StatusName(Health health) {
  switch (health) {
    case Health::kUnknown:
      return "UNKNOWN";
    case Health::kServing:
      return "SERVING";
    case Health::kNotServing:
      return "NOT_SERVING";
  }
  return "";
}

// Who computes the networks, by the names that health knows them by.
std::vector<std::string> Embedders(Client& client) {
  std::vector<std::string> found;
  for (const char* name : {"oneDNN", "dlib", "OpenCV"}) {
    const auto health = client.CheckHealthOf(std::string("homeward.embedder.") + name);
    if (health && *health == Health::kServing) found.emplace_back(name);
  }
  return found;
}

ExitCode CheckHealth(Desk& desk) {
  const ClientResult<Health> health = desk.client.CheckHealth();
  if (!health) return Fail(desk, health.error());
  const bool serving = *health == Health::kServing;
  const Page& page = desk.printer.page();
  const std::vector<std::string> embedders = Embedders(desk.client);
  const std::string names = page.catalogue.Join(embedders);
  View view;
  view.text =
      WrapAfter("", 0, page.Say(serving ? Message::kServing : Message::kNotServing), page.width);
  if (!embedders.empty()) {
    view.text += WrapAfter("", 0, page.Say(Message::kEmbeddedBy, {{"names", names}}), page.width);
  }
  view.objects.push_back(
      WithSchema("homeward.health/1", {{"status", StatusName(*health)}, {"embedders", embedders}}));
  view.sheet = {{"status", "embedders"}, {{StatusName(*health), names}}};
  desk.printer.Print(view);
  return serving ? ExitCode::kDone : ExitCode::kUnreachable;
}

}  // namespace

UsageResult<Job> PrepareHealth(const Arguments&) {
  return [](Desk& desk) { return CheckHealth(desk); };
}

}  // namespace homeward::client
