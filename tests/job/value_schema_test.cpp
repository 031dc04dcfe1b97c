// SPDX-License-Identifier: Apache-2.0
#include "job/value_schema.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>
#include <sluice/option.hpp>

using namespace sluice::job;

BOOST_AUTO_TEST_SUITE(value_schema_test)

using sluice::option;

constexpr sluice::Option inside[] = {option("on", SLUICE_BOOLEAN, "A switch").default_value("true")};
constexpr sluice::Option options[] = {
    option("path", SLUICE_STRING, "A file").required().aliases(sluice::words<"file">),
    option("size", SLUICE_BYTES, "How large").at_least(1024).default_value("\"1MiB\""),
    option("wait", SLUICE_DURATION, "How long").at_least(1500),
    option("mode", SLUICE_STRING, "What to do").choices(sluice::words<"fast", "slow">),
    option("column", SLUICE_ARRAY, "Columns").elements(SLUICE_STRING).required(),
    option("more", SLUICE_OBJECT, "Details").children(sluice::option_list<inside>),
    option("later", SLUICE_BOOLEAN, "Not yet").unimplemented("wait").default_value("false"),
    option("old", SLUICE_STRING, "Of no meaning").ignored(),
};

struct Fixture {
  boost::json::object schema = table_schema(*OptionTable::from_plugin(sluice::option_list<options>));
  std::string of(const char* name) { return boost::json::serialize(schema["properties"].at(name)); }
};

BOOST_FIXTURE_TEST_CASE(unknown_keys_are_refused_but_for_those_of_editors, Fixture) {
  BOOST_TEST(schema["additionalProperties"].as_bool() == false);
  BOOST_TEST(schema["patternProperties"].as_object().contains("^x-"));
  BOOST_TEST(of("guid") == "true");
  BOOST_TEST(!table_schema(OptionTable(), true).contains("additionalProperties"));
}

BOOST_FIXTURE_TEST_CASE(what_is_required_under_either_name, Fixture) {
  BOOST_TEST(boost::json::serialize(schema["required"]) == R"(["column"])");
  BOOST_TEST(boost::json::serialize(schema["allOf"]) ==
             R"([{"oneOf":[{"required":["path"],"properties":{"path":{"$ref":"#/$defs/set"}}},)"
             R"({"required":["file"],"properties":{"file":{"$ref":"#/$defs/set"}}}]}])");
}

BOOST_FIXTURE_TEST_CASE(quantities_in_the_units_of_the_script, Fixture) {
  BOOST_TEST(of("size").find(R"({"description":"How large","default":"1MiB","anyOf":[{"type":"integer","minimum":1024},)"
                           R"({"allOf":[{"$ref":"#/$defs/bytes"},{"pattern":")") == 0);
  BOOST_TEST(of("wait").find(R"({"type":"number","minimum":1.5E0})") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(choices_in_any_case, Fixture) {
  BOOST_TEST(
      of("mode") ==
      R"({"description":"What to do","anyOf":[{"enum":["fast","slow"]},{"type":"string","pattern":"^[fF][aA][sS][tT]$"},)"
      R"({"type":"string","pattern":"^[sS][lL][oO][wW]$"},{"$ref":"#/$defs/placeholder"},{"$ref":"#/$defs/unset"}]})");
  const auto differ = boost::json::serialize(choice_schema({"a", "A"}));
  BOOST_TEST(differ == R"({"anyOf":[{"enum":["a","A"]}]})");
}

BOOST_FIXTURE_TEST_CASE(a_scalar_stands_for_an_array, Fixture) {
  BOOST_TEST(
      of("column") ==
      R"({"description":"Columns","anyOf":[{"type":"string","minLength":1},{"type":["number","boolean"]},)"
      R"({"type":"array","minItems":1,"items":{"anyOf":[{"type":"string","minLength":1},{"type":["number","boolean"]}]}}]})");
}

BOOST_FIXTURE_TEST_CASE(objects_have_their_own_keys, Fixture) {
  BOOST_TEST(of("more").find(R"("on":{"description":"A switch","default":true)") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(what_has_no_meaning_may_be_anything_and_what_is_not_there_must_not_be_set, Fixture) {
  BOOST_TEST(of("old") == R"({"description":"Of no meaning","deprecated":true})");
  BOOST_TEST(of("later") ==
             R"({"description":"Not yet (not implemented). wait","default":false,"enum":[null,"",false]})");
}

BOOST_AUTO_TEST_SUITE_END()
