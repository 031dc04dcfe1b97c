// SPDX-License-Identifier: Apache-2.0
#include "plugin/readback.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "job/path.hpp"

namespace sluice::plugin {
namespace {

constexpr std::size_t most_elements = 100'000;

// The place of one step of a path, made when it is not there. NULL when something else stands in its way.
boost::json::value* enter(boost::json::value& at, const job::PathSegment& segment) {
  if (const auto* key = std::get_if<std::string>(&segment)) {
    if (at.is_null()) at.emplace_object();
    return at.is_object() ? &at.get_object()[*key] : nullptr;
  }
  const std::size_t index = std::get<std::size_t>(segment);
  if (at.is_null()) at.emplace_array();
  if (!at.is_array() || index >= most_elements) return nullptr;
  auto& array = at.get_array();
  if (index >= array.size()) array.resize(index + 1);
  return &array[index];
}

bool put(boost::json::value& root, const std::string& path, const std::string& text) {
  const auto segments = job::split_path(path);
  if (!segments || segments->empty()) return false;
  boost::json::value* at = &root;
  for (const auto& segment : *segments)
    if ((at = enter(*at, segment)) == nullptr) return false;
  *at = text;
  return true;
}

}  // namespace

Result<Readback> read_readback(const std::vector<Statement>& lines, const std::string& where) {
  Readback readback;
  boost::json::value root(boost::json::object_kind);
  for (const Statement& line : lines) {
    if (line.what == "reader") readback.reader = line.text;
    if (line.what == "others") readback.others = line.text;
    if (line.what == "parameter" && !put(root, line.subject, line.text))
      return breach(where, "a parameter at no possible place: " + line.subject);
  }
  readback.parameters = std::move(root.as_object());
  return readback;
}

}  // namespace sluice::plugin
