// SPDX-License-Identifier: Apache-2.0
#include "job/scanner.hpp"

#include <array>
#include <charconv>

#include "job/suggest.hpp"

namespace sluice::job {
namespace {

constexpr std::size_t nowhere = std::string_view::npos;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Letters and what else stands in an unquoted word or a mistaken number.
bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || c == '.' ||
         c == '-' || c == '+' || static_cast<unsigned char>(c) >= 0x80;
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  boost::system::result<Scan, SyntaxError> run() {
    if (whole()) return std::move(scan_);
    return std::move(error_);
  }

 private:
  bool whole() {
    if (!skip_space()) return false;
    if (at_end()) return fail(at_, "the script is empty");
    if (!value(nowhere, 0) || !skip_space()) return false;
    return at_end() || fail(at_, "text after the end of the script: " + found());
  }

  bool value(std::size_t key, std::size_t depth) {
    if (depth > max_script_depth) {
      return fail(at_, "nested too deeply, the limit is " + std::to_string(max_script_depth) + " levels");
    }
    std::size_t index = scan_.nodes.size();
    auto begin = static_cast<std::uint32_t>(at_);
    scan_.nodes.push_back({key == nowhere ? begin : static_cast<std::uint32_t>(key), begin, 0, 0});
    if (!value_text(depth)) return false;
    scan_.nodes[index].end = static_cast<std::uint32_t>(at_);
    scan_.nodes[index].next = static_cast<std::uint32_t>(scan_.nodes.size());
    return true;
  }

  bool value_text(std::size_t depth) {
    switch (peek()) {
      case '{':
        return object(depth);
      case '[':
        return array(depth);
      case '"':
        return string();
      default:
        return word();
    }
  }

  bool object(std::size_t depth) {
    std::size_t opened = at_++;
    while (true) {
      if (!skip_space()) return false;
      if (at_end()) return fail(opened, "this { is never closed");
      if (peek() == '}') return ++at_, true;
      std::size_t key = at_;
      if (!object_key() || !skip_space()) return false;
      if (peek() != ':')
        return fail(at_, "expected : after the key " + std::string(key_text(key)) + ", got " + found());
      ++at_;
      if (!skip_space() || !value(key, depth + 1) || !separator(opened, '}')) return false;
    }
  }

  bool array(std::size_t depth) {
    std::size_t opened = at_++;
    while (true) {
      if (!skip_space()) return false;
      if (at_end()) return fail(opened, "this [ is never closed");
      if (peek() == ']') return ++at_, true;
      if (!value(nowhere, depth + 1) || !separator(opened, ']')) return false;
    }
  }

  // After a value: a comma is taken, the closing bracket is left.
  bool separator(std::size_t opened, char closing) {
    if (!skip_space()) return false;
    if (peek() == ',' && !at_end()) return ++at_, true;
    if (peek() == closing) return true;
    if (at_end()) return fail(opened, std::string("this ") + text_[opened] + " is never closed");
    return fail(at_, std::string("expected , or ") + closing + ", got " + found());
  }

  bool object_key() {
    if (peek() == '"') return string();
    if (peek() == ',') return fail(at_, "a comma too many");
    return fail(at_, "expected a key in double quotes, got " + found());
  }

  bool string() {
    std::size_t opened = at_++;
    while (true) {
      if (at_end()) return fail(opened, "this string is never closed");
      char c = peek();
      if (c == '"') return ++at_, true;
      if (c == '\n' || c == '\r')
        return fail(opened, "this string does not end on its line", "write a line break as \\n");
      if (static_cast<unsigned char>(c) < 0x20) {
        return fail(at_, "control character in a string", c == '\t' ? "write a tab as \\t" : "write it as \\u00XX");
      }
      if (c != '\\')
        ++at_;
      else if (!escape())
        return false;
    }
  }

  bool escape() {
    std::size_t begin = at_++;
    if (at_end()) return true;  // string() sees the end
    char kind = text_[at_++];
    if (std::string_view("\"\\/bfnrt").find(kind) != nowhere) return true;
    if (kind != 'u') return fail(begin, "unknown escape in a string", "write a backslash as \\\\");
    int unit = hexadecimal(begin);
    if (unit < 0) return false;
    if (unit >= 0xDC00 && unit <= 0xDFFF) return fail(begin, "second half of a surrogate pair without the first");
    if (unit < 0xD800 || unit > 0xDBFF) return true;
    std::size_t second = at_;
    if (text_.substr(at_, 2) == "\\u") {
      at_ += 2;
      int low = hexadecimal(second);
      if (low < 0) return false;
      if (low >= 0xDC00 && low <= 0xDFFF) return true;
    }
    return fail(begin, "first half of a surrogate pair without the second");
  }

