// SPDX-License-Identifier: Apache-2.0
//
// A parsed script that still knows where everything stood in its text.
//
// Accepts JSON with `//` and `/* */` comments and trailing commas. A Document is a value; reading it from several
// threads is fine.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "job/path.hpp"
#include "job/problem.hpp"

namespace sluice::job {

// Scripts beyond these are refused.
inline constexpr std::size_t max_script_bytes = std::size_t{16} << 20;
inline constexpr std::size_t max_script_depth = 64;

// One value of the text. Children follow their parent directly; `next` skips them.
struct DocumentNode {
  std::uint32_t key;    // offset of the key's opening quote; that of the value when it has no key
  std::uint32_t begin;  // of the value
  std::uint32_t end;
  std::uint32_t next;  // index of the next sibling, or of what follows the parent
};

class Document {
 public:
  // Nothing when the text cannot be read; then `problems` says why. Duplicate keys are problems too, but do not
  // keep the document from being looked at (the last one counts).
  static std::optional<Document> parse(std::string text, Problems& problems);

  const boost::json::value& root() const { return root_; }
  const std::string& text() const { return text_; }

  // Where the key (or the value) of that path stands; for a path that is not there, where its nearest ancestor's
  // value begins. {0, 0} for what override_value() put there.
  Position key_position(std::string_view path) const;
  Position value_position(std::string_view path) const;
  // Where the byte `offset` of the string at `path` stands, escapes counted as written.
  Position inside_string(std::string_view path, std::size_t offset) const;
  // The value as written, such as the digits of a number; empty when it is not in the text.
  std::string_view written(std::string_view path) const;

  // Sets what the command line asks for: `path=value`, the value as JSON, else as a string. Missing objects
  // are made. A path that leads nowhere is a problem. Steps can be named: `steps[Reader].parameter.where=id>5`.
  void override_value(std::string_view assignment, Problems& problems);
  bool overridden(std::string_view path) const;

 private:
  // The nearest node on the way to `path`; null without any text.
  const DocumentNode* find(std::string_view path, bool& exact) const;
  std::optional<std::uint32_t> child(std::uint32_t parent, const PathSegment& segment) const;
  void report_duplicates(Problems& problems) const;
  Position position_at(std::size_t offset) const;

  std::string text_;
  boost::json::value root_;
  std::vector<DocumentNode> nodes_;
  std::vector<std::uint32_t> lines_;  // offset of each line's first byte
  std::vector<std::string> overridden_;
};

// Adds problems with the position that the document knows for the path.
void report_key(const Document& document, Problems& problems, Severity severity, std::string path, std::string text,
                std::string advice = {});
void report_value(const Document& document, Problems& problems, Severity severity, std::string path, std::string text,
                  std::string advice = {});

}  // namespace sluice::job
