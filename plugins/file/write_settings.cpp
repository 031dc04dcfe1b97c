// SPDX-License-Identifier: Apache-2.0
#include "write_settings.hpp"

#include "encoding.hpp"
#include "find_files.hpp"
#include "sluice/readback.h"

namespace sluice::file {

namespace {

WriteMode read_mode(const Context& context) {
  if (context.has(SLUICE_REPLAY)) return WriteMode::append;  // beside what the run has published
  const std::string mode = context.string("writeMode", "truncate");
  return mode == "append" ? WriteMode::append : mode == "nonConflict" ? WriteMode::non_conflict : WriteMode::truncate;
}

void split_object(const std::string& object, WriteSettings& settings) {
  const std::size_t slash = object.rfind('/');
  settings.name = slash == std::string::npos ? object : object.substr(slash + 1);
  if (slash == std::string::npos && !settings.directory.empty()) return;
  const std::string directory = directory_of(object);
  const bool below = !settings.directory.empty() && object.front() != '/';
  settings.directory = below ? settings.directory + "/" + directory : directory;
}

void read_place(const Context& context, WriteSettings& settings) {
  const auto object = context.string("object");
  const auto name = context.string("fileName");
  settings.directory = context.string("path", "");
  while (settings.directory.size() > 1 && settings.directory.back() == '/') settings.directory.pop_back();
  settings.suffix = context.string("suffix", "");
  if (object && name) return context.error("object", "object and fileName name the same thing", "remove one of them");
  if (!object && !name)
    return context.error("fileName", "the name of the file is missing", "set path and fileName, or object");
  if (object)
    split_object(*object, settings);
  else
    settings.name = *name;
  if (settings.directory.empty()) context.error("path", "the directory of the file is missing");
  const std::string path = object ? "object" : "fileName";
  if (settings.name.empty()) context.error(path, "the name of the file is missing");
  if (settings.name.find('/') != std::string::npos)
    context.error(path, "the name holds a slash: " + settings.name, "directories belong into path");
  if (settings.name.starts_with(".sluice-"))
    context.error(path, "names that begin with .sluice- belong to running jobs");
  if (settings.suffix.find('/') != std::string::npos) context.error("suffix", "the suffix holds a slash");
}

void read_header(const Context& context, WriteSettings& settings) {
  settings.header = context.strings("header");
  settings.write_header = context.boolean("writeHeader", false) || !settings.header.empty();
  if (settings.format.format == Format::jsonl && settings.write_header)
    context.error(settings.header.empty() ? "writeHeader" : "header", "lines of jsonl have no header",
                  "column names the keys");
  const auto columns = context.strings("column");
  if (!columns.empty() && columns != std::vector<std::string>{"*"}) settings.columns = columns;
}

void read_date_format(const Context& context, WriteSettings& settings) {
  const auto pattern = context.string("dateFormat");
  if (!pattern) return;
  try {
    settings.date_pattern = std::make_shared<DatePattern>(*pattern);
  } catch (const Error& error) {
    context.error("dateFormat", error.what());
  }
}

}  // namespace

WriteSettings write_settings(const Context& context) {
  WriteSettings settings;
  settings.format = read_text_format(context);
  settings.mode = read_mode(context);
  settings.single = context.boolean("writeSingleObject", false);
  settings.max_file_size = static_cast<std::uint64_t>(context.integer("maxFileSize", 0)) << 20;
  settings.generate_empty = context.boolean("generateEmptyFile", true);
  read_place(context, settings);
  read_header(context, settings);
  read_date_format(context, settings);
  if (is_known_encoding(settings.format.encoding) && begins_with_mark(settings.format.encoding))
    context.error("encoding",
                  "texts in this encoding begin with a byte order mark and cannot be written in parts: " +
                      settings.format.encoding,
                  "name the order of bytes: " + settings.format.encoding + "LE");
  settings.mark_file = context.string("markDoneFileName", "");
  if (!settings.mark_file.empty() && settings.mark_file.front() != '/')
    settings.mark_file = settings.directory + "/" + settings.mark_file;
  if (settings.single && settings.max_file_size != 0)
    context.error("maxFileSize", "one single file was asked for (writeSingleObject), and a limit for each of many",
                  "remove one of them");
  return settings;
}

bool WriteSettings::is_ours(const std::string& file_name) const {
  return file_name == name || file_name == name + suffix || file_name.starts_with(name + "__");
}

}  // namespace sluice::file
