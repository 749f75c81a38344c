#include "clients/catalogue/catalogue.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "clients/catalogue/explanation.h"
#include "clients/catalogue/wording.h"
#include "homeward/v1/error_reason.pb.h"
#include "homeward/v1/match_service.pb.h"
#include "homeward/v1/record_service.pb.h"

namespace homeward::client {
namespace {

const Catalogue kEnglish(Language::kEnglish);
const Catalogue kChinese(Language::kChinese);

bool HasChinese(std::string_view text) {
  for (const unsigned char byte : text) {
    if (byte >= 0xE3 && byte <= 0xEF) return true;
  }
  return false;
}

std::set<std::string_view> PlaceSet(std::string_view text) {
  const auto places = Places(text);
  return {places.begin(), places.end()};
}

TEST(CatalogueTest, EveryEntryHasBothLanguagesAndAKeyOfItsOwn) {
  std::set<std::string_view> keys;
  for (const CatalogueEntry& entry : CatalogueEntries()) {
    EXPECT_TRUE(keys.insert(entry.key).second) << entry.key;
    EXPECT_FALSE(entry.english.empty()) << entry.key;
    EXPECT_FALSE(entry.chinese.empty()) << entry.key;
    EXPECT_TRUE(HasChinese(entry.chinese)) << entry.key;
    EXPECT_EQ(entry.english.find('\t'), std::string_view::npos) << entry.key;
    EXPECT_EQ(entry.chinese.find('\t'), std::string_view::npos) << entry.key;
  }
  EXPECT_GT(keys.size(), 300U);
}

TEST(CatalogueTest, BothLanguagesHaveTheSamePlaces) {
  for (const CatalogueEntry& entry : CatalogueEntries()) {
    EXPECT_EQ(PlaceSet(entry.english), PlaceSet(entry.chinese)) << entry.key;
  }
}

TEST(CatalogueTest, EveryReasonOfTheContractIsExplained) {
  const auto& reasons = *v1::ErrorReason_descriptor();
  for (int index = 0; index < reasons.value_count(); ++index) {
    if (reasons.value(index)->number() == 0) continue;
    const std::string& reason = reasons.value(index)->name();
    EXPECT_TRUE(kChinese.SayByKey(ErrorKey(reason)).has_value()) << reason;
  }
  for (const std::string_view reason : {kServerUnreachable, kServerNotLocal, kServerForeign,
                                        kTokenUnreadable, kFileUnreadable, kFileUnwritable}) {
    EXPECT_TRUE(kEnglish.SayByKey(ErrorKey(reason)).has_value()) << reason;
  }
}

TEST(CatalogueTest, EveryWordOfTheContractThatPeopleSeeIsTranslated) {
  for (const google::protobuf::EnumDescriptor* type :
       {v1::RecordKind_descriptor(), v1::RecordState_descriptor(), v1::Sex_descriptor(),
        v1::AgeBasis_descriptor(), v1::LegalBasis_descriptor(), v1::PhotoKind_descriptor(),
        v1::NoTemplateReason_descriptor(), v1::QualityFlag_descriptor(),
        v1::RecordWarningCode_descriptor(), v1::SearchOrigin_descriptor(),
        v1::AttributeFlag_descriptor(), v1::NotComparedReason_descriptor()}) {
    for (int index = 0; index < type->value_count(); ++index) {
      const google::protobuf::EnumValueDescriptor& value = *type->value(index);
      if (value.number() == 0) continue;
      EXPECT_TRUE(kChinese.SayByKey(WordKey(value)).has_value()) << WordKey(value);
    }
  }
}

TEST(CatalogueTest, EveryFieldThatPeopleSeeHasALabel) {
  for (const google::protobuf::Descriptor* type :
       {v1::Record::descriptor(), v1::Person::descriptor(), v1::StrandedDetails::descriptor(),
        v1::MissingDetails::descriptor(), v1::AtRiskDetails::descriptor(), v1::Search::descriptor(),
        v1::OperatingPoint::descriptor(), v1::SearchFilter::descriptor()}) {
    for (int index = 0; index < type->field_count(); ++index) {
      const google::protobuf::FieldDescriptor& field = *type->field(index);
      const bool shown = field.message_type() == nullptr ||
                         field.message_type()->file()->package() != "homeward.v1";
      if (!shown) continue;
      EXPECT_TRUE(kChinese.SayByKey("field_" + field.name())) << field.full_name();
    }
  }
}

// "kNoCandidate" for "no_candidate".
std::string Enumerator(std::string_view key) {
  std::string name = "k";
  bool first = true;
  for (const char letter : key) {
    if (letter != '_') {
      name += first ? static_cast<char>(std::toupper(static_cast<unsigned char>(letter))) : letter;
    }
    first = letter == '_';
  }
  return name;
}

TEST(CatalogueTest, HoldsNoTextThatNobodySays) {
  std::string sources;
  const std::filesystem::path clients = std::filesystem::path(HOMEWARD_SOURCE_DIR) / "clients";
  for (const auto& file : std::filesystem::recursive_directory_iterator(clients)) {
    if (file.path().extension() != ".cc") continue;
    std::ifstream stream(file.path());
    sources.append(std::istreambuf_iterator<char>(stream), {});
  }
  std::set<std::string> made;  // keys that are put together from names in the contract
  for (const google::protobuf::FileDescriptor* proto :
       {v1::Record::descriptor()->file(), v1::Search::descriptor()->file()}) {
    for (int type = 0; type < proto->enum_type_count(); ++type) {
      for (int value = 0; value < proto->enum_type(type)->value_count(); ++value) {
        made.insert(WordKey(*proto->enum_type(type)->value(value)));
      }
    }
  }
  for (const CatalogueEntry& entry : CatalogueEntries()) {
    const bool by_prefix = entry.key.starts_with("error_") || entry.key.starts_with("next_") ||
                           entry.key.starts_with("field_") || entry.key.starts_with("demo_name_");
    if (by_prefix || made.contains(std::string(entry.key))) continue;
    EXPECT_NE(sources.find("Message::" + Enumerator(entry.key)), std::string::npos) << entry.key;
  }
}

TEST(CatalogueTest, FillsPlacesByName) {
  EXPECT_EQ(kEnglish.Say(Message::kCompared, {{"compared", "17"}, {"searchable", "20"}}),
            "Compared 17 of 20 records");
  EXPECT_EQ(kChinese.Say(Message::kCompared, {{"compared", "17"}, {"searchable", "20"}}),
            "应比对 20 份档案，已比对 17 份");
}

TEST(CatalogueTest, ShowsADashForAValueThatIsMissing) {
  EXPECT_EQ(kEnglish.Say(Message::kCompared, {{"compared", "17"}}), "Compared 17 of – records");
}

TEST(CatalogueTest, LeavesBracesInValuesAlone) {
  EXPECT_EQ(kEnglish.Say(Message::kStored, {{"name", "{kind}"}, {"kind", "x}{"}}),
            "Stored as {kind} (x}{).");
}

TEST(CatalogueTest, KnowsNoTextForAnUnknownKey) {
  EXPECT_EQ(kEnglish.SayByKey("error_of_next_year"), std::nullopt);
}

TEST(CatalogueTest, FillsEveryTextWithAnyValue) {
  rc::check("no value breaks a text", [](const std::string& value) {
    for (const CatalogueEntry& entry : CatalogueEntries()) {
      Values values;
      for (const std::string_view place : Places(entry.english)) {
        values.emplace(place, value);
      }
      const std::string said = kEnglish.SayByKey(entry.key, values).value_or("");
      if (!values.empty()) RC_ASSERT(said.find(value) != std::string::npos);
    }
  });
}

TEST(WordingTest, UsesTheWordsOfTheField) {
  EXPECT_EQ(Word(kChinese, v1::STRANDED), "受助人员");
  EXPECT_EQ(Word(kEnglish, v1::AT_RISK), "person at risk");
  const std::vector<int> flags = {v1::NAME_DIFFERS, v1::AGE_DIFFERS};
  EXPECT_EQ(Words<v1::AttributeFlag>(kChinese, flags), "姓名、年龄");
}

TEST(WordingTest, ShowsTheNumberOfAWordThatIsNewerThanThisProgram) {
  EXPECT_EQ(WordOf(kEnglish, *v1::RecordKind_descriptor(), 77), "77");
}

TEST(LanguageTest, FollowsTheFirstLocaleVariableThatIsSet) {
  std::map<std::string, std::string> variables;
  const auto variable = [&variables](const std::string& name) { return variables[name]; };
  EXPECT_EQ(LanguageOfLocale(variable), Language::kEnglish);
  variables["LANG"] = "zh_CN.UTF-8";
  EXPECT_EQ(LanguageOfLocale(variable), Language::kChinese);
  variables["LC_MESSAGES"] = "de_DE.UTF-8";
  EXPECT_EQ(LanguageOfLocale(variable), Language::kEnglish);
  variables["LC_ALL"] = "zh_HK";
  EXPECT_EQ(LanguageOfLocale(variable), Language::kChinese);
  variables["LC_ALL"] = "C";
  EXPECT_EQ(LanguageOfLocale(variable), Language::kEnglish);
}

TEST(LanguageTest, ReadsTheLanguagesThatItSpeaksAndNoOther) {
  EXPECT_EQ(ParseLanguage("zh"), Language::kChinese);
  EXPECT_EQ(ParseLanguage("en"), Language::kEnglish);
  EXPECT_EQ(ParseLanguage("fr"), std::nullopt);
  EXPECT_EQ(ParseLanguage(""), std::nullopt);
}

}  // namespace
}  // namespace homeward::client
