// SPDX-License-Identifier: Apache-2.0
#include "record/value.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <cmath>

#include "record/base64.hpp"
#include "record/column.hpp"
#include "record/format.hpp"
#include "record/kernel.hpp"
#include "record/utf8.hpp"

namespace sluice::record {
namespace {

namespace json = boost::json;

std::int64_t integer_at(const ColumnView& column, std::int64_t row) {
  switch (column.type.id) {
    case TypeId::int8:
      return column.at<std::int8_t>(row);
    case TypeId::int16:
      return column.at<std::int16_t>(row);
    case TypeId::int32:
    case TypeId::date32:
      return column.at<std::int32_t>(row);
    case TypeId::uint8:
      return column.at<std::uint8_t>(row);
    case TypeId::uint16:
      return column.at<std::uint16_t>(row);
    case TypeId::uint32:
      return column.at<std::uint32_t>(row);
    default:
      return column.at<std::int64_t>(row);
  }
}

// A value that is not text, bytes or NULL.
char* put_value(char* out, const ColumnView& column, std::int64_t row) {
  const Type& type = column.type;
  const auto unit = per_second(type.id);
  switch (type.id) {
    case TypeId::boolean:
      return put_boolean(out, column.boolean(row));
    case TypeId::float32:
      return put_float(out, column.at<float>(row));
    case TypeId::float64:
      return put_float(out, column.at<double>(row));
    case TypeId::decimal128:
      return put_decimal(out, column.at<Int128>(row), type.scale);
    case TypeId::decimal256:
      return put_decimal(out, load_256(column.values, row), type.scale);
    case TypeId::date32:
      return put_date(out, integer_at(column, row));
    case TypeId::time64_us:
    case TypeId::time64_ns:
      return put_time(out, integer_at(column, row), unit);
    case TypeId::timestamp_us:
    case TypeId::timestamp_ns:
      return put_timestamp(out, integer_at(column, row), unit, type.utc);
    case TypeId::duration_us:
      return put_duration(out, integer_at(column, row));
    case TypeId::uint64:
      return std::to_chars(out, out + max_value_text, column.at<std::uint64_t>(row)).ptr;
    default:
      return std::to_chars(out, out + max_value_text, integer_at(column, row)).ptr;
  }
}

std::string value_text(const ColumnView& column, std::int64_t row) {
  char text[max_value_text];
  return {text, put_value(text, column, row)};
}

std::string hexadecimal(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text = "0x";
  for (const char c : bytes) {
    text += digits[static_cast<unsigned char>(c) >> 4];
    text += digits[static_cast<unsigned char>(c) & 15];
  }
  return text;
}

// Boost.JSON 1.81 reads some numbers of many digits back as their neighbours: those travel as text.
bool survives_json(double value) {
  return std::isfinite(value) && json::parse(json::serialize(json::value(value))).as_double() == value;
}

json::value float_json(double value, const ColumnView& column, std::int64_t row) {
  if (survives_json(value)) return value;
  return json::string(value_text(column, row));
}

json::value bytes_json(std::string_view bytes) { return json::object{{"base64", to_base64(bytes)}}; }

json::value cell_json(const ColumnView& column, std::int64_t row) {
  const TypeId id = column.type.id;
  if (column.is_null(row)) return nullptr;
  if (id == TypeId::boolean) return column.boolean(row);
  if (id == TypeId::uint64) return column.at<std::uint64_t>(row);
  if (is_integer(id)) return integer_at(column, row);
  if (id == TypeId::float64) return float_json(column.at<double>(row), column, row);
  if (id == TypeId::float32) return float_json(column.at<float>(row), column, row);
  if (is_binary(id) || (is_text(id) && !is_utf8(column.text(row)))) return bytes_json(column.text(row));
  return is_text(id) ? json::string(column.text(row)) : json::string(value_text(column, row));
}

}  // namespace

std::string text_of(const Batch& batch, const Schema& schema, std::int64_t row, std::size_t column) {
  const ColumnView view(batch.column(column), schema.type(column));
  if (view.is_null(row)) return "NULL";
  if (is_binary(view.type.id)) return hexadecimal(view.text(row));
  return is_text(view.type.id) ? std::string(view.text(row)) : value_text(view, row);
}

json::value json_of(const Batch& batch, const Schema& schema, std::int64_t row, std::size_t column) {
  return cell_json({batch.column(column), schema.type(column)}, row);
}

json::object json_of(const Batch& batch, const Schema& schema, std::int64_t row) {
  json::object object;
  object.reserve(schema.size());
  for (std::size_t i = 0; i < schema.size(); ++i) {
    std::string key = schema.field(i).name;
    while (object.contains(key)) key += "#" + std::to_string(i + 1);
    object[key] = json_of(batch, schema, row, i);
  }
  return object;
}

}  // namespace sluice::record
