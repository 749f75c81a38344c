#include "clients/demo/demonstration.h"

int main(int argc, char** argv) {
  using namespace homeward::client;
  Terminal terminal = Terminal::OfProcess();
  return static_cast<int>(RunDemonstration({argv + 1, argv + argc}, terminal));
}
