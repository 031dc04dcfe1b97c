// SPDX-License-Identifier: Apache-2.0
#include "engine/dirty_file.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <utility>

#include "engine/dead_letters.hpp"
#include "engine/durable_file.hpp"
#include "plugin/text.hpp"
#include "record/base64.hpp"
#include "record/value.hpp"

namespace sluice::engine {
namespace {

constexpr std::size_t in_memory = 1 << 20;
constexpr std::size_t most_kinds = 100;
constexpr std::size_t most_raw = 64 << 10;

void put(boost::json::object& line, std::string_view key, std::string_view value) {
  if (!value.empty()) line[key] = value;
}

std::string line_of(const DirtyRecord& record) {
  boost::json::object line;
  line["step"] = record.step;
  line["stage"] = record.stage;
  line["split"] = record.split;
  line["attempt"] = record.attempt;
  put(line, "column", record.column);
  if (record.column_index >= 0) line["column_index"] = record.column_index;
  line["code"] = record.code;
  put(line, "sqlstate", record.sqlstate);
  line["message"] = record.message;
  put(line, "location", record.location);
  if (record.row < 0)
    put_raw(line, record.raw);
  else
    line["record"] = record::json_of(*record.batch, *record.schema, record.row);
  return boost::json::serialize(line) + "\n";
}

void merge(DirtyKind& sum, const DirtyKind& more) {
  const std::uint64_t count = sum.count + more.count;
  if (sum.count == 0) sum = more;
  sum.count = count;
}

std::string text(const boost::json::object& line, const char* key) {
  const auto* value = line.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::tuple<std::string, std::string, std::string> key_of(const boost::json::object& line) {
  return {text(line, "step"), text(line, "column"), text(line, "code")};
}

DirtyKind kind_of(const boost::json::object& line) {
  return {text(line, "step"),    text(line, "column"),   text(line, "code"),
          text(line, "message"), text(line, "location"), 1};
}

// Calls f(where, parsed) for every whole line that can be read.
template <class Function>
plugin::Result<void> for_each_line(const std::filesystem::path& file, Function f) {
  return read_lines(file, [&](FileRange where, std::string_view text) {
    boost::system::error_code broken;
    const auto line = boost::json::parse(text, broken);
    if (!broken && line.is_object()) f(where, line.get_object());
  });
}

std::vector<DirtyKind> most_frequent_first(
    const std::map<std::tuple<std::string, std::string, std::string>, DirtyKind>& kinds) {
  std::vector<DirtyKind> all;
  for (const auto& [key, kind] : kinds) all.push_back(kind);
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
  return all;
}

}  // namespace

void put_raw(boost::json::object& line, std::string_view raw) {
  const std::string shown = plugin::clean_text(raw, most_raw);
  line["raw"] = shown;
  if (shown != raw) line["raw_base64"] = record::to_base64(raw);
}

DirtyAttempt::~DirtyAttempt() {
  std::error_code ignored;
  if (spilled_) std::filesystem::remove(part_, ignored);
}

void DirtyAttempt::add(const DirtyRecord& record) {
  std::string line = line_of(record);
  const std::lock_guard lock(mutex_);
  ++count_;
  lines_ += line;
  KindKey key{record.step, record.column, record.code};
  if (kinds_.size() >= most_kinds && !kinds_.contains(key)) key = {std::string(record.step), "", "other"};
  DirtyKind& kind = kinds_[key];
  if (kind.count++ == 0)
    kind = {std::get<0>(key),
            std::get<1>(key),
            std::get<2>(key),
            std::string(record.message),
            std::string(record.location),
            1};
  if (lines_.size() > in_memory) spill();
}

void DirtyAttempt::spill() {
  if (failure_) return lines_.clear();
  if (const auto kept = append_durably(part_, lines_); !kept) failure_ = kept.error();
  spilled_ = true;
  lines_.clear();
}

plugin::Result<std::filesystem::path> DirtyAttempt::to_part() {
  const std::lock_guard lock(mutex_);
  if (!lines_.empty()) spill();
  if (failure_) return *failure_;
  return part_;
}

void DirtyAttempt::adopt(const std::filesystem::path& part) {
  const std::lock_guard lock(mutex_);
  part_ = part;
  spilled_ = true;
  const auto read = for_each_line(part, [&](FileRange, const boost::json::object& line) {
    ++count_;
    merge(kinds_[key_of(line)], kind_of(line));
  });
  if (!read) failure_ = read.error();
}

std::uint64_t DirtyAttempt::count() const {
  const std::lock_guard lock(mutex_);
  return count_;
}

std::optional<plugin::Failure> DirtyAttempt::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

void remove_parts(const std::filesystem::path& directory, std::string_view begin) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(begin) && name.ends_with(".part")) std::filesystem::remove(entry.path(), error);
  }
}

