// SPDX-License-Identifier: Apache-2.0
#include "job/convert_step.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "job/jdbc_url.hpp"
#include "job/path.hpp"

namespace sluice::job {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

struct Rename {
  std::string_view from;
  std::string_view to;
};

// DataX names its plugins by store and side; these stores have another name here.
constexpr std::array<Rename, 3> store_names{{{"txtfile", "file"}, {"drds", "mysql"}, {"mariadb", "mysql"}}};

struct Dropped {
  std::string_view step_type;
  std::string_view side;
  std::string_view key;
  std::string_view why;
};

constexpr std::array<Dropped, 3> dropped_keys{
    {{"mysql", "", "mandatoryEncoding", "texts are always exchanged as Unicode"},
     {"oracle", "", "mandatoryEncoding", "texts are always exchanged as Unicode"},
     {"stream", "writer", "encoding", "records are printed as UTF-8"}}};

// Strings in an array, or the one string.
std::vector<std::string> strings(const value* given) {
  std::vector<std::string> result;
  if (given == nullptr) return result;
  if (given->is_string()) result.emplace_back(given->get_string());
  if (!given->is_array()) return result;
  for (const value& element : given->get_array()) {
    if (element.is_string()) result.emplace_back(element.get_string());
  }
  return result;
}

class StepConversion {
 public:
  StepConversion(std::string_view side, std::string path, const Document& document, Problems& notes)
      : side_(side), path_(std::move(path)), document_(document), notes_(notes) {}

  ConvertedStep run(const object& old) {
    name(old);
    if (const value* given = old.if_contains("parameter"); given != nullptr && given->is_object()) {
      result_.parameter = given->get_object();
    }
    connections();
    drop_keys();
    text_files();
    write_mode();
    if (result_.parameter.contains("password")) {
      note("password", "copied as it stands", "a reference such as ${env:NAME} keeps it out of the script");
    }
    return std::move(result_);
  }

 private:
  void name(const object& old) {
    std::string name;
    for (const char* key : {"name", "plugin"}) {
      if (const value* given = old.if_contains(key); given != nullptr && given->is_string()) name = given->get_string();
    }
    if (name.size() > side_.size() && name.ends_with(side_)) name.resize(name.size() - side_.size());
    for (const Rename& rename : store_names) {
      if (name == rename.from) name = rename.to;
    }
    result_.step_type = std::move(name);
  }

  // connection[{jdbcUrl, table, querySql}] becomes fields of the step itself, or one element a source when there are
  // several.
  void connections() {
    const value* given = result_.parameter.if_contains("connection");
    if (given == nullptr || !given->is_array()) return;
    array old = given->get_array();
    array sources;
    array queries;
    for (std::size_t i = 0; i < old.size(); ++i) {
      const object* element = old[i].if_object();
      if (element == nullptr || !element->contains("jdbcUrl")) return;
      std::optional<object> fields = source(*element, join_path("connection", i), queries);
      if (!fields) return;
      sources.push_back(std::move(*fields));
    }
    result_.parameter.erase("connection");
    if (!queries.empty()) result_.parameter["querySql"] = std::move(queries);
    if (sources.size() == 1) {
      for (const auto& member : sources.front().get_object()) result_.parameter[member.key()] = member.value();
    } else if (!sources.empty()) {
      result_.parameter["connection"] = std::move(sources);
    }
  }

  // Nothing, with a note, when the address has no known form: then everything stays as it is.
  std::optional<object> source(const object& old, const std::string& path, array& queries) {
    std::string url_path = join_path(path, "jdbcUrl");
    std::vector<std::string> urls = strings(old.if_contains("jdbcUrl"));
    std::optional<JdbcUrl> url = urls.empty() ? std::nullopt : parse_jdbc_url(urls.front());
    if (!url) {
      note(url_path, "an address of unknown form", "write host, port and database yourself");
      return {};
    }
    if (urls.size() > 1 || url->several_hosts) {
      note(url_path, "only the first of several addresses is carried over", "there is no choice among addresses here");
    }
    if (!url->properties.empty()) {
      std::string names;
      for (const std::string& property : url->properties) names.append(names.empty() ? "" : ", ").append(property);
      note(url_path, "properties without an equivalent: " + names, "`sluice describe` lists what the plugin knows");
    }
    // A plugin for any database is named by what it connects to.
    const bool any_store = result_.step_type == "rdbms" || by_driver_;
    if (any_store || url->fields.contains("path")) result_.step_type = url->store;
    object fields = any_store && !has_own_plugin(url->store) ? driver_fields(*url, url_path) : url->fields;
    if (const value* table = old.if_contains("table")) {
      std::vector<std::string> tables = strings(table);
      fields["table"] = tables.size() == 1 ? value(tables.front()) : *table;
    }
    for (const std::string& query : strings(old.if_contains("querySql"))) queries.emplace_back(query);
    return fields;
  }

  static bool has_own_plugin(std::string_view store) {
    constexpr std::array<std::string_view, 4> stores{"mysql", "mariadb", "postgresql", "sqlite"};
    return std::find(stores.begin(), stores.end(), store) != stores.end();
  }

  // What there is a driver for, through ODBC.
  object driver_fields(const JdbcUrl& url, const std::string& place) {
    by_driver_ = true;
    result_.step_type = "odbc";
    std::string text = "Driver=" + url.store;
    for (auto [word, key] :
         {std::pair("Server", "host"), std::pair("Port", "port"), std::pair("Database", "database")}) {
      const value* field = url.fields.if_contains(key);
      if (field == nullptr) continue;
      text.append(";").append(word).append("=");
      text += field->is_string() ? std::string(field->get_string()) : boost::json::serialize(*field);
    }
    note(place, "now for the ODBC driver of the store, as far as an address can tell",
         "put the driver's name and its own words into connectionString; `odbcinst -q -d` lists drivers");
    return {{"connectionString", text}};
  }

  void drop_keys() {
    for (const Dropped& dropped : dropped_keys) {
      bool here = dropped.step_type == result_.step_type && (dropped.side.empty() || dropped.side == side_);
      if (!here || !result_.parameter.contains(dropped.key)) continue;
      note(std::string(dropped.key), "dropped: " + std::string(dropped.why), {});
      result_.parameter.erase(dropped.key);
    }
  }

  void text_files() {
    if (result_.step_type == "file" && side_ == "writer" && !result_.parameter.contains("fileFormat")) {
      result_.parameter["fileFormat"] = "text";  // the other tool's default
    }
  }

  void write_mode() {
    const value* mode = result_.parameter.if_contains("writeMode");
    if (mode == nullptr || !mode->is_string()) return;
    if (mode->get_string() == "on duplicate key update") result_.parameter["writeMode"] = "update";
  }

  void note(const std::string& inside, std::string text, std::string advice) {
    std::string path = join_path(path_, "parameter") + (inside.starts_with('[') ? "" : ".") + inside;
    report_key(document_, notes_, Severity::warning, std::move(path), std::move(text), std::move(advice));
  }

  std::string side_;
  std::string path_;
  const Document& document_;
  Problems& notes_;
  ConvertedStep result_;
  bool by_driver_ = false;  // the step goes through ODBC
};

}  // namespace

ConvertedStep convert_step(const object& old, std::string_view side, const std::string& path, const Document& document,
                           Problems& notes) {
  return StepConversion(side, path, document, notes).run(old);
}

}  // namespace sluice::job
