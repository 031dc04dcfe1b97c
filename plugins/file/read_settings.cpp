// SPDX-License-Identifier: Apache-2.0
#include "read_settings.hpp"

#include "encoding.hpp"
#include "find_files.hpp"
#include "value_parser.hpp"

namespace sluice::file {

namespace {

// The one character of a parameter.
char character(const Context& context, const std::string& path, char otherwise) {
  const std::string text = context.string(path, std::string(1, otherwise));
  if (text.size() == 1 && static_cast<unsigned char>(text[0]) < 0x80 && text[0] != '\n' && text[0] != '\r')
    return text[0];
  context.error(path, "one ASCII character is wanted here: " + text);
  return otherwise;
}

Grammar read_grammar(const Context& context, const TextFormat& format) {
  Grammar grammar;
  grammar.longest = static_cast<std::size_t>(context.integer("maxRecordSize", std::int64_t{16} << 20));
  grammar.delimiter = format.field_delimiter.empty() ? ',' : format.field_delimiter[0];
  grammar.has_delimiter = format.format != Format::jsonl && format.field_delimiter.size() == 1;
  grammar.has_quote = false;
  if (format.format != Format::csv) return grammar;
  const std::string config = "csvReaderConfig.";
  grammar.has_quote = context.boolean(config + "useTextQualifier", true);
  grammar.quote = character(context, config + "textQualifier", '"');
  grammar.comments = context.boolean(config + "useComments", false);
  grammar.comment = character(context, config + "comment", '#');
  grammar.trim = context.boolean(config + "trimWhitespace", false);
  grammar.skip_empty = context.boolean(config + "skipEmptyRecords", true);
  grammar.backslash = context.integer(config + "escapeMode", 1) == 2;
  if (grammar.has_quote && grammar.quote == grammar.delimiter)
    context.error(config + "textQualifier", "the quote and the field delimiter are the same character");
  return grammar;
}

// Names are looked up in a header, positions in a line: not everything goes with every format.
void check_sources(const Context& context, const ReadSettings& settings) {
  const bool is_json = settings.format.format == Format::jsonl;
  if (is_json && settings.skip_header) context.error("skipHeader", "lines of jsonl have no header");
  if (!settings.columns) return;
  for (std::size_t i = 0; i < settings.columns->size(); ++i) {
    const Column& column = (*settings.columns)[i];
    const std::string path = Context::element("column", i);
    if (!is_json && !column.source.empty() && !settings.skip_header)
      context.error(path, "the column is named, but the file has no header to find the name in: " + column.source,
                    "set skipHeader to true, or give the column an index");
    if (is_json && column.index)
      context.error(path, "a column of jsonl has no position", "give it a name: the key in the line's object");
  }
}

// A constant that is no value of its type would spoil every record.
void check_constants(const Context& context, const ReadSettings& settings) {
  if (!settings.columns) return;
  for (std::size_t i = 0; i < settings.columns->size(); ++i) {
    const Column& column = (*settings.columns)[i];
    if (!column.constant || *column.constant == settings.format.null_format) continue;
    ColumnBuilder builder(column.type);
    if (const char* why = ValueParser(column, builder).append(*column.constant))
      context.error(Context::element("column", i) + ".value",
                    "the value is none of the type " + column.native + ": " + why + ": " + *column.constant);
  }
}

}  // namespace

bool ReadSettings::can_be_cut() const {
  return format.compression == Compression::none && is_utf8_name(format.encoding) &&
         (format.line_delimiter == "\n" || format.line_delimiter == "\r\n") && grammar.can_be_cut();
}

ReadSettings read_settings(const Context& context) {
  ReadSettings settings;
  settings.patterns = context.strings("path");
  settings.format = read_text_format(context);
  settings.grammar = read_grammar(context, settings.format);
  settings.skip_header = context.boolean("skipHeader", false);
  settings.columns = read_columns(context);
  settings.mark_file = context.string("markDoneFileName", "");
  settings.mark_retries = context.integer("maxRetryTime", 0);
  settings.mark_interval = context.integer("markDoneInterval", 60000);
  if (!settings.mark_file.empty() && settings.mark_file.front() != '/' && !settings.patterns.empty())
    settings.mark_file = directory_of(settings.patterns.front()) + "/" + settings.mark_file;
  check_sources(context, settings);
  check_constants(context, settings);
  return settings;
}

}  // namespace sluice::file
