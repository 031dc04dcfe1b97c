// SPDX-License-Identifier: Apache-2.0
// Values that are no texts, written as text: exact, and read back by ValueParser. Any thread.
#pragma once

#include "date_time.hpp"
#include "sluice/batch_builder.hpp"
#include "sluice/batch_view.hpp"

namespace sluice::file {

// Appends the value at `row`, which is not NULL. `pattern`, when there is one, is for dates and timestamps. Binary
// becomes base64.
using AppendValue = void (*)(Buffer& out, const ColumnView& column, std::int64_t row, const DatePattern* pattern);

// The one for columns of a type that is not utf8.
AppendValue value_appender(const Type& type);

// How the values of a type are written in JSON.
enum class JsonForm { plain, quoted, number_or_quoted };
JsonForm json_form(const Type& type);

}  // namespace sluice::file
