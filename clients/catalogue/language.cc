#include "clients/catalogue/language.h"

namespace homeward::client {

std::optional<Language> ParseLanguage(std::string_view name) {
  if (name == "zh" || name == "zh-CN" || name == "zh_CN") return Language::kChinese;
  if (name == "en") return Language::kEnglish;
  return std::nullopt;
}

Language LanguageOfLocale(const std::function<std::string(const std::string&)>& variable) {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const std::string locale = variable(name);
    if (!locale.empty()) return locale.starts_with("zh") ? Language::kChinese : Language::kEnglish;
  }
  return Language::kEnglish;
}

}  // namespace homeward::client