  int hexadecimal(std::size_t begin) {
    unsigned unit = 0;
    std::string_view digits = text_.substr(at_, 4);
    auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), unit, 16);
    if (failed != std::errc{} || end != digits.data() + 4) return fail(begin, "\\u needs four hexadecimal digits"), -1;
    at_ += 4;
    return static_cast<int>(unit);
  }

  // true, false, null, a number, or none of them.
  bool word() {
    std::size_t begin = at_;
    while (!at_end() && is_word(peek())) ++at_;
    std::string_view word = text_.substr(begin, at_ - begin);
    if (word == "true" || word == "false" || word == "null" || number(word)) return true;
    at_ = begin;
    if (peek() == '\'') return fail(begin, "strings stand in double quotes, got '");
    if (peek() == ',') return fail(begin, "a value is missing before this comma");
    if (word.empty()) return fail(begin, "expected a value, got " + found());
    return fail(begin, "expected a value, got " + found(), word_advice(word));
  }

  std::string word_advice(std::string_view word) const {
    static const std::array<std::string, 3> words{"true", "false", "null"};
    if (word == "None" || word == "nil" || word == "undefined") return "did you mean null?";
    if (std::optional<std::string> near = suggest(word, words)) return "did you mean " + *near + "?";
    bool number_like = is_digit(word.front()) || word.front() == '-' || word.front() == '+' || word.front() == '.';
    if (word == "NaN" || number_like) return "not a number that JSON knows; numbers look like 0, -1, 0.5, 1e6";
    return "strings stand in double quotes";
  }

  static bool number(std::string_view word) {
    std::size_t at = 0;
    auto digits = [&] {
      std::size_t begin = at;
      while (at < word.size() && is_digit(word[at])) ++at;
      return at > begin;
    };
    auto one_of = [&](std::string_view set) {
      bool yes = at < word.size() && set.find(word[at]) != nowhere;
      if (yes) ++at;
      return yes;
    };
    one_of("-");
    std::size_t leading = at;
    if (!digits() || (word[leading] == '0' && at > leading + 1)) return false;
    if (one_of(".") && !digits()) return false;
    if (one_of("eE")) {
      one_of("+-");
      if (!digits()) return false;
    }
    double value = 0;
    auto [end, failed] = std::from_chars(word.data(), word.data() + word.size(), value);
    bool tiny = word.find("e-") != nowhere || word.find("E-") != nowhere;  // as good as 0
    return at == word.size() && (failed == std::errc{} || tiny);
  }

  // White space and comments.
  bool skip_space() {
    while (!at_end()) {
      char c = peek();
      if (c == '#') return fail(at_, "# does not start a comment here", "comments are // and /* */");
      if (c == '/') {
        if (!comment()) return false;
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        ++at_;
      } else {
        return true;
      }
    }
    return true;
  }

  bool comment() {
    std::size_t opened = at_;
    char kind = opened + 1 < text_.size() ? text_[opened + 1] : ' ';
    if (kind != '/' && kind != '*') return fail(opened, "a single / starts no comment", "comments are // and /* */");
    std::size_t end = kind == '/' ? text_.find('\n', opened) : text_.find("*/", opened + 2);
    if (end == nowhere && kind == '*') return fail(opened, "this comment is never closed");
    at_ = end == nowhere ? text_.size() : end + (kind == '/' ? 0 : 2);
    scan_.comments.push_back({opened, at_});
    return true;
  }

  std::string_view key_text(std::size_t key) const {
    std::size_t end = key + 1;
    while (text_[end] != '"') end += text_[end] == '\\' ? 2 : 1;
    return text_.substr(key, end + 1 - key);
  }

  // What stands here, short enough for a message.
  std::string found() const {
    if (at_end()) return "the end of the script";
    std::size_t end = at_;
    while (end < text_.size() && end - at_ < 40 && is_word(text_[end])) ++end;
    while (end < text_.size() && end > at_ && (static_cast<unsigned char>(text_[end]) & 0xC0) == 0x80) --end;
    if (peek() == '"') return "a string";
    return std::string(text_.substr(at_, std::max<std::size_t>(end - at_, 1)));
  }

  bool fail(std::size_t offset, std::string text, std::string advice = {}) {
    error_ = {offset, std::move(text), std::move(advice)};
    return false;
  }

  bool at_end() const { return at_ >= text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[at_]; }

  std::string_view text_;
  std::size_t at_ = 0;
  Scan scan_;
  SyntaxError error_;
};

// Bytes that must follow the first one; -1 when it cannot be first.
int following_bytes(unsigned char first) {
  if (first < 0x80) return 0;
  if (first >= 0xC2 && first <= 0xDF) return 1;
  if (first >= 0xE0 && first <= 0xEF) return 2;
  if (first >= 0xF0 && first <= 0xF4) return 3;
  return -1;
}

// Overlong forms, surrogates and what lies beyond U+10FFFF show in the second byte.
bool valid_second(unsigned char first, unsigned char second) {
  if (first == 0xE0) return second >= 0xA0;
  if (first == 0xED) return second <= 0x9F;
  if (first == 0xF0) return second >= 0x90;
  if (first == 0xF4) return second <= 0x8F;
  return true;
}

}  // namespace

boost::system::result<Scan, SyntaxError> scan(std::string_view text) { return Scanner(text).run(); }

std::size_t find_invalid_utf8(std::string_view text) {
  auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  for (std::size_t i = 0; i < text.size();) {
    int more = following_bytes(static_cast<unsigned char>(byte(i)));
    if (more < 0 || (more > 0 && !valid_second(byte(i), byte(i + 1)))) return i;
    for (int k = 1; k <= more; ++k) {
      if ((byte(i + static_cast<std::size_t>(k)) & 0xC0) != 0x80) return i;
    }
    i += 1 + static_cast<std::size_t>(more);
  }
  return nowhere;
}

}  // namespace sluice::job
