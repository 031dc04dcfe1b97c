// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugin/gate.hpp"
#include "plugin/writer.hpp"

namespace sluice::plugin {

struct WriteTask::State {
  const Plugin& plugin;
  void* task;
  Gate gate{};  // closed: the task has ended

  ~State() { end_by_abort(); }

  void end_by_abort() {
    if (gate.close()) plugin.writer.abort(task);
  }
};

}  // namespace sluice::plugin
