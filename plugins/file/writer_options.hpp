// SPDX-License-Identifier: Apache-2.0
// The writer's parameters. Help, lint, defaults and the README's table come from here.
#pragma once

#include "sluice/option.hpp"

namespace sluice::file {

inline constexpr Option writer_options[] = {
    option("path", SLUICE_STRING, "Directory of the files; it has to be there").example("\"/data/out\""),
    option("fileName", SLUICE_STRING, "Name of the file, or what the names of many files begin with")
        .example("\"orders.csv\""),
    option("object", SLUICE_STRING,
           "Directory and name in one, instead of `fileName`; relative to `path` if that is set"),
    option("fileFormat", SLUICE_STRING, "What to write (csv, text and jsonl are implemented)")
        .choices(words<"csv", "text", "jsonl", "parquet", "orc", "binary">)
        .default_value("\"csv\""),
    option("writeMode", SLUICE_STRING,
           "truncate: take the place of what earlier jobs wrote under this name; append: leave it there and add; "
           "nonConflict: refuse the job when any file's name begins with `fileName`")
        .choices(words<"truncate", "append", "nonConflict">)
        .default_value("\"truncate\""),
    option("writeSingleObject", SLUICE_BOOLEAN, "One file, instead of one a split")
        .aliases(words<"singleFileOutput">)
        .default_value("false"),
    option("column", SLUICE_ARRAY, "Names of the columns in the header and in jsonl; `[\"*\"]`: those that arrive")
        .elements(SLUICE_STRING)
        .column_list()
        .default_value("[\"*\"]"),
    option("header", SLUICE_ARRAY, "Write these names as the first line of each file").elements(SLUICE_STRING),
    option("writeHeader", SLUICE_BOOLEAN, "Write the names of the columns as the first line of each file")
        .default_value("false"),
    option("fieldDelimiter", SLUICE_STRING,
           "Between fields; `\\t` and `\\u0001` are understood; several characters in a text")
        .default_value("\",\""),
    option("lineDelimiter", SLUICE_STRING, "Behind each record; of a csv `\\n` or `\\r\\n`").default_value("\"\\n\""),
    option("nullFormat", SLUICE_STRING, "What NULL becomes").keep_empty().default_value("\"\\\\N\""),
    option("dateFormat", SLUICE_STRING,
           "Of dates and timestamps: a pattern of yyyy MM dd HH mm ss S XXX; without one ISO 8601 is written")
        .example("\"dd.MM.yyyy\""),
    option("encoding", SLUICE_STRING, "Of the files, as iconv names it").default_value("\"UTF-8\""),
    option("compress", SLUICE_STRING,
           "Pack the files (gzip, zstd and bzip2 are implemented); names get no ending by that")
        .choices(words<"gzip", "zstd", "bzip2", "zip">),
    option("suffix", SLUICE_STRING, "What the names end with").example("\".csv\""),
    option("maxFileSize", SLUICE_INTEGER, "In MB (2^20 bytes): a larger file goes on in the next, `_1`, `_2` ...")
        .at_least(1)
        .at_most(1 << 20),
    option("generateEmptyFile", SLUICE_BOOLEAN, "Write a file even when no record arrived").default_value("true"),
    option("markDoneFileName", SLUICE_STRING,
           "Create this empty file when all others are there; relative to their directory")
        .example("\"orders.done\""),
};

}  // namespace sluice::file
