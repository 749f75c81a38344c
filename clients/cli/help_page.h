// The layout of `--help`: in the user's language and within the terminal.
#pragma once

#include <CLI/App.hpp>
#include <CLI/FormatterFwd.hpp>
#include <string>

#include "clients/screen/page.h"

namespace homeward::client {

class HelpPage : public CLI::Formatter {
 public:
  explicit HelpPage(Page page);

  std::string make_usage(const CLI::App* command, std::string name) const override;
  std::string make_option(const CLI::Option* option, bool is_positional) const override;
  std::string make_option_usage(const CLI::Option* option) const override;
  std::string make_subcommand(const CLI::App* command) const override;
  std::string make_description(const CLI::App* command) const override;
  std::string make_footer(const CLI::App* command) const override;

 private:
  std::string Entry(const std::string& name, const std::string& description) const;

  const Page page_;
};

}  // namespace homeward::client
