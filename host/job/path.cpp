// SPDX-License-Identifier: Apache-2.0
#include "job/path.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <charconv>
#include <optional>

namespace sluice::job {
namespace {

using Segments = std::vector<PathSegment>;
using Error = std::string;

bool plain(std::string_view key) {
  auto word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '$';
  };
  return !key.empty() && std::all_of(key.begin(), key.end(), word);
}

// The closing bracket of what starts at `begin`, quotes respected.
std::size_t closing_bracket(std::string_view path, std::size_t begin) {
  bool quoted = false;
  for (std::size_t i = begin; i < path.size(); ++i) {
    if (quoted && path[i] == '\\')
      ++i;
    else if (path[i] == '"')
      quoted = !quoted;
    else if (path[i] == ']' && !quoted)
      return i;
  }
  return std::string_view::npos;
}

// What stands between brackets; nothing when it is neither index, word nor string.
std::optional<PathSegment> bracketed(std::string_view inside) {
  if (inside.empty()) return {};
  if (inside.front() == '"') {
    boost::system::error_code failed;
    boost::json::value key = boost::json::parse(inside, failed);
    if (failed || !key.is_string()) return {};
    return std::string(key.get_string());
  }
  if (std::all_of(inside.begin(), inside.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    std::size_t index = 0;
    auto [end, failed] = std::from_chars(inside.data(), inside.data() + inside.size(), index);
    if (failed != std::errc{}) return {};
    return index;
  }
  return std::string(inside);
}

}  // namespace

std::string join_path(std::string_view parent, std::string_view key) {
  std::string path(parent);
  if (!plain(key)) return path.append("[").append(boost::json::serialize(boost::json::string(key))).append("]");
  if (!path.empty()) path += '.';
  return path.append(key);
}

std::string join_path(std::string_view parent, std::size_t index) {
  return std::string(parent).append("[").append(std::to_string(index)).append("]");
}

boost::system::result<Segments, Error> split_path(std::string_view path) {
  Segments segments;
  std::size_t at = 0;
  while (at < path.size()) {
    if (path[at] == '[') {
      std::size_t end = closing_bracket(path, at + 1);
      if (end == std::string_view::npos) return Error("a bracket is not closed");
      std::optional<PathSegment> segment = bracketed(path.substr(at + 1, end - at - 1));
      if (!segment) return Error("brackets hold an index, a name or a quoted key");
      segments.push_back(std::move(*segment));
      at = end + 1;
      if (at < path.size() && path[at] != '.' && path[at] != '[') return Error("a dot is missing after a bracket");
    } else {
      std::size_t end = std::min(path.find_first_of(".[", at), path.size());
      if (end == at) return Error("a name is missing before a dot");
      segments.emplace_back(std::string(path.substr(at, end - at)));
      at = end;
    }
    if (at < path.size() && path[at] == '.' && ++at == path.size()) return Error("a name is missing after a dot");
  }
  return segments;
}

}  // namespace sluice::job
