// SPDX-License-Identifier: Apache-2.0
// Server errors in the SDK's words.
#pragma once

#include <string>
#include <string_view>

#include "postgresql/result.hpp"
#include "sluice/error.hpp"
#include "sql/meaning.hpp"

namespace sluice::postgresql {

using sql::Meaning;
Meaning meaning_of(std::string_view sqlstate);

// Is the error about the values of a record, so that the others can still be written?
bool is_about_record(std::string_view sqlstate);

// Short and fixed, for dirty records: "conflict", "null", "too-long" ...
std::string_view code_of_record(std::string_view sqlstate);

// `read orders: permission denied for table orders (database "shop" of db1:5432 as "bob")`
Error failure(std::string_view doing, std::string_view sqlstate, std::string_view message, std::string_view place);

// The server's message with its detail and hint.
std::string full_message(const Result& result);

}  // namespace sluice::postgresql
