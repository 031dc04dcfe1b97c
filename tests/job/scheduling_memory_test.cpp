// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "job/scheduling.hpp"

using namespace sluice::job;

namespace {

// A file of a test's own, gone at its end.
struct ParameterFile {
  std::string name = (std::filesystem::temp_directory_path() / "sluice-parameters-XXXXXX").string();
  Problems problems;
  SchedulingValues values{scheduled_at(*parse_cycle_time("2025-11-01T02:30:45"))};

  ParameterFile() { ::close(::mkstemp(name.data())); }
  ParameterFile(const ParameterFile&) = delete;
  ParameterFile& operator=(const ParameterFile&) = delete;
  ~ParameterFile() { std::filesystem::remove(name); }

  void declare(const std::string& text) {
    std::ofstream(name) << text;
    values.declare_file(name, problems);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(scheduling_memory_test, ParameterFile)

BOOST_AUTO_TEST_CASE(a_file_declares_a_name_a_line) {
  declare("# of the night\n\n  dt=$[yyyymmdd-1]\r\nword='a b'\nword='c'\n");
  BOOST_TEST(problems.render("j") ==
             name +
                 ":4:1: error: word: a value holds no space and no =: 'a b' (put them around ${...} in the script)\n");
  BOOST_REQUIRE(values.declared().size() == 2u);
  BOOST_TEST(values.declared()[0].value == "20251031");
  BOOST_TEST(values.declared()[1].value == "c");
}

BOOST_AUTO_TEST_CASE(what_the_file_declares_in_vain_has_its_place_there) {
  declare("a=1\n  b=2\n");
  values.report_leftovers(Document(), problems);
  BOOST_TEST(problems.render("j") == name + ":1:1: warning: declared and never used: a (it is written ${a})\n" + name +
                                         ":2:3: warning: declared and never used: b (it is written ${b})\n");
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there) {
  values.declare_file("/no/such/file", problems);
  BOOST_TEST(problems.render("j") ==
             "/no/such/file: error: cannot read the file of parameters, No such file or directory (it is asked for by "
             "--params-file)\n");
}

BOOST_AUTO_TEST_CASE(a_later_process_goes_on_with_the_values_of_the_first) {
  BOOST_REQUIRE(values.declare("at=$[hh24miss]"));
  const auto first = first_values_of(values.to_json());
  BOOST_REQUIRE(first);
  BOOST_TEST((first->time.cycle_time == values.time().cycle_time));
  BOOST_TEST((first->time.business_date == values.time().business_date));
  SchedulingValues later(scheduled_at(*parse_cycle_time("2026-01-01T00:00:00")));
  later.restore(*first);
  BOOST_TEST(boost::json::serialize(later.to_json().at("parameters")) ==
             R"([{"name":"at","expression":"$[hh24miss]","value":"023045"}])");
  later.report_leftovers(Document(), problems);
  BOOST_TEST(problems.empty());
  BOOST_REQUIRE(later.declare("at=$[hh24miss]"));  // what is said now stands above it
  BOOST_TEST(later.declared().front().value == "000000");
}

BOOST_AUTO_TEST_CASE(an_object_of_another_kind_is_no_memory) {
  for (const char* text : {"{}", R"({"cyctime": 1})", R"({"cyctime": "x", "bizdate": "y", "parameters": []})"})
    BOOST_TEST(!first_values_of(boost::json::parse(text).as_object()));
}

BOOST_AUTO_TEST_SUITE_END()
