// SPDX-License-Identifier: Apache-2.0
#include "job/document.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <charconv>
#include <string_view>
#include <unordered_set>

#include "job/path.hpp"
#include "job/scanner.hpp"

namespace sluice::job {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// A key as written, quotes included, in its real form.
std::string decoded(std::string_view written) {
  if (written.find('\\') == std::string_view::npos) return std::string(written.substr(1, written.size() - 2));
  return std::string(boost::json::parse(written).get_string());
}

std::string_view key_of(std::string_view text, const DocumentNode& node) {
  std::size_t end = node.key + 1;
  while (text[end] != '"') end += text[end] == '\\' ? 2 : 1;
  return text.substr(node.key, end + 1 - node.key);
}

// Bytes of the byte or escape that stands at `at` inside a string.
std::size_t character_length(std::string_view text, std::size_t at) {
  if (text[at] != '\\') return 1;
  if (text[at + 1] != 'u') return 2;
  unsigned unit = 0;
  std::from_chars(text.data() + at + 2, text.data() + at + 6, unit, 16);
  return unit >= 0xD800 && unit <= 0xDBFF ? 12 : 6;
}

std::vector<std::uint32_t> line_starts(std::string_view text) {
  std::vector<std::uint32_t> starts{0};
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    starts.push_back(static_cast<std::uint32_t>(at + 1));
  }
  return starts;
}

// What is wrong with the bytes before anybody looks at their meaning.
std::optional<SyntaxError> refuse_bytes(std::string_view text) {
  static constexpr char digits[] = "0123456789ABCDEF";
  if (text.size() > max_script_bytes) {
    return SyntaxError{0, "the script is too large, the limit is 16 MiB", "is this the data and not the job?"};
  }
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return SyntaxError{0, "the script is encoded in UTF-16", "save it as UTF-8"};
  }
  if (std::size_t at = text.find('\0'); at != std::string_view::npos) {
    return SyntaxError{at, "this is a binary file, not a job script", {}};
  }
  if (std::size_t at = find_invalid_utf8(text); at != std::string_view::npos) {
    auto byte = static_cast<unsigned char>(text[at]);
    return SyntaxError{at, std::string("byte is not valid UTF-8: 0x") + digits[byte >> 4] + digits[byte & 15],
                       "save the script as UTF-8"};
  }
  return {};
}

// Must agree with the scanner, which has accepted the text. Comments are taken out because Boost.JSON 1.81 does not see
// the end of /** this one **/.
boost::system::result<boost::json::value, SyntaxError> build(std::string text, const std::vector<Comment>& comments) {
  for (const Comment& comment : comments) {
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(comment.begin),
              text.begin() + static_cast<std::ptrdiff_t>(comment.end), ' ');
  }
  boost::json::parse_options options;
  options.max_depth = max_script_depth + 2;
  options.allow_trailing_commas = true;
  boost::system::error_code failed;
  boost::json::value root = boost::json::parse(text, failed, {}, options);
  if (failed) return SyntaxError{0, "not JSON: " + failed.message(), {}};
  return root;
}

}  // namespace

std::optional<Document> Document::parse(std::string text, Problems& problems) {
  std::size_t mark = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  Document document;
  text.erase(0, mark);
  document.text_ = std::move(text);
  std::optional<SyntaxError> error = refuse_bytes(document.text_);
  document.lines_ = line_starts(document.text_);
  if (!error) {
    auto scanned = scan(document.text_);
    auto root = scanned ? build(document.text_, scanned->comments) : scanned.error();
    if (root) {
      document.nodes_ = std::move(scanned->nodes);
      document.root_ = std::move(*root);
      document.report_duplicates(problems);
      return document;
    }
    error = std::move(root).error();
  }
  problems.add({Severity::error, {}, document.position_at(error->offset), error->text, error->advice, {}});
  return {};
}

void Document::report_duplicates(Problems& problems) const {
  struct Level {
    std::uint32_t end;
    std::string path;
    std::unordered_set<std::string> keys;
    std::size_t index;
  };
  // Paths are only made for the levels on the way down, never for each value.
  std::vector<Level> levels;
  for (std::uint32_t at = 0; at < nodes_.size(); ++at) {
    while (!levels.empty() && at >= levels.back().end) levels.pop_back();
    const DocumentNode& node = nodes_[at];
    bool has_key = node.key != node.begin;
    std::string key = has_key ? decoded(key_of(text_, node)) : std::string();
    bool container = node.next > at + 1;
    bool repeated = has_key && !levels.back().keys.insert(key).second;
    std::string path;
    if (!levels.empty() && (container || repeated)) {
      path = has_key ? join_path(levels.back().path, key) : join_path(levels.back().path, levels.back().index);
    }
    if (repeated) {
      problems.add({Severity::error, path, position_at(node.key), "duplicate key", "remove one of the two", {}});
    }
    if (!levels.empty()) ++levels.back().index;
    if (container) levels.push_back({node.next, std::move(path), {}, 0});
  }
}

