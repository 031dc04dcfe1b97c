// SPDX-License-Identifier: Apache-2.0
#include "column.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <set>

namespace sluice::file {

namespace {

struct TypeName {
  const char* name;
  Kind kind;
  Type type;
};

const TypeName type_names[] = {{"string", Kind::text, type(TypeId::utf8)},
                               {"long", Kind::integer, type(TypeId::int64)},
                               {"ulong", Kind::unsigned_integer, type(TypeId::uint64)},
                               {"double", Kind::number, type(TypeId::float64)},
                               {"boolean", Kind::boolean, type(TypeId::boolean)},
                               {"decimal", Kind::any_decimal, type(TypeId::utf8)},
                               {"date", Kind::timestamp, wall_clock()},
                               {"timestamp", Kind::timestamp, wall_clock()},
                               {"instant", Kind::instant, instant()},
                               {"time", Kind::time, type(TypeId::time64_us)},
                               {"bytes", Kind::bytes, type(TypeId::binary)}};

constexpr const char* known_types =
    "use string, long, ulong, double, boolean, decimal, decimal(p,s), date, timestamp, instant, time or bytes";

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

// "decimal(10,2)"; the scale may be left out.
bool read_decimal(std::string_view text, Column& column) {
  if (!text.starts_with("decimal(") || !text.ends_with(")")) return false;
  int precision = 0, scale = 0;
  const char* const end = text.data() + text.size() - 1;
  auto [at, failed] = std::from_chars(text.data() + 8, end, precision);
  if (failed != std::errc()) return false;
  if (at != end && *at == ',') {
    for (++at; at != end && *at == ' ';) ++at;
    const auto second = std::from_chars(at, end, scale);
    if (second.ec != std::errc()) return false;
    at = second.ptr;
  }
  if (at != end || precision < 1 || precision > 38 || scale < 0 || scale > precision) return false;
  column.kind = Kind::decimal;
  column.type = decimal(precision, scale);
  return true;
}

bool read_type(const std::string& text, Column& column) {
  for (const TypeName& known : type_names)
    if (text == known.name) {
      column.kind = known.kind;
      column.type = known.type;
      return true;
    }
  return read_decimal(text, column);
}

// A date's pattern decides whether it is a date, a time, or both.
void apply_format(const Context& context, const std::string& path, const std::string& pattern, Column& column) {
  if (column.kind != Kind::timestamp && column.kind != Kind::instant && column.kind != Kind::time)
    return context.warn(path, "a format has no meaning for this type: " + column.native);
  try {
    column.format = std::make_shared<DatePattern>(pattern);
  } catch (const Error& error) {
    return context.error(path, error.what());
  }
  if (column.kind == Kind::instant && !column.format->has_offset())
    context.error(path, "the format of an instant has no offset: " + pattern, "add XXX, or use the type timestamp");
  const bool keeps_offset = column.kind == Kind::instant || (column.native == "date" && column.format->has_date());
  if (column.format->has_offset() && !keeps_offset)
    return context.error(
        path, "the format has an offset (XXX), which the type does not keep: " + column.native,
        column.format->has_date() ? "use the type instant" : "use the type string, which keeps the text as it is");
  if (column.native != "date") return;
  if (column.format->has_offset()) {
    column.kind = Kind::instant;
    column.type = instant();
  } else if (!column.format->has_time()) {
    column.kind = Kind::date;
    column.type = type(TypeId::date32);
  } else if (!column.format->has_date()) {
    column.kind = Kind::time;
    column.type = type(TypeId::time64_us);
  }
}

Column read_column(const Context& context, const std::string& path, std::size_t position) {
  Column column;
  column.native = lower(context.string(path + ".type", "string"));
  if (!read_type(column.native, column))
    context.error(path + ".type", "no such column type: " + column.native, known_types);
  if (const auto format = context.string(path + ".format")) apply_format(context, path + ".format", *format, column);
  const auto index = context.integer(path + ".index");
  column.constant = context.string(path + ".value");
  const auto name = context.string(path + ".name");
  if (index && column.constant) context.error(path, "a column has an index or a value, not both", "remove one of them");
  if (index) column.index = static_cast<std::size_t>(*index);
  if (!index && !column.constant && name) column.source = *name;
  if (!index && !column.constant && !name) column.index = position;
  column.name = name ? *name : "column" + std::to_string(column.index.value_or(position) + 1);
  return column;
}

}  // namespace

std::optional<std::vector<Column>> read_columns(const Context& context) {
  const std::size_t count = context.size("column");
  if (count == 1 && context.string("column[0]") == "*") return std::nullopt;
  std::vector<Column> columns;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string path = Context::element("column", i);
    const auto name = context.string(path);
    if (name == "*") context.error(path, "\"*\" stands for all columns and cannot be one of several");
    if (name) {
      columns.push_back({.name = *name, .source = *name});
    } else {
      columns.push_back(read_column(context, path, i));
    }
  }
  return columns;
}

std::vector<Column> text_columns(const std::vector<std::string>& names) {
  std::vector<Column> columns;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string wanted = names[i].empty() ? "column" + std::to_string(i + 1) : names[i];
    std::string name = wanted;
    for (int again = 2; !seen.insert(name).second; ++again) name = wanted + "_" + std::to_string(again);
    columns.push_back({.name = name, .index = i, .source = names[i]});
  }
  return columns;
}

Schema schema_of(const std::vector<Column>& columns) {
  Schema schema;
  for (const Column& column : columns) {
    Field field{column.name, column.type};
    if (column.kind == Kind::any_decimal) field = field.with(SLUICE_META_TYPE, "decimal");
    schema.add(field.with(SLUICE_META_NATIVE, column.native));
  }
  return schema;
}

}  // namespace sluice::file
