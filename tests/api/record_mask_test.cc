#include "server/api/record_mask.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/api/record_proto.h"
#include "tests/api/handler_calls.h"

namespace homeward {
namespace {

using namespace homeward::testing;

class RecordMaskTest : public ::testing::Test {
 protected:
  RecordMaskTest() {
    v1::Record proto;
    proto.set_kind(v1::MISSING);
    proto.set_unit("unit");
    proto.set_source_reference("source");
    proto.set_legal_basis(v1::EMERGENCY);
    FillEveryField(proto.mutable_person());
    FillEveryField(proto.mutable_missing());
    current_ = FromProto(proto).value();
  }

  v1::Record Current() { return StatementsOf(current_); }
  Result<v1::Record> Apply(const v1::Record& patch, const std::vector<std::string>& paths) {
    v1::UpdateRecordRequest request;
    *request.mutable_record() = patch;
    for (const auto& path : paths) request.mutable_update_mask()->add_paths(path);
    const auto edit = EditOf(request);
    if (!edit) return std::unexpected(edit.error());
    const auto edited = (*edit)(current_);
    if (!edited) return std::unexpected(edited.error());
    return StatementsOf(*edited);
  }
  void ExpectChange(const v1::Record& patch, const std::vector<std::string>& paths,
                    const std::function<void(v1::Record&)>& change) {
    v1::Record expected = Current();
    change(expected);
    EXPECT_EQ(Apply(patch, paths).value().DebugString(), expected.DebugString());
  }

  Record current_;
};

TEST_F(RecordMaskTest, ReplacesTheFieldsThatItNamesAndNoOther) {
  v1::Record patch;
  patch.set_unit("other");
  patch.mutable_person()->set_sex(v1::MALE);
  patch.mutable_person()->set_accent("河南");
  patch.mutable_missing()->set_lost_place("车站");
  ExpectChange(patch, {"person.sex", "missing.lost_place"}, [](v1::Record& r) {
    r.mutable_person()->set_sex(v1::MALE);
    r.mutable_missing()->set_lost_place("车站");
  });
}

TEST_F(RecordMaskTest, ClearsAFieldThatItNamesAndTheCallLeavesEmpty) {
  ExpectChange({}, {"unit", "person.height_cm", "person.aliases", "missing.lost_date"},
               [](v1::Record& r) {
                 r.clear_unit();
                 r.mutable_person()->clear_height_cm();
                 r.mutable_person()->clear_aliases();
                 r.mutable_missing()->clear_lost_date();
               });
}

TEST_F(RecordMaskTest, ReplacesAWholePart) {
  v1::Record patch;
  patch.mutable_person()->set_claimed_name("李华");
  ExpectChange(patch, {"person"}, [&](v1::Record& r) { *r.mutable_person() = patch.person(); });
}

TEST_F(RecordMaskTest, ReplacesListsAndDoesNotAddToThem) {
  v1::Record patch;
  patch.mutable_person()->add_aliases("小李");
  for (const std::vector<std::string>& paths :
       {std::vector<std::string>{"person.aliases"}, std::vector<std::string>{}}) {
    ExpectChange(patch, paths, [](v1::Record& r) {
      r.mutable_person()->clear_aliases();
      r.mutable_person()->add_aliases("小李");
    });
  }
}

TEST_F(RecordMaskTest, StandsForTheFieldsThatAreSetWhenItIsEmpty) {
  v1::Record patch;
  patch.set_name("records/x");
  patch.set_kind(v1::MISSING);
  patch.set_etag("1");
  patch.set_photo_count(9);
  patch.mutable_person()->set_accent("河南");
  patch.mutable_person()->set_height_cm(0);
  patch.mutable_missing()->set_lost_place("车站");
  ExpectChange(patch, {}, [](v1::Record& r) {
    r.mutable_person()->set_accent("河南");
    r.mutable_person()->set_height_cm(0);
    r.mutable_missing()->set_lost_place("车站");
  });
}

TEST_F(RecordMaskTest, ReplacesEverythingByAStar) {
  v1::Record patch;
  patch.mutable_person()->set_claimed_name("李华");
  v1::Record expected = patch;
  expected.set_kind(v1::MISSING);
  expected.mutable_missing();
  EXPECT_EQ(Apply(patch, {"*"}).value().DebugString(), expected.DebugString());
  patch.mutable_missing()->set_lost_place("车站");
  expected.mutable_missing()->set_lost_place("车站");
  EXPECT_EQ(Apply(patch, {"*"}).value().DebugString(), expected.DebugString());
}

TEST_F(RecordMaskTest, RefusesWhatIsUnknownOrCannotChange) {
  for (const std::string path :
       {"name", "kind", "state", "linked_records", "photo_count", "warnings", "create_time",
        "create_time.seconds", "update_time", "erase_time", "etag", "nonsense", "person.nonsense",
        "person.aliases.x", "", "person.", "Unit"}) {
    const auto refused = Apply(Current(), {"unit", path});
    ASSERT_FALSE(refused) << path;
    EXPECT_EQ(refused.error().reason, Reason::kUpdateMaskInvalid) << path;
    EXPECT_EQ(refused.error().metadata.at("path"), path);
  }
  EXPECT_EQ(ReasonOf(Apply(Current(), {"*", "unit"})), Reason::kUpdateMaskInvalid);
}

TEST_F(RecordMaskTest, RefusesAnotherKindAndItsDetails) {
  v1::Record patch;
  patch.set_kind(v1::STRANDED);
  EXPECT_EQ(Apply(patch, {}).error().metadata.at("field"), "record.kind");
  EXPECT_EQ(Apply(patch, {"*"}).error().metadata.at("field"), "record.kind");
  v1::Record details;
  details.mutable_stranded()->set_found_place("车站");
  for (const std::vector<std::string>& paths :
       {std::vector<std::string>{}, {"*"}, {"stranded"}, {"stranded.found_place"}}) {
    const auto refused = Apply(details, paths);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, Reason::kFieldInvalid);
    EXPECT_EQ(refused.error().metadata.at("field"), "record.stranded");
  }
}

TEST_F(RecordMaskTest, RefusesToWriteAnotherKindsDetailsEvenWhenTheyAreEmpty) {
  EXPECT_EQ(ReasonOf(Apply({}, {"stranded.found_place"})), Reason::kFieldInvalid);
  // Clearing what the record has not changes nothing.
  ExpectChange({}, {"stranded"}, [](v1::Record&) {});
}

TEST_F(RecordMaskTest, DatesAnAgeAnewWhereTheCallDoesNot) {
  v1::Record patch;
  patch.mutable_person()->set_age_min(40);
  patch.mutable_person()->set_age_max(45);
  for (const std::vector<std::string>& paths :
       {std::vector<std::string>{}, {"person.age_min", "person.age_max"}}) {
    EXPECT_FALSE(Apply(patch, paths).value().person().has_age_date());
  }
  patch.mutable_person()->mutable_age_date()->set_year(2020);
  for (const std::vector<std::string>& paths :
       {std::vector<std::string>{}, {"person.age_min", "person.age_max", "person.age_date"}}) {
    EXPECT_EQ(Apply(patch, paths).value().person().age_date().year(), 2020);
  }
  EXPECT_TRUE(Apply({}, {"person.accent"}).value().person().has_age_date());
}

}  // namespace
}  // namespace homeward
