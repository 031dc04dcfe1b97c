// SPDX-License-Identifier: Apache-2.0
#include "writer.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "encoding.hpp"
#include "readback.hpp"
#include "replaced_input.hpp"
#include "write_task.hpp"

namespace sluice::file {

FileWriter::FileWriter(Context context)
    : context_(context), settings_(write_settings(context)), staging_(settings_.directory, context.run_id()) {
  check_directory();
}

FileWriter::~FileWriter() {
  if (!prepared_ || context_.has(SLUICE_RESUMABLE)) return;
  try {
    // Half of a publication may be to be seen already: it has to be finished.
    if (completed_ || !Publication(settings_, staging_, {}).has_begun()) staging_.clear();
  } catch (const std::exception& error) {
    context_.warning(std::string("files of the run were left behind: ") + error.what());
  }
}

void FileWriter::check_directory() const {
  const std::string& directory = settings_.directory;
  const std::string where = context_.string("path") ? "path" : "object";
  struct stat status {};
  if (directory.empty()) throw invalid("the directory of the file is missing");
  if (::stat(directory.c_str(), &status) != 0) {
    context_.error(where, std::string("cannot write there: ") + std::strerror(errno) + ": " + directory,
                   errno == ENOENT ? "create the directory first" : "");
    throw not_found("the directory is not there: " + directory);
  }
  if (!S_ISDIR(status.st_mode)) {
    context_.error(where, "this is no directory: " + directory);
    throw invalid("this is no directory: " + directory);
  }
  if (::access(directory.c_str(), W_OK | X_OK) != 0)
    context_.error(where, std::string("cannot write into the directory: ") + std::strerror(errno) + ": " + directory);
}

void FileWriter::check_conflicts() const {
  // What the run itself has published already is no conflict.
  if (settings_.mode != WriteMode::non_conflict || context_.has(SLUICE_READBACK)) return;
  if (Publication(settings_, staging_, {}).has_begun()) return;
  for (const std::string& name : names_in(settings_.directory)) {
    if (!name.starts_with(settings_.name)) continue;
    context_.error("writeMode", "a file of this name exists, which nonConflict refuses: " + staging_.path_of(name),
                   "remove it, choose another fileName, or use truncate or append");
    throw conflict("a file of this name exists: " + staging_.path_of(name));
  }
}

void FileWriter::check_columns(const Schema& input) const {
  const auto check_count = [&](const char* path, std::size_t count) {
    if (count != input.size())
      context_.error(path, "the number of names is not that of the columns: " + std::to_string(count) + " names, " +
                               std::to_string(input.size()) + " columns");
  };
  if (settings_.columns) check_count("column", settings_.columns->size());
  if (!settings_.header.empty()) check_count("header", settings_.header.size());
  const bool naive = std::any_of(input.fields().begin(), input.fields().end(), [](const Field& field) {
    const bool is_time = field.type.id == TypeId::timestamp_us || field.type.id == TypeId::timestamp_ns;
    return (is_time && !field.type.utc) || field.type.id == TypeId::date32;
  });
  if (naive && settings_.date_pattern && settings_.date_pattern->has_offset())
    context_.error("dateFormat", "the format has an offset (XXX), and a column holds times without one");
  if (input.size() == 1 && settings_.format.format != Format::jsonl && settings_.format.null_format.empty())
    context_.warn("nullFormat", "NULL in the only column becomes an empty line, which readers skip");
}

void FileWriter::check_not_read(const Schema& input) const {
  if (context_.has(SLUICE_READBACK)) return;
  const std::string read = file_read_and_replaced(settings_, input);
  if (!read.empty())
    context_.error("fileName", "the job reads a file that it will replace: " + read,
                   "choose another fileName, or writeMode append");
}

WriterPlan FileWriter::describe(const Schema& input) {
  check_conflicts();
  check_columns(input);
  check_not_read(input);
  format_ = {settings_.format, settings_.date_pattern, {}, {}};
  for (std::size_t i = 0; i < input.size(); ++i) {
    const bool is_named = settings_.columns && i < settings_.columns->size();
    format_.names.push_back(is_named ? (*settings_.columns)[i] : input[i].name);
    format_.types.push_back(input[i].type);
  }
  Schema wanted;
  for (const Field& field : input.fields()) wanted.add({field.name, field.type, field.nullable});
  return {.wanted = std::move(wanted),
          .delivery = SLUICE_EXACTLY_ONCE,
          .reason = "files are written aside and renamed",
          .doubles_on_rerun = settings_.mode == WriteMode::append};
}

Readback FileWriter::readback() { return readback_of(context_, settings_, format_); }

std::string FileWriter::encoded_header() const {
  if (!settings_.write_header) return {};
  const std::string line = header_line(settings_.format, settings_.header.empty() ? format_.names : settings_.header);
  if (is_utf8_name(settings_.format.encoding)) return line;
  std::string encoded;
  if (!Encoder(settings_.format.encoding).append(line, encoded))
    throw invalid("the header has characters that the file's encoding does not have: " + settings_.format.encoding);
  return encoded;
}

void FileWriter::prepare(bool resume) {
  prepared_ = true;
  if (resume) return;
  staging_.clear();
  check_conflicts();
}

Committed FileWriter::committed(std::string_view split, std::uint32_t, std::string_view) {
  // Only what is committed altogether is ever published.
  if (Publication(settings_, staging_, {}).has_begun()) return {SLUICE_COMMITTED_YES, {}};
  const auto commit = staging_.find(split);
  if (!commit) return {SLUICE_COMMITTED_NO, {}};
  return {SLUICE_COMMITTED_YES, commit->counters};
}

void FileWriter::complete() {
  Publication(settings_, staging_, encoded_header()).publish();
  completed_ = true;
}

std::unique_ptr<WriteTask> FileWriter::start(Context task) {
  // The one file gets its header when it is put together.
  return std::make_unique<FileWriteTask>(task, staging_, format_, settings_.single ? std::string() : encoded_header(),
                                         settings_.max_file_size);
}

void FileWriter::forget(std::string_view run_id) { Staging(settings_.directory, run_id).clear(); }

void FileWriter::explain(const Split*, const TextSink& sink) {
  sink.emit("write", {}, "files aside: " + staging_.path_of(staging_.prefix()) + "*");
  for (const std::string& name : Publication::replaced_files(settings_)) {
    const bool stays = settings_.single && name == settings_.name + settings_.suffix;
    sink.emit("complete", {}, (stays ? "replace " : "remove ") + staging_.path_of(name));
  }
  sink.emit("complete", {},
            "publish " + (settings_.single ? settings_.single_path()
                                           : staging_.path_of(settings_.name) + "__*" + settings_.suffix));
  if (!settings_.mark_file.empty()) sink.emit("complete", {}, "create " + settings_.mark_file);
}

}  // namespace sluice::file
