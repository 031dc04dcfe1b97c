// SPDX-License-Identifier: Apache-2.0
//
// Properties over random texts; each prints its seed, so that a failure can be had again.
#include "job/scanner.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>
#include <random>

#include "job/job.hpp"
#include "job/path.hpp"

using namespace sluice::job;

BOOST_AUTO_TEST_SUITE(scanner_test)

// Writes random JSON with random space and comments, and notes where each value and key begins.
class Author {
 public:
  explicit Author(std::uint32_t seed, bool comments = true) : random_(seed), spaces_(comments ? 8 : 5) {}

  void value(const std::string& path, int depth) {
    space();
    values_.emplace_back(path, text_.size());
    int kind = pick(depth > 5 ? 4 : 7);
    if (kind < 4)
      scalar(kind);
    else if (kind == 4)
      text_ += depth == 0 ? "{}" : "[]";
    else if (kind == 5)
      container(path, depth, '[', ']');
    else
      container(path, depth, '{', '}');
    space();
  }

  const std::string& text() const { return text_; }
  const std::vector<std::pair<std::string, std::size_t>>& values() const { return values_; }
  const std::vector<std::pair<std::string, std::size_t>>& keys() const { return keys_; }

 private:
  int pick(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }

  void scalar(int kind) {
    static constexpr const char* numbers[] = {"0", "-1", "3.50", "1e6", "123456789012345678901234567890"};
    static constexpr const char* strings[] = {"\"\"", "\"a\\\"b\"", "\"\xC3\xA4\xE4\xB8\xAD\"", "\"no { /comment\"",
                                              "\"\\u00e4\\\\\""};
    static constexpr const char* words[] = {"true", "false", "null"};
    if (kind == 0)
      text_ += numbers[pick(5)];
    else if (kind == 1)
      text_ += words[pick(3)];
    else
      text_ += strings[pick(5)];
  }

  void container(const std::string& path, int depth, char open, char close) {
    text_ += open;
    int count = pick(5);
    for (int i = 0; i < count; ++i) {
      std::string child = open == '[' ? join_path(path, static_cast<std::size_t>(i)) : key(path, i);
      value(child, depth + 1);
      if (i + 1 < count || pick(3) == 0) text_ += ',';
    }
    space();
    text_ += close;
  }

  std::string key(const std::string& path, int i) {
    static constexpr const char* names[] = {
        "a", "b c", "d.e", "\xC3\xA4", "f]\"",
    };
    std::string name = names[i] + std::to_string(pick(10));
    space();
    std::string child = join_path(path, name);
    keys_.emplace_back(child, text_.size());
    text_ += boost::json::serialize(boost::json::value(name));
    space();
    text_ += ':';
    return child;
  }

  void space() {
    static constexpr const char* spaces[] = {"",           " ",        "\n", "\t", "\r\n", "// \xC3\xA4 \"{\n",
                                             "/* [ \n */", "/** / **/"};
    for (int i = pick(3); i > 0; --i) text_ += spaces[pick(spaces_)];
  }

  std::mt19937 random_;
  int spaces_;
  std::string text_;
  std::vector<std::pair<std::string, std::size_t>> values_;
  std::vector<std::pair<std::string, std::size_t>> keys_;
};

// Counted from the start of the text, in the most simple way.
Position counted(const std::string& text, std::size_t offset) {
  Position at{1, 1};
  for (std::size_t i = 0; i < offset; ++i) {
    if (text[i] == '\n')
      at = {at.line + 1, 1};
    else if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80)
      ++at.column;
  }
  return at;
}

BOOST_AUTO_TEST_CASE(every_position_is_where_the_author_wrote_it) {
  std::uint32_t seed = std::random_device{}();
  BOOST_TEST_MESSAGE("seed " << seed);
  for (std::uint32_t i = 0; i < 500; ++i) {
    Author author(seed + i);
    author.value("", 0);
    Problems problems;
    auto document = Document::parse(author.text(), problems);
    BOOST_REQUIRE_MESSAGE(document, "seed " << seed + i << "\n" << problems.render("j") << author.text());
    for (const auto& [path, offset] : author.values()) {
      bool right = document->value_position(path) == counted(author.text(), offset);
      BOOST_REQUIRE_MESSAGE(right, "seed " << seed + i << " value " << path << " in " << author.text());
    }
    for (const auto& [path, offset] : author.keys()) {
      bool right = document->key_position(path) == counted(author.text(), offset);
      BOOST_REQUIRE_MESSAGE(right, "seed " << seed + i << " key " << path << " in " << author.text());
    }
  }
}

