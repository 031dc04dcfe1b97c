// SPDX-License-Identifier: Apache-2.0
#include "engine/column_mapping.hpp"

#include <sluice/plugin.h>

#include <algorithm>

namespace sluice::engine {
namespace {

ColumnMapping::Side side_of(const record::Field& field) {
  ColumnMapping::Side side;
  side.name = field.name;
  side.native = field.find(SLUICE_META_NATIVE).value_or("");
  side.type = record::name_of(field.type);
  side.length = field.length();
  side.nullable = field.nullable && !field.required();
  return side;
}

}  // namespace

bool ColumnMapping::is_shortened() const {
  return source.length && target.length && std::ranges::find(risks, record::Fault::too_long) != risks.end();
}

std::vector<ColumnMapping> map_columns(const record::Schema& arriving, const record::Schema& wanted, bool has_zone) {
  std::vector<ColumnMapping> columns;
  for (std::size_t i = 0; i < std::min(arriving.size(), wanted.size()); ++i) {
    const auto& from = arriving.field(i);
    const auto& to = wanted.field(i);
    columns.push_back({side_of(from), side_of(to), record::possible_faults(from, to, has_zone)});
  }
  return columns;
}

}  // namespace sluice::engine
