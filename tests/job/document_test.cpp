// SPDX-License-Identifier: Apache-2.0
#include "job/document.hpp"

#include <boost/test/unit_test.hpp>

using namespace sluice::job;

namespace sluice::job {
std::ostream& operator<<(std::ostream& out, const Position& at) { return out << at.line << ':' << at.column; }
}  // namespace sluice::job

BOOST_AUTO_TEST_SUITE(document_test)

std::string problems_of_text(std::string text) {
  Problems problems;
  auto document = Document::parse(std::move(text), problems);
  BOOST_TEST(document.has_value() == !problems.has_errors());
  return problems.render("j");
}

Document parsed(std::string text) {
  Problems problems;
  auto document = Document::parse(std::move(text), problems);
  BOOST_REQUIRE_MESSAGE(document, problems.render("j"));
  return *document;
}

BOOST_AUTO_TEST_CASE(accepts_comments_and_trailing_commas) {
  Document document = parsed("// head\n{ /* a */ \"a\": [1, 2,], // tail\n \"b\": {\"c\": null,},}\n// end");
  BOOST_TEST(document.root().at("a").as_array().size() == 2u);
  BOOST_TEST(document.value_position("b.c") == (Position{3, 13}));
}

BOOST_AUTO_TEST_CASE(comments_may_be_full_of_stars) {
  Document document = parsed("/** head **/ {\"a\": /***/ 1, \"b\": \"/* text */\" /**/}");
  BOOST_TEST(document.root().at("a").as_int64() == 1);
  BOOST_TEST(document.root().at("b").as_string() == "/* text */");
}

BOOST_AUTO_TEST_CASE(knows_where_things_stand) {
  Document document =
      parsed("{\n\t\"a\": [10, {\"b\":\r\n  true}],\n  \"\\u00e4 x\" : \"\xC3\xA4\xF0\x9F\x98\x80\", \"z\": 1}");
  BOOST_TEST(document.key_position("a") == (Position{2, 2}));
  BOOST_TEST(document.value_position("a") == (Position{2, 7}));
  BOOST_TEST(document.value_position("a[0]") == (Position{2, 8}));
  BOOST_TEST(document.key_position("a[1]") == (Position{2, 12}));
  BOOST_TEST(document.key_position("a[1].b") == (Position{2, 13}));
  BOOST_TEST(document.value_position("a[1].b") == (Position{3, 3}));
  BOOST_TEST(document.key_position("[\"\xC3\xA4 x\"]") == (Position{4, 3}));
  BOOST_TEST(document.key_position("z") == (Position{4, 22}));  // code points, not bytes
  BOOST_TEST(document.written("a[0]") == "10");
  BOOST_TEST(document.written("a[1]") == "{\"b\":\r\n  true}");
  BOOST_TEST(document.written("a[2]") == "");
}

BOOST_AUTO_TEST_CASE(falls_back_to_the_nearest_ancestor) {
  Document document = parsed("{\"a\":\n {\"b\": 1}}");
  BOOST_TEST(document.value_position("a.x.y") == (Position{2, 2}));
  BOOST_TEST(document.key_position("a.x.y") == (Position{2, 2}));
  BOOST_TEST(document.value_position("q") == (Position{1, 1}));
  BOOST_TEST(document.value_position("a.b.c") == (Position{2, 8}));
  BOOST_TEST(Document().value_position("a") == Position{});
}

BOOST_AUTO_TEST_CASE(finds_places_inside_strings) {
  Document document = parsed(R"({"a": "x\n\u00e4\ud83d\ude00\ud7ff${b}"})");
  std::string value(document.root().at("a").get_string());
  BOOST_TEST(document.inside_string("a", 0) == (Position{1, 8}));
  BOOST_TEST(document.inside_string("a", 1) == (Position{1, 9}));
  BOOST_TEST(document.inside_string("a", 2) == (Position{1, 11}));
  BOOST_TEST(document.inside_string("a", 4) == (Position{1, 17}));
  BOOST_TEST(document.inside_string("a", value.find('$')) == (Position{1, 35}));
}

BOOST_AUTO_TEST_CASE(a_byte_order_mark_is_no_character) {
  BOOST_TEST(parsed("\xEF\xBB\xBF{\"a\": 1}").key_position("a") == (Position{1, 2}));
}

BOOST_AUTO_TEST_CASE(duplicate_keys) {
  Problems problems;
  auto document = Document::parse(
      "{\"a\": {\"b\": 1,\n\"c\": [{\"d\": 1, \"\\u0064\": 2}], \"b\": 2}, \"x\": {\"b\": 1}}", problems);
  BOOST_REQUIRE(document);
  BOOST_TEST(problems.render("j") ==
             "j:2:16: error: a.c[0].d: duplicate key (remove one of the two)\n"
             "j:2:31: error: a.b: duplicate key (remove one of the two)\n");
  BOOST_TEST(document->value_position("a.b") == (Position{2, 36}));
}

