// SPDX-License-Identifier: Apache-2.0
#include "job/secret_reference.hpp"

#include <boost/test/unit_test.hpp>

using namespace sluice::job;

namespace {

// "env(A)+text"
std::string taken_apart(std::string_view text) {
  std::string result;
  for (const SecretPiece& piece : secret_pieces(text))
    result += (result.empty() ? "" : "+") + (piece.scheme.empty() ? piece.text : piece.scheme + "(" + piece.text + ")");
  return result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(secret_reference_test)

BOOST_AUTO_TEST_CASE(references_and_what_stands_around_them) {
  BOOST_TEST(taken_apart("${env:A_B}") == "env(A_B)");
  BOOST_TEST(taken_apart("postgresql://u:${file:/run/pw}@h/${env:D}") == "postgresql://u:+file(/run/pw)+@h/+env(D)");
  BOOST_TEST(taken_apart("${command:awk '{print $1}' x}") == "command(awk '{print $1}' x)");
}

BOOST_AUTO_TEST_CASE(a_dollar_is_a_dollar) {
  for (const char* text :
       {"pa$$word", "${dt}", "$[yyyymmdd]", "${env:A", "${ENV:A}", "$", "${", "x${command:y}", "}${"})
    BOOST_TEST(taken_apart(text) == text);
  BOOST_TEST(secret_pieces("").empty());
}

BOOST_AUTO_TEST_CASE(only_a_reference_may_be_shown) {
  BOOST_TEST(is_reference("${env:A}"));
  BOOST_TEST(!is_reference("a${env:A}"));
  BOOST_TEST(holds_reference("a${env:A}"));
  BOOST_TEST(!holds_reference("hunter2"));
  BOOST_TEST(!is_reference(""));
}

BOOST_AUTO_TEST_CASE(passwords_among_keywords) {
  for (const char* text : {"Driver=x;UID=bob;PWD=hunter2", "password = x", "PWD={;a}", "Server=a;TrustStorePassword={b c};",
                           "dsn=a;AccessToken=b"})
    BOOST_TEST(holds_password(text), text);
  for (const char* text : {"", "Driver=x;Server=h;UID=pwd", "PWD=", "PWD={};UID=x", "Driver={a;b};", "pwd", "hunter2"})
    BOOST_TEST(!holds_password(text), text);
}

BOOST_AUTO_TEST_CASE(a_misspelt_way) {
  BOOST_TEST(unknown_scheme("${evn:A}") == "evn");
  for (const char* text : {"${env:A}", "${dt}", "a${evn:A}", "${evn:A", "${:a}", "${E:A}"})
    BOOST_TEST(unknown_scheme(text) == "");
}

BOOST_AUTO_TEST_SUITE_END()
