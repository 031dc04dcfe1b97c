// SPDX-License-Identifier: Apache-2.0
#include "job/convert.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include "rendered.hpp"

using namespace sluice::job;

BOOST_AUTO_TEST_SUITE(convert_test)

struct Converted {
  boost::json::object script;
  std::string notes;

  explicit Converted(std::string text) {
    Problems problems;
    auto document = Document::parse(std::move(text), problems);
    BOOST_REQUIRE_MESSAGE(document, problems.render("d"));
    if (auto result = convert(*document, problems)) script = std::move(*result);
    notes = problems.render("d");
  }

  std::string parameter(std::size_t step) const {
    return boost::json::serialize(script.at("steps").at(step).at("parameter"));
  }
  // Problems of the result as a script of ours.
  std::string problems() const { return problems_of(boost::json::serialize(script)); }
};

// A DataX script; its reader stands on line 2, its writer on line 3, the setting on line 4.
std::string datax(const std::string& reader, const std::string& writer, const std::string& setting = "{}",
                  const std::string& more = "") {
  return "{\"job\": {\"content\": [{\n\"reader\": " + reader + ",\n\"writer\": " + writer + more +
         "}],\n\"setting\": " + setting + "}}";
}

const std::string stream_reader =
    R"({"name": "streamreader", "parameter": {"column": [{"value": "x", "type": "string"}], "sliceRecordCount": 10}})";
const std::string stream_writer = R"({"name": "streamwriter", "parameter": {"print": false}})";

BOOST_AUTO_TEST_CASE(steps_setting_and_order) {
  Converted converted(datax(
      stream_reader, stream_writer,
      R"({"speed": {"channel": "3", "byte": 10485760, "record": 1000}, "errorLimit": {"record": 0, "percentage": 0.02}})"));
  BOOST_TEST(converted.notes == "");
  BOOST_TEST(
      boost::json::serialize(converted.script) ==
      R"({"type":"job","version":"2.0","steps":[{"stepType":"stream","parameter":{"column":[{"value":"x","type":"string"}],)"
      R"("sliceRecordCount":10},"name":"Reader","category":"reader"},{"stepType":"stream","parameter":{"print":false},)"
      R"("name":"Writer","category":"writer"}],"setting":{"speed":{"concurrent":3,"mbps":10,"recordsPerSecond":1000,)"
      R"("throttle":true},"errorLimit":{"record":0,"percentage":2E-2}},"order":{"hops":[{"from":"Reader","to":"Writer"}]}})");
  BOOST_TEST(converted.problems() == "");
}

BOOST_AUTO_TEST_CASE(speed) {
  auto with_speed = [](const std::string& members) {
    return Converted(
        datax(stream_reader, stream_writer, "{\"speed\": {" + members + "}, \"errorLimit\": {\"record\": 0}}"));
  };
  BOOST_TEST(boost::json::serialize(with_speed("\"channel\": 1").script["setting"]) ==
             R"({"speed":{"concurrent":1,"throttle":false},"errorLimit":{"record":0}})");
  BOOST_TEST(boost::json::serialize(with_speed("\"byte\": -1").script["setting"].at("speed")) ==
             R"({"throttle":false})");
  BOOST_TEST(with_speed("\"byte\": 1024").notes ==
             "d:4:23: warning: job.setting.speed.byte: less than the least throttle, so it becomes 1 MB/s\n");
  BOOST_TEST(with_speed("\"lanes\": 3").notes == "d:4:23: warning: job.setting.speed.lanes: no equivalent, left out\n");
}

BOOST_AUTO_TEST_CASE(databases) {
  Converted converted(datax(
      R"({"name": "mysqlreader", "parameter": {"username": "u", "column": ["id"], "splitPk": "id",
    "connection": [{"table": ["orders"], "jdbcUrl": ["jdbc:mysql://db1:3306/shop?useSSL=true"]}]}})",
      R"({"name": "postgresqlwriter", "parameter": {"username": "u", "password": "p", "column": ["id"], "writeMode": "insert",
    "connection": [{"table": ["orders"], "jdbcUrl": "jdbc:postgresql://db2:5432/shop"}]}})"));
  BOOST_TEST(
      converted.parameter(0) ==
      R"({"username":"u","column":["id"],"splitPk":"id","host":"db1","port":3306,"database":"shop","table":"orders"})");
  BOOST_TEST(
      converted.parameter(1) ==
      R"({"username":"u","password":"p","column":["id"],"writeMode":"insert","host":"db2","port":5432,"database":"shop","table":"orders"})");
  BOOST_TEST(
      converted.notes ==
      "d:3:42: warning: job.content[0].reader.parameter.connection[0].jdbcUrl: properties without an equivalent: "
      "useSSL "
      "(`sluice describe` lists what the plugin knows)\n"
      "d:4:71: warning: job.content[0].writer.parameter.password: copied as it stands (a reference such as ${env:NAME} "
      "keeps it out of the script)\n");
}