// text, message
const std::pair<const char*, const char*> syntax_errors[] = {
    {"", "j:1:1: error: the script is empty\n"},
    {" \n // only a comment\n", "j:3:1: error: the script is empty\n"},
    {"{", "j:1:1: error: this { is never closed\n"},
    {"{\"a\": [1,\n 2", "j:1:7: error: this [ is never closed\n"},
    {"{\"a\": 1", "j:1:1: error: this { is never closed\n"},
    {"{\"a\": 1\n \"b\": 2}", "j:2:2: error: expected , or }, got a string\n"},
    {"[1 2]", "j:1:4: error: expected , or ], got 2\n"},
    {"{\"a\": [1}", "j:1:9: error: expected , or ], got }\n"},
    {"{\"a\" 1}", "j:1:6: error: expected : after the key \"a\", got 1\n"},
    {"{a: 1}", "j:1:2: error: expected a key in double quotes, got a\n"},
    {"{'a': 1}", "j:1:2: error: expected a key in double quotes, got '\n"},
    {"{\"a\": 'b'}", "j:1:7: error: strings stand in double quotes, got '\n"},
    {"{\"a\": 1,, \"b\": 2}", "j:1:9: error: a comma too many\n"},
    {"[1,,2]", "j:1:4: error: a value is missing before this comma\n"},
    {"[,]", "j:1:2: error: a value is missing before this comma\n"},
    {"{\"a\":}", "j:1:6: error: expected a value, got }\n"},
    {"{\"a\":", "j:1:6: error: expected a value, got the end of the script\n"},
    {"{} {}", "j:1:4: error: text after the end of the script: {\n"},
    {"{\"a\": True}", "j:1:7: error: expected a value, got True (did you mean true?)\n"},
    {"{\"a\": nul}", "j:1:7: error: expected a value, got nul (did you mean null?)\n"},
    {"{\"a\": None}", "j:1:7: error: expected a value, got None (did you mean null?)\n"},
    {"{\"a\": mysql}", "j:1:7: error: expected a value, got mysql (strings stand in double quotes)\n"},
    {"{\"a\": 012}",
     "j:1:7: error: expected a value, got 012 (not a number that JSON knows; numbers look like 0, -1, 0.5, 1e6)\n"},
    {"{\"a\": +1}",
     "j:1:7: error: expected a value, got +1 (not a number that JSON knows; numbers look like 0, -1, 0.5, 1e6)\n"},
    {"{\"a\": 1e999}",
     "j:1:7: error: expected a value, got 1e999 (not a number that JSON knows; numbers look like 0, -1, 0.5, 1e6)\n"},
    {"{\"a\": \"b}", "j:1:7: error: this string is never closed\n"},
    {"{\"a\": \"b\n\"}", "j:1:7: error: this string does not end on its line (write a line break as \\n)\n"},
    {"{\"a\": \"b\tc\"}", "j:1:9: error: control character in a string (write a tab as \\t)\n"},
    {"{\"a\": \"C:\\data\"}", "j:1:10: error: unknown escape in a string (write a backslash as \\\\)\n"},
    {"{\"a\": \"\\u12\"}", "j:1:8: error: \\u needs four hexadecimal digits\n"},
    {"{\"a\": \"\\ud800x\"}", "j:1:8: error: first half of a surrogate pair without the second\n"},
    {"{\"a\": \"\\udc00\"}", "j:1:8: error: second half of a surrogate pair without the first\n"},
    {"{\"a\": 1} # note", "j:1:10: error: # does not start a comment here (comments are // and /* */)\n"},
    {"# note\n{}", "j:1:1: error: # does not start a comment here (comments are // and /* */)\n"},
    {"{ /* note", "j:1:3: error: this comment is never closed\n"},
    {"{ / note", "j:1:3: error: a single / starts no comment (comments are // and /* */)\n"},
    {"{\"a\": \"\xE9t\xE9\"}", "j:1:8: error: byte is not valid UTF-8: 0xE9 (save the script as UTF-8)\n"},
    {"{ // \xC0\xAF\n}", "j:1:6: error: byte is not valid UTF-8: 0xC0 (save the script as UTF-8)\n"},
    {"\xFF\xFE{", "j:1:1: error: the script is encoded in UTF-16 (save it as UTF-8)\n"},
};

BOOST_AUTO_TEST_CASE(syntax_errors_have_a_place_and_a_human_text) {
  for (auto [text, message] : syntax_errors) BOOST_TEST(problems_of_text(text) == message);
}

BOOST_AUTO_TEST_CASE(binary_files) {
  BOOST_TEST(problems_of_text(std::string("\x7F"
                                          "ELF\x02\x01\x01\0\0",
                                          9)) == "j:1:8: error: this is a binary file, not a job script\n");
}

BOOST_AUTO_TEST_CASE(deep_nesting) {
  std::string deep = std::string(max_script_depth, '[') + std::string(max_script_depth, ']');
  BOOST_TEST(problems_of_text(deep) == "");
  std::string message = "j:1:66: error: nested too deeply, the limit is 64 levels\n";
  BOOST_TEST(problems_of_text(std::string(max_script_depth + 2, '[')) == message);
  BOOST_TEST(problems_of_text(std::string(1'000'000, '[')) == message);
}

BOOST_AUTO_TEST_CASE(too_large) {
  BOOST_TEST(problems_of_text(std::string(max_script_bytes + 1, ' ')) ==
             "j:1:1: error: the script is too large, the limit is 16 MiB (is this the data and not the job?)\n");
}

BOOST_AUTO_TEST_SUITE_END()
