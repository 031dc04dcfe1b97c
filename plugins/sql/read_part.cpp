// SPDX-License-Identifier: Apache-2.0
#include "sql/read_part.hpp"

#include "sql/select.hpp"
#include "sql/sql_text.hpp"

namespace sluice::sql {

namespace {
constexpr const char* advice = "all tables of one job have the same columns; run one job for each shape";
}

std::string ReadPart::statement(const std::string& condition) const {
  return build_select({.columns = columns, .from = from, .where = {where, condition}});
}

std::string query_text(std::string_view query) {
  std::string_view text = trimmed(query);
  while (!text.empty() && text.back() == ';') text = trimmed(text.substr(0, text.size() - 1));
  return std::string(text);
}

std::string query_label(size_t index, size_t count) {
  return count == 1 ? "query" : "query " + std::to_string(index + 1);
}

std::string query_path(size_t index, size_t count) {
  return count == 1 ? "querySql" : Context::element("querySql", index);
}

Field field_of(const ColumnEntry& entry, const TableShape& shape, bool is_all) {
  Field field{.name = entry.kind == ColumnKind::name ? entry.name : entry.text, .type = {}};
  if (entry.kind != ColumnKind::name) return field;
  const auto& column = shape.columns[*shape.find(entry.name)];
  field.nullable = column.nullable;
  if (column.key != 0) field.metadata[SLUICE_META_KEY] = std::to_string(column.key);
  if (is_all) field.metadata[SLUICE_META_ALL] = "1";
  return field;
}

void set_type(Field& field, const Type& type, const std::string& native, const std::string& meta, int64_t length) {
  field.type = type;
  field.metadata[SLUICE_META_NATIVE] = native;
  if (!meta.empty()) field.metadata[SLUICE_META_TYPE] = meta;
  if (length >= 0) field.metadata[SLUICE_META_LENGTH] = std::to_string(length);
}

bool has_same_shape(Schema& schema, const std::vector<int>& wires, const std::string& first_label,
                    const std::vector<Field>& fields, const std::vector<int>& other_wires, const std::string& label,
                    const std::string& path, Problems& problems) {
  if (fields.size() != schema.size()) {
    problems.push_back({path,
                        "different numbers of columns: " + first_label + " has " + std::to_string(schema.size()) +
                            ", " + label + " has " + std::to_string(fields.size()),
                        advice});
    return false;
  }
  std::vector<Field> widened = schema.fields();
  bool same = true;
  for (size_t i = 0; i < fields.size(); ++i) {
    widened[i].nullable |= fields[i].nullable;
    if (fields[i].type == widened[i].type && wires[i] == other_wires[i]) continue;
    problems.push_back({path,
                        "different types of column " + fields[i].name + ": " + widened[i].meta(SLUICE_META_NATIVE) +
                            " in " + first_label + ", " + fields[i].meta(SLUICE_META_NATIVE) + " in " + label,
                        advice});
    same = false;
  }
  schema = Schema(std::move(widened));
  return same;
}

}  // namespace sluice::sql
