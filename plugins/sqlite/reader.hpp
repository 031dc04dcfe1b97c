// SPDX-License-Identifier: Apache-2.0
// Reads tables and queries of SQLite database files. README.md has the behaviour.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sluice/batch_builder.hpp"
#include "sluice/extension.hpp"
#include "sqlite/options.hpp"
#include "sqlite/source.hpp"

namespace sluice::sqlite {

// Of every column: the files that are read, absolute, each on a line of its own. For the writer of the same job.
inline constexpr const char* meta_files = "sqlite.files";

class SqliteReader : public Reader {
 public:
  static void check(const Context& context);
  static void ping(const Context& context, const TextSink& sink);
  void explain(const Split* split, const TextSink& sink);

  static constexpr PluginInfo info{.name = "sqlite",
                                   .version = "0.1.0",
                                   .description = "SQLite database files",
                                   .options = option_list<reader_options>,
                                   .extension = extensions<SqliteReader>};

  explicit SqliteReader(Context context);

  Schema describe() override { return schema_; }
  void plan(const SluicePlanRequest& request, const SplitSink& sink) override;
  std::unique_ptr<ReadTask> read(Context task, const Split& split) override;

 private:
  void open_queries(sql::Problems& problems);
  void open_tables(sql::Problems& problems);
  struct Database {
    std::string path;
    std::string place;  // the parameter that names it
  };
  std::vector<Database> databases() const;
  void open_query(const Database& database, size_t index, const std::string& query, size_t count,
                  sql::Problems& problems);
  void open_table(const Database& database, const std::string& table, const std::string& place,
                  const sql::ColumnList& columns, sql::Problems& problems);
  Schema with_files(std::vector<Field> fields) const;
  std::shared_ptr<Snapshot> file_of(const std::string& path, const std::string& place);
  void begin_snapshots(const SluicePlanRequest& request);
  void note_consistency() const;
  void plan_source(size_t index, const SluicePlanRequest& request, const SplitSink& sink);
  const Source& source_of(const Split& split, KeyRange& range) const;

  struct File {
    std::string path;
    std::shared_ptr<Snapshot> snapshot;
  };

  Context context_;
  std::vector<File> files_;
  std::vector<Source> sources_;
  Schema schema_;
  std::shared_ptr<BatchPool> buffers_ = std::make_shared<BatchPool>();  // of all splits
  bool watched_ = false;  // somebody wants to know whether the read was consistent
};

}  // namespace sluice::sqlite
