// SPDX-License-Identifier: Apache-2.0
// Finds columns by name or path in lines of JSON.
#pragma once

#include <string>
#include <vector>

#include "json_line.hpp"
#include "read_settings.hpp"

namespace sluice::file {

// The keys of the first object of a file; empty when there is none.
std::vector<std::string> first_keys(const ReadSettings& settings, const std::string& path);

// Takes lines apart. `values` has one place a column; a missing key leaves its place a null. One thread.
class JsonColumns {
 public:
  // `closed`: a key that no column asks for is a mistake, since ["*"] promised everything.
  JsonColumns(const std::vector<Column>& columns, bool closed);

  // NULL, or what is wrong with the line: static text. The values are views into the line.
  const char* read(std::string_view line, std::vector<JsonValue>& values);

 private:
  struct Node {
    std::string key;
    std::vector<std::size_t> columns;  // that want the value itself
    std::vector<Node> children;        // of the object that it should be
  };
  static Node& child(Node& node, const std::string& key);
  // The child of that key; the one expected next is looked at first.
  static const Node* find(const Node& node, std::string_view key, std::size_t& expected);
  const char* read_object(const Node& node, std::string_view text, std::vector<JsonValue>& values);

  Node root_;
  bool closed_;
  std::size_t columns_;
  std::string key_;
};

}  // namespace sluice::file
