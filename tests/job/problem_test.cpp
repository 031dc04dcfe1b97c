// SPDX-License-Identifier: Apache-2.0
#include "job/problem.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

using namespace sluice::job;

BOOST_AUTO_TEST_SUITE(problem_test)

BOOST_AUTO_TEST_CASE(reads_like_a_compiler) {
  Problem problem{Severity::error, "setting.speed.concurent",      {12, 17},
                  "unknown key",   "did you mean \"concurrent\"?", {}};
  BOOST_TEST(render(problem, "job.json") ==
             "job.json:12:17: error: setting.speed.concurent: unknown key (did you mean \"concurrent\"?)");
  BOOST_TEST(render({Severity::warning, "", {1, 1}, "text", "", ""}, "-") == "-:1:1: warning: text");
  BOOST_TEST(render({Severity::error, "a", {}, "text", "", "--set"}, "j") == "--set: error: a: text");
  BOOST_TEST(render({Severity::error, "a", {}, "text", "hint", "", {"tried x", "  it was gone"}}, "j") ==
             "j: error: a: text (hint)\n    tried x\n      it was gone");
}

BOOST_AUTO_TEST_CASE(sorts_by_position_and_drops_repetitions) {
  Problems problems;
  problems.add({Severity::error, "d", {}, "nowhere", "", ""});
  problems.add({Severity::warning, "c", {2, 1}, "third", "", ""});
  problems.add({Severity::error, "b", {1, 10}, "second", "", ""});
  problems.add({Severity::error, "a", {1, 9}, "first", "", ""});
  problems.add({Severity::error, "a", {1, 9}, "first", "", ""});
  BOOST_TEST(problems.render("j") ==
             "j:1:9: error: a: first\nj:1:10: error: b: second\nj:2:1: warning: c: third\nj: error: d: nowhere\n");
  BOOST_TEST(problems.errors() == 3u);
  BOOST_TEST(problems.warnings() == 1u);
}

BOOST_AUTO_TEST_CASE(counts_what_it_does_not_keep) {
  Problems problems;
  for (std::uint32_t i = 0; i < 300; ++i) problems.add({Severity::warning, "w", {i + 1, 1}, "w", "", ""});
  BOOST_TEST(!problems.wants(Severity::warning));
  BOOST_TEST(problems.wants(Severity::error));
  problems.add({Severity::error, "e", {1000, 1}, "an error displaces a warning", "", ""});
  BOOST_TEST(problems.sorted().size() == Problems::limit);
  BOOST_TEST(problems.sorted().back().path == "e");
  BOOST_TEST(problems.render("j").ends_with("and 101 more\n"));
  BOOST_TEST(problems.has_errors());
}

BOOST_AUTO_TEST_CASE(is_json_too) {
  Problems problems;
  problems.add({Severity::error, "a.b", {3, 4}, "wrong", "right", "", {"tried x"}});
  BOOST_TEST(
      boost::json::serialize(problems.to_json("j")) ==
      R"([{"severity":"error","file":"j","path":"a.b","line":3,"column":4,"text":"wrong","advice":"right","details":["tried x"]}])");
}

BOOST_AUTO_TEST_SUITE_END()
