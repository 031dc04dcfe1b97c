// SPDX-License-Identifier: Apache-2.0
#include "sql/table_range.hpp"

#include <charconv>
#include <optional>
#include <set>

#include "sql/sql_text.hpp"

namespace sluice::sql {

namespace {

struct Range {
  size_t at = 0, size = 0;  // of "[00-99]" in the name
  std::string_view first, last;
};

std::string_view digits_at(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
  return text.substr(at, end - at);
}

std::optional<Range> range_at(std::string_view text, size_t at) {
  if (text[at] != '[') return std::nullopt;
  Range range{at, 0, digits_at(text, at + 1), {}};
  const size_t dash = at + 1 + range.first.size();
  if (range.first.empty() || dash >= text.size() || text[dash] != '-') return std::nullopt;
  range.last = digits_at(text, dash + 1);
  const size_t end = dash + 1 + range.last.size();
  if (range.last.empty() || end >= text.size() || text[end] != ']') return std::nullopt;
  range.size = end + 1 - at;
  return range;
}

// Skips quoted names, but not [1-9], even where [ opens a quoted name.
std::optional<Range> find_range(const Dialect& dialect, std::string_view text) {
  for (size_t at = 0; at < text.size(); ++at) {
    if (auto range = range_at(text, at)) return range;
    const char closing = closing_quote(dialect, text[at]);
    if (closing == 0) continue;
    const size_t end = text.find(closing, at + 1);
    if (end == std::string_view::npos) return std::nullopt;
    at = end;
  }
  return std::nullopt;
}

std::optional<uint32_t> number(std::string_view digits) {
  uint32_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc() ? std::optional(value) : std::nullopt;
}

std::string padded(uint32_t value, size_t width) {
  std::string digits = std::to_string(value);
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return digits;
}

// "" or what is wrong.
std::string expand(const Dialect& dialect, const std::string& name, std::vector<std::string>& out) {
  const auto range = find_range(dialect, name);
  if (!range) {
    out.push_back(name);
    return "";
  }
  const auto first = number(range->first), last = number(range->last);
  const std::string text = name.substr(range->at, range->size);
  if (!first || !last) return "a number of a table range is too large: " + text;
  if (*first > *last) return "a table range must ascend: " + text;
  if (*last - *first >= most_tables) return "a table range of more than 1,000 tables: " + text;
  for (uint32_t i = *first; i <= *last; ++i) {
    const std::string one = name.substr(0, range->at) + padded(i, range->first.size());
    const std::string fault = expand(dialect, one + name.substr(range->at + range->size), out);
    if (!fault.empty()) return fault;
    if (out.size() > most_tables) return "more than 1,000 tables";
  }
  return "";
}

}  // namespace

bool has_range(const Dialect& dialect, std::string_view entry) { return find_range(dialect, entry).has_value(); }

std::vector<std::string> expand_tables(const Dialect& dialect, std::span<const std::string> entries,
                                       std::string_view path, Problems& problems) {
  std::vector<std::string> all;
  std::set<std::string> seen;
  for (size_t i = 0; i < entries.size(); ++i) {
    const std::string place = entries.size() == 1 ? std::string(path) : Context::element(path, i);
    std::vector<std::string> some;
    std::string fault = expand(dialect, std::string(trimmed(entries[i])), some);
    for (const auto& table : some) {
      if (fault.empty() && !TableName::parse(dialect, table)) fault = "not a table name: " + table;
      if (fault.empty() && !seen.insert(table).second) fault = "a table is named twice: " + table;
    }
    if (!fault.empty()) problems.push_back({place, fault, "name tables as orders, [\"a\", \"b\"] or t_[0-99]"});
    all.insert(all.end(), some.begin(), some.end());
  }
  if (all.size() > most_tables)
    problems.push_back(
        {std::string(path), "more than 1,000 tables: " + std::to_string(all.size()), "split the job into several"});
  return all;
}

}  // namespace sluice::sql
