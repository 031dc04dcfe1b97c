// SPDX-License-Identifier: Apache-2.0
#include "engine/record_key.hpp"

#include <sluice/plugin.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <numeric>
#include <optional>

#include "job/suggest.hpp"

namespace sluice::engine {
namespace {

std::optional<std::size_t> find(const record::Schema& schema, const std::string& name) {
  for (std::size_t i = 0; i < schema.size(); ++i)
    if (schema.field(i).name == name) return i;
  return {};
}

// The columns that say of themselves that they are the primary key; none when a part of it is not among them.
std::vector<std::size_t> primary_key(const record::Schema& schema) {
  std::map<std::size_t, std::size_t> found;  // position in the key, column
  for (std::size_t i = 0; i < schema.size(); ++i) {
    const auto text = schema.field(i).find(SLUICE_META_KEY);
    std::size_t position = 0;
    if (text && std::from_chars(text->data(), text->data() + text->size(), position).ec == std::errc())
      found.emplace(position, i);
  }
  if (found.empty() || found.begin()->first != 1 || found.rbegin()->first != found.size()) return {};
  std::vector<std::size_t> columns;
  for (const auto& [position, column] : found) columns.push_back(column);
  return columns;
}

plugin::Failure no_such_column(const record::Schema& target, const std::string& name) {
  std::vector<std::string> known;
  for (const auto& field : target.fields()) known.push_back(field.name);
  const std::string meant = job::did_you_mean(name, known);
  plugin::Failure failure;
  failure.code = SLUICE_INVALID;
  failure.message = "no such column for the key: \"" + name + "\"" + (meant.empty() ? "" : " (" + meant + ")");
  return failure;
}

}  // namespace

std::vector<std::string> RecordKey::names(const record::Schema& target) const {
  std::vector<std::string> all;
  for (const std::size_t i : columns) all.push_back(target.field(i).name);
  return all;
}

plugin::Result<RecordKey> choose_key(const record::Schema& target, const record::Schema& arriving,
                                     std::span<const std::string> asked) {
  RecordKey key;
  for (const std::string& name : asked) {
    auto column = find(target, name);
    if (!column) column = find(arriving, name);
    if (!column) return no_such_column(target, name);
    if (std::find(key.columns.begin(), key.columns.end(), *column) == key.columns.end()) key.columns.push_back(*column);
  }
  if (key.columns.empty()) key.columns = primary_key(target);
  if (key.columns.empty()) key.columns = primary_key(arriving);
  if (!key.columns.empty()) return key;
  key.whole = true;
  key.columns.resize(target.size());
  std::iota(key.columns.begin(), key.columns.end(), std::size_t{0});
  return key;
}

}  // namespace sluice::engine
