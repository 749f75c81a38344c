#include "clients/cli/desk.h"

namespace homeward::client {

ExitCode Fail(Desk& desk, const ClientError& error) {
  desk.printer.Complain(Explain(desk.printer.page().catalogue, error));
  return ExitCodeOf(error);
}

}  // namespace homeward::client
