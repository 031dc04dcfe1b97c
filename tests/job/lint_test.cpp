// SPDX-License-Identifier: Apache-2.0
#include "job/lint.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include "rendered.hpp"

using namespace sluice::job;

BOOST_AUTO_TEST_SUITE(lint_test)

Option make(std::string name, std::uint32_t types, std::uint32_t flags = 0) {
  Option option;
  option.name = std::move(name);
  option.types = types;
  option.flags = flags;
  option.description = "text";
  return option;
}

OptionTable table() {
  Option table = make("table", SLUICE_STRING | SLUICE_ARRAY, SLUICE_REQUIRED);
  table.element_types = SLUICE_STRING;
  table.aliases = {"tables"};
  table.example = boost::json::value("orders");
  Option mode = make("writeMode", SLUICE_STRING);
  mode.choices = {"insert", "replace", "insert ignore"};
  mode.default_value = boost::json::value("insert");
  Option size = make("batchSize", SLUICE_INTEGER, SLUICE_HAS_MINIMUM | SLUICE_HAS_MAXIMUM);
  size.minimum = 1;
  size.maximum = 1000;
  Option fetch = make("fetchSize", SLUICE_INTEGER, SLUICE_HAS_MINIMUM);
  fetch.minimum = 1;
  Option old = make("oldName", SLUICE_STRING, SLUICE_DEPRECATED);
  old.advice = "use newName";
  Option later = make("compress", SLUICE_STRING, SLUICE_UNIMPLEMENTED);
  later.default_value = boost::json::value("none");
  later.advice = "unpack the file first";
  Option quote = make("textQualifier", SLUICE_STRING);
  quote.default_value = boost::json::value("\"");
  Option csv = make("csvReaderConfig", SLUICE_OBJECT);
  csv.children = OptionTable(
      {make("trimWhitespace", SLUICE_BOOLEAN), quote, make("safetySwitch", SLUICE_BOOLEAN, SLUICE_IGNORED)});
  Option column = make("column", SLUICE_ARRAY, SLUICE_COLUMN_LIST);
  column.element_types = SLUICE_STRING | SLUICE_OBJECT;
  column.children = OptionTable(
      {make("index", SLUICE_INTEGER), make("type", SLUICE_STRING), make("value", SLUICE_STRING, SLUICE_KEEP_EMPTY)});
  Option sql = make("preSql", SLUICE_ARRAY, SLUICE_SQL_TEXT);
  sql.element_types = SLUICE_STRING;
  return OptionTable({table, mode, size, fetch, old, later, csv, column, sql, make("querySql", SLUICE_STRING),
                      make("pgType", SLUICE_OBJECT, SLUICE_OPEN_OBJECT), make("skipHeader", SLUICE_BOOLEAN),
                      make("memory", SLUICE_BYTES), make("wait", SLUICE_DURATION), make("ratio", SLUICE_NUMBER),
                      make("password", SLUICE_STRING, SLUICE_SECRET), make("header", SLUICE_STRING, SLUICE_KEEP_EMPTY),
                      make("dmu", SLUICE_STRING, SLUICE_IGNORED)});
}

std::string problems(const std::string& text, LintRules rules = {}) { return lint_of(text, table(), rules); }

// What is left of an object without problems; the table is always there.
std::string clean(const std::string& members) {
  boost::json::object result;
  BOOST_TEST(lint_of("{\"table\": \"t\", " + members + "}", table(), {}, &result) == "");
  for (const char* always : {"table", "writeMode", "csvReaderConfig", "compress"}) {
    if (members.find(always) == std::string::npos) result.erase(always);
  }
  return boost::json::serialize(result);
}

BOOST_AUTO_TEST_CASE(unknown_keys_that_are_nearly_right_are_errors) {
  BOOST_TEST(problems("{\"table\": \"t\",\n \"querysql\": \"x\"}") ==
             "j:2:2: error: querysql: unknown key (did you mean \"querySql\"?)\n");
  BOOST_TEST(problems("{\"table\": \"t\", \"writerMode\": \"x\"}") ==
             "j:1:16: error: writerMode: unknown key (did you mean \"writeMode\"?)\n");
  BOOST_TEST(problems("{\"table\": \"t\", \"csvReaderConfig\": {\"trimWhiteSpace\": true}}") ==
             "j:1:36: error: csvReaderConfig.trimWhiteSpace: unknown key (did you mean \"trimWhitespace\"?)\n");
  BOOST_TEST(problems("{\"table\": \"t\", \"column\": [\"a\", {\"idnex\": 1}]}") ==
             "j:1:33: error: column[1].idnex: unknown key (did you mean \"index\"?)\n");
  BOOST_TEST(problems("{\"table\": \"t\", \"trimWhitspace\": true}") ==
             "j:1:16: error: trimWhitspace: unknown key (did you mean \"csvReaderConfig.trimWhitespace\"?)\n");
}

