// SPDX-License-Identifier: Apache-2.0
#include "reader.hpp"

SLUICE_PLUGINS(sluice::postgresql::PostgresReader)
