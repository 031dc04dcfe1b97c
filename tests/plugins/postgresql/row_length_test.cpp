// SPDX-License-Identifier: Apache-2.0
#include "postgresql/row_length.hpp"

#include <boost/test/unit_test.hpp>

#include "postgresql/rows.hpp"

using namespace sluice::postgresql;
using namespace sluice::tests;

namespace {

const std::string whole = big(int16_t{3}) + big(int32_t{5}) + "abcde" + big(int32_t{-1}) + big(int32_t{0});

size_t at_least(const std::string& bytes) { return RowLength(0).at_least(bytes.data(), bytes.size()); }

}  // namespace

BOOST_AUTO_TEST_SUITE(row_length)

BOOST_AUTO_TEST_CASE(of_a_whole_row_it_is_the_row) {
  BOOST_TEST(at_least(whole) == whole.size());
  BOOST_TEST(at_least(whole + "the next row") == whole.size());
  BOOST_TEST(at_least(big(int16_t{0})) == 2u);
  BOOST_TEST(at_least(big(int16_t{-1})) == 2u);  // the end of the stream
}

BOOST_AUTO_TEST_CASE(of_a_begun_row_it_is_more_than_is_there_and_not_more_than_the_row) {
  RowLength once(0);
  for (size_t size = 0; size < whole.size(); ++size) {
    const std::string begun = whole.substr(0, size);
    BOOST_TEST(at_least(begun) > size);
    BOOST_TEST(at_least(begun) <= whole.size());
    BOOST_TEST(once.at_least(begun.data(), size) == at_least(begun));
  }
  BOOST_TEST(once.at_least(whole.data(), whole.size()) == whole.size());
}

BOOST_AUTO_TEST_CASE(a_row_may_begin_behind_a_header) {
  const std::string bytes = "header" + whole;
  BOOST_TEST(RowLength(6).at_least(bytes.data(), bytes.size()) == bytes.size());
}

BOOST_AUTO_TEST_CASE(what_no_server_sends_is_too_long) {
  BOOST_TEST(at_least(big(int16_t{2}) + big(int32_t{-2})) > RowLength::longest);
  BOOST_TEST(at_least(big(int16_t{1}) + big(int32_t{0x40000000})) > RowLength::longest);
}

BOOST_AUTO_TEST_SUITE_END()
