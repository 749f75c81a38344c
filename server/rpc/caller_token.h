// Who calls. Until there are accounts, one token in the data folder speaks for everybody.
#pragma once

#include <string>
#include <string_view>

#include "matcher/error.h"

namespace homeward {

// Thread safe.
class CallerToken {
 public:
  // `caller` is what calls with this token are recorded under.
  CallerToken(std::string token, std::string caller)
      : token_(std::move(token)), caller_(std::move(caller)) {}

  // The caller, from the value of an `authorization` header: "Bearer TOKEN". Takes as long for a
  // nearly right token as for a wrong one. Errors: kUnauthenticated.
  Result<std::string> Authenticate(std::string_view authorization) const;

 private:
  const std::string token_;
  const std::string caller_;
};

}  // namespace homeward
