// SPDX-License-Identifier: Apache-2.0
// How a file's bytes are a text of records: what the parameters of reader and writer share. Values; copy freely.
#pragma once

#include <string>

#include "byte_source.hpp"
#include "record.hpp"
#include "sluice/context.hpp"
#include "window.hpp"

namespace sluice::file {

enum class Format { csv, text, jsonl };

struct TextFormat {
  Format format = Format::csv;
  std::string field_delimiter = ",";
  std::string line_delimiter = "\n";
  std::string encoding = "UTF-8";
  std::string null_format = "\\N";
  Compression compression = Compression::none;
};

// Reads what both sides share; every mistake is reported through context.error.
TextFormat read_text_format(const Context& context);

// "\t", "\u0001", "\\" written as two or more characters become the one that they mean.
std::string unescape_delimiter(const std::string& text);

const char* extension_of(Compression compression);

}  // namespace sluice::file
