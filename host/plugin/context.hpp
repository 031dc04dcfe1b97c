// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/plugin.h>

#include <cstdint>
#include <memory>
#include <string>

#include "plugin/parameters.hpp"
#include "plugin/services.hpp"

namespace sluice::plugin {

// Who a plugin is being called for.
struct Identity {
  std::string step;
  std::string run_id;         // empty outside a run
  std::string split;          // key; empty for an instance
  std::uint32_t attempt = 0;  // of the split, from 1; 0 for an instance
  std::uint32_t flags = 0;    // SLUICE_OFFLINE, SLUICE_CHECK_ONLY, SLUICE_PRESQL, SLUICE_RESUMABLE
  std::uint32_t lanes = 1;
  std::int32_t delivery = SLUICE_DELIVERY_AUTO;
};

// The SluiceContext of one instance or task: `raw()` is what open, read and start get. Stands still, because plugins
// keep its address, and must outlive the instance or task; the services must outlive it.
class Context {
 public:
  Context(Services& services, Identity identity, std::shared_ptr<const Parameters> parameters);
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  const SluiceContext* raw() const { return &raw_; }
  const Identity& identity() const { return identity_; }
  const Parameters& parameters() const { return *parameters_; }
  Services& services() const { return services_; }

 private:
  Services& services_;
  const Identity identity_;
  const std::shared_ptr<const Parameters> parameters_;
  SluiceContext raw_{};
};

}  // namespace sluice::plugin
