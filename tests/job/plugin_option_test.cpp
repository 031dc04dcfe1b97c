// SPDX-License-Identifier: Apache-2.0
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>
#include <cstring>

#include "job/option.hpp"

using namespace sluice::job;

BOOST_AUTO_TEST_SUITE(plugin_option_test)

SluiceOption base(const char* name, std::uint32_t types = SLUICE_STRING) {
  SluiceOption option{};
  option.struct_size = sizeof option;
  option.types = types;
  option.name = name;
  option.description = "text";
  return option;
}

// The refusal, "" when the table is good.
std::string refusal(const SluiceOption& option) {
  const SluiceOption* list[] = {&option, nullptr};
  auto table = OptionTable::from_plugin(list);
  return table ? std::string() : table.error();
}

BOOST_AUTO_TEST_CASE(everything_arrives) {
  const char* aliases[] = {"tables", nullptr};
  const char* choices[] = {"a", "b", nullptr};
  SluiceOption child = base("inside", SLUICE_DURATION);
  child.default_json = "\"5s\"";
  const SluiceOption* children[] = {&child, nullptr};
  SluiceOption object = base("object", SLUICE_OBJECT);
  object.children = children;
  SluiceOption word = base("word");
  word.aliases = aliases;
  word.choices = choices;
  word.default_json = "\"B\"";
  word.example = "\"a\"";
  word.advice = "advice";
  word.flags = SLUICE_CONNECTION | 1U << 30;
  const SluiceOption* list[] = {&object, &word, nullptr};
  auto table = OptionTable::from_plugin(list);
  BOOST_REQUIRE_MESSAGE(table, table.error());
  BOOST_TEST(table->find("object")->children.find("inside")->default_value->as_int64() == 5000);
  const Option* option = table->find("tables");
  BOOST_REQUIRE(option != nullptr);
  BOOST_TEST(option->default_value->as_string() == "b");
  BOOST_TEST(option->example->as_string() == "a");
  BOOST_TEST(option->advice == "advice");
  BOOST_TEST(option->flags == SLUICE_CONNECTION);  // flags of the future are dropped
  BOOST_TEST(OptionTable::from_plugin(nullptr)->empty());
}

BOOST_AUTO_TEST_CASE(fields_beyond_struct_size_are_not_looked_at) {
  SluiceOption old = base("old");
  old.struct_size = offsetof(SluiceOption, example);
  std::memset(reinterpret_cast<char*>(&old) + old.struct_size, 0xAB, sizeof old - old.struct_size);
  BOOST_TEST(refusal(old) == "");
}

BOOST_AUTO_TEST_CASE(contradictions_are_refused_with_their_reason) {
  SluiceOption option = base("x");
  option.struct_size = 8;
  BOOST_TEST(refusal(option) == "option #1: struct_size is not set");
  BOOST_TEST(refusal(base("")) == "option #1: it has no name");
  BOOST_TEST(refusal(base(nullptr)) == "option #1: it has no name");
  BOOST_TEST(refusal(base("x", 0)) == "option \"x\": it has no type");
  option = base("x");
  option.description = nullptr;
  BOOST_TEST(refusal(option) == "option \"x\": it has no description");
  option = base("x");
  option.element_types = SLUICE_STRING;
  BOOST_TEST(refusal(option) == "option \"x\": it has element types and is no array");
  option = base("x", SLUICE_ARRAY);
  option.element_types = SLUICE_ARRAY;
  BOOST_TEST(refusal(option) == "option \"x\": its elements are arrays");
  option = base("x");
  option.flags = SLUICE_OPEN_OBJECT;
  BOOST_TEST(refusal(option) == "option \"x\": it has children and is no object");
  option = base("x", SLUICE_INTEGER);
  option.flags = SLUICE_HAS_MINIMUM | SLUICE_HAS_MAXIMUM;
  option.minimum = 2;
  option.maximum = 1;
  BOOST_TEST(refusal(option) == "option \"x\": its minimum is above its maximum");
  option = base("x");
  option.flags = SLUICE_COLUMN_LIST;
  BOOST_TEST(refusal(option) == "option \"x\": it is the column list and no array");
  option = base("x");
  option.flags = SLUICE_REQUIRED;
  option.default_json = "\"a\"";
  BOOST_TEST(refusal(option) == "option \"x\": it is required and has a default");
}

BOOST_AUTO_TEST_CASE(defaults_must_be_what_a_job_could_say) {
  SluiceOption option = base("x", SLUICE_INTEGER);
  option.default_json = "{";
  BOOST_TEST(refusal(option) == "option \"x\": its default is not JSON: {");
  option.default_json = "\"many\"";
  BOOST_TEST(refusal(option) == "option \"x\": its default is wrong: expected an integer, got \"many\"");
  option.default_json = nullptr;
  option.example = "true";
  BOOST_TEST(refusal(option) == "option \"x\": its example is wrong: expected an integer, got true");
  const char* choices[] = {"a", nullptr};
  option = base("x");
  option.choices = choices;
  option.default_json = "\"b\"";
  BOOST_TEST(refusal(option) == "option \"x\": its default is wrong: must be \"a\", got \"b\"");
}

BOOST_AUTO_TEST_CASE(names_are_unique) {
  const char* aliases[] = {"a", nullptr};
  SluiceOption a = base("a"), b = base("b");
  b.aliases = aliases;
  const SluiceOption* list[] = {&a, &b, nullptr};
  BOOST_TEST(OptionTable::from_plugin(list).error() == "option \"a\": the name is there twice");
  a = base("a", SLUICE_ARRAY), b = base("b", SLUICE_ARRAY);
  a.flags = b.flags = SLUICE_COLUMN_LIST;
  BOOST_TEST(OptionTable::from_plugin(list).error() == "option \"b\": a second column list");
}

BOOST_AUTO_TEST_CASE(a_table_that_holds_itself_ends) {
  SluiceOption option = base("x", SLUICE_OBJECT);
  const SluiceOption* list[] = {&option, nullptr};
  option.children = list;
  auto table = OptionTable::from_plugin(list);
  BOOST_REQUIRE(!table);
  BOOST_TEST(table.error().ends_with("#1: nested too deeply"));
}

BOOST_AUTO_TEST_SUITE_END()
