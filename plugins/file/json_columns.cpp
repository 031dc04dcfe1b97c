// SPDX-License-Identifier: Apache-2.0
#include "json_columns.hpp"

#include "open_text.hpp"
#include "sluice/utf8.hpp"

namespace sluice::file {

std::vector<std::string> first_keys(const ReadSettings& settings, const std::string& path) {
  const auto cutter = open_cutter(settings, whole_file(path));
  std::vector<std::string> keys;
  Record record;
  if (!cutter->next(record)) return keys;
  JsonReader reader(record.raw);
  std::string key;
  const bool whole =
      record.fault == Fault::none && is_utf8(record.raw) && reader.object([&](const JsonValue& name, const JsonValue&) {
        unescape_json(name.text, key);
        keys.push_back(key);
      });
  if (!whole)
    throw bad_data("\"column\": [\"*\"] takes the columns from the first line, which is no JSON object: " +
                   std::string(reader.reason()) + ": " + path);
  return keys;
}

JsonColumns::JsonColumns(const std::vector<Column>& columns, bool closed) : closed_(closed), columns_(columns.size()) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string& path = columns[i].source;
    if (columns[i].constant) continue;
    child(root_, path).columns.push_back(i);
    if (closed || path.find('.') == std::string::npos) continue;
    Node* node = &root_;
    for (std::size_t begin = 0; begin <= path.size();) {
      const std::size_t dot = std::min(path.find('.', begin), path.size());
      node = &child(*node, path.substr(begin, dot - begin));
      begin = dot + 1;
    }
    node->columns.push_back(i);
  }
}

JsonColumns::Node& JsonColumns::child(Node& node, const std::string& key) {
  for (Node& known : node.children)
    if (known.key == key) return known;
  node.children.push_back({key, {}, {}});
  return node.children.back();
}

const JsonColumns::Node* JsonColumns::find(const Node& node, std::string_view key, std::size_t& expected) {
  const std::size_t count = node.children.size();
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = (expected + i) % count;
    if (node.children[at].key != key) continue;
    expected = at + 1;
    return &node.children[at];
  }
  return nullptr;
}

const char* JsonColumns::read(std::string_view line, std::vector<JsonValue>& values) {
  values.assign(columns_, JsonValue{});
  return read_object(root_, line, values);
}

const char* JsonColumns::read_object(const Node& node, std::string_view text, std::vector<JsonValue>& values) {
  const char* trouble = nullptr;
  std::size_t expected = 0;
  JsonReader reader(text);
  const bool whole = reader.object([&](const JsonValue& key, const JsonValue& value) {
    std::string_view name = key.text;
    if (key.escaped) {
      if (!unescape_json(name, key_)) trouble = "a key that is no text";
      name = key_;
    }
    const Node* found = find(node, name, expected);
    if (found == nullptr) {
      if (closed_) trouble = "a key that the first line does not have";
      return;
    }
    for (const std::size_t column : found->columns) values[column] = value;
    if (!found->children.empty() && value.kind == JsonValue::Kind::object)
      if (const char* inner = read_object(*found, value.text, values)) trouble = inner;
  });
  return whole ? trouble : reader.reason();
}

}  // namespace sluice::file
