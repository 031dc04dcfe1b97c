// SPDX-License-Identifier: Apache-2.0
// What the driver manager knows: where a name leads nowhere, those that would.
#pragma once

#include <sql.h>
#include <sqlext.h>

#include <string>

#include "odbc/diagnosis.hpp"
#include "odbc/settings.hpp"

namespace sluice::odbc {

// Of an attempt to connect that failed because its driver or its data source is not there: "; there are: ..." For
// others nothing.
std::string installed_instead(SQLHENV environment, const Diagnosis& diagnosis, const Settings& settings);

}  // namespace sluice::odbc
