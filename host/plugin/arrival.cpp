// SPDX-License-Identifier: Apache-2.0
#include "plugin/arrival.hpp"

#include <algorithm>

namespace sluice::plugin {

Result<record::Schema> take_schema(const Plugin& plugin, std::string_view call, ArrowSchema* raw) {
  if (raw->release == nullptr) return breach(plugin.where(call), "success without a schema");
  auto schema = record::Schema::take(raw);
  if (!schema) return breach(plugin.where(call), "invalid schema: " + schema.error());
  return std::move(*schema);
}

Result<std::optional<record::Batch>> take_batch(const Plugin& plugin, std::string_view call, ArrowArray* raw,
                                                const record::Schema& schema, record::Validation validation) {
  if (raw->release == nullptr) return std::optional<record::Batch>();
  if (auto wrong = record::validate(*raw, schema, validation)) {
    raw->release(raw);
    return breach(plugin.where(call), *wrong);
  }
  return std::optional<record::Batch>(record::Batch(raw));
}

bool same_shape(const record::Schema& a, const record::Schema& b) {
  return std::ranges::equal(a.fields(), b.fields(), [](const record::Field& left, const record::Field& right) {
    return left.type == right.type && left.name == right.name;
  });
}

}  // namespace sluice::plugin
