// SPDX-License-Identifier: Apache-2.0
#include "odbc/reader.hpp"
#include "odbc/writer.hpp"

SLUICE_PLUGINS(sluice::odbc::OdbcReader, sluice::odbc::OdbcWriter)
