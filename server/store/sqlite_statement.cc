#include "server/store/sqlite_statement.h"

#include <algorithm>

#include "server/store/sqlite_connection.h"
#include "server/store/sqlite_error.h"

namespace homeward {

SqliteStatement::SqliteStatement(SqliteConnection& connection, std::string_view sql)
    : connection_(connection), sql_(sql) {
  auto statement = connection_.Take(sql);
  if (statement) {
    statement_ = *statement;
  } else {
    failure_ = std::move(statement.error());
  }
}

SqliteStatement::~SqliteStatement() {
  if (statement_ != nullptr) connection_.GiveBack(sql_, statement_);
}

Result<bool> SqliteStatement::Step() {
  if (failure_) return std::unexpected(*failure_);
  column_ = 0;
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  failure_ = SqliteError(connection_.database(), code);
  return std::unexpected(*failure_);
}

Result<void> SqliteStatement::Run() {
  const Result<bool> stepped = Step();
  if (!stepped) return std::unexpected(stepped.error());
  return {};
}

void SqliteStatement::Check(int code) {
  if (code != SQLITE_OK && !failure_) failure_ = SqliteError(connection_.database(), code);
}

void SqliteStatement::FailDamaged() {
  if (failure_) return;
  failure_ = Error{Reason::kStoreCorrupt,
                   "The database is damaged: a stored value is not of its kind.",
                   {{"column", sqlite3_column_name(statement_, column_ - 1)}}};
}

void SqliteStatement::BindValue(std::int64_t value) {
  if (!failure_) Check(sqlite3_bind_int64(statement_, ++parameter_, value));
}

void SqliteStatement::BindValue(double value) {
  if (!failure_) Check(sqlite3_bind_double(statement_, ++parameter_, value));
}

void SqliteStatement::BindValue(std::string_view text) {
  // An empty text is no NULL, even where it has no data.
  const char* data = text.data() == nullptr ? "" : text.data();
  if (!failure_) {
    Check(sqlite3_bind_text64(statement_, ++parameter_, data, text.size(), SQLITE_STATIC,
                              SQLITE_UTF8));
  }
}

void SqliteStatement::BindValue(std::span<const std::uint8_t> bytes) {
  if (failure_) return;
  ++parameter_;
  Check(bytes.empty() ? sqlite3_bind_zeroblob(statement_, parameter_, 0)
                      : sqlite3_bind_blob64(statement_, parameter_, bytes.data(), bytes.size(),
                                            SQLITE_STATIC));
}

bool SqliteStatement::NextIsNull() const {
  return sqlite3_column_type(statement_, column_) == SQLITE_NULL;
}

void SqliteStatement::NextValue(std::int64_t& value) {
  value = sqlite3_column_int64(statement_, column_++);
}

void SqliteStatement::NextValue(int& value) {
  const auto wide = Next<std::int64_t>();
  if (!std::in_range<int>(wide)) return FailDamaged();
  value = static_cast<int>(wide);
}

void SqliteStatement::NextValue(bool& value) { value = Next<std::int64_t>() != 0; }

void SqliteStatement::NextValue(double& value) {
  value = sqlite3_column_double(statement_, column_++);
}

void SqliteStatement::NextValue(float& value) { value = static_cast<float>(Next<double>()); }

void SqliteStatement::NextValue(std::string& value) {
  const auto* text = sqlite3_column_text(statement_, column_);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column_++));
  if (text != nullptr) value.assign(text, text + size);
}

void SqliteStatement::NextValue(std::vector<std::uint8_t>& value) {
  const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column_));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column_++));
  if (bytes != nullptr) value.assign(bytes, bytes + size);
}

void SqliteStatement::NextValue(Time& value) { value = Time(Time::duration(Next<std::int64_t>())); }

void SqliteStatement::NextValue(Date& value) {
  if (const auto date = DateOfNumber(Next<std::int64_t>())) {
    value = *date;
  } else {
    FailDamaged();
  }
}

void SqliteStatement::NextBytes(std::span<std::uint8_t> value) {
  const auto bytes = Next<std::vector<std::uint8_t>>();
  if (bytes.size() != value.size()) return FailDamaged();
  std::ranges::copy(bytes, value.begin());
}

}  // namespace homeward
