// SPDX-License-Identifier: Apache-2.0
// Runs a whole writer as the host does: describe, prepare, one split, complete. Batches come in the wanted schema.
#pragma once

#include <string>
#include <vector>

#include "sqlite/database.hpp"
#include "sqlite/writer.hpp"

namespace sluice::tests {

struct WriteJob {
  WriteJob(Database& database, const std::string& more, uint32_t flags = 0)
      : context(parameters(database, more), sqlite::SqliteWriter::info.options) {
    context.flags(flags).run("run-1").split("s1");
    database.close();
  }

  // Opens and describes; the problem or error as text, "" when there is none.
  std::string problem(const Schema& input) {
    try {
      sqlite::SqliteWriter writer(context.context());
      writer.describe(input);
      return "";
    } catch (const Error& error) {
      return error.what();
    }
  }
  WriterPlan plan(const Schema& input) {
    sqlite::SqliteWriter writer(context.context());
    return writer.describe(input);
  }
  // Each function fills one batch.
  void run(const Schema& input, const std::vector<std::function<void(BatchBuilder&)>>& batches) {
    sqlite::SqliteWriter writer(context.context());
    WriterPlan described = writer.describe(input);
    writer.prepare(false);
    if (described.target_missing) described = writer.describe(input);
    wanted = described.wanted;
    auto task = writer.start(context.context());
    int64_t ordinal = 0;
    for (const auto& fill : batches) task->write(batch_of(wanted, fill), ordinal++);
    task->flush();
    SluiceCounters counters{};
    counters.written = 7;
    task->commit(counters);
    task.reset();
    writer.complete();
  }

  FakeContext context;
  Schema wanted;
};

inline Schema schema_of(std::initializer_list<Type> types) {
  Schema schema;
  for (const auto& one : types) schema.add({"c" + std::to_string(schema.size()), one});
  return schema;
}

}  // namespace sluice::tests
