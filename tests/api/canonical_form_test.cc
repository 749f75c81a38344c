#include "server/api/canonical_form.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "homeward/v1/record_service.pb.h"
#include "tests/testing/reasons.h"

namespace homeward {
namespace {

v1::EraseRecordRequest RequestOf(const std::string& name, const std::string& reason) {
  v1::EraseRecordRequest request;
  request.set_name(name);
  request.set_reason(reason);
  return request;
}

RC_GTEST_PROP(CanonicalFormTest, IsTheSameForEqualContentAndForNoOther, ()) {
  const auto word = rc::gen::container<std::string>(rc::gen::element('a', '\n', '\0'));
  const auto one = RequestOf(*word, *word);
  const auto two = RequestOf(*word, *word);
  const bool equal = one.name() == two.name() && one.reason() == two.reason();
  RC_ASSERT((CanonicalForm({&one}) == CanonicalForm({&two})) == equal);
}

// What is at the end of one message could be taken for the beginning of the next.
TEST(CanonicalFormTest, KnowsWhereAMessageEnds) {
  const auto name = RequestOf("a", "");
  const auto reason = RequestOf("", "b");
  const auto both = RequestOf("a", "b");
  const auto nothing = RequestOf("", "");
  EXPECT_NE(CanonicalForm({&name, &reason}), CanonicalForm({&both}));
  EXPECT_NE(CanonicalForm({&name, &reason}), CanonicalForm({&both, &nothing}));
  EXPECT_NE(CanonicalForm({&name, &reason}), CanonicalForm({&reason, &name}));
  EXPECT_NE(CanonicalForm({&nothing}), CanonicalForm({&nothing, &nothing}));
  EXPECT_NE(CanonicalForm({}), CanonicalForm({&nothing}));
}

TEST(CanonicalFormTest, TakesAFieldOfANewerContractForContent) {
  auto newer = RequestOf("a", "b");
  newer.GetReflection()->MutableUnknownFields(&newer)->AddVarint(1000, 1);
  const auto plain = RequestOf("a", "b");
  EXPECT_NE(CanonicalForm({&newer}), CanonicalForm({&plain}));
}

TEST(CanonicalFormTest, TellsAFieldThatIsSetToNothingFromOneThatIsNot) {
  v1::Person unset;
  v1::Person zero;
  zero.set_age_min(0);
  EXPECT_NE(CanonicalForm({&unset}), CanonicalForm({&zero}));
}

TEST(CanonicalFormTest, HoldsPhotosOfMegabytes) {
  v1::CreatePhotoRequest one;
  one.mutable_photo()->set_data(std::string(20 << 20, 'x'));
  v1::CreatePhotoRequest two = one;
  EXPECT_EQ(CanonicalForm({&one}), CanonicalForm({&two}));
  two.mutable_photo()->mutable_data()->back() = 'y';
  EXPECT_NE(CanonicalForm({&one}), CanonicalForm({&two}));
}

}  // namespace
}  // namespace homeward
