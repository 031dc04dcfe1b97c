// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/plugin.hpp>

#include <memory>
#include <string>

#include "options.hpp"

namespace sluice::stream {

// Prints records, or lets them go. The one plugin that writes to standard output, because that is what it is for.
// A batch is printed as a whole; batches of several lanes come in any order.
class StreamWriter : public Writer {
 public:
  static constexpr PluginInfo info{.name = "stream",
                                   .version = "1.0.0",
                                   .description = "Prints records, or discards them",
                                   .options = option_list<writer_options>};

  explicit StreamWriter(Context context);
  WriterPlan describe(const Schema& input) override;
  std::unique_ptr<WriteTask> start(Context task) override;

 private:
  bool print_;
  std::string delimiter_;
  int64_t delay_;  // milliseconds
  Schema wanted_;
};

}  // namespace sluice::stream