BOOST_AUTO_TEST_CASE(other_unknown_keys_are_warnings) {
  BOOST_TEST(problems("{\"table\": \"t\", \"safetySwitch\": 1}") ==
             "j:1:16: warning: safetySwitch: unknown key, ignored\n");
  BOOST_TEST(problems("{\"table\": \"t\", \"colour\": 1}") == "j:1:16: warning: colour: unknown key, ignored\n");
  BOOST_TEST(problems("{\"table\": \"t\", \"colour\": 1}", {.strict = true}) == "j:1:16: error: colour: unknown key\n");
}

BOOST_AUTO_TEST_CASE(what_editors_add_is_silent) {
  BOOST_TEST(problems("{\"table\": \"t\", \"x-note\": 1, \"envType\": 0, \"guid\": null, \"indexes\": []}",
                      {.strict = true}) == "");
  BOOST_TEST(clean("\"dmu\": \"3\"") == "{}");
}

BOOST_AUTO_TEST_CASE(null_and_empty_are_not_set) {
  BOOST_TEST(clean("\"querySql\": \"\", \"batchSize\": null, \"ratio\": \"\", \"skipHeader\": \"\"") == "{}");
  BOOST_TEST(clean("\"writeMode\": \"\"") == R"({"writeMode":"insert"})");
  BOOST_TEST(clean("\"header\": \"\"") == R"({"header":""})");
}

BOOST_AUTO_TEST_CASE(required) {
  BOOST_TEST(problems("\n {\"querySql\": \"x\"}") ==
             "j:2:2: error: table: required and not set (such as \"orders\")\n");
  BOOST_TEST(problems("{\"table\": \"\"}") == "j:1:11: error: table: required and not set (such as \"orders\")\n");
  BOOST_TEST(problems("{\"tables\": null}") == "j:1:12: error: tables: required and not set (such as \"orders\")\n");
  BOOST_TEST(problems("{\"table\": []}") == "j:1:11: error: table: required and not set (such as \"orders\")\n");
  BOOST_TEST(problems("{\"table\": {}}") == "j:1:11: error: table: expected a string, got an object\n");
  BOOST_TEST(problems("{}", {.require = false}) == "");
}

BOOST_AUTO_TEST_CASE(coercions) {
  BOOST_TEST(clean("\"batchSize\": \"3\"") == R"({"batchSize":3})");
  BOOST_TEST(clean("\"skipHeader\": \"false\"") == R"({"skipHeader":false})");
  BOOST_TEST(clean("\"memory\": \"4MiB\"") == R"({"memory":4194304})");
  BOOST_TEST(clean("\"wait\": \"250ms\"") == R"({"wait":250})");
  BOOST_TEST(clean("\"querySql\": 12.50") == R"({"querySql":"12.50"})");
  BOOST_TEST(clean("\"column\": \"a\"") == R"({"column":["a"]})");
  BOOST_TEST(clean("\"column\": {\"index\": \"0\"}") == R"({"column":[{"index":0}]})");
  BOOST_TEST(clean("\"column\": [{\"type\": \"string\", \"value\": \"\"}, \"\"]") ==
             R"({"column":[{"type":"string","value":""},""]})");
  BOOST_TEST(clean("\"preSql\": [\"\", \"DELETE\"]") == R"({"preSql":["DELETE"]})");
  BOOST_TEST(clean("\"preSql\": \"\"") == "{}");
  BOOST_TEST(clean("\"pgType\": {\"Any Key\": \"jsonb\", \"n\": null}") ==
             R"({"pgType":{"Any Key":"jsonb","n":null}})");
}

