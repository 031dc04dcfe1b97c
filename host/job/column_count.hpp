// SPDX-License-Identifier: Apache-2.0
//
// Columns match by position, so their numbers must be equal: compared without any connection.
#pragma once

#include <boost/json/object.hpp>

#include "job/job.hpp"
#include "job/option.hpp"

namespace sluice::job {

// `reader` and `writer` are linted parameters. Silent when a list is missing or holds "*", when the reader has
// something set that takes the place of its list (SLUICE_REPLACES_COLUMNS), or when processors stand between.
void compare_column_counts(const Job& job, const boost::json::object& reader, const OptionTable& reader_table,
                           const boost::json::object& writer, const OptionTable& writer_table, Problems& problems);

}  // namespace sluice::job
