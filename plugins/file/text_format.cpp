// SPDX-License-Identifier: Apache-2.0
#include "text_format.hpp"

#include <charconv>

#include "encoding.hpp"
#include "utf8.hpp"

namespace sluice::file {

namespace {

Format read_format(const Context& context) {
  const std::string name = context.string("fileFormat", "csv");
  if (name == "text") return Format::text;
  if (name == "jsonl") return Format::jsonl;
  if (name != "csv")
    context.error("fileFormat", "this file format is not implemented yet: " + name, "csv, text and jsonl are");
  return Format::csv;
}

Compression read_compression(const Context& context) {
  const std::string name = context.string("compress", "");
  if (name == "gzip") return Compression::gzip;
  if (name == "zstd") return Compression::zstd;
  if (name == "bzip2") return Compression::bzip2;
  if (!name.empty())
    context.error("compress", "this compression is not implemented yet: " + name, "gzip, zstd and bzip2 are");
  return Compression::none;
}

void check_delimiters(const Context& context, const TextFormat& format) {
  const std::string& field = format.field_delimiter;
  const std::string& line = format.line_delimiter;
  if (format.format == Format::csv) {
    if (field.size() != 1 || static_cast<unsigned char>(field[0]) > 0x7F)
      context.error("fieldDelimiter", "the delimiter of a csv is one ASCII character",
                    "fileFormat text takes longer ones");
    if (line != "\n" && line != "\r\n")
      context.error("lineDelimiter", "the lines of a csv end with \\n or \\r\\n", "fileFormat text takes others");
  }
  if (format.format == Format::jsonl) return;
  if (field.find_first_of("\r\n") != std::string::npos || field == line)
    context.error("fieldDelimiter", "the field delimiter cannot be a line end");
  if (format.null_format.find(field) != std::string::npos)
    context.error("nullFormat", "nullFormat contains the field delimiter");
}

}  // namespace

TextFormat read_text_format(const Context& context) {
  TextFormat format;
  format.format = read_format(context);
  format.compression = read_compression(context);
  format.field_delimiter = unescape_delimiter(context.string("fieldDelimiter", ","));
  format.line_delimiter = unescape_delimiter(context.string("lineDelimiter", "\n"));
  format.null_format = context.string("nullFormat", "\\N");
  format.encoding = context.string("encoding", "UTF-8");
  if (!is_known_encoding(format.encoding))
    context.error("encoding", "no such encoding: " + format.encoding, "`iconv -l` lists the known ones");
  check_delimiters(context, format);
  return format;
}

std::string unescape_delimiter(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    const char next = text[++i];
    unsigned code = 0;
    const std::size_t digits = next == 'u' ? 4 : next == 'x' ? 2 : 0;
    const char* const begin = text.data() + i + 1;
    if (digits != 0 && i + digits < text.size() &&
        std::from_chars(begin, begin + digits, code, 16).ptr == begin + digits) {
      append_utf8(out, code);
      i += digits;
    } else if (next == 't' || next == 'n' || next == 'r' || next == '\\') {
      out += next == 't' ? '\t' : next == 'n' ? '\n' : next == 'r' ? '\r' : '\\';
    } else {
      out += {'\\', next};
    }
  }
  return out;
}

const char* extension_of(Compression compression) {
  switch (compression) {
    case Compression::gzip:
      return ".gz";
    case Compression::zstd:
      return ".zst";
    case Compression::bzip2:
      return ".bz2";
    case Compression::none:
      break;
  }
  return "";
}

}  // namespace sluice::file