namespace {

// Whether a line belongs to the attempt that was committed.
bool counts(const boost::json::object& line, const History& history) {
  const std::string split = text(line, "split");
  const auto* attempt = line.if_contains("attempt");
  return attempt != nullptr && attempt->is_int64() && history.is_committed(split) &&
         attempt->get_int64() == history.attempts_at(split);
}

}  // namespace

DirtyLines read_dirty_lines(const std::filesystem::path& directory) {
  DirtyLines lines;
  std::map<std::tuple<std::string, std::string, std::string>, DirtyKind> kinds;
  (void)for_each_line(DeadLetters::file(directory), [&](FileRange, const boost::json::object& line) {
    ++lines.count;
    merge(kinds[key_of(line)], kind_of(line));
  });
  lines.kinds = most_frequent_first(kinds);
  return lines;
}

DirtyFile::DirtyFile(std::filesystem::path directory, const History& history)
    : directory_(std::move(directory)), file_(DeadLetters::file(directory_)) {
  remove_parts(directory_, "dirty.");
  std::error_code unknown;  // then reading it says what it is
  if (!std::filesystem::exists(file_, unknown) && !unknown) return;
  if (const auto restored = restore(history); !restored) failure_ = restored.error();
}

plugin::Result<void> DirtyFile::restore(const History& history) {
  std::vector<FileRange> gone;
  std::uint64_t end = 0;  // of the last line that stays
  const auto read = for_each_line(file_, [&](FileRange where, const boost::json::object& line) {
    if (!counts(line, history)) return;
    if (where.offset > end) gone.push_back({end, where.offset - end});
    end = where.offset + where.size;
    merge(kinds_[key_of(line)], kind_of(line));
  });
  if (!read) return read;
  std::error_code missing;
  const auto size = std::filesystem::file_size(file_, missing);
  if (!missing && size > end) gone.push_back({end, size - end});
  return cut_durably(file_, gone);
}

std::unique_ptr<DirtyAttempt> DirtyFile::attempt() {
  const std::lock_guard lock(mutex_);
  const std::uint64_t id = next_id_++;
  return std::make_unique<DirtyAttempt>(id, directory_ / ("dirty." + std::to_string(id) + ".part"));
}

plugin::Result<void> DirtyFile::keep(DirtyAttempt& attempt) {
  const std::scoped_lock lock(mutex_, attempt.mutex_);
  if (attempt.failure_) return *attempt.failure_;
  if (attempt.count_ == 0 || kept_.contains(attempt.id_)) return {};
  const auto size = [&] {
    std::error_code missing;
    const auto bytes = std::filesystem::file_size(file_, missing);
    return missing ? 0 : bytes;
  };
  const std::uint64_t before = size();
  const auto kept =
      attempt.spilled_ ? append_durably(file_, attempt.part_, attempt.lines_) : append_durably(file_, attempt.lines_);
  if (!kept) return kept;
  kept_[attempt.id_] = {before, size() - before};
  for (const auto& [key, kind] : attempt.kinds_) merge(kinds_[key], kind);
  return {};
}

plugin::Result<void> DirtyFile::drop(const DirtyAttempt& attempt) {
  const std::scoped_lock lock(mutex_, attempt.mutex_);
  const auto found = kept_.find(attempt.id_);
  if (found == kept_.end()) return {};
  const FileRange gone = found->second;
  if (auto cut = cut_durably(file_, {gone}); !cut) return cut;
  kept_.erase(found);
  for (auto& [other, range] : kept_)
    if (range.offset > gone.offset) range.offset -= gone.size;
  for (const auto& [key, kind] : attempt.kinds_) {
    if (auto at = kinds_.find(key); at != kinds_.end() && (at->second.count -= kind.count) == 0) kinds_.erase(at);
  }
  return {};
}

std::vector<DirtyKind> DirtyFile::kinds() const {
  const std::lock_guard lock(mutex_);
  return most_frequent_first(kinds_);
}

std::string DirtyFile::path() const {
  const std::lock_guard lock(mutex_);
  return kinds_.empty() ? std::string() : file_.string();
}

}  // namespace sluice::engine
