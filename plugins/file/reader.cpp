// SPDX-License-Identifier: Apache-2.0
#include "reader.hpp"

#include <algorithm>
#include <filesystem>
#include <thread>

#include "descriptor.hpp"
#include "find_files.hpp"
#include "propose.hpp"
#include "range_scan.hpp"
#include "read_task.hpp"
#include "sluice/split_shares.hpp"

namespace sluice::file {

namespace {

constexpr std::uint64_t smallest_range = std::uint64_t{1} << 20;
constexpr std::uint64_t scanned_by_one = std::uint64_t{32} << 20;

std::string fingerprint_of(const Range& range) {
  return std::to_string(range.size) + " bytes, " + std::to_string(range.modified);
}

// Bytes of a record, from the begin of the text.
double typical_record(const Window& window) {
  const auto lines = std::count(window.begin(), window.end(), '\n');
  return lines == 0 ? 0 : static_cast<double>(window.size()) / static_cast<double>(lines);
}

// Small enough for the host's targets and for all lanes to have some.
std::uint64_t range_size(const Range& file, const SluicePlanRequest& request, double record) {
  double size = static_cast<double>(std::max<std::uint64_t>(request.target_bytes, smallest_range));
  if (request.lanes > 1) size = std::min(size, static_cast<double>(file.size) / (4.0 * request.lanes));
  if (request.target_records != 0 && record > 0)
    size = std::min(size, record * static_cast<double>(request.target_records));
  return std::max(smallest_range, static_cast<std::uint64_t>(size));
}

std::vector<std::uint64_t> cuts_of(const Range& file, std::uint64_t size, std::uint32_t lanes) {
  const std::uint64_t count = (file.size + size - 1) / size;
  const bool has_small_ones = file.size / count / 4 >= smallest_range;
  std::vector<std::uint64_t> cuts;
  for (const double share : split_shares(static_cast<std::int64_t>(count), has_small_ones ? lanes : 1))
    cuts.push_back(static_cast<std::uint64_t>(share * static_cast<double>(file.size)));
  return cuts;
}

std::string absolute_patterns(const std::vector<std::string>& patterns) {
  std::string all;
  for (const std::string& pattern : patterns)
    all += (all.empty() ? "" : "\n") + std::filesystem::absolute(pattern).lexically_normal().string();
  return all;
}

// "bytes 0 to 67108864 of /data/a.csv".
std::string label_of(const Range& range) {
  if (range.begin == 0 && range.end == range.size) return range.path;
  return "bytes " + std::to_string(range.begin) + " to " + std::to_string(range.end) + " of " + range.path;
}

}  // namespace

FileReader::FileReader(Context context) : context_(context), settings_(read_settings(context)) {
  wait_for_mark();
  files_ = find_files(context_, settings_.patterns);
}

void FileReader::wait_for_mark() const {
  if (settings_.mark_file.empty()) return;
  for (std::int64_t left = settings_.mark_retries; !exists(settings_.mark_file); --left) {
    if (context_.has(SLUICE_CHECK_ONLY))
      return context_.warn("markDoneFileName",
                           "the file that says that the data is complete is not there yet: " + settings_.mark_file);
    if (left <= 0)
      throw not_found("the file that says that the data is complete is not there (markDoneFileName, looked " +
                      std::to_string(settings_.mark_retries + 1) + " times): " + settings_.mark_file)
          .retryable();
    context_.wait(settings_.mark_interval);
  }
}

const std::vector<Column>& FileReader::columns() {
  if (!columns_) columns_ = find_columns(settings_, files_);
  return *columns_;
}

Schema FileReader::describe() {
  check_columns(context_, settings_, files_);
  Schema schema;
  const std::string files = absolute_patterns(settings_.patterns);
  const Schema plain = schema_of(columns());
  const std::vector<std::string> proposed = propose_columns();
  for (size_t i = 0; i < plain.size(); ++i) {
    Field field = plain[i].with(meta_files, files);
    if (!settings_.columns) field = field.with(SLUICE_META_ALL, "1");
    schema.add(proposed.empty() ? field : field.with(SLUICE_META_PROPOSED, proposed[i]));
  }
  return schema;
}

// Nothing for a run, which has no use for it.
std::vector<std::string> FileReader::propose_columns() {
  if (settings_.columns || !context_.has(SLUICE_CHECK_ONLY)) return {};
  Proposal proposal = propose(settings_, columns(), files_);
  if (proposal.has_header)
    context_.warn("skipHeader", "the first record looks like a header, and is read as data: " + files_.front(),
                  "set skipHeader to true");
  return std::move(proposal.columns);
}

void FileReader::plan(const SluicePlanRequest& request, const SplitSink& sink) {
  for (const std::string& path : files_) plan_file(path, request, sink);
}

void FileReader::plan_file(const std::string& path, const SluicePlanRequest& request, const SplitSink& sink) {
  const Range file = whole_file(path);
  if (file.size == 0) return;
  find_layout(settings_, columns(), path);
  for (const Range& range : cut(file, request)) {
    const bool is_plain = settings_.format.compression == Compression::none;
    sink.add({.key = range.path + "@" + std::to_string(range.begin),
              .payload = range.serialize(),
              .label = label_of(range),
              .fingerprint = fingerprint_of(range),
              .bytes = is_plain ? static_cast<std::int64_t>(range.end - range.begin) : -1});
  }
}

std::vector<Range> FileReader::cut(const Range& file, const SluicePlanRequest& request) const {
  if (!settings_.can_be_cut() || file.size <= smallest_range) return {file};
  const auto open = [&](std::uint64_t offset) {
    Range from = file;
    from.begin = offset;
    return open_window(settings_, from);
  };
  Window sample = open(0);
  sample.more();
  const std::uint64_t size = range_size(file, request, typical_record(sample));
  if (file.size <= size) return {file};
  const std::uint64_t processors = std::max(1u, std::thread::hardware_concurrency());
  const auto threads = std::min<std::uint64_t>({request.lanes, processors, 1 + file.size / scanned_by_one});
  const auto starts = scan_ranges(settings_.grammar, open, file.size, cuts_of(file, size, request.lanes), threads,
                                  [this] { context_.throw_if_cancelled(); });
  std::vector<Range> ranges(starts.size(), file);
  for (std::size_t i = 1; i < starts.size(); ++i) {
    ranges[i - 1].end = ranges[i].begin = starts[i].offset;
    ranges[i].line = starts[i].line;
  }
  return ranges;
}

void FileReader::explain(const Split* split, const TextSink& sink) {
  if (split != nullptr) sink.emit("read", split->key, label_of(Range::parse(split->payload)));
}

std::unique_ptr<ReadTask> FileReader::read(Context task, const Split& split) {
  const Range range = Range::parse(split.payload);
  if (fingerprint_of(whole_file(range.path)) != fingerprint_of(range))
    throw conflict(
        "the file has changed since the job was planned; let it be written first (markDoneFileName waits "
        "for that), then run the job again: " +
        range.path);
  Layout layout = find_layout(settings_, columns(), range.path);
  ReadSettings settings = settings_;
  if (settings.format.format == Format::text && layout.has_empty_records()) settings.grammar.skip_empty = false;
  auto cutter = open_cutter(settings, range, task);
  if (settings.skip_header && range.begin == 0) {
    Record header;
    while (cutter->next(header) && header.is_empty()) {
    }
  }
  BatchBuilder builder(schema_of(columns()), buffers_);
  if (settings.format.format == Format::jsonl)
    return std::make_unique<JsonTask>(task, std::move(builder), std::move(layout), settings, std::move(cutter),
                                      range.path);
  return std::make_unique<DelimitedTask>(task, std::move(builder), std::move(layout), settings, std::move(cutter),
                                         range.path);
}

}  // namespace sluice::file