const DocumentNode* Document::find(std::string_view path, bool& exact) const {
  exact = false;
  if (nodes_.empty()) return nullptr;
  auto segments = split_path(path);
  std::uint32_t at = 0;
  if (!segments) return &nodes_[at];
  for (const PathSegment& segment : *segments) {
    std::optional<std::uint32_t> next = child(at, segment);
    if (!next) return &nodes_[at];
    at = *next;
  }
  exact = true;
  return &nodes_[at];
}

std::optional<std::uint32_t> Document::child(std::uint32_t parent, const PathSegment& segment) const {
  std::optional<std::uint32_t> found;
  std::size_t index = 0;
  for (std::uint32_t at = parent + 1; at < nodes_[parent].next; at = nodes_[at].next, ++index) {
    const DocumentNode& node = nodes_[at];
    bool has_key = node.key != node.begin;
    if (const std::size_t* wanted = std::get_if<std::size_t>(&segment)) {
      if (!has_key && index == *wanted) return at;
    } else if (has_key && decoded(key_of(text_, node)) == std::get<std::string>(segment)) {
      found = at;  // the last of equal keys counts
    }
  }
  return found;
}

Position Document::position_at(std::size_t offset) const {
  auto line = std::upper_bound(lines_.begin(), lines_.end(), offset) - 1;
  auto first = text_.begin() + *line;
  auto last = text_.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text_.size()));
  auto points = std::count_if(first, last, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
  return {static_cast<std::uint32_t>(line - lines_.begin() + 1), static_cast<std::uint32_t>(points + 1)};
}

Position Document::key_position(std::string_view path) const {
  bool exact = false;
  const DocumentNode* node = find(path, exact);
  if (node == nullptr || overridden(path)) return {};
  return position_at(exact ? node->key : node->begin);
}

Position Document::value_position(std::string_view path) const {
  bool exact = false;
  const DocumentNode* node = find(path, exact);
  if (node == nullptr || overridden(path)) return {};
  return position_at(node->begin);
}

std::string_view Document::written(std::string_view path) const {
  bool exact = false;
  const DocumentNode* node = find(path, exact);
  if (node == nullptr || !exact || overridden(path)) return {};
  return std::string_view(text_).substr(node->begin, node->end - node->begin);
}

Position Document::inside_string(std::string_view path, std::size_t offset) const {
  bool exact = false;
  const DocumentNode* node = find(path, exact);
  if (node == nullptr || overridden(path)) return {};
  if (!exact || text_[node->begin] != '"') return position_at(node->begin);
  std::size_t at = node->begin + 1;
  for (std::size_t decoded_bytes = 0; decoded_bytes < offset && text_[at] != '"';) {
    std::size_t length = character_length(text_, at);
    decoded_bytes += length == 1 ? 1 : decoded('"' + text_.substr(at, length) + '"').size();
    at += length;
  }
  return position_at(at);
}

bool Document::overridden(std::string_view path) const {
  return std::any_of(overridden_.begin(), overridden_.end(), [&](const std::string& prefix) {
    if (!path.starts_with(prefix)) return false;
    return path.size() == prefix.size() || path[prefix.size()] == '.' || path[prefix.size()] == '[';
  });
}

namespace {

void report(const Document& document, Problems& problems, Severity severity, bool at_key, std::string path,
            std::string text, std::string advice) {
  // Positions cost a walk over the text; beyond the limit nobody sees them.
  Position position;
  if (problems.wants(severity)) position = at_key ? document.key_position(path) : document.value_position(path);
  std::string source = document.overridden(path) ? "--set" : "";
  problems.add({severity, std::move(path), position, std::move(text), std::move(advice), std::move(source)});
}

}  // namespace

void report_key(const Document& document, Problems& problems, Severity severity, std::string path, std::string text,
                std::string advice) {
  report(document, problems, severity, true, std::move(path), std::move(text), std::move(advice));
}

void report_value(const Document& document, Problems& problems, Severity severity, std::string path, std::string text,
                  std::string advice) {
  report(document, problems, severity, false, std::move(path), std::move(text), std::move(advice));
}

}  // namespace sluice::job
