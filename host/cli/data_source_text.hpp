// SPDX-License-Identifier: Apache-2.0
//
// Data sources and their tests, for people and as JSON. No secrets.
#pragma once

#include <string>
#include <vector>

#include "cli/console.hpp"
#include "cli/named_source.hpp"
#include "plugin/extensions.hpp"

namespace sluice::cli {

std::string list_text(const std::vector<job::DataSource>&, const job::DataSources&, const Device&);
std::string list_json(const std::vector<job::DataSource>&);

std::string source_text(const NamedSource&, const Device&);
std::string source_json(const NamedSource&);

std::string ping_text(const NamedSource&, const plugin::Ping&, const Device&);
std::string ping_json(const NamedSource&, const plugin::Ping&, int exit_code);

}  // namespace sluice::cli
