// SPDX-License-Identifier: Apache-2.0
// Reads one JSON text member by member, without building a tree: numbers keep their digits. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace sluice::file {

struct JsonValue {
  enum class Kind { null, boolean, number, string, object, array } kind = Kind::null;
  std::string_view text;  // as it stands; of a string without its quotes
  bool escaped = false;   // a string with backslashes
};

// A strict reader of RFC 8259. Each step answers false at a mistake, which reason() names.
class JsonReader {
 public:
  explicit JsonReader(std::string_view text) : at_(text.data()), begin_(text.data()), end_(at_ + text.size()) {}

  // `text` is one object: calls member(key, value) for each. A key is as it stands, with its backslashes.
  template <class Member>
  bool object(Member member) {
    blanks();
    if (!expect('{', "a JSON object was expected")) return false;
    blanks();
    if (skip('}')) return finish();
    for (;;) {
      JsonValue key, value;
      blanks();
      if (!string(key) || !colon() || !this->value(value, 0)) return false;
      member(key, value);
      blanks();
      if (skip('}')) return finish();
      if (!expect(',', "a comma or } was expected")) return false;
    }
  }
  // `text` is one value of any kind.
  bool any(JsonValue& out) { return value(out, 0) && finish(); }

  const char* reason() const { return reason_; }
  std::size_t position() const { return static_cast<std::size_t>(at_ - begin_); }

 private:
  bool value(JsonValue& out, int depth);
  bool string(JsonValue& out);
  bool number(JsonValue& out);
  bool word(std::string_view word, JsonValue::Kind kind, JsonValue& out);
  bool nested(char close, bool keyed, JsonValue::Kind kind, JsonValue& out, int depth);
  bool colon() {
    blanks();
    return expect(':', "a colon was expected");
  }
  bool digits();
  bool finish();
  void blanks() {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\t' || *at_ == '\r' || *at_ == '\n')) ++at_;
  }
  bool skip(char c) {
    if (at_ == end_ || *at_ != c) return false;
    ++at_;
    return true;
  }
  bool expect(char c, const char* reason) { return skip(c) || fail(reason); }
  bool fail(const char* reason) {
    reason_ = reason;
    return false;
  }

  const char* at_;
  const char* begin_;
  const char* end_;
  const char* reason_ = "";
};

// The characters that a JSON string means; false for a lone surrogate, which no text can hold.
bool unescape_json(std::string_view escaped, std::string& out);

}  // namespace sluice::file
