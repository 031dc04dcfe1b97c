// SPDX-License-Identifier: Apache-2.0
#include "job/column_count.hpp"

#include <algorithm>
#include <boost/json/array.hpp>

#include "job/path.hpp"

namespace sluice::job {
namespace {

// How many columns the list names; nothing when only the store knows.
std::optional<std::size_t> count(const boost::json::object& values, const OptionTable& table) {
  const Option* list = table.column_list();
  const boost::json::value* found = list != nullptr ? values.if_contains(list->name) : nullptr;
  if (found == nullptr || !found->is_array()) return {};
  for (const Option& option : table.options()) {
    if (option.has(SLUICE_REPLACES_COLUMNS) && values.contains(option.name)) return {};
  }
  const boost::json::array& columns = found->get_array();
  bool any = std::any_of(columns.begin(), columns.end(), [](const boost::json::value& column) {
    return column.is_string() && column.get_string() == "*";
  });
  if (any || columns.empty()) return {};  // an empty list is a problem by itself
  return columns.size();
}

// The list under the name that the script gives it.
std::string list_path(const Step& step, const OptionTable& table) {
  const Option* list = table.column_list();
  for (const std::string& alias : list->aliases) {
    if (step.parameter.contains(alias)) return join_path(step.parameter_path(), alias);
  }
  return join_path(step.parameter_path(), list->name);
}

}  // namespace

void compare_column_counts(const Job& job, const boost::json::object& reader, const OptionTable& reader_table,
                           const boost::json::object& writer, const OptionTable& writer_table, Problems& problems) {
  if (!job.processors.empty()) return;
  std::optional<std::size_t> read = count(reader, reader_table);
  std::optional<std::size_t> written = count(writer, writer_table);
  if (!read || !written || *read == *written) return;
  report_value(job.document, problems, Severity::error, list_path(job.writer, writer_table),
               "columns match by position and their numbers differ: " + std::to_string(*read) + " read, " +
                   std::to_string(*written) + " written",
               "the reader's list is " + list_path(job.reader, reader_table));
}

}  // namespace sluice::job
