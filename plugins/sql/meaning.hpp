// SPDX-License-Identifier: Apache-2.0
// What a store's error means to a job, and how it is told.
#pragma once

#include <string_view>

#include "sluice/error.hpp"

namespace sluice::sql {

struct Meaning {
  SluiceStatus code;
  bool retryable;
};

// `read orders: permission denied for table orders (database "shop" of db1:5432 as "bob")`
Error failure(std::string_view doing, std::string_view message, std::string_view place, Meaning meaning);

// Another statement would not help: the job is stopped, or the store will be back later.
bool must_stop(const Error& error);

}  // namespace sluice::sql
