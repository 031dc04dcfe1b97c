// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/value.hpp>
#include <boost/system/result.hpp>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "record/batch.hpp"
#include "record/schema.hpp"

namespace sluice::record {

// One cell as text that loses nothing: dates as 2024-02-29, timestamps as 2024-02-29 23:59:59.123456 (and +00:00 for
// instants), decimals in full, doubles in their shortest exact form, years before 1 as -4712. Bytes are hexadecimal.
// "NULL" for NULL. For people and logs at debug; json_of() is the lossless record.
std::string text_of(const Batch&, const Schema&, std::int64_t row, std::size_t column);

// One cell as JSON that loses nothing: integers as numbers, doubles as numbers where a JSON
// reader gets back the same, else as strings ("NaN", "123456789.12345679"), decimals, dates and times as text, bytes as
// {"base64": "..."}, NULL as null.
boost::json::value json_of(const Batch&, const Schema&, std::int64_t row, std::size_t column);

// {"name": value, ...} of a whole record. Names that occur twice get their position: "name#3".
boost::json::object json_of(const Batch&, const Schema&, std::int64_t row);

// The way back: records as arrays of cells in the schema's order, each as json_of() made it. The error names row and
// column.
boost::system::result<Batch, std::string> batch_from_json(const Schema&, std::span<const boost::json::array> rows);

}  // namespace sluice::record