BOOST_AUTO_TEST_CASE(defaults_and_aliases) {
  boost::json::object result;
  BOOST_TEST(lint_of("{\"tables\": [\"a\", \"b\"], \"writeMode\": \"REPLACE\"}", table(), {}, &result) == "");
  BOOST_TEST(boost::json::serialize(result) ==
             R"({"table":["a","b"],"writeMode":"replace","compress":"none","csvReaderConfig":{"textQualifier":"\""}})");
}

BOOST_AUTO_TEST_CASE(set_twice) {
  BOOST_TEST(problems("{\"table\": \"a\", \"tables\": \"b\"}") ==
             "j:1:16: error: tables: set twice, \"table\" has several names (remove one of the two)\n");
  BOOST_TEST(problems("{\"table\": \"a\", \"tables\": null}") == "");
}

BOOST_AUTO_TEST_CASE(wrong_types) {
  BOOST_TEST(problems("{\"table\": \"t\", \"batchSize\": \"12x\"}") ==
             "j:1:29: error: batchSize: expected an integer, got \"12x\"\n");
  BOOST_TEST(problems("{\"table\": \"t\", \"skipHeader\": 1}") ==
             "j:1:30: error: skipHeader: expected true or false, got 1\n");
  BOOST_TEST(problems("{\"table\": \"t\", \"memory\": \"lots\"}") ==
             "j:1:26: error: memory: expected a size such as 4MiB, got \"lots\"\n");
  BOOST_TEST(problems("{\"table\": \"t\", \"wait\": \"soon\"}") ==
             "j:1:24: error: wait: expected a duration such as 30s, got \"soon\"\n");
  BOOST_TEST(problems("{\"table\": [\"t\", 1, null]}") == "j:1:20: error: table[2]: expected a string, got null\n");
  BOOST_TEST(problems("{\"table\": \"t\", \"csvReaderConfig\": 3}") ==
             "j:1:35: error: csvReaderConfig: expected an object, got 3\n");
}

BOOST_AUTO_TEST_CASE(a_wrong_element_leaves_its_place) {
  boost::json::object result;
  lint_of("{\"table\": [\"a\", {}, \"c\"]}", table(), {}, &result);
  BOOST_TEST(boost::json::serialize(result["table"]) == R"(["a",null,"c"])");
}

BOOST_AUTO_TEST_CASE(bounds) {
  BOOST_TEST(problems("{\"table\": \"t\", \"batchSize\": 0}") ==
             "j:1:29: error: batchSize: must be between 1 and 1000, got 0\n");
  BOOST_TEST(problems("{\"table\": \"t\", \"fetchSize\": \"-5\"}") ==
             "j:1:29: error: fetchSize: must be 1 or more, got \"-5\"\n");
}

BOOST_AUTO_TEST_CASE(choices) {
  BOOST_TEST(
      problems("{\"table\": \"t\", \"writeMode\": \"instert\"}") ==
      "j:1:29: error: writeMode: must be one of \"insert\", \"replace\", \"insert ignore\", got \"instert\" (did you "
      "mean \"insert\"?)\n");
}

BOOST_AUTO_TEST_CASE(deprecated_and_unimplemented) {
  BOOST_TEST(problems("{\"table\": \"t\", \"oldName\": \"x\"}") ==
             "j:1:16: warning: oldName: deprecated (use newName)\n");
  BOOST_TEST(problems("{\"table\": \"t\", \"compress\": \"zip\"}") ==
             "j:1:16: error: compress: known, but not implemented here (unpack the file first)\n");
  BOOST_TEST(problems("{\"table\": \"t\", \"compress\": \"none\"}") == "");
  BOOST_TEST(problems("{\"table\": \"t\", \"compress\": \"\"}") == "");
}

BOOST_AUTO_TEST_CASE(secrets_are_never_quoted) {
  BOOST_TEST(problems("{\"table\": \"t\", \"password\": [\"hunter2\"]}") ==
             "j:1:28: error: password: expected a string\n");
}

BOOST_AUTO_TEST_CASE(very_many_mistakes_end_soon) {
  std::string text = "{\"table\": \"t\"";
  for (int i = 0; i < 20000; ++i) text += ",\"k" + std::to_string(i) + "\":1";
  std::string rendered = problems(text + "}");
  BOOST_TEST(rendered.ends_with("and 19800 more\n"));
}

BOOST_AUTO_TEST_SUITE_END()
