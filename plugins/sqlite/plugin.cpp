// SPDX-License-Identifier: Apache-2.0
#include "sqlite/reader.hpp"
#include "sqlite/writer.hpp"

SLUICE_PLUGINS(sluice::sqlite::SqliteReader, sluice::sqlite::SqliteWriter)
