// SPDX-License-Identifier: Apache-2.0
// The parameters of the stream reader and writer.
#pragma once

#include <sluice/option.hpp>

namespace sluice::stream {

inline constexpr Option column_options[] = {
    option("name", SLUICE_STRING, "Name of the column; c0, c1 ... when absent").example("\"id\""),
    option("type", SLUICE_STRING, "Type of the column")
        .choices(words<"string", "long", "double", "boolean", "date", "bytes", "decimal">)
        .default_value("\"string\""),
    option("value", SLUICE_STRING | SLUICE_INTEGER | SLUICE_NUMBER | SLUICE_BOOLEAN, "The same value in every record")
        .keep_empty()
        .example("\"2024-01-31 12:00:00\""),
    option(
        "random", SLUICE_STRING,
        "Two bounds, both included: of the value (long, double, date, decimal), of the length (string, bytes), or the "
        "weights of false and true (boolean)")
        .example("\"8,15\""),
    option("increment", SLUICE_STRING, "Start and step of a number that counts up over all splits (long)")
        .example("\"1,1\""),
    option("nullPercent", SLUICE_INTEGER, "How many of a hundred values are NULL, about")
        .at_least(0)
        .at_most(100)
        .default_value("0"),
    option("dateFormat", SLUICE_STRING, "Format of `value` and `random` of a date column")
        .unimplemented("write dates as 2024-01-31 or 2024-01-31 12:00:00"),
};

inline constexpr Option reader_options[] = {
    option("column", SLUICE_ARRAY, "The columns to make")
        .elements(SLUICE_OBJECT)
        .children(option_list<column_options>)
        .required()
        .column_list()
        .example(R"([{"name": "id", "type": "long", "increment": "1,1"}, {"name": "word", "random": "8,15"}])"),
    option("sliceRecordCount", SLUICE_INTEGER, "Records of each split; there is one split a lane")
        .at_least(0)
        .required()
        .example("1000"),
    option("seed", SLUICE_INTEGER, "The same seed makes the same records").default_value("0"),
};

inline constexpr Option writer_options[] = {
    option("print", SLUICE_BOOLEAN, "Print the records to standard output; discard them when false")
        .default_value("true"),
    option("fieldDelimiter", SLUICE_STRING, "What stands between two printed values")
        .keep_empty()
        .default_value("\"\\t\""),
    option("delay", SLUICE_DURATION, "A pause after each batch, to play a slow destination")
        .at_least(0)
        .default_value("0"),
};

}  // namespace sluice::stream
