// SPDX-License-Identifier: Apache-2.0
#include <strings.h>

#include <algorithm>
#include <charconv>

#include "date_time.hpp"
#include "propose.hpp"

namespace sluice::file {

namespace {

// The first that fits every value is proposed.
enum class Candidate { truth, integer, scaled, real, any_decimal, date, timestamp, instant, time };

constexpr int digits_of_double = 15;  // that it keeps for certain
constexpr int digits_of_decimal = 38;

bool is_figure(char c) { return c >= '0' && c <= '9'; }

// A number as people write it: no blank, no plus, no zeros in front that a number would lose.
struct PlainNumber {
  bool is_one = false;
  bool has_exponent = false;
  int whole = 0;  // digits before the point
  int scale = 0;  // and behind it

  static PlainNumber of(std::string_view text) {
    PlainNumber n;
    const char* at = text.data() + text.starts_with('-');
    const char* const end = text.data() + text.size();
    const auto digits = [&] {
      const char* const begin = at;
      at = std::find_if_not(at, end, is_figure);
      return static_cast<int>(at - begin);
    };
    const bool has_zero = at != end && *at == '0';
    n.whole = digits();
    if (n.whole == 0 || (has_zero && n.whole > 1) || text == "-0") return n;
    if (at != end && *at == '.') {
      ++at;
      n.scale = digits();
      if (n.scale == 0) return n;
    }
    n.has_exponent = at != end && (*at == 'e' || *at == 'E');
    double value = 0;
    const auto [stop, failed] = std::from_chars(text.data(), end, value);
    n.is_one = stop == end && failed == std::errc() && (at == end || n.has_exponent);
    return n;
  }
};

bool fits_long(std::string_view text) {
  std::int64_t value = 0;
  return std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc();
}

bool is_truth(std::string_view text) {
  const auto is = [&](std::string_view word) {
    return text.size() == word.size() && strncasecmp(text.data(), word.data(), word.size()) == 0;
  };
  return is("true") || is("false");
}

bool is_moment(std::string_view text, Wanted wanted) {
  DateTime value;
  return !text.empty() && is_figure(text.front()) && parse_iso(text, wanted, value) == nullptr;
}

unsigned bit(Candidate candidate) { return 1U << static_cast<unsigned>(candidate); }

unsigned fitting_moments(std::string_view text) {
  unsigned fits = 0;
  if (is_moment(text, Wanted::date)) fits |= bit(Candidate::date);
  if (is_moment(text, Wanted::date_time)) fits |= bit(Candidate::timestamp);
  if (is_moment(text, Wanted::instant)) fits |= bit(Candidate::instant);
  if (is_moment(text, Wanted::time)) fits |= bit(Candidate::time);
  return fits;
}

std::string_view bare(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

void TypeGuess::see(const SampleValue& value) {
  const std::string_view text = bare(value.text);
  if (value.is_null || (text.empty() && !value.is_nested)) return;  // NULL in a column of any type but texts
  has_value_ = true;
  unsigned fits = value.is_nested ? 0 : fitting_moments(text);
  if (!value.is_nested && !value.is_text) {
    if (is_truth(text)) fits |= bit(Candidate::truth);
    if (const PlainNumber n = PlainNumber::of(text); n.is_one) {
      if (n.has_exponent || n.whole + n.scale <= digits_of_double) fits |= bit(Candidate::real);
      if (!n.has_exponent) fits |= bit(Candidate::any_decimal);
      if (!n.has_exponent && n.scale == 0 && fits_long(text)) fits |= bit(Candidate::integer);
      if (!n.has_exponent && (scale_ < 0 || scale_ == n.scale)) fits |= bit(Candidate::scaled);
      scale_ = n.scale;
      whole_digits_ = std::max(whole_digits_, n.whole);
    }
  }
  possible_ &= fits;
}

TypeGuess TypeGuess::joined(const TypeGuess& other) const {
  if (!has_value_) return other;
  TypeGuess both = *this;
  if (!other.has_value_) return both;
  both.possible_ &= other.possible_;
  if (scale_ != other.scale_) both.possible_ &= ~bit(Candidate::scaled);
  both.whole_digits_ = std::max(whole_digits_, other.whole_digits_);
  return both;
}

std::string TypeGuess::json() const {
  const auto is = [&](Candidate candidate) { return has_value_ && (possible_ & bit(candidate)) != 0; };
  const int digits = whole_digits_ + scale_;
  if (is(Candidate::truth)) return R"("type": "boolean")";
  if (is(Candidate::integer)) return R"("type": "long")";
  if (is(Candidate::scaled) && scale_ > 0 && digits <= digits_of_decimal)
    return "\"type\": \"decimal(" +
           std::to_string(digits <= digits_of_double ? digits_of_double : digits_of_decimal) + "," +
           std::to_string(scale_) + ")\"";
  if (is(Candidate::real)) return R"("type": "double")";
  if (is(Candidate::any_decimal)) return R"("type": "decimal")";
  if (is(Candidate::date)) return R"("type": "date", "format": "yyyy-MM-dd")";
  if (is(Candidate::timestamp)) return R"("type": "timestamp")";
  if (is(Candidate::instant)) return R"("type": "instant")";
  return is(Candidate::time) ? R"("type": "time")" : R"("type": "string")";
}

}  // namespace sluice::file
