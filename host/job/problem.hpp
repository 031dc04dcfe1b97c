// SPDX-License-Identifier: Apache-2.0
//
// What is wrong with a job, told like a compiler does:
//
//   job.json:12:17: error: setting.speed.concurent: unknown key (did you mean "concurrent"?)
//
// A Problems list collects everything that can be found, so that one `check` is enough. Not thread-safe: a list
// belongs to the thread that checks.
#pragma once

#include <boost/json/array.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::job {

// 1-based; the column counts Unicode code points (a tab is one). {0, 0}: not in the text.
struct Position {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  friend auto operator<=>(const Position&, const Position&) = default;
};

enum class Severity { error, warning };

struct Problem {
  Severity severity = Severity::error;
  std::string path;  // "steps[0].parameter.column[3]"; empty: the text as a whole
  Position position;
  std::string text;                  // what is wrong; fixed words first, values last
  std::string advice;                // the way out; may be empty
  std::string source;                // where it comes from when that is not the script: "--set"
  std::vector<std::string> details;  // lines of their own: what was tried, and why it failed
};

// "file:line:column: error: path: text (advice)"; `source` stands for the file when it is set. The details follow as
// lines, indented; the last line is not ended.
std::string render(const Problem& problem, std::string_view file);

class Problems {
 public:
  // A script can be wrong a million times; after this many the rest is only counted.
  static constexpr std::size_t limit = 200;

  // Drops exact repetitions.
  void add(Problem problem);

  bool has_errors() const { return errors_ > 0; }
  bool empty() const { return list_.empty(); }
  // False when one more of that kind will only be counted: whoever looks up positions can save the work.
  bool wants(Severity severity) const;
  std::size_t errors() const { return errors_; }
  std::size_t warnings() const { return warnings_; }

  // By position; those without one last.
  std::vector<Problem> sorted() const;

  // One line each, sorted, every line ended; says how many were left out.
  std::string render(std::string_view file) const;
  // [{severity, file, path, line, column, text, advice, details}], sorted.
  boost::json::array to_json(std::string_view file) const;

 private:
  std::vector<Problem> list_;
  std::size_t errors_ = 0;
  std::size_t warnings_ = 0;
  std::size_t listed_warnings_ = 0;
};

}  // namespace sluice::job