bool boost_accepts(const std::string& text) {
  boost::json::parse_options options;
  options.max_depth = max_script_depth + 2;
  options.allow_trailing_commas = true;
  boost::system::error_code failed;
  auto value = boost::json::parse(text, failed, {}, options);
  // What no double can hold is infinite to the library, and that is what it writes for it.
  return !failed && boost::json::serialize(value).find("Infinity") == std::string::npos;
}

// Changes a few bytes, mostly into ones that mean something.
std::string damaged(std::string text, std::mt19937& random) {
  static constexpr std::string_view bytes = "{}[]\",:#\\ \n0eE.-+tnu\x80\xC3";
  for (unsigned i = random() % 4; i > 0 && !text.empty(); --i) {
    std::size_t at = random() % text.size();
    char byte = bytes[random() % bytes.size()];
    if (random() % 3 == 0)
      text.erase(at, 1);
    else if (random() % 2 == 0)
      text.insert(at, 1, byte);
    else
      text[at] = byte;
  }
  return text;
}

BOOST_AUTO_TEST_CASE(accepts_what_the_json_library_accepts) {
  std::uint32_t seed = std::random_device{}();
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937 random(seed);
  int accepted = 0;
  for (std::uint32_t i = 0; i < 20000; ++i) {
    Author author(random(), false);
    author.value("", 3);
    std::string text = damaged(author.text(), random);
    if (find_invalid_utf8(text) != std::string::npos) continue;
    bool ours = scan(text).has_value();
    BOOST_REQUIRE_MESSAGE(ours == boost_accepts(text), "seed " << seed << " ours " << ours << ": " << text);
    accepted += ours ? 1 : 0;
  }
  BOOST_TEST(accepted > 1000);
}

BOOST_AUTO_TEST_CASE(random_bytes_never_do_harm) {
  std::uint32_t seed = std::random_device{}();
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937 random(seed);
  const std::string script =
      R"({"type":"job","version":"2.0","steps":[{"stepType":"a","parameter":{"column":["*"]},"name":"R",
    "category":"reader"},{"stepType":null,"category":"processor"},{"stepType":"b","parameter":{},"name":"W","category":"writer"}],
    "setting":{"speed":{"concurrent":"3","throttle":true,"mbps":"10"},"errorLimit":{"record":"0","strategy":"Ignore"},
    "executeMode":"distribute","common":{"column":{"timeZone":"UTC"}}},"order":{"hops":[{"from":"R","to":"W"}]}})";
  for (int i = 0; i < 5000; ++i) {
    std::string text;
    if (i % 2 == 0)
      text = damaged(script, random);
    else
      for (unsigned n = random() % 200; n > 0; --n) text += static_cast<char>(random() % 256);
    Problems problems;
    auto job = parse(text, "j", {.overrides = {"setting.speed.concurrent=2", "steps[R].parameter.where=x"}}, problems);
    BOOST_REQUIRE_MESSAGE(job || problems.has_errors(), "seed " << seed << " silent about " << text);
    for (const Problem& problem : problems.sorted()) BOOST_REQUIRE(!problem.text.empty());
  }
}

BOOST_AUTO_TEST_CASE(utf8) {
  for (const char* good :
       {"", "a", "\xC3\xA4", "\xE4\xB8\xAD", "\xF0\x9F\x98\x80", "\xED\x9F\xBF", "\xF4\x8F\xBF\xBF"}) {
    BOOST_TEST(find_invalid_utf8(good) == std::string::npos);
  }
  for (const char* bad : {"\x80", "\xC3", "\xC0\x80", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
                          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE4\xB8", "\xC3x"}) {
    BOOST_TEST(find_invalid_utf8("ab" + std::string(bad)) == 2u);
  }
}

BOOST_AUTO_TEST_SUITE_END()
