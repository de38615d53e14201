// A value to bind: NULL, an integer, text or bytes. There is no floating point in the database.
#ifndef ARGOSY_STORAGE_VALUE_H_
#define ARGOSY_STORAGE_VALUE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace argosy::storage {

struct Null {
  friend bool operator==(const Null&, const Null&) = default;
};

// Characters in utf8mb4.
struct Text {
  explicit Text(std::string text) : value(std::move(text)) {}
  std::string value;
  friend bool operator==(const Text&, const Text&) = default;
};

// Bytes of a BINARY, VARBINARY or BLOB column. A value shorter than BINARY(n) is padded with NULs
// by the database and then not found again, so ids are bound whole.
struct Bytes {
  explicit Bytes(std::string bytes) : value(std::move(bytes)) {}
  std::string value;
  friend bool operator==(const Bytes&, const Bytes&) = default;
};

class Value {
 public:
  // Implicit, so that binds read as a list: {Text(id), 3, Null()}. An absent optional is NULL.
  Value(Null /*null*/) {}                           // NOLINT(google-explicit-constructor): a bind
  Value(int64_t value) : value_(value) {}           // NOLINT(google-explicit-constructor): a bind
  Value(Text value) : value_(std::move(value)) {}   // NOLINT(google-explicit-constructor): a bind
  Value(Bytes value) : value_(std::move(value)) {}  // NOLINT(google-explicit-constructor): a bind
  Value(const std::optional<int64_t>& value) {      // NOLINT(google-explicit-constructor): a bind
    if (value.has_value()) value_ = *value;
  }
  Value(std::optional<Text> value) {  // NOLINT(google-explicit-constructor): a bind
    if (value.has_value()) value_ = *std::move(value);
  }
  Value(std::optional<Bytes> value) {  // NOLINT(google-explicit-constructor): a bind
    if (value.has_value()) value_ = *std::move(value);
  }

  bool is_null() const { return std::holds_alternative<Null>(value_); }
  const int64_t* int64() const { return std::get_if<int64_t>(&value_); }
  // The characters or the bytes; null for NULL and for an integer.
  const std::string* chars() const {
    if (const auto* text = std::get_if<Text>(&value_)) return &text->value;
    if (const auto* bytes = std::get_if<Bytes>(&value_)) return &bytes->value;
    return nullptr;
  }
  // How much of a packet the value takes, about.
  size_t size_bytes() const { return chars() == nullptr ? sizeof(int64_t) : chars()->size(); }

  friend bool operator==(const Value&, const Value&) = default;

 private:
  std::variant<Null, int64_t, Text, Bytes> value_;
};

}  // namespace argosy::storage

#endif  // ARGOSY_STORAGE_VALUE_H_
