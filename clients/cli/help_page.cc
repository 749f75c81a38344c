#include "clients/cli/help_page.h"

#include <algorithm>
#include <utility>

#include "clients/screen/text_width.h"

namespace homeward::client {

HelpPage::HelpPage(Page page) : page_(std::move(page)) {
  label("Usage", page_.Say(Message::kHelpUsage));
  label("Positionals", page_.Say(Message::kHelpArguments));
  label("OPTIONS", page_.Say(Message::kHelpOptionsMark));
  label("SUBCOMMAND", page_.Say(Message::kHelpCommandMark));
}

// Name and description side by side, or one below the other where there is no room.
std::string HelpPage::Entry(const std::string& name, const std::string& description) const {
  const int column = page_.width >= 70 ? 30 : 4;
  if (Width(name) + 3 < column) return WrapAfter("  " + name, column, description, page_.width);
  return "  " + name + "\n" + WrapAfter("", column, description, page_.width);
}

// In as many lines as it takes; the library writes one, with line breaks around it.
std::string HelpPage::make_usage(const CLI::App* command, std::string name) const {
  const std::string usage = CLI::Formatter::make_usage(command, std::move(name));
  const std::size_t begin = std::min(usage.find_first_not_of('\n'), usage.size());
  const std::size_t end = usage.find_last_not_of('\n') + 1;
  if (begin >= end) return usage;
  std::string text = WrapAfter("", 0, usage.substr(begin, end - begin), page_.width);
  text.pop_back();  // WrapAfter ends its last line
  return usage.substr(0, begin) + text + usage.substr(end);
}

std::string HelpPage::make_option(const CLI::Option* option, bool is_positional) const {
  std::string name = is_positional ? option->get_option_text() : option->get_name(false, true);
  std::ranges::replace(name, ',', ' ');
  if (!is_positional && !option->get_type_name().empty()) name += " " + option->get_type_name();
  return Entry(name, option->get_description());
}

std::string HelpPage::make_option_usage(const CLI::Option* option) const {
  return option->get_option_text();
}

std::string HelpPage::make_subcommand(const CLI::App* command) const {
  return Entry(command->get_name(), command->get_description());
}

std::string HelpPage::make_description(const CLI::App* command) const {
  return WrapAfter("", 0, command->get_description(), page_.width);
}

std::string HelpPage::make_footer(const CLI::App* command) const {
  return command->get_footer().empty() ? "" : WrapAfter("", 0, command->get_footer(), page_.width);
}

}  // namespace homeward::client
