// SPDX-License-Identifier: Apache-2.0
#include "plugin/context.hpp"

#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <string>

#include "called.hpp"
#include "plugin/sized.hpp"
#include "plugin/text.hpp"

namespace sluice::plugin {

BOOST_AUTO_TEST_SUITE(context)

BOOST_AUTO_TEST_CASE(says_who_is_called) {
  const Called called({}, {.step = "Writer",
                           .run_id = "r1",
                           .split = "s7",
                           .attempt = 2,
                           .flags = SLUICE_OFFLINE | SLUICE_PRESQL,
                           .lanes = 5,
                           .delivery = SLUICE_EXACTLY_ONCE});
  const SluiceContext* raw = called;
  BOOST_TEST(raw->struct_size == sizeof(SluiceContext));
  BOOST_TEST(raw->host_minor == unsigned{SLUICE_ABI_MINOR});
  BOOST_TEST(view(raw->step) == "Writer");
  BOOST_TEST(view(raw->run_id) == "r1");
  BOOST_TEST(view(raw->split) == "s7");
  BOOST_TEST(raw->attempt == 2u);
  BOOST_TEST(raw->flags == (SLUICE_OFFLINE | SLUICE_PRESQL));
  BOOST_TEST(raw->lanes == 5u);
  BOOST_TEST(raw->delivery == int{SLUICE_EXACTLY_ONCE});
}

BOOST_AUTO_TEST_CASE(no_function_is_missing) {
  const Called called;
  const auto* bytes = reinterpret_cast<const std::byte*>(static_cast<const SluiceContext*>(called));
  for (std::size_t at = offsetof(SluiceContext, log); at < sizeof(SluiceContext); at += sizeof(void*)) {
    void* function = nullptr;
    std::memcpy(&function, bytes + at, sizeof function);
    BOOST_TEST(function != nullptr, "at offset " << at);
  }
}

BOOST_AUTO_TEST_CASE(parameters_by_path) {
  const Called called({{"name", "x"}, {"n", 3}, {"r", 0.5}, {"on", true}, {"list", {"a", "b"}}});
  const SluiceContext* raw = called;
  SluiceString text{};
  std::int64_t integer = 0;
  double number = 0;
  std::int32_t boolean = 0;
  BOOST_TEST(raw->get_string(raw, borrow("name"), &text) != 0);
  BOOST_TEST(view(text) == "x");
  BOOST_TEST(raw->get_string(raw, borrow("list[1]"), &text) != 0);
  BOOST_TEST(view(text) == "b");
  BOOST_TEST(raw->get_integer(raw, borrow("n"), &integer) != 0);
  BOOST_TEST(integer == 3);
  BOOST_TEST(raw->get_number(raw, borrow("r"), &number) != 0);
  BOOST_TEST(number == 0.5);
  BOOST_TEST(raw->get_boolean(raw, borrow("on"), &boolean) != 0);
  BOOST_TEST(boolean == 1);
  BOOST_TEST(raw->get_size(raw, borrow("list")) == 2u);
  BOOST_TEST(raw->get_integer(raw, borrow("name"), &integer) == 0);
  BOOST_TEST(integer == 3);
  BOOST_TEST(view(raw->parameters(raw)).starts_with("{\"name\":\"x\""));
}

BOOST_AUTO_TEST_CASE(what_a_plugin_says_arrives) {
  Called called;
  const SluiceContext* raw = called;
  raw->log(raw, SLUICE_LOG_WARNING, borrow("careful"));
  raw->log(raw, 99, borrow("\xFF"));
  raw->filtered(raw, 1);
  raw->added(raw, 2);
  raw->skipped(raw, 3);
  raw->note(raw, borrow("k"), borrow("v"));
  raw->metric(raw, borrow("m"), -4);
  raw->unreserve(raw, 5);
  BOOST_TEST(called.heard.lines() == (std::vector<std::string>{"log 3 careful", "log 4 \uFFFD", "filtered 1", "added 2",
                                                               "skipped 3", "note k=v", "metric m -4", "unreserve 5"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(rejections_and_problems_of_every_size) {
  Called called;
  const SluiceContext* raw = called;
  auto reject = sized<SluiceReject>();
  reject.batch = 4;
  reject.row = 5;
  reject.column = 6;
  reject.code = borrow("null");
  reject.message = borrow("not \xFF");
  reject.raw = borrow("a\xFF");
  reject.location = borrow("f:1");
  raw->reject(raw, &reject);
  reject.struct_size = offsetof(SluiceReject, raw);  // an older plugin: the tail is not looked at
  raw->reject(raw, &reject);
  raw->reject(raw, nullptr);
  auto problem = sized<SluiceProblem>();
  problem.severity = SLUICE_PROBLEM_WARNING;
  problem.path = borrow("p");
  problem.message = borrow("m");
  raw->problem(raw, &problem);
  raw->problem(raw, nullptr);
  BOOST_TEST(called.heard.lines() == (std::vector<std::string>{"reject 4 5 6 null|not \uFFFD||a\xFF|f:1",
                                                               "reject 4 5 6 null|not \uFFFD|||", "warning p|m|"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(memory_that_is_not_to_be_had_is_an_error) {
  Called called;
  const SluiceContext* raw = called;
  SluiceError error = blank_error();
  BOOST_TEST(raw->reserve(raw, 10, &error) == int{SLUICE_OK});
  called.heard.full = true;
  BOOST_TEST(raw->reserve(raw, 10, &error) == int{SLUICE_CANCELLED});
  BOOST_TEST(std::string(error.message) == "the job is stopping");
  BOOST_TEST(raw->reserve(raw, 10, nullptr) == int{SLUICE_CANCELLED});
}

BOOST_AUTO_TEST_CASE(waiting_ends_at_once_when_the_job_stops) {
  Called called;
  const SluiceContext* raw = called;
  BOOST_TEST(raw->wait(raw, 1) == 0);
  BOOST_TEST(raw->wait(raw, -5) == 0);
  called.heard.cancelled = true;
  BOOST_TEST(raw->wait(raw, INT64_MAX) != 0);
  BOOST_TEST(raw->is_cancelled(raw) != 0);
}

BOOST_AUTO_TEST_CASE(targets_and_extensions) {
  Called called;
  const SluiceContext* raw = called;
  called.heard.target = {7, 8};
  std::uint64_t records = 0, bytes = 0;
  raw->batch_target(raw, &records, &bytes);
  BOOST_TEST(records == 7u);
  BOOST_TEST(bytes == 8u);
  raw->batch_target(raw, nullptr, nullptr);
  BOOST_TEST(raw->get_extension(raw, "test") == &called.heard);
  BOOST_TEST(raw->get_extension(raw, "other") == nullptr);
  BOOST_TEST(raw->get_extension(raw, nullptr) == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sluice::plugin
