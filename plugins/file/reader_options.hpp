// SPDX-License-Identifier: Apache-2.0
// The reader's parameters. Help, lint, defaults and the README's table come from here.
#pragma once

#include "sluice/option.hpp"

namespace sluice::file {

inline constexpr Option reader_column_keys[] = {
    option("name", SLUICE_STRING,
           "Name of the column. Without `index` and `value` it is looked up: in the header of a csv or text "
           "(`skipHeader`), "
           "as a path (`a.b`) in a line of jsonl"),
    option("index", SLUICE_INTEGER, "Position of the field in the record, from 0").at_least(0),
    option("value", SLUICE_STRING, "The same value in every record, instead of a field").keep_empty(),
    option(
        "type", SLUICE_STRING,
        "string, long, ulong, double, boolean, decimal, decimal(p,s), date, timestamp, instant, time, bytes (base64)")
        .default_value("\"string\""),
    option("format", SLUICE_STRING,
           "Of dates and times: a pattern of yyyy MM dd HH mm ss S XXX; without one ISO 8601 is read")
        .example("\"dd.MM.yyyy\""),
};

inline constexpr Option csv_reader_keys[] = {
    option("safetySwitch", SLUICE_BOOLEAN, "Limits the length of a field elsewhere; here `maxRecordSize` does")
        .ignored(),
    option("skipEmptyRecords", SLUICE_BOOLEAN, "Lines without a character are no records").default_value("true"),
    option("useTextQualifier", SLUICE_BOOLEAN, "Fields may be quoted").default_value("true"),
    option("textQualifier", SLUICE_STRING, "The quote").default_value("\"\\\"\""),
    option("trimWhitespace", SLUICE_BOOLEAN, "Blanks and tabs around unquoted fields are no part of them")
        .default_value("false"),
    option("useComments", SLUICE_BOOLEAN, "Lines that begin with `comment` are no records").default_value("false"),
    option("comment", SLUICE_STRING, "The character that begins a comment line").default_value("\"#\""),
    option("escapeMode", SLUICE_INTEGER, "1: a quote inside a quoted field is doubled; 2: a backslash stands before it")
        .at_least(1)
        .at_most(2)
        .default_value("1"),
};

inline constexpr Option reader_options[] = {
    option("path", SLUICE_STRING | SLUICE_ARRAY, "Files to read; `*` and `?` match within a name")
        .aliases(words<"object">)
        .required()
        .example("[\"/data/orders_*.csv\"]"),
    option("fileFormat", SLUICE_STRING, "What the files hold (csv, text and jsonl are implemented)")
        .choices(words<"csv", "text", "jsonl", "parquet", "orc", "binary">)
        .default_value("\"csv\""),
    option("column", SLUICE_ARRAY,
           "`[\"*\"]`: all fields as text, named by the header; else one object (or name) a column")
        .elements(SLUICE_STRING | SLUICE_OBJECT)
        .children(option_list<reader_column_keys>)
        .column_list()
        .default_value("[\"*\"]")
        .example(R"([{"index": 0, "type": "long"}, {"index": 1, "type": "string"}])"),
    option("fieldDelimiter", SLUICE_STRING,
           "Between fields; `\\t` and `\\u0001` are understood; several characters in a text")
        .default_value("\",\""),
    option("lineDelimiter", SLUICE_STRING, "Between records of a text").default_value("\"\\n\""),
    option("encoding", SLUICE_STRING, "Of the files, as iconv names it").default_value("\"UTF-8\""),
    option("nullFormat", SLUICE_STRING, "An unquoted field with this text is NULL")
        .keep_empty()
        .default_value("\"\\\\N\""),
    option("compress", SLUICE_STRING, "How the files are packed (gzip, zstd and bzip2 are implemented)")
        .choices(words<"gzip", "zstd", "bzip2", "zip">),
    option("skipHeader", SLUICE_BOOLEAN, "The first record of each file holds the names of the fields")
        .default_value("false"),
    option("csvReaderConfig", SLUICE_OBJECT, "Details of csv").children(option_list<csv_reader_keys>),
    option("maxRecordSize", SLUICE_BYTES, "A longer record, or a quote that is open for longer, is a dirty record")
        .at_least(1024)
        .at_most(1 << 30)
        .default_value("16777216"),
    option("markDoneFileName", SLUICE_STRING,
           "Wait for this file before reading; relative to the directory of the first path")
        .example("\"/data/orders.done\""),
    option("maxRetryTime", SLUICE_INTEGER, "How many more times to look for `markDoneFileName`")
        .at_least(0)
        .default_value("0"),
    option("markDoneInterval", SLUICE_DURATION, "How long to wait between two looks").default_value("\"60s\""),
};

}  // namespace sluice::file
