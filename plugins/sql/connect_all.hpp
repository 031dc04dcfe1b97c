// SPDX-License-Identifier: Apache-2.0
// The servers of a reader and its connections for metadata, one a source; sources with the same login share one.
#pragma once

#include <algorithm>
#include <memory>
#include <vector>

#include "sql/server.hpp"

namespace sluice::sql {

// In the order of `connection[]`. `Settings` is the store's, made of a Server.
template <class Settings>
std::vector<Settings> read_sources(const Context& context) {
  std::vector<Settings> sources;
  for (const auto& prefix : server_prefixes(context)) sources.push_back(Settings::read(context, prefix));
  return sources;
}

template <class Connection>
using Connections = std::vector<std::shared_ptr<Connection>>;

// Connects, and warns of connections that leave this machine in plain text.
template <class Connection, class Settings>
Connections<Connection> connect_all(const Context& context, const std::vector<Settings>& sources) {
  Connections<Connection> all;
  for (const auto& settings : sources) {
    const auto same =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one->settings().same_login(settings); });
    const bool is_new = same == all.end();
    all.push_back(is_new ? std::make_shared<Connection>(settings) : *same);
    if (is_new) warn_of_plain_connection(context, settings, all.back()->is_encrypted());
  }
  return all;
}

// The sources of different logins: what is asked of each server once.
template <class Connection>
std::vector<size_t> different_sources(const std::vector<std::shared_ptr<Connection>>& connections) {
  std::vector<size_t> sources;
  for (size_t i = 0; i < connections.size(); ++i)
    if (std::find(connections.begin(), connections.begin() + static_cast<ptrdiff_t>(i), connections[i]) ==
        connections.begin() + static_cast<ptrdiff_t>(i))
      sources.push_back(i);
  return sources;
}

// Is there one server only?
template <class Connection>
bool are_one(const std::vector<std::shared_ptr<Connection>>& connections) {
  return std::all_of(connections.begin(), connections.end(), [&](const auto& one) { return one == connections[0]; });
}

}  // namespace sluice::sql
