// SPDX-License-Identifier: Apache-2.0
#include "mysql/reader.hpp"

SLUICE_PLUGINS(sluice::mysql::MysqlReader)
