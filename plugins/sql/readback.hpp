// SPDX-License-Identifier: Apache-2.0
// The answer of a SQL store's writer to sluice.readback/1.
#pragma once

#include <string>

#include "sluice/context.hpp"
#include "sluice/extension.hpp"
#include "sql/quote.hpp"

namespace sluice::sql {

// The written columns of the job's table, by the reader of the same store, in the writer's session. `others` stays
// empty: that is a matter of the store's write modes.
Readback readback(const Context& context, const Dialect& dialect, std::string reader, const TableName& table,
                  const Schema& written);

}  // namespace sluice::sql
