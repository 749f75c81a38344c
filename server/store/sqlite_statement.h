// One prepared statement in use: bind, step, read.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "matcher/error.h"
#include "server/store/stored_values.h"

namespace homeward {

class SqliteConnection;

// Parameters and columns are taken in order, each once. A failure anywhere (preparing, binding, a
// value that is not what its column promises) sticks and is returned by the next Step or Run, and
// by ReadOne and ReadAll. Gives the statement back to its connection when destroyed. Used by the
// connection's thread only.
class SqliteStatement {
 public:
  SqliteStatement(SqliteConnection& connection, std::string_view sql);
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;
  ~SqliteStatement();

  // Blobs and text are not copied: they must live until the last Step.
  template <class... Values>
  SqliteStatement& Bind(const Values&... values) {
    (BindValue(values), ...);
    return *this;
  }

  // True when there is a row. Errors: what SqliteError makes of it.
  Result<bool> Step();
  // For statements without rows.
  Result<void> Run();
  // What stuck, if anything.
  const std::optional<Error>& failure() const { return failure_; }

  // The next column of the row. A value out of T's range is damage (kStoreCorrupt).
  template <class T>
  T Next();
  // As Next, into an existing variable.
  template <class T>
  void Read(T& value) {
    value = Next<T>();
  }

 private:
  void BindValue(std::int64_t value);
  void BindValue(double value);
  void BindValue(const char*) = delete;  // would become a bool
  void BindValue(std::string_view text);
  void BindValue(std::span<const std::uint8_t> bytes);
  void BindValue(std::nullopt_t) { ++parameter_; }  // unbound parameters are NULL
  void BindValue(const std::string& text) { BindValue(std::string_view(text)); }
  void BindValue(int value) { BindValue(std::int64_t{value}); }
  void BindValue(bool value) { BindValue(std::int64_t{value}); }
  void BindValue(float value) { BindValue(double{value}); }
  void BindValue(Time time) { BindValue(std::int64_t{time.time_since_epoch().count()}); }
  void BindValue(const Date& date) { BindValue(DateNumber(date)); }
  template <std::size_t N>
  void BindValue(const std::array<std::uint8_t, N>& bytes) {
    BindValue(std::span<const std::uint8_t>(bytes));
  }
  template <class Tag>
  void BindValue(const Id<Tag>& id) {
    BindValue(id.bytes);
  }
  void BindValue(const FacePrint& print) { BindValue(print.values); }
  template <class E>
    requires std::is_enum_v<E>
  void BindValue(E value) {
    BindValue(static_cast<std::int64_t>(value));
  }
  template <class T>
  void BindValue(const std::optional<T>& value) {
    value ? BindValue(*value) : BindValue(std::nullopt);
  }

  void NextValue(std::int64_t& value);
  void NextValue(int& value);
  void NextValue(bool& value);
  void NextValue(double& value);
  void NextValue(float& value);
  void NextValue(std::string& value);
  void NextValue(std::vector<std::uint8_t>& value);
  void NextValue(Time& value);
  void NextValue(Date& value);
  template <std::size_t N>
  void NextValue(std::array<std::uint8_t, N>& value) {
    NextBytes(value);
  }
  template <class Tag>
  void NextValue(Id<Tag>& id) {
    NextBytes(id.bytes);
  }
  void NextValue(FacePrint& print) { NextBytes(print.values); }
  template <class E>
    requires std::is_enum_v<E>
  void NextValue(E& value) {
    if (const auto known = EnumeratorOf<E>(Next<std::int64_t>())) {
      value = *known;
    } else {
      FailDamaged();
    }
  }
  template <class T>
  void NextValue(std::optional<T>& value) {
    if (NextIsNull()) {
      ++column_;
    } else {
      value = Next<T>();
    }
  }
  void NextBytes(std::span<std::uint8_t> value);
  bool NextIsNull() const;
  void FailDamaged();
  void Check(int code);

  SqliteConnection& connection_;
  std::string_view sql_;
  sqlite3_stmt* statement_ = nullptr;
  int parameter_ = 0;
  int column_ = 0;
  std::optional<Error> failure_;
};

template <class T>
T SqliteStatement::Next() {
  T value{};
  NextValue(value);
  return value;
}

// Every row, each made a T by `read(SqliteStatement&) -> Result<T>`.
template <class Reader>
auto ReadAll(SqliteStatement& statement, Reader read)
    -> Result<std::vector<typename std::invoke_result_t<Reader, SqliteStatement&>::value_type>> {
  std::vector<typename std::invoke_result_t<Reader, SqliteStatement&>::value_type> rows;
  for (;;) {
    const Result<bool> has_row = statement.Step();
    if (!has_row) return std::unexpected(has_row.error());
    if (!*has_row) return rows;
    auto row = read(statement);
    if (!row) return std::unexpected(std::move(row.error()));
    rows.push_back(*std::move(row));
  }
}

// The first row, where there is one.
template <class Reader>
auto ReadOne(SqliteStatement& statement, Reader read)
    -> Result<std::optional<typename std::invoke_result_t<Reader, SqliteStatement&>::value_type>> {
  const Result<bool> has_row = statement.Step();
  if (!has_row) return std::unexpected(has_row.error());
  if (!*has_row) return std::nullopt;
  auto row = read(statement);
  if (!row) return std::unexpected(std::move(row.error()));
  if (statement.failure()) return std::unexpected(*statement.failure());
  return *std::move(row);
}

// The first column of every row, and of the first row.
template <class T>
Result<std::vector<T>> ReadColumn(SqliteStatement& statement) {
  return ReadAll(statement, [](SqliteStatement& row) -> Result<T> { return row.Next<T>(); });
}
template <class T>
Result<std::optional<T>> ReadValue(SqliteStatement& statement) {
  return ReadOne(statement, [](SqliteStatement& row) -> Result<T> { return row.Next<T>(); });
}

}  // namespace homeward
