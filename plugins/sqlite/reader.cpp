// SPDX-License-Identifier: Apache-2.0
#include "sqlite/reader.hpp"

#include <algorithm>
#include <filesystem>

#include "sql/check.hpp"
#include "sql/named_table.hpp"
#include "sql/read_part.hpp"
#include "sql/select.hpp"
#include "sql/split_payload.hpp"
#include "sqlite/dialect.hpp"
#include "sqlite/ping.hpp"
#include "sqlite/read_task.hpp"

namespace sluice::sqlite {

namespace {
constexpr size_t most_arguments = 100;  // of 127, or fewer where SQLite was built so
}

void SqliteReader::check(const Context& context) {
  auto problems = sql::check_reader(context, dialect);
  const bool own_path = !context.string("path", "").empty();
  if (!own_path && context.size("connection") == 0)
    problems.push_back({"path", "no database file", "set path to the file"});
  for (size_t i = 0; i < context.size("connection") && !own_path; ++i)
    if (const auto place = Context::element("connection", i); context.string(place + ".path", "").empty())
      problems.push_back({place + ".path", "no database file", "set it here, or path for all of them"});
  sql::report(context, problems);
}

void SqliteReader::ping(const Context& context, const TextSink& sink) { ping_file(opening_of(context), false, sink); }

SqliteReader::SqliteReader(Context context) : context_(context) {
  sql::Problems problems;
  if (context_.size("querySql") != 0)
    open_queries(problems);
  else
    open_tables(problems);
  sql::report_or_throw(context_, problems);
  if (sources_.empty()) throw invalid("nothing to read: neither table nor querySql is set");
  schema_ = with_files(sources_.front().fields);
}

Schema SqliteReader::with_files(std::vector<Field> fields) const {
  std::string paths;
  for (const auto& file : files_) paths += (paths.empty() ? "" : "\n") + std::filesystem::absolute(file.path).string();
  for (Field& field : fields) field = field.with(meta_files, paths);
  return Schema(std::move(fields));
}

std::shared_ptr<Snapshot> SqliteReader::file_of(const std::string& path, const std::string& place) {
  for (const auto& file : files_)
    if (file.path == path) return file.snapshot;
  Opening opening = opening_of(context_);
  opening.path = path;
  check_file(opening, place);
  files_.push_back({path, std::make_shared<Snapshot>(opening)});
  return files_.back().snapshot;
}

// In the order of `connection[]`, or the step's own.
std::vector<SqliteReader::Database> SqliteReader::databases() const {
  const std::string path = context_.string("path", "");
  std::vector<Database> all;
  for (size_t i = 0; i < context_.size("connection"); ++i) {
    const std::string place = Context::element("connection", i) + ".path";
    const bool has_own = context_.string(place).has_value();
    all.push_back({context_.string(place, path), has_own ? place : "path"});
  }
  if (all.empty()) all.push_back({path, "path"});
  return all;
}

void SqliteReader::open_queries(sql::Problems& problems) {
  const auto queries = context_.strings("querySql");
  for (const Database& database : databases()) {
    const auto is_open = [&](const File& file) { return file.path == database.path; };
    if (std::any_of(files_.begin(), files_.end(), is_open)) continue;
    for (size_t i = 0; i < queries.size(); ++i) open_query(database, i, queries[i], queries.size(), problems);
  }
}

void SqliteReader::open_query(const Database& database, size_t index, const std::string& query, size_t count,
                              sql::Problems& problems) {
  const std::string place = sql::query_path(index, count);
  auto file = file_of(database.path, database.place);
  Source source{.file = file, .path = database.path, .name = sql::query_label(index, count)};
  source.query = query;
  const size_t before = problems.size();
  resolve_query(*file->take(), place, source, problems);
  if (problems.size() != before) return;
  if (!sources_.empty()) compare_shapes(sources_.front(), source, place, problems);
  sources_.push_back(std::move(source));
}

void SqliteReader::open_tables(sql::Problems& problems) {
  const sql::ColumnList columns = sql::parse_columns(dialect, context_.strings("column"), problems);
  const auto all = databases();
  for (const auto& named : sql::named_tables(context_, dialect, problems))
    open_table(all[named.source], named.table, named.path, columns, problems);
}

void SqliteReader::open_table(const Database& database, const std::string& table, const std::string& place,
                              const sql::ColumnList& columns, sql::Problems& problems) {
  const auto name = sql::TableName::parse(dialect, table);
  if (!name) return;
  auto file = file_of(database.path, database.place);
  Source source{.file = file, .path = database.path, .name = table};
  source.where = sql::user_condition(dialect, context_.string("where", ""));
  const size_t before = problems.size();
  resolve_table(*file->take(), *name, place, columns, source, problems);
  if (problems.size() != before) return;
  source.split_column = split_column(*source.table, context_.string("splitPk", ""), context_);
  if (!sources_.empty()) compare_shapes(sources_.front(), source, place, problems);
  sources_.push_back(std::move(source));
}

void SqliteReader::begin_snapshots(const SluicePlanRequest& request) {
  watched_ = (request.flags & SLUICE_WANT_CONSISTENT) != 0 && (request.flags & SLUICE_SAME_PROCESS) != 0;
  if (!watched_) return;
  for (const auto& file : files_) file.snapshot->begin(std::max(1u, request.lanes));
}

void SqliteReader::plan(const SluicePlanRequest& request, const SplitSink& sink) {
  begin_snapshots(request);
  for (size_t i = 0; i < sources_.size(); ++i) plan_source(i, request, sink);
}

void SqliteReader::plan_source(size_t index, const SluicePlanRequest& request, const SplitSink& sink) {
  const Source& source = sources_[index];
  const std::string prefix = (files_.size() > 1 ? std::to_string(index) + ":" : "") + source.name;
  if (!source.table) {
    sink.add({.key = prefix,
              .payload = sql::encode_payload({std::to_string(index), {}, {}}),
              .label = source.name,
              .stable = false});
    return;
  }
  const auto limits = sql::split_limits(context_, request);
  auto connection = source.file->take();
  const auto ranges = plan_ranges(*connection, *source.table, source.split_column, limits);
  const bool vacuum_breaks = source.split_column && !source.split_column->is_stable && ranges.size() > 1;
  const std::string fingerprint = vacuum_breaks ? "schema " + std::to_string(schema_version(*connection)) : "";
  for (const auto& range : ranges) {
    const std::string label = source.split_column ? range.label(*source.split_column) : "";
    sink.add({.key = prefix + (range.lower ? " from " + *range.lower : ""),
              .payload = sql::encode_payload({std::to_string(index), range.lower, range.upper}),
              .label = source.name + (label.empty() ? "" : ", " + label),
              .fingerprint = fingerprint,
              .stable = !source.table->shape.is_view,
              .records = range.records,
              .bytes = range.bytes});
  }
}

const Source& SqliteReader::source_of(const Split& split, KeyRange& range) const {
  const auto parts = sql::decode_payload(split.payload);
  const size_t index = parts.size() == 3 && parts[0] ? std::stoul(*parts[0]) : sources_.size();
  if (index >= sources_.size()) throw invalid("not a split of this job: " + split.key);
  range = {.lower = parts[1], .upper = parts[2]};
  return sources_[index];
}

std::unique_ptr<ReadTask> SqliteReader::read(Context task, const Split& split) {
  KeyRange range;
  const Source& source = source_of(split, range);
  // SQLite limits the arguments of a function.
  const bool in_rows = source.table && source.columns.size() <= most_arguments;
  return std::make_unique<SqliteReadTask>(
      task, Reading{source.file, schema_, buffers_, source.types, source.select(range, in_rows ? row_function : ""),
                    in_rows, source.path + ": " + split.label, [this] { note_consistency(); }});
}

// After every split; what is said last counts.
void SqliteReader::note_consistency() const {
  if (!watched_) return;
  Snapshot::Consistency answer{files_.size() == 1, "several files, each as of its own moment"};
  for (const auto& file : files_)
    if (auto one = file.snapshot->consistency(); files_.size() == 1 || !one.yes) answer = std::move(one);
  context_.note("consistent", answer.yes ? "yes" : "no");
  context_.note("snapshot", answer.why);
}

void SqliteReader::explain(const Split* split, const TextSink& sink) {
  if (split == nullptr) return;
  KeyRange range;
  const Source& source = source_of(*split, range);
  sink.emit("read", split->key, source.select(range));
}

}  // namespace sluice::sqlite
