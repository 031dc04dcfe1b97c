// SPDX-License-Identifier: Apache-2.0
#include "engine/clean_up.hpp"

#include <boost/test/unit_test.hpp>

#include "engine/stored_run.hpp"
#include "made_job.hpp"
#include "sluice/error.hpp"

using namespace sluice::engine;

BOOST_AUTO_TEST_SUITE(clean_up_test)

BOOST_AUTO_TEST_CASE(what_a_run_kept_goes_when_it_is_durably_complete) {
  Made m;
  const auto journal_says = [&](const RanJob& ran) { return read_run(ran.directory.path)->history; };
  const RanJob ran(m, "{}");
  // As it begins, too: a run of its id may have been there before.
  BOOST_TEST(m.forgotten == (std::vector<std::string>{"test", "test"}), boost::test_tools::per_element());
  BOOST_TEST(journal_says(ran).completed);
  BOOST_TEST(journal_says(ran).cleaned);
}

BOOST_AUTO_TEST_CASE(a_clean_up_that_fails_is_a_warning) {
  Made m;
  m.on_forget = [&] {
    if (m.completed > 0) throw sluice::io_error("disk gone");
  };
  const RanJob ran(m, "{}");
  BOOST_TEST((ran.summary.status == RunStatus::succeeded));
  BOOST_REQUIRE_EQUAL(ran.summary.warnings.size(), 1u);
  BOOST_TEST(ran.summary.warnings.front().find("what run test kept aside is still in the destination: ") == 0u);
  BOOST_TEST(!read_run(ran.directory.path)->history.cleaned);
}

BOOST_AUTO_TEST_CASE(a_run_that_fails_keeps_what_it_has) {
  Made m;
  m.on_complete = [] { throw sluice::io_error("disk gone"); };
  const RanJob ran(m, "{}");
  BOOST_TEST((ran.summary.status == RunStatus::failed));
  BOOST_TEST(m.forgotten.size() == 1u);  // as it began
}

BOOST_AUTO_TEST_CASE(a_run_does_not_begin_among_the_marks_of_a_former_one) {
  Made m;
  m.on_forget = [] { throw sluice::io_error("disk gone"); };
  const RanJob ran(m, "{}");
  BOOST_TEST((ran.summary.status == RunStatus::failed));
  BOOST_TEST(m.prepared == 0);
}

BOOST_AUTO_TEST_CASE(a_run_that_goes_on_keeps_what_it_has) {
  Made m;
  m.on_read = [](std::uint64_t split, std::uint32_t, std::uint64_t) {
    if (split == 2) throw sluice::io_error("disk gone");
  };
  RanJob ran(m, R"({"retry":{"times":0}})");
  m.on_read = nullptr;
  m.on_forget = [&] { BOOST_TEST(m.completed > 0); };
  ran.resume(R"({"retry":{"times":0}})");
  BOOST_TEST((ran.summary.status == RunStatus::succeeded));
}

BOOST_AUTO_TEST_SUITE_END()
