// SPDX-License-Identifier: Apache-2.0
#include "cli/option_rows.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

using namespace sluice::cli;
using sluice::job::Option;
using sluice::job::OptionTable;

namespace {

Option named(std::string name, std::uint32_t types, std::string description) {
  Option option;
  option.name = std::move(name);
  option.types = types;
  option.description = std::move(description);
  return option;
}

Row row_of(Option option) { return option_rows(OptionTable({std::move(option)})).rows.at(1); }

const auto per_element = boost::test_tools::per_element();

}  // namespace

BOOST_AUTO_TEST_SUITE(option_rows_test)

BOOST_AUTO_TEST_CASE(a_row_says_what_an_option_is) {
  Option option = named("fileFormat", SLUICE_STRING, "What the file holds");
  option.choices = {"csv", "text"};
  option.default_value = "csv";
  option.aliases = {"format"};
  BOOST_TEST(row_of(option) == (Row{"fileFormat", "string", "\"csv\"",
                                    "What the file holds. One of csv, text. Also written format."}),
             per_element);
}

BOOST_AUTO_TEST_CASE(required_and_secret_options_are_marked) {
  Option option = named("password", SLUICE_STRING, "Password.");
  option.flags = SLUICE_REQUIRED | SLUICE_SECRET;
  BOOST_TEST(row_of(option) == (Row{"password", "string", "required", "Password. Secret: never shown or stored."}),
             per_element);
}

BOOST_AUTO_TEST_CASE(advice_comes_with_what_is_deprecated_or_missing) {
  Option option = named("old", SLUICE_INTEGER, "");
  option.flags = SLUICE_DEPRECATED;
  option.advice = "use new";
  BOOST_TEST(row_of(option).back() == "Deprecated. Use new.");
  option.flags = SLUICE_UNIMPLEMENTED;
  BOOST_TEST(row_of(option).back() == "Not implemented: a job that sets it is refused. Use new.");
}

BOOST_AUTO_TEST_CASE(quantities_are_shown_as_people_write_them) {
  Option option = named("memory", SLUICE_BYTES, "");
  option.default_value = std::int64_t{256} << 20;
  option.flags = SLUICE_HAS_MINIMUM;
  option.minimum = 16 << 20;
  Row row = row_of(option);
  BOOST_TEST(row[1] == "size");
  BOOST_TEST(row[2] == "256MiB");
  BOOST_TEST(row[3] == "At least 16MiB.");
  option = named("timeout", SLUICE_DURATION, "");
  option.default_value = 90'000;
  BOOST_TEST(row_of(option)[2] == "90s");
  option = named("factor", SLUICE_NUMBER, "");
  option.default_value = 2.0;
  BOOST_TEST(row_of(option)[2] == "2");
}

BOOST_AUTO_TEST_CASE(children_follow_their_parent) {
  Option column = named("column", SLUICE_ARRAY, "");
  column.element_types = SLUICE_OBJECT;
  column.children = OptionTable({named("type", SLUICE_STRING, "")});
  Option reader = named("config", SLUICE_OBJECT, "");
  reader.children = OptionTable({named("trim", SLUICE_BOOLEAN, "")});
  OptionRows rows = option_rows(OptionTable({column, reader}), "`");
  BOOST_TEST(rows.rows.at(1).front() == "`column`");
  BOOST_TEST(rows.rows.at(2).front() == "`column[].type`");
  BOOST_TEST(rows.rows.at(3).front() == "`config`");
  BOOST_TEST(rows.rows.at(4).front() == "`config.trim`");
}

BOOST_AUTO_TEST_CASE(what_means_nothing_is_only_named) {
  Option option = named("guid", SLUICE_STRING, "");
  option.flags = SLUICE_IGNORED;
  OptionRows rows = option_rows(OptionTable({option}));
  BOOST_TEST(rows.rows.size() == 1u);
  BOOST_TEST(rows.ignored == std::vector<std::string>{"guid"}, per_element);
}

BOOST_AUTO_TEST_CASE(json_holds_what_is_known) {
  Option option = named("n", SLUICE_INTEGER, "Number.");
  option.flags = SLUICE_REQUIRED | SLUICE_HAS_MAXIMUM;
  option.maximum = 5;
  option.example = 3;
  BOOST_TEST(boost::json::serialize(options_json(OptionTable({option}))) ==
             R"([{"name":"n","type":"an integer","required":true,"secret":false,"deprecated":false,"ignored":false,)"
             R"("implemented":true,"description":"Number.","maximum":5E0,"example":3}])");
}

BOOST_AUTO_TEST_SUITE_END()
