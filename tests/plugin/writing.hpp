// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "called.hpp"
#include "plugin/reader.hpp"
#include "plugin/writer.hpp"

namespace sluice::plugin {

template <class T>
std::string why(const Result<T>& result) {
  return result ? "" : result.error().text();
}

// Records of the fixture's reader: {id, text}.
struct Source {
  explicit Source(std::int64_t batch = 10)
      : called({{"batch", batch}, {"records", 1000}}),
        reader(Reader::open(fault(Kind::reader), called).value()),
        schema(reader.describe().value()),
        task(reader.read(called, reader.plan({}).value().at(0)).value()) {}

  // The next batch, to give away.
  ArrowArray next() { return record::lend(record::share(std::move(*task.next().value()))); }

  Called called;
  Reader reader;
  record::Schema schema;
  ReadTask task;
};

inline Identity task_identity() { return {.step = "step", .split = "split-0", .attempt = 1}; }

// An open writer with one task.
struct Writing {
  explicit Writing(boost::json::object parameters)
      : called(std::move(parameters), task_identity()),
        writer(Writer::open(fault(Kind::writer), called).value()),
        task(writer.start(called)) {}

  Called called;
  Writer writer;
  Result<WriteTask> task;
};

}  // namespace sluice::plugin
