// SPDX-License-Identifier: Apache-2.0
#include "postgresql/reader.hpp"
#include "postgresql/writer.hpp"

SLUICE_PLUGINS(sluice::postgresql::PostgresReader, sluice::postgresql::PostgresWriter)
