// SPDX-License-Identifier: Apache-2.0
#include "column.hpp"

#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

#include "value_text.hpp"

namespace sluice::stream {

namespace {

using std::string_view;

struct Made {
  Type type;
  std::unique_ptr<Generator> generator;
  uint64_t width;
};

struct Refused {
  std::string key;  // the parameter at fault: "value", "random" ...; empty for the column
  std::string message;
  std::string advice;
};

// A value may be given as a JSON string, number or boolean.
std::optional<std::string> text_at(const Context& context, const std::string& path) {
  if (auto text = context.string(path)) return text;
  if (const auto integer = context.integer(path)) return std::to_string(*integer);
  if (const auto number = context.number(path)) {
    char digits[32];
    return std::string(digits, std::to_chars(digits, digits + sizeof digits, *number).ptr);
  }
  if (const auto boolean = context.boolean(path)) return *boolean ? "true" : "false";
  return std::nullopt;
}

template <class Parse>
auto parse_value(const std::string& text, Parse parse, string_view type) {
  const auto value = parse(text);
  if (!value) throw Refused{"value", "not a value of type " + std::string(type) + ": \"" + text + "\"", ""};
  return *value;
}

// The two bounds of `random`, in order.
template <class Parse>
auto parse_bounds(const std::string& text, Parse parse, string_view example) {
  const auto parts = parse_pair(text);
  const auto low = parts ? parse(parts->first) : decltype(parse(text)){};
  const auto high = parts ? parse(parts->second) : decltype(parse(text)){};
  if (!low || !high)
    throw Refused{"random", "not two bounds of the column's type: \"" + text + "\"",
                  "write \"" + std::string(example) + "\""};
  if (*high < *low) throw Refused{"random", "the second bound is below the first: \"" + text + "\"", "swap them"};
  return std::pair(*low, *high);
}

int64_t between(int64_t low, int64_t high, uint64_t bits) {
  const uint64_t count = static_cast<uint64_t>(high) - static_cast<uint64_t>(low) + 1;
  return static_cast<int64_t>(static_cast<uint64_t>(low) + RandomSequence::below(count, bits));
}

// ---- One function a type; `value` or `random` is set ----

struct Declared {
  std::optional<std::string> value, random, increment;
};

Made make_long(const Declared& declared) {
  const Type int64 = type(TypeId::int64);
  if (declared.value) {
    const int64_t value = parse_value(*declared.value, parse_long, "long");
    return {int64, fixed_generator<int64_t>([=](uint64_t, uint64_t) { return value; }), 8};
  }
  if (declared.random) {
    const auto [low, high] = parse_bounds(*declared.random, parse_long, "8,15");
    return {int64, fixed_generator<int64_t>([low, high](uint64_t bits, uint64_t) { return between(low, high, bits); }),
            8};
  }
  const auto parts = parse_pair(*declared.increment);
  const auto start = parts ? parse_long(parts->first) : std::nullopt,
             step = parts ? parse_long(parts->second) : std::nullopt;
  if (!start || !step)
    throw Refused{"increment", "not a start and a step: \"" + *declared.increment + "\"", "write \"1,1\""};
  return {
      int64,
      fixed_generator<int64_t>([from = static_cast<uint64_t>(*start), by = static_cast<uint64_t>(*step)](
                                   uint64_t, uint64_t ordinal) { return static_cast<int64_t>(from + by * ordinal); }),
      8};
}

Made make_double(const Declared& declared) {
  const Type float64 = type(TypeId::float64);
  if (declared.value) {
    const double value = parse_value(*declared.value, parse_double, "double");
    return {float64, fixed_generator<double>([=](uint64_t, uint64_t) { return value; }), 8};
  }
  const auto [low, high] = parse_bounds(*declared.random, parse_double, "0.5,1.5");
  if (!std::isfinite(high - low))
    throw Refused{"random", "the bounds are too far apart: \"" + *declared.random + "\"", ""};
  return {float64, fixed_generator<double>([low, size = high - low](uint64_t bits, uint64_t) {
            return low + size * RandomSequence::fraction(bits);
          }),
          8};
}

Made make_boolean(const Declared& declared) {
  const Type boolean = type(TypeId::boolean);
  if (declared.value) {
    const bool value = parse_value(*declared.value, parse_boolean, "boolean");
    return {boolean, appending_generator([=](ColumnBuilder& out, uint64_t) { out.append_boolean(value); }), 1};
  }
  const auto parts = parse_pair(*declared.random);
  const auto no = parts ? parse_long(parts->first) : std::nullopt,
             yes = parts ? parse_long(parts->second) : std::nullopt;
  constexpr int64_t most = 1'000'000'000;
  if (!no || !yes || *no < 0 || *yes < 0 || *no > most || *yes > most || *no + *yes == 0)
    throw Refused{"random", "not the weights of false and true: \"" + *declared.random + "\"",
                  "write \"1,1\" for equal shares"};
  return {boolean,
          appending_generator(
              [sum = static_cast<uint64_t>(*no + *yes), no = static_cast<uint64_t>(*no)](
                  ColumnBuilder& out, uint64_t bits) { out.append_boolean(RandomSequence::below(sum, bits) >= no); }),
          1};
}

Made make_date(const Declared& declared) {
  if (declared.value) {
    const auto value = parse_date(*declared.value);
    if (!value)
      throw Refused{"value", "not a value of type date: \"" + *declared.value + "\"",
                    "write it as 2024-01-31 or 2024-01-31 12:00:00"};
    return {wall_clock(), fixed_generator<int64_t>([value = *value](uint64_t, uint64_t) { return value; }), 8};
  }
  const auto [low, high] = parse_bounds(*declared.random, parse_date, "2024-01-01,2024-12-31 23:59:59");
  constexpr int64_t second = 1'000'000;
  return {wall_clock(), fixed_generator<int64_t>([low, seconds = (high - low) / second](uint64_t bits, uint64_t) {
            return low + between(0, seconds, bits) * second;
          }),
          8};
}

Made make_decimal(const Declared& declared) {
  if (declared.value) {
    const DecimalText value = parse_value(*declared.value, parse_decimal, "decimal");
    return {decimal(38, value.scale), fixed_generator<Unscaled>([=](uint64_t, uint64_t) { return value.unscaled; }),
            16};
  }
  int scale = 0;
  if (const auto parts = parse_pair(*declared.random))
    for (const auto& part : {parts->first, parts->second})
      if (const auto number = parse_decimal(part)) scale = std::max(scale, number->scale);
  const auto [low, high] = parse_bounds(
      *declared.random,
      [scale](string_view text) {
        const auto number = parse_decimal(text);
        return number ? rescale(*number, scale) : std::optional<Unscaled>();
      },
      "0.01,99.99");
  return {decimal(38, scale),
          fixed_generator<Unscaled>(
              [from = static_cast<Wide>(low), count = static_cast<Wide>(high) - static_cast<Wide>(low) + 1](
                  uint64_t bits, uint64_t) {
                return static_cast<Unscaled>(from + ((Wide{bits} << 64) | RandomSequence::again(bits)) % count);
              }),
          16};
}

// Letters for text, all 256 values for bytes; eight of them a draw.
template <bool Letters>
void append_random(ColumnBuilder& out, size_t size, uint64_t bits) {
  char* at = out.reserve_text(size);
  for (size_t i = 0; i < size; ++i) {
    if (i % 8 == 0) bits = RandomSequence::again(bits);
    const auto byte = static_cast<uint8_t>(bits >> (i % 8 * 8));
    at[i] = static_cast<char>(Letters ? 'a' + (byte * 26 >> 8) : byte);
  }
  out.append_reserved(size);
}

template <bool Letters>
Made make_text(const Declared& declared) {
  const Type made = type(Letters ? TypeId::utf8 : TypeId::binary);
  if (declared.value)
    return {made,
            appending_generator([text = *declared.value](ColumnBuilder& out, uint64_t) { out.append_text(text); }),
            declared.value->size() + 4};
  const auto [low, high] = parse_bounds(*declared.random, parse_long, "8,15");
  if (low < 0 || high > (int64_t{1} << 30))
    throw Refused{"random", "a length must be from 0 to 1073741824: \"" + *declared.random + "\"", ""};
  return {made, appending_generator([low, high](ColumnBuilder& out, uint64_t bits) {
            append_random<Letters>(out, static_cast<size_t>(between(low, high, bits)), bits);
          }),
          static_cast<uint64_t>(low + high) / 2 + 4};
}

Made make(string_view type, const Declared& declared) {
  if (type == "long") return make_long(declared);
  if (type == "double") return make_double(declared);
  if (type == "boolean") return make_boolean(declared);
  if (type == "date") return make_date(declared);
  if (type == "decimal") return make_decimal(declared);
  if (type == "bytes") return make_text<false>(declared);
  return make_text<true>(declared);
}

Column read_column(const Context& context, const std::string& path, size_t index) {
  const std::string type = context.string(path + ".type", "string");
  const Declared declared{text_at(context, path + ".value"), context.string(path + ".random"),
                          context.string(path + ".increment")};
  const int given = declared.value.has_value() + declared.random.has_value() + declared.increment.has_value();
  const std::string advice = "give one of value, random" + std::string(type == "long" ? " and increment" : "");
  if (given == 0) throw Refused{"", "the column has nothing to make its values from", advice};
  if (given > 1) throw Refused{"", "value, random and increment exclude one another", advice};
  if (declared.increment && type != "long")
    throw Refused{"increment", "only columns of type long can count up: type is " + type, advice};
  Made made = make(type, declared);
  const auto nulls = static_cast<uint64_t>(context.integer(path + ".nullPercent", 0));
  if (nulls != 0) made.generator = std::make_unique<NullableGenerator>(std::move(made.generator), nulls);
  return {{context.string(path + ".name", "c" + std::to_string(index)), made.type, nulls != 0},
          std::move(made.generator),
          made.width};
}

}  // namespace

Columns read_columns(const Context& context) {
  Columns columns;
  for (size_t i = 0; i < context.size("column"); ++i) {
    const std::string path = Context::element("column", i);
    try {
      columns.list.push_back(read_column(context, path, i));
    } catch (const Refused& refused) {
      columns.problems.push_back(
          {refused.key.empty() ? path : path + "." + refused.key, refused.message, refused.advice});
    }
  }
  return columns;
}

}  // namespace sluice::stream
