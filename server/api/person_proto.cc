#include "server/api/person_proto.h"

#include "server/api/date_proto.h"
#include "server/api/enum_proto.h"

namespace homeward {

v1::Person ToProto(const Person& person) {
  v1::Person proto;
  proto.set_claimed_name(person.claimed_name);
  proto.mutable_aliases()->Assign(person.aliases.begin(), person.aliases.end());
  proto.set_sex(ToProtoEnum<v1::Sex>(person.sex));
  if (person.age_min) proto.set_age_min(*person.age_min);
  if (person.age_max) proto.set_age_max(*person.age_max);
  proto.set_age_basis(ToProtoEnum<v1::AgeBasis>(person.age_basis));
  if (person.age_date) *proto.mutable_age_date() = ToProto(*person.age_date);
  if (person.birth_date) *proto.mutable_birth_date() = ToProto(*person.birth_date);
  proto.set_citizen_id(person.citizen_id);
  if (person.height_cm) proto.set_height_cm(*person.height_cm);
  proto.set_build(person.build);
  proto.set_accent(person.accent);
  proto.set_ethnicity(person.ethnicity);
  proto.set_features(person.features);
  proto.set_clothing(person.clothing);
  proto.set_health(person.health);
  proto.set_words_spoken(person.words_spoken);
  proto.set_home_region_code(person.home_region_code);
  proto.set_home_place(person.home_place);
  proto.set_remarks(person.remarks);
  return proto;
}

Result<Person> FromProto(const v1::Person& proto) {
  const auto sex = FromProtoEnum("record.person.sex", proto.sex());
  if (!sex) return std::unexpected(sex.error());
  const auto age_basis = FromProtoEnum("record.person.age_basis", proto.age_basis());
  if (!age_basis) return std::unexpected(age_basis.error());
  Person person;
  person.claimed_name = proto.claimed_name();
  person.aliases.assign(proto.aliases().begin(), proto.aliases().end());
  person.sex = *sex;
  person.age_basis = *age_basis;
  person.citizen_id = proto.citizen_id();
  person.build = proto.build();
  person.accent = proto.accent();
  person.ethnicity = proto.ethnicity();
  person.features = proto.features();
  person.clothing = proto.clothing();
  person.health = proto.health();
  person.words_spoken = proto.words_spoken();
  person.home_region_code = proto.home_region_code();
  person.home_place = proto.home_place();
  person.remarks = proto.remarks();
  if (proto.has_age_min()) person.age_min = proto.age_min();
  if (proto.has_age_max()) person.age_max = proto.age_max();
  if (proto.has_age_date()) person.age_date = FromProto(proto.age_date());
  if (proto.has_birth_date()) person.birth_date = FromProto(proto.birth_date());
  if (proto.has_height_cm()) person.height_cm = proto.height_cm();
  return person;
}

}  // namespace homeward
