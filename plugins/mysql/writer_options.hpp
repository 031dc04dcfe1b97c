// SPDX-License-Identifier: Apache-2.0
// The parameters of the MySQL writer.
#pragma once

#include "mysql/options.hpp"

namespace sluice::mysql {

inline constexpr auto writer_options = sql::join(
    server_options,
    std::array{
        shared::target_table, shared::target_column,
        option("writeMode", SLUICE_STRING,
               "What to do when a record's key is there already: insert (the record is dirty), insert ignore (it is "
               "skipped), replace (it takes the place of the old one), update (see updateColumn)")
            .choices(words<"insert", "insert ignore", "replace", "update">)
            .default_value("\"insert\""),
        shared::update_column,
        option("nullMode", SLUICE_STRING,
               "writeNull: NULL is written; skipNull: in the columns of skipNullColumn the default is written instead, "
               "and writeMode update leaves what is there")
            .choices(words<"writeNull", "skipNull">)
            .default_value("\"writeNull\""),
        option("skipNullColumn", SLUICE_STRING | SLUICE_ARRAY, "Columns in which nullMode skipNull skips NULL")
            .example("[\"status\"]"),
        option("lockTimeout", SLUICE_DURATION, "How long to wait for a lock; 0: for ever")
            .default_value("\"60s\"")
            .at_least(0),
        shared::pre_sql, shared::post_sql, Option(shared::batch_size.default_value("32768").at_most(1'000'000)),
        Option(shared::batch_byte_size.default_value("4194304").at_least(1024)), shared::session,
        Option(shared::encoding.ignored()), shared::socket_timeout});

}  // namespace sluice::mysql
