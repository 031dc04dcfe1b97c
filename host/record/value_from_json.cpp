// SPDX-License-Identifier: Apache-2.0
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <charconv>

#include "record/base64.hpp"
#include "record/builder.hpp"
#include "record/cast.hpp"
#include "record/format.hpp"
#include "record/value.hpp"

namespace sluice::record {
namespace {

namespace json = boost::json;

template <class T>
std::string digits(T value) {
  char text[max_value_text];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

// The bytes of {"base64": "..."}.
std::optional<std::string> bytes_of(const json::value& value) {
  const json::object* const object = value.if_object();
  const json::value* const text = object == nullptr ? nullptr : object->if_contains("base64");
  if (text == nullptr || !text->is_string() || object->size() != 1) return {};
  return from_base64(text->get_string());
}

std::optional<std::string> text_of(const json::value& value) {
  switch (value.kind()) {
    case json::kind::bool_:
      return value.get_bool() ? "true" : "false";
    case json::kind::int64:
      return digits(value.get_int64());
    case json::kind::uint64:
      return digits(value.get_uint64());
    case json::kind::double_:
      return digits(value.get_double());
    case json::kind::string:
      return std::string(value.get_string());
    case json::kind::object:
      return bytes_of(value);
    default:
      return {};
  }
}

// Cells arrive as text, except where the column keeps bytes itself.
Schema arriving(const Schema& schema) {
  std::vector<Field> fields;
  for (const Field& field : schema.fields()) {
    const bool as_it_is = is_variable(field.type.id) || field.type.id == TypeId::null_;
    fields.push_back({field.name, as_it_is ? field.type : Type{TypeId::utf8}});
  }
  return Schema::make(std::move(fields));
}

Schema without_limits(const Schema& schema) {
  std::vector<Field> fields = schema.fields();
  for (Field& field : fields) field.metadata.clear();
  return Schema::make(std::move(fields));
}

std::string place(const Schema& schema, std::size_t row, std::size_t column) {
  return "record " + std::to_string(row + 1) + ", " + label_of(column, schema.field(column).name) + ": ";
}

bool append(ColumnBuilder& builder, const json::value& value) {
  if (value.is_null()) {
    builder.append_null();
    return true;
  }
  const std::optional<std::string> text = is_binary(builder.type().id) ? bytes_of(value) : text_of(value);
  if (!text || builder.type().id == TypeId::null_) return false;
  builder.append_bytes(*text);
  return true;
}

}  // namespace

boost::system::result<Batch, std::string> batch_from_json(const Schema& schema, std::span<const json::array> rows) {
  const Schema text_schema = arriving(schema);
  BatchBuilder builder(text_schema);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (rows[row].size() != schema.size()) {
      return "record " + std::to_string(row + 1) + ": wrong number of values: " + std::to_string(rows[row].size()) +
             ", not " + std::to_string(schema.size());
    }
    for (std::size_t i = 0; i < schema.size(); ++i) {
      if (!append(builder.column(i), rows[row][i])) return place(schema, row, i) + "not a value of this column";
    }
  }
  const auto cast = Cast::plan(text_schema, without_limits(schema));
  std::string problem;
  CastResult result = cast->apply(share(builder.finish()), [&](const BadRecord& bad) {
    if (!problem.empty()) return;
    problem = place(schema, static_cast<std::size_t>(bad.row), static_cast<std::size_t>(bad.column));
    problem += bad.message;
  });
  if (!problem.empty()) return problem;
  ArrowArray out = lend(std::move(result.batch));
  return Batch(&out);
}

}  // namespace sluice::record
