// SPDX-License-Identifier: Apache-2.0
#include "readback.hpp"

#include <algorithm>

#include "staging.hpp"

namespace sluice::file {

namespace {

std::vector<std::string> published_files(const WriteSettings& settings) {
  std::vector<std::string> names = names_in(settings.directory);
  std::erase_if(names, [&](const std::string& name) {
    if (settings.single) return name != settings.name + settings.suffix;
    return !name.starts_with(settings.name + "__") || !name.ends_with(settings.suffix);
  });
  std::sort(names.begin(), names.end());
  for (std::string& name : names) name.insert(0, settings.directory + "/");
  return names;
}

// Texts, for the host's cast to make values of: nothing is lost on the way. But for bytes, and dates in a format.
const char* type_to_read(const Type& type, bool has_format) {
  switch (type.id) {
    case TypeId::binary:
    case TypeId::large_binary:
      return "bytes";
    case TypeId::date32:
    case TypeId::timestamp_us:
    case TypeId::timestamp_ns:
      return has_format ? "date" : "string";
    default:
      return "string";
  }
}

}  // namespace

Readback readback_of(const Context& context, const WriteSettings& settings, const RowFormat& format) {
  Readback answer;
  const auto files = published_files(settings);
  if (files.empty() && settings.generate_empty)
    throw not_found("there is no file of this job: " +
                    (settings.single ? settings.single_path()
                                     : settings.directory + "/" + settings.name + "__*" + settings.suffix));
  if (files.empty()) return answer;
  answer.reader = "file";
  const auto set = [&](std::string path, std::string value) {
    answer.parameters.emplace_back(std::move(path), std::move(value));
  };
  for (std::size_t i = 0; i < files.size(); ++i) set(Context::element("path", i), files[i]);
  for (const char* same : {"fileFormat", "fieldDelimiter", "lineDelimiter", "encoding", "nullFormat", "compress"})
    if (auto value = context.string(same)) set(same, *value);
  for (std::size_t i = 0; i < format.types.size(); ++i) {
    const std::string column = Context::element("column", i);
    const std::string type = type_to_read(format.types[i], settings.date_pattern != nullptr);
    set(column + ".name", format.names[i]);
    if (settings.format.format != Format::jsonl) set(column + ".index", std::to_string(i));
    set(column + ".type", type);
    if (type == "date") set(column + ".format", context.string("dateFormat", ""));
  }
  if (settings.write_header) set("skipHeader", "true");
  if (settings.format.format == Format::csv) set("csvReaderConfig.skipEmptyRecords", "false");
  set("maxRecordSize", std::to_string(1 << 30));
  if (settings.mode == WriteMode::append) answer.others = "writeMode is append";
  return answer;
}

}  // namespace sluice::file
