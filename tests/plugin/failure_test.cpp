// SPDX-License-Identifier: Apache-2.0
#include "plugin/failure.hpp"

#include <boost/test/unit_test.hpp>
#include <cstring>
#include <stdexcept>

namespace sluice::plugin {

BOOST_AUTO_TEST_SUITE(failure)

SluiceError filled(SluiceStatus code, const char* message) {
  SluiceError error = blank_error();
  error.code = code;
  std::strcpy(error.message, message);
  return error;
}

BOOST_AUTO_TEST_CASE(carries_what_the_plugin_said) {
  SluiceError error = filled(SLUICE_CONFLICT, "deadlock");
  error.flags = SLUICE_RETRYABLE;
  error.vendor_code = 1213;
  std::strcpy(error.sqlstate, "40001");
  const Failure failure = read_failure("writer mysql, flush", SLUICE_CONFLICT, error);
  BOOST_TEST(failure.text() == "writer mysql, flush: deadlock (SQLSTATE 40001, error 1213)");
  BOOST_TEST(failure.code == SLUICE_CONFLICT);
  BOOST_TEST(failure.retryable());
  BOOST_TEST(!failure.outcome_unknown());
}

BOOST_AUTO_TEST_CASE(the_call_is_named_once) {
  const SluiceError error = filled(SLUICE_IO, "write: no space left");
  BOOST_TEST(read_failure("writer mysql, write", SLUICE_IO, error).text() == "writer mysql, write: no space left");
  BOOST_TEST(read_failure("writer mysql, commit", SLUICE_IO, error).text() ==
             "writer mysql, commit: write: no space left");
}

BOOST_AUTO_TEST_CASE(an_empty_error_gets_a_text) {
  const Failure failure = read_failure("reader x, plan", SLUICE_DENIED, blank_error());
  BOOST_TEST(failure.text() == "reader x, plan: denied, and the plugin gave no message");
}

BOOST_AUTO_TEST_CASE(an_unknown_status_is_an_internal_error) {
  for (const SluiceStatus status : {77, -3}) {
    const Failure failure = read_failure("reader x, plan", status, filled(status, "odd"));
    BOOST_TEST(failure.code == SLUICE_INTERNAL);
    BOOST_TEST(failure.message == "odd (the plugin answered with unknown status " + std::to_string(status) + ")");
  }
}

BOOST_AUTO_TEST_CASE(a_message_without_end_and_sense_is_cut_and_repaired) {
  SluiceError error = blank_error();
  std::memset(error.message, 0xFF, sizeof error.message);
  std::memset(error.sqlstate, 'x', sizeof error.sqlstate);
  const Failure failure = read_failure("reader x, plan", SLUICE_IO, error);
  BOOST_TEST(failure.message.size() <= sizeof error.message);
  BOOST_TEST(failure.message.starts_with("\uFFFD\uFFFD"));
  BOOST_TEST(failure.sqlstate == "xxxxxxxx");
}

BOOST_AUTO_TEST_CASE(fills_in_structs_of_every_size) {
  Failure failure;
  failure.code = SLUICE_IO;
  failure.message = "disk full";
  SluiceError whole = blank_error();
  write_failure(failure, &whole);
  BOOST_TEST(whole.code == SLUICE_IO);
  BOOST_TEST(std::string(whole.message) == "disk full");

  SluiceError small{};
  small.struct_size = 8;
  write_failure(failure, &small);
  BOOST_TEST(small.code == SLUICE_IO);
  BOOST_TEST(small.struct_size == 8u);
  BOOST_TEST(small.message[0] == '\0');
  write_failure(failure, nullptr);
}

BOOST_AUTO_TEST_CASE(a_result_that_nobody_looked_at_throws) {
  const Result<int> result = breach("reader x, plan", "a lie");
  BOOST_CHECK_THROW(result.value(), std::logic_error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sluice::plugin
