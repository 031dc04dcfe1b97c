// SPDX-License-Identifier: Apache-2.0
#include "sql/consistency.hpp"

#include <boost/test/unit_test.hpp>

#include "fake_context.hpp"

using namespace sluice;
using namespace sluice::sql;
using namespace sluice::tests;

BOOST_AUTO_TEST_SUITE(consistency)

BOOST_AUTO_TEST_CASE(words_and_flags_mean_the_same) {
  const auto wish = [](const char* json) {
    return consistency_of(FakeContext(std::string(R"({"consistent": )") + json + "}").context());
  };
  BOOST_TEST((wish("true") == Consistency::required));
  BOOST_TEST((wish("\"true\"") == Consistency::required));
  BOOST_TEST((wish("false") == Consistency::none));
  BOOST_TEST((wish("\"false\"") == Consistency::none));
  BOOST_TEST((wish("\"lock\"") == Consistency::locked));
  BOOST_TEST((wish("\"auto\"") == Consistency::if_possible));
  BOOST_TEST((wish("null") == Consistency::if_possible));
}

BOOST_AUTO_TEST_CASE(other_words_are_a_problem) {
  Problems problems;
  check_consistency(FakeContext(R"({"consistent": "yes"})").context(), problems);
  BOOST_TEST_REQUIRE(problems.size() == 1u);
  BOOST_TEST(problems[0].path == "consistent");
}

BOOST_AUTO_TEST_SUITE_END()
