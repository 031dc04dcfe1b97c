// SPDX-License-Identifier: Apache-2.0
// Drivers' errors in the SDK's words.
#pragma once

#include <string>
#include <string_view>

#include "odbc/diagnosis.hpp"
#include "sluice/error.hpp"
#include "sql/meaning.hpp"

namespace sluice::odbc {

using sql::Meaning;

// Of a call on a connection that is there: by SQLSTATE, and where that says nothing (HY000) by the store's own number.
Meaning meaning_of(const Diagnosis& diagnosis, std::string_view product);

// Of an attempt to connect: drivers say 08001 for a wrong password, too.
Meaning meaning_of_connect(const Diagnosis& diagnosis);

// Is the error about the values of a record, so that the others can still be written?
bool is_about_record(const Diagnosis& diagnosis, std::string_view product);

// A success that is none: something was cut on its way.
bool is_loss(const Diagnosis& diagnosis);

// Short and fixed, for dirty records: "conflict", "null", "too-long" ...
std::string_view code_of_record(const Diagnosis& diagnosis);

// `read orders: permission denied for table orders (database "shop" of db1 as "bob")`
Error failure(std::string_view doing, const Diagnosis& diagnosis, Meaning meaning, std::string_view place);

}  // namespace sluice::odbc
