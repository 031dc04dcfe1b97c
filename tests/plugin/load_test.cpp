// SPDX-License-Identifier: Apache-2.0
#include "plugin/load.hpp"

#include <boost/test/unit_test.hpp>

#include "called.hpp"

namespace sluice::plugin {

BOOST_AUTO_TEST_SUITE(load_file)

std::string reason(std::string_view name) {
  const auto loaded = load(hostile(name));
  return loaded ? "" : loaded.error().reason;
}

BOOST_AUTO_TEST_CASE(a_whole_plugin_file) {
  const auto loaded = load(good_directory / "fault.so");
  BOOST_REQUIRE(loaded);
  BOOST_TEST(loaded->size() == 3u);
  const Plugin& writer = fault(Kind::writer);
  BOOST_TEST(writer.name == "fault");
  BOOST_TEST(writer.answers_to("broken"));
  BOOST_TEST(!writer.answers_to("Fault"));
  BOOST_TEST(writer.version == "0.1.0");
  BOOST_TEST(writer.description == "Writes records, or fails to");
  BOOST_TEST(writer.where("commit") == "writer fault, commit");
  BOOST_TEST(writer.file.is_absolute());
  BOOST_TEST((writer.options.find("maxTasks") != nullptr));
  BOOST_TEST((writer.writer.commit != nullptr));
  BOOST_TEST((writer.reader.open == nullptr));
}

BOOST_AUTO_TEST_CASE(loading_again_answers_the_same) {
  const auto first = load(good_directory / "fault.so"), second = load(good_directory / "../plugins/fault.so");
  BOOST_TEST(first->data() == second->data());
}

BOOST_AUTO_TEST_CASE(an_older_plugin_reads_as_if_its_tail_were_empty) {
  const auto loaded = load(hostile("older"));
  BOOST_REQUIRE(loaded);
  BOOST_TEST(loaded->front().name == "older");
  BOOST_TEST((loaded->front().get_extension == nullptr));
  BOOST_TEST((loaded->front().reader.cancel == nullptr));
}

BOOST_AUTO_TEST_CASE(a_newer_plugin_is_understood_as_far_as_known) {
  const auto loaded = load(hostile("newer"));
  BOOST_REQUIRE(loaded);
  BOOST_TEST(loaded->front().name == "newer");
  BOOST_TEST(loaded->front().reader.struct_size == sizeof(SluiceReader));
  BOOST_TEST((loaded->front().reader.close != nullptr));
}

BOOST_AUTO_TEST_CASE(versions) {
  BOOST_TEST(reason("lying_major") == "is built for plugin interface v7, this host speaks v0");
  BOOST_TEST(reason("newer_host") == "needs a newer host: plugin interface 0.999, this host has 0.1");
}

BOOST_AUTO_TEST_CASE(tables) {
  BOOST_TEST(reason("null_entry") == "its entry function answered with nothing");
  BOOST_TEST(reason("tiny_table") == "its file table is too small: struct_size is 8, at least 24 is needed");
}

BOOST_AUTO_TEST_CASE(all_that_is_missing_is_named_at_once) {
  BOOST_TEST(reason("missing_pointers") ==
             "plugin \"half\": functions that must be there are not: plan, read_error; "
             "plugin number 2: no name; functions that must be there are not: plan, read_error; "
             "plugin \"tableless\": no function table of its kind; "
             "plugin number 4: bad name (letters, digits, \"_\", \"-\" and \".\", at most 64): \"my reader\"; "
             "functions that must be there are not: plan, read_error; "
             "plugin \"of_no_kind\": unknown kind 9");
}

BOOST_AUTO_TEST_CASE(options_and_names) {
  BOOST_TEST(reason("bad_options").starts_with("plugin \"bad_options\": bad option table: "));
  BOOST_TEST(reason("twins") == "two readers answer to one name: \"castor\"");
}

BOOST_AUTO_TEST_CASE(the_loader_is_quoted) {
  BOOST_TEST(reason("undefined_symbol") == "cannot be loaded: undefined symbol: defined_nowhere");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sluice::plugin
