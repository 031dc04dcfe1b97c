// SPDX-License-Identifier: Apache-2.0
//
// The commands of the program: a file each.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cli/console.hpp"

namespace sluice::cli {

// What follows the command's name.
using Given = std::span<const std::string>;

// Each answers with the exit code.
int backfill_command(Given, Console&);
int check_command(Given, Console&);
int datasource_command(Given, Console&);
int convert_command(Given, Console&);
int describe_command(Given, Console&);
int dirty_command(Given, Console&);
int plan_command(Given, Console&);
int params_command(Given, Console&);
int plugins_command(Given, Console&);
int preview_command(Given, Console&);
int replay_command(Given, Console&);
int run_command(Given, Console&);
int runs_command(Given, Console&);
int verify_command(Given, Console&);
int schema_command(Given, Console&);
int template_command(Given, Console&);
int version_command(Given, Console&);

struct Command {
  std::string_view name;
  std::string_view summary;  // for the list of commands
  int (*execute)(Given, Console&);
};

// All of them, in the order of the help.
std::span<const Command> commands();

// Finds the command and executes it. `given` are the words behind the program's name.
int dispatch(Given given, Console&);

}  // namespace sluice::cli
