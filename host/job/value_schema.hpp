// SPDX-License-Identifier: Apache-2.0
//
// Option tables as JSON Schema (draft 2020-12), for editors: what a table's schema refuses, Lint refuses. The other way
// it is as close as a schema can be: rules between options are left to `check`, and every key that the table does not
// have is refused, as under `--strict`.
#pragma once

#include <boost/json/object.hpp>

#include "job/option.hpp"

namespace sluice::job {

// Of an object with that table's keys. The keys of an open one are its author's.
boost::json::object table_schema(const OptionTable&, bool open = false);

// What table_schema() refers to as "#/$defs/...", to be put into the "$defs" of the whole.
boost::json::object schema_definitions();

// A value that stands for one of these words, in the script's leniency about case.
boost::json::object choice_schema(const std::vector<std::string>& choices);

// What means "not set": null and "".
boost::json::object unset_schema();

}  // namespace sluice::job
