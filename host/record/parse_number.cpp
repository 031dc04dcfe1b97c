// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>

#include "record/parse.hpp"
#include "record/take.hpp"
#include "record/type.hpp"

namespace sluice::record {
namespace {

bool same_word(std::string_view text, std::string_view lower) {
  return std::ranges::equal(text, lower, [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

template <class Float>
Fault parse_floating(std::string_view text, Float& out) {
  if (text.ends_with(')')) return Fault::parse;  // nan(payload)
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, out);
  if (stop != end || text.empty()) return Fault::parse;
  if (error == std::errc::result_out_of_range) return Fault::range;
  return error == std::errc() ? Fault::none : Fault::parse;
}

// A number as its digits say it: `value` x 10^`power`, where value has no trailing zero.
template <class Int>
struct Digits {
  Int value = 0;
  int count = 0;  // digits of value, from the first that is not 0
  std::int64_t power = 0;
  bool overflow = false;  // more digits than fit; `count` and `power` still say how large it is
};

// Takes digits one by one; zeros wait until a digit behind them gives them a meaning.
template <class Int>
class DigitReader {
 public:
  explicit DigitReader(int most) : most_(most) {}

  void take(char c) {
    seen_ = true;
    if (c == '0') {
      ++waiting_;
      return;
    }
    if (digits_.count == 0) waiting_ = 0;  // leading zeros
    append(0, waiting_);
    append(c - '0', 1);
    waiting_ = 0;
  }
  bool seen() const { return seen_; }

  Digits<Int> finish(std::int64_t exponent) {
    flush();
    digits_.value = whole_;
    digits_.power = digits_.count == 0 ? 0 : exponent + waiting_;
    return digits_;
  }

 private:
  void append(int digit, std::int64_t times) {
    if (digits_.count + times > most_) {
      digits_.overflow = true;
      digits_.count = static_cast<int>(std::min<std::int64_t>(digits_.count + times, 1 << 20));
      return;
    }
    for (std::int64_t i = 0; i < times; ++i) {
      if (chunk_scale_ == chunk_limit) flush();
      chunk_ = chunk_ * 10 + static_cast<std::uint64_t>(digit);
      chunk_scale_ *= 10;
      ++digits_.count;
    }
  }
  // Wide multiplications only once in 18 digits.
  void flush() {
    whole_ = digits_.count <= 18 ? Int(chunk_) : Int(whole_ * chunk_scale_ + chunk_);
    chunk_ = 0;
    chunk_scale_ = 1;
  }

  static constexpr std::uint64_t chunk_limit = 1'000'000'000'000'000'000u;
  Digits<Int> digits_;
  Int whole_ = 0;
  std::uint64_t chunk_ = 0;
  std::uint64_t chunk_scale_ = 1;
  std::int64_t waiting_ = 0;
  int most_;
  bool seen_ = false;
};

// Reads "e12" to its end.
bool read_exponent(const char*& at, const char* end, std::int64_t& exponent) {
  if (at == end || (*at != 'e' && *at != 'E')) return true;
  ++at;
  if (at != end && *at == '+' && at + 1 != end && is_digit(at[1])) ++at;
  int value = 0;
  const auto [stop, error] = std::from_chars(at, end, value);
  if (error != std::errc() || std::abs(value) > 100'000) return false;
  at = stop;
  exponent += value;
  return true;
}

template <class Int>
bool read_digits(std::string_view text, int most, Digits<Int>& out) {
  DigitReader<Int> reader(most);
  std::int64_t exponent = 0;
  const char* at = text.data();
  const char* const end = at + text.size();
  for (; at != end && is_digit(*at); ++at) reader.take(*at);
  if (at != end && *at == '.') {
    for (++at; at != end && is_digit(*at); ++at, --exponent) reader.take(*at);
  }
  if (!reader.seen() || !read_exponent(at, end, exponent) || at != end) return false;
  out = reader.finish(exponent);
  return true;
}

template <class Int>
Int power_of_ten(int n) {
  if constexpr (std::is_same_v<Int, Int128>) {
    return powers_128[static_cast<std::size_t>(n)];
  } else {
    return power_512(n);
  }
}

// The common case in one pass: at most 18 digits, at least as many decimals in the column as in the text. False: take
// the long way, which also knows what is wrong.
template <class Int>
bool parse_short(std::string_view text, int precision, int scale, Int& out) {
  const bool negative = text.starts_with('-');
  const char* at = text.data() + negative;
  const char* const end = text.data() + text.size();
  if (end - at > 19) return false;
  std::uint64_t value = 0;
  const char* point = nullptr;
  for (; at != end; ++at) {
    if (is_digit(*at)) {
      value = value * 10 + static_cast<std::uint64_t>(*at - '0');
    } else if (*at == '.' && point == nullptr) {
      point = at;
    } else {
      return false;
    }
  }
  const auto decimals = point == nullptr ? 0 : static_cast<int>(end - point) - 1;
  const auto digits = static_cast<int>(text.size()) - negative - (point != nullptr);
  const int shift = scale - decimals;
  if (digits < 1 || digits > 18 || shift < 0 || digits + shift > precision) return false;
  out = value;
  if (negative) out = -out;
  if (shift > 0) out *= power_of_ten<Int>(shift);
  return true;
}

template <class Int>
Fault parse_scaled(std::string_view text, int precision, int scale, Int& out) {
  if (parse_short(text, precision, scale, out)) return Fault::none;
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  Digits<Int> digits;
  const int most = std::is_same_v<Int, Int128> ? max_precision_128 : max_precision_256;
  if (!read_digits(text, most, digits)) return Fault::parse;
  out = 0;
  if (digits.count == 0) return Fault::none;
  const std::int64_t shift = digits.power + scale;
  if (digits.count + shift > precision) return Fault::range;
  if (shift < 0 || digits.overflow) return Fault::inexact;
  out = digits.value * power_of_ten<Int>(static_cast<int>(shift));
  if (negative) out = -out;
  return Fault::none;
}

}  // namespace

Fault parse_boolean(std::string_view text, bool& out) {
  out = text == "1" || same_word(text, "true");
  return out || text == "0" || same_word(text, "false") ? Fault::none : Fault::parse;
}

Fault parse_float(std::string_view text, double& out) { return parse_floating(text, out); }
Fault parse_float(std::string_view text, float& out) { return parse_floating(text, out); }

Fault parse_decimal(std::string_view text, int precision, int scale, Int128& out) {
  return parse_scaled(text, precision, scale, out);
}
Fault parse_decimal(std::string_view text, int precision, int scale, Int512& out) {
  return parse_scaled(text, precision, scale, out);
}

}  // namespace sluice::record
