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

ExitCode CheckHealth(Desk& desk) {
  const ClientResult<Health> health = desk.client.CheckHealth();
  if (!health) return Fail(desk, health.error());
  const bool serving = *health == Health::kServing;
  const Page& page = desk.printer.page();
  View view;
  view.text =
      WrapAfter("", 0, page.Say(serving ? Message::kServing : Message::kNotServing), page.width);
  view.objects.push_back(WithSchema("homeward.health/1", {{"status", StatusName(*health)}}));
  view.sheet = {{"status"}, {{StatusName(*health)}}};
  desk.printer.Print(view);
  return serving ? ExitCode::kDone : ExitCode::kUnreachable;
}

}  // namespace

UsageResult<Job> PrepareHealth(const Arguments&) {
  return [](Desk& desk) { return CheckHealth(desk); };
}

}  // namespace homeward::client
