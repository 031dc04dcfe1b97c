// SPDX-License-Identifier: Apache-2.0
#include "cli/dirty_text.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <utility>

#include "cli/quantity_text.hpp"

namespace sluice::cli {
namespace {

namespace json = boost::json;

constexpr std::size_t most_shown = 400;  // bytes of a record in the table of reasons

std::string values_of(const engine::DeadLetter& letter) {
  if (const auto* record = letter.record()) return json::serialize(*record);
  return letter.at("raw");
}

std::string cut(std::string text) {
  if (text.size() <= most_shown) return text;
  std::size_t end = most_shown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + " ... (" + bytes_text(text.size()) + ")";
}

std::string head_of(const std::string& step, const std::string& column, const std::string& code,
                    const std::string& sqlstate) {
  std::string text = code;
  if (!sqlstate.empty()) text += " (SQLSTATE " + sqlstate + ")";
  if (!column.empty()) text += " in column " + column;
  return text + ", step " + step;
}

// Where the record comes from: a place in a file, or its split.
std::string place_of(const engine::DeadLetter& letter) {
  const std::string location = letter.at("location");
  return location.empty() ? "split " + letter.at("split") : location;
}

json::value text_or_null(const std::string& text) { return text.empty() ? json::value(nullptr) : json::value(text); }

}  // namespace

void DirtyReasons::add(engine::DeadLetter letter) {
  DirtyReason& reason = reasons_[{letter.at("step"), letter.at("column"), letter.at("code"), letter.at("sqlstate")}];
  if (reason.count++ > 0) return;
  reason = {letter.at("step"), letter.at("column"), letter.at("code"), letter.at("sqlstate"), 1, std::move(letter)};
}

std::vector<DirtyReason> DirtyReasons::take() && {
  std::vector<DirtyReason> all;
  for (auto& [key, reason] : reasons_) all.push_back(std::move(reason));
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
  return all;
}

std::string reasons_text(const std::vector<DirtyReason>& reasons) {
  std::string text;
  for (const DirtyReason& reason : reasons) {
    text += count_text(reason.count) + " x " + head_of(reason.step, reason.column, reason.code, reason.sqlstate) +
            "\n    " + reason.example.at("message") + "\n    first: " + place_of(reason.example) + "\n    " +
            cut(values_of(reason.example)) + "\n";
  }
  return text;
}

json::array reasons_json(const std::vector<DirtyReason>& reasons) {
  json::array all;
  for (const DirtyReason& reason : reasons) {
    all.push_back(json::object{{"count", reason.count},
                               {"step", reason.step},
                               {"column", text_or_null(reason.column)},
                               {"code", reason.code},
                               {"sqlstate", text_or_null(reason.sqlstate)},
                               {"example", reason.example.line}});
  }
  return all;
}

std::string letter_text(const engine::DeadLetter& letter) {
  return place_of(letter) + ": " +
         head_of(letter.at("step"), letter.at("column"), letter.at("code"), letter.at("sqlstate")) + ": " +
         letter.at("message") + "\n    " + values_of(letter) + "\n";
}

}  // namespace sluice::cli
