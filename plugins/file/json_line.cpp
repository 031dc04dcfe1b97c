// SPDX-License-Identifier: Apache-2.0
#include "json_line.hpp"

#include "utf8.hpp"

namespace sluice::file {

namespace {

constexpr int deepest = 256;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Four hexadecimal digits; -1 when they are none.
int code_unit(std::string_view text) {
  int code = 0;
  if (text.size() < 4) return -1;
  for (const char c : text.substr(0, 4)) {
    if (hex_digit(c) < 0) return -1;
    code = code * 16 + hex_digit(c);
  }
  return code;
}

char simple_escape(char c) {
  switch (c) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case '"':
    case '\\':
    case '/':
      return c;
    default:
      return 0;
  }
}

}  // namespace

bool JsonReader::value(JsonValue& out, int depth) {
  blanks();
  if (at_ == end_) return fail("a value was expected");
  switch (*at_) {
    case '"':
      return string(out);
    case '{':
      return nested('}', true, JsonValue::Kind::object, out, depth);
    case '[':
      return nested(']', false, JsonValue::Kind::array, out, depth);
    case 't':
      return word("true", JsonValue::Kind::boolean, out);
    case 'f':
      return word("false", JsonValue::Kind::boolean, out);
    case 'n':
      return word("null", JsonValue::Kind::null, out);
    default:
      return number(out);
  }
}

bool JsonReader::string(JsonValue& out) {
  if (!expect('"', "a string was expected")) return false;
  const char* const begin = at_;
  out.kind = JsonValue::Kind::string;
  out.escaped = false;
  for (; at_ != end_ && *at_ != '"'; ++at_) {
    if (static_cast<unsigned char>(*at_) < 0x20) return fail("a control character in a string");
    if (*at_ != '\\') continue;
    out.escaped = true;
    if (++at_ == end_) break;
    if (*at_ == 'u' ? code_unit({at_ + 1, static_cast<std::size_t>(end_ - at_ - 1)}) < 0 : simple_escape(*at_) == 0)
      return fail("no such escape in a string");
  }
  if (at_ == end_) return fail("a string does not end");
  out.text = {begin, static_cast<std::size_t>(at_ - begin)};
  ++at_;
  return true;
}

bool JsonReader::digits() {
  const char* const begin = at_;
  while (at_ != end_ && *at_ >= '0' && *at_ <= '9') ++at_;
  return at_ != begin || fail("a value was expected");
}

bool JsonReader::number(JsonValue& out) {
  const char* const begin = at_;
  skip('-');
  const bool zero = at_ != end_ && *at_ == '0';
  if (zero ? !skip('0') : !digits()) return false;
  if (skip('.') && !digits()) return false;
  if (skip('e') || skip('E')) {
    if (!skip('-')) skip('+');
    if (!digits()) return false;
  }
  out.kind = JsonValue::Kind::number;
  out.text = {begin, static_cast<std::size_t>(at_ - begin)};
  return true;
}

bool JsonReader::word(std::string_view word, JsonValue::Kind kind, JsonValue& out) {
  if (std::string_view(at_, static_cast<std::size_t>(end_ - at_)).substr(0, word.size()) != word)
    return fail("a value was expected");
  out.kind = kind;
  out.text = {at_, word.size()};
  at_ += word.size();
  return true;
}

bool JsonReader::nested(char close, bool keyed, JsonValue::Kind kind, JsonValue& out, int depth) {
  if (depth == deepest) return fail("nested too deeply");
  const char* const begin = at_++;
  JsonValue inner;
  blanks();
  if (!skip(close)) {
    for (;;) {
      blanks();
      if (keyed && (!string(inner) || !colon())) return false;
      if (!value(inner, depth + 1)) return false;
      blanks();
      if (skip(close)) break;
      if (!expect(',', "a comma or the end was expected")) return false;
    }
  }
  out.kind = kind;
  out.text = {begin, static_cast<std::size_t>(at_ - begin)};
  return true;
}

bool JsonReader::finish() {
  blanks();
  return at_ == end_ || fail("text follows the value");
}

bool unescape_json(std::string_view escaped, std::string& out) {
  out.clear();
  for (std::size_t i = 0; i < escaped.size(); ++i) {
    if (escaped[i] != '\\') {
      out += escaped[i];
    } else if (escaped[++i] != 'u') {
      out += simple_escape(escaped[i]);
    } else {
      auto code = static_cast<char32_t>(code_unit(escaped.substr(i + 1)));
      i += 4;
      if (code >= 0xDC00 && code <= 0xDFFF) return false;
      if (code >= 0xD800 && code <= 0xDBFF) {
        if (escaped.substr(i + 1, 2) != "\\u") return false;
        const int low = code_unit(escaped.substr(i + 3));
        if (low < 0xDC00 || low > 0xDFFF) return false;
        code = 0x10000 + ((code - 0xD800) << 10) + static_cast<char32_t>(low - 0xDC00);
        i += 6;
      }
      append_utf8(out, code);
    }
  }
  return true;
}

}  // namespace sluice::file
