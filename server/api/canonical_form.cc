#include "server/api/canonical_form.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

namespace homeward {

std::string CanonicalForm(std::initializer_list<const google::protobuf::Message*> messages) {
  std::string form;
  google::protobuf::io::StringOutputStream stream(&form);
  google::protobuf::io::CodedOutputStream out(&stream);
  out.SetSerializationDeterministic(true);
  for (const auto* message : messages) {
    out.WriteVarint64(message->ByteSizeLong());
    message->SerializeToCodedStream(&out);
  }
  out.Trim();
  return form;
}

}  // namespace homeward
