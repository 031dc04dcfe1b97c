// SPDX-License-Identifier: Apache-2.0
#include "cli/table_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace sluice::cli;

BOOST_AUTO_TEST_SUITE(table_text_test)

BOOST_AUTO_TEST_CASE(columns_are_as_wide_as_their_widest_cell) {
  BOOST_TEST(table_text({{"NAME", "KIND"}, {"a", "reader"}, {"longer", ""}}) ==
             "  NAME    KIND\n"
             "  a       reader\n"
             "  longer\n");
}

BOOST_AUTO_TEST_CASE(the_last_column_wraps_at_words) {
  std::string text = table_text({{"A", "B"}, {"x", "one two three four five six seven eight nine ten"}}, 40);
  BOOST_TEST(text ==
             "  A  B\n"
             "  x  one two three four five six seven\n"
             "     eight nine ten\n");
}

BOOST_AUTO_TEST_CASE(words_are_never_cut) {
  BOOST_TEST(wrapped("a verylongword b", 6) == (std::vector<std::string>{"a", "verylongword", "b"}),
             boost::test_tools::per_element());
  BOOST_TEST(wrapped("  a   b  ", 80) == std::vector<std::string>{"a b"}, boost::test_tools::per_element());
  BOOST_TEST(wrapped("", 80).empty());
}

BOOST_AUTO_TEST_CASE(markdown_escapes_its_own_signs) {
  BOOST_TEST(table_markdown({{"A", "B"}, {"x|y", "two\nlines"}}) ==
             "| A | B |\n"
             "|---|---|\n"
             "| x\\|y | two lines |\n");
}

BOOST_AUTO_TEST_SUITE_END()
