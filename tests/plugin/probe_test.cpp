// SPDX-License-Identifier: Apache-2.0
#include "plugin/probe.hpp"

#include <boost/test/unit_test.hpp>

#include "called.hpp"
#include "plugin/probe_child.hpp"

namespace sluice::plugin {

BOOST_AUTO_TEST_SUITE(probe_file)

std::string reason(std::string_view name, ProbeSettings settings = probe_settings()) {
  const std::filesystem::path file = hostile(name);
  const auto probed = probe({&file, 1}, settings);
  return probed.front() ? "" : probed.front().error().reason;
}

BOOST_AUTO_TEST_CASE(tells_what_a_file_declares) {
  const std::filesystem::path file = good_directory / "fault.so";
  const auto probed = probe({&file, 1}, probe_settings());
  BOOST_REQUIRE(probed.front());
  BOOST_TEST(probed.front()->size() == 3u);
  const Declared& reader = probed.front()->front();
  BOOST_TEST((reader.kind == Kind::reader));
  BOOST_TEST(reader.name == "fault");
  BOOST_TEST(reader.aliases == (std::vector<std::string>{"failing", "broken"}), boost::test_tools::per_element());
  BOOST_TEST(reader.version == "0.1.0");
  BOOST_TEST(reader.description == "Reads records, or fails to");
}

BOOST_AUTO_TEST_CASE(a_crash_is_a_reason) {
  BOOST_TEST(reason("crash_on_load") == "crashed while loading: SIGSEGV");
  BOOST_TEST(reason("crash_in_entry") == "crashed while loading: SIGABRT");
}

BOOST_AUTO_TEST_CASE(an_exception_is_a_reason) {
  const std::string why = reason("throw_on_load");
  BOOST_TEST(why.find("no licence file") != std::string::npos, why);
}

BOOST_AUTO_TEST_CASE(an_exit_is_a_reason) {
  BOOST_TEST(reason("exit_on_load") == "ended the process while loading: exit code 3");
  BOOST_TEST(reason("exit_well_on_load") == "ended the process while loading: exit code 0");
}

BOOST_AUTO_TEST_CASE(a_hang_is_a_reason) {
  ProbeSettings hasty = probe_settings();
  hasty.limit = std::chrono::milliseconds(300);
  BOOST_TEST(reason("hang_on_load", hasty) == "did not load within 300 ms");
}

BOOST_AUTO_TEST_CASE(what_a_plugin_prints_does_not_mix_with_the_answer) { BOOST_TEST(reason("print_on_load") == ""); }

BOOST_AUTO_TEST_CASE(reasons_of_inspection_and_loading_are_the_same_here) {
  BOOST_TEST(reason("wrong_major") == "is built for plugin interface v1, this host speaks v0");
  BOOST_TEST(reason("undefined_symbol") == "cannot be loaded: undefined symbol: defined_nowhere");
  BOOST_TEST(reason("twins") == "two readers answer to one name: \"castor\"");
}

BOOST_AUTO_TEST_CASE(a_program_that_cannot_probe) {
  ProbeSettings settings = probe_settings();
  settings.program = "/nowhere/at/all";
  BOOST_TEST(reason("harmless", settings) == "cannot be probed: no child process: No such file or directory");
  settings.program = "/bin/echo";
  BOOST_TEST(reason("harmless", settings) == "answered nonsense when it was probed");
}

BOOST_AUTO_TEST_CASE(many_files_keep_their_order) {
  std::vector<std::filesystem::path> files;
  for (int i = 0; i < 5; ++i) {
    files.push_back(hostile("harmless"));
    files.push_back(hostile("no_symbol"));
    files.push_back(hostile("crash_on_load"));
  }
  const auto probed = probe(files, probe_settings());
  BOOST_REQUIRE(probed.size() == files.size());
  for (std::size_t i = 0; i < probed.size(); i += 3) {
    BOOST_TEST(probed[i].value().front().name == "harmless");
    BOOST_TEST(probed[i + 1].error().reason.starts_with("is not a Sluice plugin"));
    BOOST_TEST(probed[i + 2].error().reason == "crashed while loading: SIGSEGV");
  }
}

BOOST_AUTO_TEST_CASE(answers_survive_the_way) {
  const std::vector<Declared> plugins = {
      {.kind = Kind::writer, .name = "x", .aliases = {"y"}, .version = "1", .description = "\"quoted\" ß"}};
  BOOST_TEST((read_probe_answer(probe_answer(plugins)).value() == plugins));
  BOOST_TEST(read_probe_answer(probe_answer(Refusal{"why"})).error().reason == "why");
  for (const char* text : {"", "{}", "[]", "{\"plugins\": [1]}", "{\"plugins\": [{\"kind\": 1}]}"})
    BOOST_TEST(read_probe_answer(text).error().reason == "answered nonsense when it was probed");
}

BOOST_AUTO_TEST_CASE(other_arguments_are_none_of_its_business) {
  char program[] = "sluice", command[] = "run", job[] = "job.json";
  char* arguments[] = {program, command, job, nullptr};
  BOOST_TEST(!probe_main(3, arguments));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sluice::plugin
