// SPDX-License-Identifier: Apache-2.0
#include "cli/table_text.hpp"

#include <algorithm>
#include <utility>

#include "cli/display_width.hpp"

namespace sluice::cli {
namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t least_width = 30;  // of the wrapped column, however narrow the terminal is

std::vector<std::size_t> widths_of(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths;
  for (const Row& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  return widths;
}

std::string trimmed(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

std::string row_text(const Row& row, const std::vector<std::size_t>& widths, std::size_t last_width) {
  std::string line(gap, ' ');
  for (std::size_t i = 0; i + 1 < row.size(); ++i) {
    line += padded(row[i], widths[i] + gap);
  }
  std::size_t indent = display_width(line);
  std::vector<std::string> lines = wrapped(row.back(), last_width);
  std::string text = trimmed(line + (lines.empty() ? "" : lines.front())) + '\n';
  for (std::size_t i = 1; i < lines.size(); ++i) text += std::string(indent, ' ') + lines[i] + '\n';
  return text;
}

std::string markdown_cell(const std::string& text) {
  std::string cell;
  for (char c : text) {
    if (c == '|') cell += '\\';
    cell += c == '\n' ? ' ' : c;
  }
  return cell;
}

}  // namespace

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  std::string line;
  while (!text.empty()) {
    std::string_view word = text.substr(0, text.find_first_of(" \n"));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (word.empty()) continue;
    if (!line.empty() && line.size() + 1 + word.size() > width) lines.push_back(std::exchange(line, {}));
    line.append(line.empty() ? "" : " ").append(word);
  }
  if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

std::string table_text(const std::vector<Row>& rows, std::size_t width) {
  std::vector<std::size_t> widths = widths_of(rows);
  std::size_t before = gap;
  for (std::size_t i = 0; i + 1 < widths.size(); ++i) before += widths[i] + gap;
  std::size_t last = std::string::npos - 1;
  if (width > 0) last = std::max(least_width, width > before ? width - before : 0);
  std::string text;
  for (const Row& row : rows) text += row_text(row, widths, last);
  return text;
}

std::string table_markdown(const std::vector<Row>& rows) {
  std::string text;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    text += '|';
    for (const std::string& cell : rows[i]) text += ' ' + markdown_cell(cell) + " |";
    text += '\n';
    if (i > 0) continue;
    text += '|';
    for (std::size_t column = 0; column < rows[i].size(); ++column) text += "---|";
    text += '\n';
  }
  return text;
}

}  // namespace sluice::cli
