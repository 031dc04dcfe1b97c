// SPDX-License-Identifier: Apache-2.0
//
// What `sluice preview` shows.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "cli/console.hpp"
#include "engine/preview.hpp"

namespace sluice::cli {

// A table of the records, on a terminal that is too narrow for it a block for each; dirty ones are marked, their
// reasons stand below. Long values are cut on a terminal only.
std::string preview_text(const engine::Preview&, const record::Schema& columns, const Device&);

// Everything, exactly: values as dirty.jsonl has them.
boost::json::object preview_json(const engine::Preview&, const record::Schema& columns);

// One value, so that nothing looks like something else: NULL is NULL, the empty string "", and a text that is neither
// but might seem so (blanks around it, control characters, quotes first) stands in quotes.
std::string cell_text(const record::Batch&, const record::Schema&, std::int64_t row, std::size_t column);

}  // namespace sluice::cli
