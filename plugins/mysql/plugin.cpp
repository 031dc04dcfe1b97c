// SPDX-License-Identifier: Apache-2.0
#include "mysql/reader.hpp"
#include "mysql/writer.hpp"

SLUICE_PLUGINS(sluice::mysql::MysqlReader, sluice::mysql::MysqlWriter)
