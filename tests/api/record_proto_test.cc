#include "server/api/record_proto.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "server/api/details_proto.h"
#include "server/api/person_proto.h"
#include "server/records/record_check.h"
#include "tests/api/handler_calls.h"
#include "tests/store/random_values.h"

namespace homeward {
namespace {

using namespace homeward::testing;

// Every enumerator number in it by chance, known or not.
v1::Record WithAnyNumbers(RandomValues& random) {
  const auto any = [&random] { return static_cast<int>(random.Below(9)) - 1; };
  v1::Record proto;
  proto.set_kind(static_cast<v1::RecordKind>(any()));
  proto.set_legal_basis(static_cast<v1::LegalBasis>(any()));
  proto.mutable_person()->set_sex(static_cast<v1::Sex>(any()));
  proto.mutable_person()->set_age_basis(static_cast<v1::AgeBasis>(any()));
  if (random.OneIn(3)) proto.mutable_stranded()->mutable_found_time()->set_nanos(any());
  if (random.OneIn(3)) proto.mutable_missing()->mutable_consent_time()->set_seconds(any());
  if (random.OneIn(3)) proto.mutable_at_risk()->add_visit_dates()->set_month(any());
  return proto;
}

RC_GTEST_PROP(RecordProtoTest, SaysAllThatARecordStatesAndReadsItBack, (std::uint64_t seed)) {
  const Record record = RandomValues(seed).AnyRecord();
  const auto read = FromProto(StatementsOf(record));
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->kind == record.kind);
  RC_ASSERT(read->unit == record.unit);
  RC_ASSERT(read->source_reference == record.source_reference);
  RC_ASSERT(read->person == record.person);
  RC_ASSERT(read->details == record.details);
  RC_ASSERT(read->legal_basis == record.legal_basis);
}

RC_GTEST_PROP(RecordProtoTest, SurvivesTheWire, (std::uint64_t seed)) {
  const Record record = RandomValues(seed).AnyRecord();
  v1::Record received;
  RC_ASSERT(received.ParseFromString(StatementsOf(record).SerializeAsString()));
  RC_ASSERT(FromProto(received)->person == record.person);
}

RC_GTEST_PROP(RecordProtoTest, RefusesNumbersThatItDoesNotKnowAndNamesTheField,
              (std::uint64_t seed)) {
  RandomValues random(seed);
  const v1::Record proto = WithAnyNumbers(random);
  const auto read = FromProto(proto);
  if (read) {
    RC_ASSERT(v1::RecordKind_IsValid(proto.kind()));
    RC_ASSERT(v1::LegalBasis_IsValid(proto.legal_basis()));
    RC_ASSERT(v1::Sex_IsValid(proto.person().sex()));
    RC_ASSERT(v1::AgeBasis_IsValid(proto.person().age_basis()));
    RC_ASSERT(StatementsOf(*read).kind() == proto.kind());
  } else {
    RC_ASSERT(read.error().reason == Reason::kFieldInvalid ||
              read.error().reason == Reason::kFieldMissing);
    RC_ASSERT(read.error().metadata.at("field").starts_with("record."));
    RC_ASSERT(read.error().message.starts_with(read.error().metadata.at("field")));
  }
}

TEST(RecordProtoTest, TellsNothingOfAnErasedRecordButThatItWasThere) {
  Record record = RandomValues(1).AnyRecord();
  record.person.claimed_name = "李华";
  record.state = RecordState::kErased;
  record.erased = record.updated;
  const v1::Record proto =
      ToProto(RecordView{.record = record, .linked_stays = {}, .photo_count = 0, .warnings = {}});
  v1::Record rest = proto;
  ClearOutput(rest);
  rest.clear_kind();
  EXPECT_EQ(rest.DebugString(), "");
  EXPECT_EQ(proto.state(), v1::ERASED);
  EXPECT_TRUE(proto.has_erase_time());
  EXPECT_EQ(proto.etag(), "");
}

// What no field may hold must be refused before it is stored, where it would break an answer.
TEST(RecordProtoTest, KeepsAnyTextThatUtf8CanSayAndCountsItsCharacters) {
  for (const std::string& text :
       {std::string("𠮷野家"), std::string("a\0b", 3), std::string("\xef\xbf\xbf"),
        std::string("\xf4\x8f\xbf\xbf"), std::string("e\xcc\x81"), std::string("\u202e")}) {
    v1::Record proto;
    proto.set_kind(v1::MISSING);
    proto.mutable_person()->set_claimed_name(text);
    const auto checked = CheckedRecord(FromProto(proto).value(), Date{2026, 3, 1});
    ASSERT_TRUE(checked) << text;
    EXPECT_EQ(StatementsOf(*checked).person().claimed_name(), text);
  }
  std::string longest;
  for (int i = 0; i < 2'000; ++i) longest += "𠮷";
  v1::Record proto;
  proto.set_kind(v1::MISSING);
  proto.mutable_person()->set_remarks(longest);
  EXPECT_TRUE(CheckedRecord(FromProto(proto).value(), Date{2026, 3, 1}));
  proto.mutable_person()->set_remarks(longest + "x");
  EXPECT_EQ(ReasonOf(CheckedRecord(FromProto(proto).value(), Date{2026, 3, 1})),
            Reason::kFieldInvalid);
}

TEST(RecordProtoTest, DoesNotComeOffTheWireWithTextThatIsNotUtf8) {
  for (const std::string& text : {std::string("\xd5\xc5"), std::string("\xed\xa0\x80"),
                                  std::string("\xc0\x80"), std::string("\xf4\x90\x80\x80")}) {
    // Field 1 of Person, as another program would write it.
    const std::string person = std::string("\x0a") + static_cast<char>(text.size()) + text;
    v1::Person parsed;
    EXPECT_FALSE(parsed.ParseFromString(person));
  }
}

}  // namespace
}  // namespace homeward