BOOST_AUTO_TEST_CASE(shards_and_queries) {
  Converted shards(
      datax(R"({"name": "mysqlreader", "parameter": {"connection": [{"table": ["a"], "jdbcUrl": ["jdbc:mysql://h1/d"]},
    {"table": ["b", "c"], "jdbcUrl": ["jdbc:mysql://h2/d"]}]}})",
            stream_writer));
  BOOST_TEST(
      shards.parameter(0) ==
      R"({"connection":[{"host":"h1","database":"d","table":"a"},{"host":"h2","database":"d","table":["b","c"]}]})");
  Converted query(datax(
      R"({"name": "rdbmsreader", "parameter": {"connection": [{"querySql": ["SELECT 1"], "jdbcUrl": ["jdbc:sqlite:/x.db"]}]}})",
      stream_writer));
  BOOST_TEST(query.script["steps"].at(0).at("stepType").as_string() == "sqlite");
  BOOST_TEST(query.parameter(0) == R"({"querySql":["SELECT 1"],"path":"/x.db"})");
  Converted driver(datax(
      R"({"name": "rdbmsreader", "parameter": {"column": ["a"], "connection": [{"table": ["t"], "jdbcUrl": ["jdbc:dm://h:5236/shop"]}]}})",
      stream_writer));
  BOOST_TEST(driver.script["steps"].at(0).at("stepType").as_string() == "odbc");
  BOOST_TEST(driver.parameter(0) ==
             R"({"column":["a"],"connectionString":"Driver=dm;Server=h;Port=5236;Database=shop","table":"t"})");
  BOOST_TEST(driver.notes.find("now for the ODBC driver of the store") != std::string::npos);
  Converted unknown(
      datax(R"({"name": "obreader", "parameter": {"connection": [{"jdbcUrl": ["||x||jdbc:mysql://h2/d"]}]}})",
            stream_writer));
  BOOST_TEST(unknown.parameter(0) == R"({"connection":[{"jdbcUrl":["||x||jdbc:mysql://h2/d"]}]})");
  BOOST_TEST(unknown.notes.find("an address of unknown form (write host, port and database yourself)") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(files) {
  Converted converted(
      datax(R"({"name": "txtfilereader", "parameter": {"path": ["/in"], "column": ["*"]}})",
            R"({"name": "txtfilewriter", "parameter": {"path": "/out", "fileName": "f", "writeMode": "truncate"}})"));
  BOOST_TEST(converted.notes == "");
  BOOST_TEST(converted.script["steps"].at(0).at("stepType").as_string() == "file");
  BOOST_TEST(converted.parameter(1) == R"({"path":"/out","fileName":"f","writeMode":"truncate","fileFormat":"text"})");
}

BOOST_AUTO_TEST_CASE(a_transformer_is_never_dropped) {
  Converted converted(datax(stream_reader, stream_writer, "{}",
                            R"(, "transformer": [{"name": "dx_substr", "parameter": {"columnIndex": 1}}])"));
  BOOST_TEST(converted.script["steps"].at(1).at("stepType").as_string() == "dx_substr");
  BOOST_TEST(boost::json::serialize(converted.script["order"]) ==
             R"({"hops":[{"from":"Reader","to":"Processor1"},{"from":"Processor1","to":"Writer"}]})");
  BOOST_TEST(converted.notes.find("job.content[0].transformer[0]: kept as a processor of the same name: dx_substr") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_has_no_equivalent_is_listed) {
  Converted converted(R"({"core": {}, "common": {"column": {"timeZone": "UTC", "encoding": "utf-8"}},
"job": {"preHandler": {}, "content": [{"reader": )" +
                      stream_reader + R"(, "writer": {"name": "streamwriter", "parameter":
{"encoding": "UTF-8"}}}, {}], "setting": {"restore": {}}}})");
  BOOST_TEST(
      converted.notes ==
      "d:1:2: warning: core: no equivalent, left out\n"
      "d:1:55: warning: common.column.encoding: no equivalent, left out\n"
      "d:2:9: warning: job.preHandler: no equivalent, left out\n"
      "d:3:2: warning: job.content[0].writer.parameter.encoding: dropped: records are printed as UTF-8\n"
      "d:3:26: warning: job.content[1]: only the first element is carried over (convert each into a job of its own)\n"
      "d:3:43: warning: job.setting.restore: no equivalent, left out\n");
  BOOST_TEST(converted.script["setting"].at("common").at("column").at("timeZone").as_string() == "UTC");
}

BOOST_AUTO_TEST_CASE(version_1) {
  Converted converted(
      R"({"type": "job", "version": "1.0", "configuration": {"reader": {"plugin": "mysql", "parameter": {"datasource": "d",
    "table": "t"}}, "writer": {"plugin": "odps", "parameter": {}}, "setting": {"speed": {"concurrent": "1", "mbps": "1"}, "errorLimit": {"record": "0"}}}})");
  BOOST_TEST(converted.notes.find("setting.speed.mbps: holds for the whole job, as setting.speed.throttle says now") !=
             std::string::npos);
  BOOST_TEST(converted.script["setting"].at("speed").at("throttle").as_bool());
  BOOST_TEST(converted.parameter(0) == R"({"datasource":"d","table":"t"})");
  BOOST_TEST(converted.script["setting"].at("speed").at("mbps").as_string() == "1");
  BOOST_TEST(converted.problems().find("error") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(nothing_to_convert) {
  BOOST_TEST(
      Converted("{\"steps\": []}").notes ==
      "d:1:1: error: neither a DataX script nor one of version 1.0, there is nothing to convert (it is a script of "
      "version 2.0 already)\n");
  BOOST_TEST(Converted("[]").notes ==
             "d:1:1: error: neither a DataX script nor one of version 1.0, there is nothing to convert\n");
  BOOST_TEST(Converted("{\"job\": {\"content\": []}}").notes ==
             "d:1:21: error: job.content: there is no reader and no writer in it\n");
  BOOST_TEST(Converted("{\"job\": {\"content\": [{\"reader\": {\"name\": \"x\"}}]}}").notes ==
             "d:1:22: error: job.content[0]: there is no writer in it\n");
}

BOOST_AUTO_TEST_SUITE_END()
