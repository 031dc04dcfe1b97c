// SPDX-License-Identifier: Apache-2.0
#include "cli/type_table.hpp"

#include <boost/algorithm/string/classification.hpp>
#include <boost/algorithm/string/split.hpp>

#include "cli/table_text.hpp"

namespace sluice::cli {
namespace {

std::string native_type(const record::Field& field) { return std::string(field.find(SLUICE_META_NATIVE).value_or("")); }

std::vector<std::string> lines(const std::vector<Row>& rows) {
  std::vector<std::string> result;
  boost::split(result, table_text(rows), boost::is_any_of("\n"));
  while (!result.empty() && result.back().empty()) result.pop_back();
  return result;
}

// What the plugin says about a column that it would create.
struct Created {
  std::string type, remark;
};

std::vector<Created> created_columns(const engine::OpenJob& job) {
  std::vector<Created> columns;
  for (const plugin::Statement& line : job.creation) {
    if (line.what == "type") columns.push_back({line.text, {}});
    if (line.what == "remark" && !columns.empty()) columns.back().remark = line.text;
  }
  columns.resize(job.arriving().size());
  return columns;
}

}  // namespace

std::vector<std::string> type_table(const record::Schema& source) {
  std::vector<Row> rows{{"COLUMN", "SOURCE", "ON THE WAY"}};
  for (const record::Field& field : source.fields())
    rows.push_back({field.name, native_type(field), record::name_of(field.type)});
  return lines(rows);
}

std::vector<std::string> type_table(const engine::OpenJob& job) {
  std::vector<std::string> result;
  const std::string statement = job.create_table();
  if (!statement.empty()) result.push_back("`sluice run --create-table` creates it: " + statement);
  const std::vector<Created> created = created_columns(job);
  std::vector<Row> rows{{"COLUMN", "SOURCE", "ON THE WAY", "DESTINATION", "REMARK"}};
  const record::Schema& arriving = job.arriving();
  for (std::size_t i = 0; i < arriving.size(); ++i) {
    const record::Field& field = arriving.field(i);
    const bool there = job.creation.empty() && i < job.target.wanted.size();
    rows.push_back({field.name, native_type(field), record::name_of(field.type),
                    there ? native_type(job.target.wanted.field(i)) : created[i].type, created[i].remark});
  }
  for (std::string& line : lines(rows)) result.push_back(std::move(line));
  return result;
}

}  // namespace sluice::cli
