// SPDX-License-Identifier: Apache-2.0
#include <cstring>

#include "record/arrow_metadata.hpp"
#include "record/schema.hpp"
#include "record/utf8.hpp"

namespace sluice::record {
namespace {

constexpr std::size_t max_format = 128;
constexpr std::size_t max_name = 1024;

// The text, or nothing when no end is found within `most` bytes.
std::optional<std::string_view> bounded(const char* text, std::size_t most) {
  const std::size_t size = strnlen(text, most + 1);
  if (size > most) return {};
  return std::string_view(text, size);
}

std::string where(std::int64_t column, std::string_view name) {
  return label_of(static_cast<std::size_t>(column), name) + ": ";
}

std::string format_problem(std::string_view format) {
  if (format.starts_with('+')) return "nested types are not carried, format " + std::string(format);
  if (format.starts_with("v")) return "view types are not carried, format " + std::string(format);
  if (!is_utf8(format)) return "the format is not readable text";
  if (!parse_type(format)) return "the type is not one that can be carried, format '" + std::string(format) + "'";
  return {};
}

std::string column_problem(std::int64_t index, const ArrowSchema* column) {
  if (column == nullptr) return where(index, "") + "the pointer is NULL";
  if (column->release == nullptr) return where(index, "") + "it was released already";
  std::optional<std::string_view> name("");
  if (column->name != nullptr) name = bounded(column->name, max_name);
  if (!name) return where(index, "") + "the name has more than " + std::to_string(max_name) + " bytes";
  if (!is_utf8(*name)) return where(index, "") + "the name is not valid UTF-8";
  const std::string at = where(index, *name);
  if (column->format == nullptr) return at + "the format is NULL";
  const auto format = bounded(column->format, max_format);
  if (!format) return at + "the format has more than " + std::to_string(max_format) + " bytes";
  if (std::string problem = format_problem(*format); !problem.empty()) return at + problem;
  if (column->dictionary != nullptr) return at + "dictionaries are not carried";
  if (column->n_children != 0) return at + "it has children, but its type is not nested";
  if (std::string problem = metadata_problem(column->metadata); !problem.empty()) return at + problem;
  return {};
}

}  // namespace

std::string label_of(std::size_t column, std::string_view name) {
  std::string text = "column " + std::to_string(column + 1);
  if (!name.empty()) text.append(" '").append(name).append("'");
  return text;
}

std::string check(const ArrowSchema& schema) {
  if (schema.release == nullptr) return "the schema was never set or is released already";
  if (schema.format == nullptr) return "the schema's format is NULL";
  if (bounded(schema.format, max_format) != "+s") return "the schema must describe a record, format '+s'";
  if (schema.dictionary != nullptr) return "the schema has a dictionary";
  if (schema.n_children < 0) return "the schema has a negative number of columns: " + std::to_string(schema.n_children);
  if (schema.n_children == 0) return "the schema has no columns";
  if (schema.n_children > Schema::max_columns) {
    return "the schema has more than " + std::to_string(Schema::max_columns) +
           " columns: " + std::to_string(schema.n_children);
  }
  if (schema.children == nullptr) return "the schema's list of columns is NULL";
  std::string problems = metadata_problem(schema.metadata);
  for (std::int64_t i = 0; i < schema.n_children; ++i) {
    const std::string problem = column_problem(i, schema.children[i]);
    if (problem.empty()) continue;
    if (!problems.empty()) problems += "; ";
    if (problems.size() > 1000) return problems + "and more";
    problems += problem;
  }
  return problems;
}

}  // namespace sluice::record
