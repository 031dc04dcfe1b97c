// SPDX-License-Identifier: Apache-2.0
#include "sluice/utf8.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

BOOST_AUTO_TEST_SUITE(utf8)

// Texts are looked at by words: a byte must be seen wherever it stands.
BOOST_AUTO_TEST_CASE(every_byte_of_every_length_is_looked_at) {
  for (size_t size = 1; size <= 20; ++size) {
    BOOST_TEST(sluice::is_utf8(std::string(size, 'a')));
    for (size_t at = 0; at < size; ++at) {
      std::string text(size, 'a');
      text[at] = '\xFF';
      BOOST_TEST(!sluice::is_utf8(text), size << " bytes, wrong at " << at);
      text.replace(at, 1, "\xC3\xA4");
      BOOST_TEST(sluice::is_utf8(text), size << " bytes, a letter at " << at);
      text.resize(at + 1);  // the letter is cut off
      BOOST_TEST(!sluice::is_utf8(text), size << " bytes, cut off at " << at);
    }
  }
}

BOOST_AUTO_TEST_CASE(malformed) {
  for (const char* text : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
                           "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82", "\xE2\x28\xA1"})
    BOOST_TEST(!sluice::is_utf8(text), text);
  for (const char* text : {"", "größe", "€", "😀", "\xED\x9F\xBF", "\xEE\x80\x80", "\xF4\x8F\xBF\xBF"})
    BOOST_TEST(sluice::is_utf8(text), text);
}

BOOST_AUTO_TEST_SUITE_END()
