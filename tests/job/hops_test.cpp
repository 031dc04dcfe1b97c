// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include "job/job.hpp"
#include "rendered.hpp"

using namespace sluice::job;

BOOST_AUTO_TEST_SUITE(hops_test)

// Reader R, writer W, processors P and Q, an empty processor E; each on a line of its own, hops on line 7.
std::string with_hops(const std::string& hops, const std::string& q_name = "Q") {
  return "{\"steps\": [\n{\"name\": \"W\", \"category\": \"writer\", \"stepType\": \"w\"},\n"
         "{\"name\": \"P\", \"category\": \"processor\", \"stepType\": \"p\"},\n"
         "{\"name\": \"E\", \"category\": \"processor\", \"stepType\": null},\n"
         "{\"name\": \"" +
         q_name +
         "\", \"category\": \"map\", \"stepType\": \"q\"},\n"
         "{\"name\": \"R\", \"category\": \"reader\", \"stepType\": \"r\"}], " +
         quiet +
         ",\n"
         "\"order\": {\"hops\": [" +
         hops + "]}}";
}

std::string hop(const std::string& from, const std::string& to) {
  return "{\"from\": \"" + from + "\", \"to\": \"" + to + "\"}";
}

// The names of the steps in the order in which records meet them.
std::string way(const std::string& hops) {
  Problems problems;
  auto job = parse(with_hops(hops), "j", {}, problems);
  BOOST_TEST(problems.render("j") == "");
  BOOST_REQUIRE(job);
  std::string names = job->reader.name;
  for (const Step& step : job->processors) names += step.name;
  return names + job->writer.name;
}

BOOST_AUTO_TEST_CASE(processors_without_hops_keep_their_order) {
  BOOST_TEST(way("") == "RPQW");
  BOOST_TEST(way(hop("R", "W")) == "RPQW");
}

BOOST_AUTO_TEST_CASE(hops_give_the_order) {
  BOOST_TEST(way(hop("Q", "P") + "," + hop("P", "W") + "," + hop("R", "Q")) == "RQPW");
}

BOOST_AUTO_TEST_CASE(hops_may_go_through_an_empty_processor) {
  BOOST_TEST(way(hop("R", "E") + "," + hop("E", "W")) == "RPQW");
}

BOOST_AUTO_TEST_CASE(unknown_names) {
  BOOST_TEST(problems_of(with_hops(hop("r", "Writer"))) ==
             "j:7:29: error: order.hops[0].from: no step of that name: r (did you mean \"R\"?)\n"
             "j:7:40: error: order.hops[0].to: no step of that name: Writer\n");
}

BOOST_AUTO_TEST_CASE(forks_and_joins) {
  BOOST_TEST(
      problems_of(with_hops(hop("R", "P") + "," + hop("R", "W"))) ==
      "j:7:54: error: order.hops[1].from: a second hop from the same step: R (records take one way; run one job for "
      "each destination)\n");
  BOOST_TEST(
      problems_of(with_hops(hop("R", "W") + "," + hop("P", "W"))) ==
      "j:7:65: error: order.hops[1].to: a second hop to the same step: W (records take one way; run one job for each "
      "source)\n");
}

BOOST_AUTO_TEST_CASE(wrong_ends) {
  BOOST_TEST(problems_of(with_hops(hop("W", "R"))) ==
             "j:7:29: error: order.hops[0].from: a hop from the writer: W (hops lead from the reader to the writer)\n"
             "j:7:40: error: order.hops[0].to: a hop to the reader: R (hops lead from the reader to the writer)\n");
  BOOST_TEST(problems_of(with_hops(hop("R", "P"))) ==
             "j:7:19: error: order.hops: the way from the reader ends before the writer: P (add a hop from P to W)\n");
  BOOST_TEST(problems_of(with_hops(hop("R", "W") + "," + hop("P", "Q"))) ==
             "j:7:45: error: order.hops[1]: not on the way from the reader to the writer\n");
  BOOST_TEST(problems_of(with_hops(hop("R", "W") + "," + hop("P", "P"))) ==
             "j:7:45: error: order.hops[1]: not on the way from the reader to the writer\n");
}

BOOST_AUTO_TEST_CASE(some_processors_named_and_others_not) {
  BOOST_TEST(problems_of(with_hops(hop("R", "P") + "," + hop("P", "W"))) ==
             "j:5:1: error: steps[3]: order.hops names other processors, but not this one: Q (name all or none)\n");
}

BOOST_AUTO_TEST_CASE(names_of_steps) {
  BOOST_TEST(problems_of(with_hops(hop("R", "W"), "P")) ==
             "j:5:10: error: steps[3].name: the name of an earlier step too, steps[1]: P (give each step a name of its "
             "own)\n");
  BOOST_TEST(problems_of(with_hops(hop("R", "W"), "")) ==
             "j:5:10: error: steps[3].name: required and not set (order.hops names the steps)\n");
}

BOOST_AUTO_TEST_CASE(a_job_comes_back_even_with_wrong_hops) {
  Problems problems;
  BOOST_TEST(parse(with_hops(hop("x", "y")), "j", {}, problems).has_value());
  BOOST_TEST(problems.has_errors());
}

BOOST_AUTO_TEST_SUITE_END()
