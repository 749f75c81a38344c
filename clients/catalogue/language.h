// The language in which people are spoken to.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace homeward::client {

enum class Language : std::uint8_t { kEnglish, kChinese };

// "zh" or "en" as a person asks for it; nullopt for anything else.
std::optional<Language> ParseLanguage(std::string_view name);

// By the locale: the first of LC_ALL, LC_MESSAGES and LANG that is set and not empty. Every Chinese
// locale means Chinese, all else English. `variable` looks up the environment; "" means not set.
Language LanguageOfLocale(const std::function<std::string(const std::string&)>& variable);

}  // namespace homeward::client
