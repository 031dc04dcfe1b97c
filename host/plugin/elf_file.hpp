// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace sluice::plugin {

// Why a file is no whole shared library for this machine: empty when it is one. Every byte that its headers promise
// must be there, because the loader maps without looking: a truncated library ends the process with SIGBUS.
std::string check_elf(const std::filesystem::path&);

}  // namespace sluice::plugin
