// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/plugin.h>

#include <string>
#include <vector>

namespace sluice::plugin {

// One line of what a plugin says that it would do, or did: "read", the split's key, "SELECT ...".
struct Statement {
  std::string what;
  std::string subject;
  std::string text;

  friend bool operator==(const Statement&, const Statement&) = default;
};

// A SluiceTextSink that keeps what it gets. Used by one thread, for one call.
class StatementCollector {
 public:
  StatementCollector();
  StatementCollector(const StatementCollector&) = delete;
  StatementCollector& operator=(const StatementCollector&) = delete;

  const SluiceTextSink* sink() const { return &sink_; }
  std::vector<Statement> take() { return std::move(statements_); }

 private:
  SluiceTextSink sink_{};
  std::vector<Statement> statements_;
};

}  // namespace sluice::plugin
