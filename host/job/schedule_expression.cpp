// SPDX-License-Identifier: Apache-2.0
#include "job/schedule_expression.hpp"

#include <array>
#include <charconv>

#include "job/suggest.hpp"

namespace sluice::job {
namespace {

using Kind = ExpressionPiece::Kind;
using boost::system::in_place_error;
template <class T>
using Read = boost::system::result<T, std::string>;

constexpr std::size_t absent = std::string_view::npos;
constexpr std::int64_t seconds_a_day = 86400;

struct BuiltIn {
  std::string_view name;
  Kind kind;
  std::string_view format;
};

constexpr std::array<BuiltIn, 7> built_ins{{{"bizdate", Kind::business_date, "yyyymmdd"},
                                            {"cyctime", Kind::cycle_time, "yyyymmddhh24miss"},
                                            {"gmtdate", Kind::cycle_time, "yyyymmdd"},
                                            {"bizmonth", Kind::business_month, "yyyymm"},
                                            {"jobid", Kind::job_id, {}},
                                            {"nodeid", Kind::node_id, {}},
                                            {"taskid", Kind::task_id, {}}}};

bool is_decimal(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// "text: the expression (advice)"
std::string told(std::string_view text, std::string_view about, std::string_view advice = {}) {
  std::string told = std::string(text).append(": ").append(about);
  if (!advice.empty()) told.append(" (").append(advice).append(")");
  return told;
}

// One term of a shift.
struct Term {
  std::int64_t amount;  // with its sign
  std::int64_t unit;    // seconds of one
};

// Takes "-7*2" off the front; nothing when there is none, or when it is too large to mean anything.
std::optional<std::int64_t> take_amount(std::string_view& text) {
  auto number = [&]() -> std::optional<std::int64_t> {
    std::int64_t value = 0;
    std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (digits == 0 || digits > 6) return {};
    std::from_chars(text.data(), text.data() + digits, value);
    text.remove_prefix(digits);
    return value;
  };
  bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  std::optional<std::int64_t> value = number();
  if (value && text.starts_with('*')) {
    text.remove_prefix(1);
    std::optional<std::int64_t> factor = number();
    value = factor ? std::optional(*value * *factor) : std::nullopt;
  }
  return value && negative ? std::optional(-*value) : value;
}

// Takes "/24/60" off the front: the unit in seconds.
std::optional<std::int64_t> take_unit(std::string_view& text) {
  std::int64_t unit = seconds_a_day;
  for (auto [part, seconds] : {std::pair("/24", 3600), std::pair("/60", 60), std::pair("/60", 1)}) {
    if (!text.starts_with(part)) break;
    text.remove_prefix(3);
    unit = seconds;
  }
  if (text.starts_with('/') || (!text.empty() && is_decimal(text.front()))) return {};
  return unit;
}

// The whole of "-1-3/24"; nothing when something else is in it.
std::optional<std::vector<Term>> parse_shift(std::string_view text) {
  std::vector<Term> terms;
  while (!text.empty()) {
    if (text.front() != '+' && text.front() != '-') return {};
    std::optional<std::int64_t> amount = take_amount(text);
    std::optional<std::int64_t> unit = amount ? take_unit(text) : std::nullopt;
    if (!unit) return {};
    terms.push_back({*amount, *unit});
  }
  return terms;
}

// Where the shift begins: at a sign with a digit behind it.
std::size_t shift_begin(std::string_view inside) {
  for (std::size_t i = 0; i + 1 < inside.size(); ++i) {
    if ((inside[i] == '+' || inside[i] == '-') && is_decimal(inside[i + 1])) return i;
  }
  return inside.size();
}

Read<ExpressionPiece> business_date(std::string_view inside, std::string_view whole) {
  std::size_t begin = shift_begin(inside);
  auto format = parse_date_format(inside.substr(0, begin));
  if (!format) {
    bool format_like = inside.starts_with("yy") || inside.starts_with("mm") || inside.starts_with("dd");
    if (format_like) return {in_place_error, told(format.error(), whole)};
    return {in_place_error,
            told("neither a date format nor a built-in name", whole, "such as ${yyyymmdd-1} or ${bdp.system.bizdate}")};
  }
  const DateFormat& units = *format;
  if (has_unit(units, DateUnit::hour) || has_unit(units, DateUnit::minute) || has_unit(units, DateUnit::second)) {
    return {in_place_error, told("a business date has no hours", whole, "the scheduling time is written $[...]")};
  }
  std::string_view rest = inside.substr(begin);
  std::int64_t amount = rest.empty() ? 0 : take_amount(rest).value_or(0);
  if (rest.starts_with("/24")) {
    return {in_place_error, told("a business date has no hours", whole, "the scheduling time is written $[...]")};
  }
  if (!rest.empty())
    return {in_place_error, told("not a shift of a business date", whole, "such as ${yyyymmdd-1} or ${yyyymmdd-7*2}")};
  ExpressionPiece piece{Kind::business_date, {}, units};
  if (has_unit(units, DateUnit::day))
    piece.shift = std::chrono::seconds(amount * seconds_a_day);
  else if (has_unit(units, DateUnit::month))
    piece.months = amount;
  else
    piece.months = amount * 12;
  return piece;
}

// $[yyyy-1] looks like a year and would be a day.
std::string misleading_shift(const DateFormat& format, const std::vector<Term>& terms, std::string_view text) {
  if (format.size() != 1 || terms.size() != 1 || terms.front().unit != seconds_a_day) return {};
  std::int64_t months = terms.front().amount;
  if (format.front().unit == DateUnit::year || format.front().unit == DateUnit::short_year)
    months *= 12;
  else if (format.front().unit != DateUnit::month)
    return {};
  return std::string("$[add_months(").append(text).append(",").append(std::to_string(months)).append(")]");
}

Read<ExpressionPiece> add_months(std::string_view inside, std::string_view whole) {
  constexpr std::string_view shape = "such as $[add_months(yyyymmdd,-1)]";
  inside.remove_prefix(std::string_view("add_months(").size());
  std::size_t close = inside.find(')');
  std::size_t comma = inside.substr(0, close).rfind(',');
  if (close == absent || comma == absent)
    return {in_place_error, told("add_months needs a format and a number of months", whole, shape)};
  auto format = parse_date_format(inside.substr(0, comma));
  if (!format) return {in_place_error, told(format.error(), whole)};
  std::string_view number = inside.substr(comma + 1, close - comma - 1);
  std::optional<std::int64_t> months = take_amount(number);
  if (!months || !number.empty()) return {in_place_error, told("not a number of months", whole, shape)};
  auto terms = parse_shift(inside.substr(close + 1));
  if (!terms)
    return {in_place_error,
            told("not a shift of a scheduling time", whole, "days are -N, hours -N/24, minutes -N/24/60")};
  ExpressionPiece piece{Kind::cycle_time, {}, *format, *months};
  for (const Term& term : *terms) piece.shift += std::chrono::seconds(term.amount * term.unit);
  return piece;
}

Read<ExpressionPiece> cycle_time(std::string_view inside, std::string_view whole) {
  if (inside.starts_with("add_months(")) return add_months(inside, whole);
  std::size_t begin = shift_begin(inside);
  auto format = parse_date_format(inside.substr(0, begin));
  if (!format) return {in_place_error, told(format.error(), whole)};
  auto terms = parse_shift(inside.substr(begin));
  if (!terms)
    return {in_place_error,
            told("not a shift of a scheduling time", whole, "days are -N, hours -N/24, minutes -N/24/60")};
  std::string meant = misleading_shift(*format, *terms, inside.substr(0, begin));
  if (!meant.empty()) return {in_place_error, told("a shift counts days, not months or years", whole, meant)};
  ExpressionPiece piece{Kind::cycle_time, {}, *format};
  for (const Term& term : *terms) piece.shift += std::chrono::seconds(term.amount * term.unit);
  return piece;
}

Read<ExpressionPiece> in_brackets(std::string_view whole) {
  std::string_view inside = whole.substr(2, whole.size() - 3);
  if (whole[1] == '[') return cycle_time(inside, whole);
  if (auto known = built_in(inside)) return *known;
  return business_date(inside, whole);
}

// "$bizdate" at the front of `text`: how many bytes the name has.
std::size_t name_length(std::string_view text) {
  std::size_t end = 1;
  while (end < text.size() && (is_letter(text[end]) || text[end] == '.' || text[end] == '_')) ++end;
  return end;
}

Read<ExpressionPiece> named(std::string_view whole) {
  if (auto known = built_in(whole.substr(1))) return *known;
  std::vector<std::string> names;
  names.reserve(built_ins.size());
  for (const BuiltIn& known : built_ins) names.push_back("$" + std::string(known.name));
  std::string advice = did_you_mean(whole, names);
  return {in_place_error,
          told("no built-in name", whole, advice.empty() ? "a text is written in quotes: 'abc'" : advice)};
}

}  // namespace

std::optional<ExpressionPiece> built_in(std::string_view name) {
  constexpr std::string_view prefix = "bdp.system.";
  if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
  for (const BuiltIn& known : built_ins) {
    if (known.name != name) continue;
    ExpressionPiece piece{known.kind, {}, {}};
    if (!known.format.empty()) piece.format = *parse_date_format(known.format);
    return piece;
  }
  return {};
}

Read<std::vector<ExpressionPiece>> parse_expression(std::string_view expression) {
  using Pieces = std::vector<ExpressionPiece>;
  if (expression.find_first_of(" =") != absent) {
    return {in_place_error,
            told("a value holds no space and no =", expression, "put them around ${...} in the script")};
  }
  if (expression.size() >= 2 && expression.front() == '\'' && expression.back() == '\'') {
    return Pieces{{Kind::text, std::string(expression.substr(1, expression.size() - 2)), {}}};
  }
  Pieces pieces;
  for (std::string_view rest = expression; !rest.empty();) {
    std::size_t length = std::min(rest.find('$', 1), rest.size());
    char next = rest.size() > 1 ? rest[1] : ' ';
    if (rest.front() != '$' || !(next == '{' || next == '[' || is_letter(next))) {
      pieces.push_back({Kind::text, std::string(rest.substr(0, length)), {}});
      rest.remove_prefix(length);
      continue;
    }
    std::size_t close = rest.find(next == '{' ? '}' : ']');
    if (!is_letter(next) && close == absent)
      return {in_place_error, told("a bracket is not closed", rest, "such as $[yyyymmdd-1]")};
    length = is_letter(next) ? name_length(rest) : close + 1;
    auto piece = is_letter(next) ? named(rest.substr(0, length)) : in_brackets(rest.substr(0, length));
    if (!piece) return {in_place_error, piece.error()};
    pieces.push_back(std::move(*piece));
    rest.remove_prefix(length);
  }
  return pieces;
}

}  // namespace sluice::job
