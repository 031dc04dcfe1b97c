// SPDX-License-Identifier: Apache-2.0
#include "engine/dirty_file.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "engine/durable_file.hpp"
#include "record/base64.hpp"
#include "scratch_directory.hpp"

using namespace sluice::engine;

namespace {

DirtyRecord record(std::string_view code, std::string_view raw = "a;b") {
  DirtyRecord r;
  r.step = "Reader";
  r.stage = "reader";
  r.split = "s";
  r.code = code;
  r.message = "no number";
  r.location = "x.csv:7";
  r.raw = raw;
  return r;
}

std::ptrdiff_t lines(const std::filesystem::path& file) {
  const auto text = read_file(file);
  return text ? std::count(text->begin(), text->end(), '\n') : -1;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dirty_file_test)

BOOST_AUTO_TEST_CASE(only_what_is_kept_is_in_the_file) {
  const ScratchDirectory directory;
  DirtyFile file(directory.path);
  const auto kept = file.attempt(), forgotten = file.attempt();
  kept->add(record("parse"));
  kept->add(record("parse"));
  forgotten->add(record("parse"));
  BOOST_REQUIRE(file.keep(*kept));
  BOOST_TEST(lines(directory.path / "dirty.jsonl") == 2);
  BOOST_TEST(*read_file(directory.path / "dirty.jsonl") ==
             R"({"step":"Reader","stage":"reader","split":"s","attempt":1,"code":"parse","message":"no number",)"
             R"("location":"x.csv:7","raw":"a;b"})"
             "\n"
             R"({"step":"Reader","stage":"reader","split":"s","attempt":1,"code":"parse","message":"no number",)"
             R"("location":"x.csv:7","raw":"a;b"})"
             "\n");
}

BOOST_AUTO_TEST_CASE(text_that_never_became_a_record_loses_no_byte) {
  const auto line_of = [](std::string_view raw) {
    boost::json::object line;
    put_raw(line, raw);
    return line;
  };
  const auto plain = line_of("a;b\n\"\u00e9\"");
  BOOST_TEST(plain.at("raw").as_string() == "a;b\n\"\u00e9\"");
  BOOST_TEST(!plain.contains("raw_base64"));
  const std::string_view bytes("a\xE9;\0b", 5);
  const auto broken = line_of(bytes);
  BOOST_TEST(broken.at("raw").as_string() == std::string_view("a\uFFFD;\0b", 7));
  BOOST_TEST(*sluice::record::from_base64(broken.at("raw_base64").as_string()) == bytes);
  const std::string long_text(100'000, 'x');
  const auto cut = line_of(long_text);
  BOOST_TEST(cut.at("raw").as_string().size() == 64u << 10);
  BOOST_TEST(*sluice::record::from_base64(cut.at("raw_base64").as_string()) == long_text);
}

BOOST_AUTO_TEST_CASE(it_is_for_its_owner_alone) {
  const ScratchDirectory directory;
  DirtyFile file(directory.path);
  const auto attempt = file.attempt();
  attempt->add(record("parse"));
  BOOST_REQUIRE(file.keep(*attempt));
  struct stat facts {};
  BOOST_REQUIRE(::stat((directory.path / "dirty.jsonl").c_str(), &facts) == 0);
  BOOST_TEST((facts.st_mode & 0777) == 0600u);
}

BOOST_AUTO_TEST_CASE(what_is_dropped_leaves_the_others) {
  const ScratchDirectory directory;
  DirtyFile file(directory.path);
  const auto a = file.attempt(), b = file.attempt(), c = file.attempt();
  a->add(record("a"));
  b->add(record("b"));
  b->add(record("b"));
  c->add(record("c"));
  for (auto* attempt : {a.get(), b.get(), c.get()}) BOOST_REQUIRE(file.keep(*attempt));
  BOOST_REQUIRE(file.drop(*b));
  BOOST_TEST(lines(directory.path / "dirty.jsonl") == 2);
  BOOST_REQUIRE(file.drop(*c));
  BOOST_TEST(lines(directory.path / "dirty.jsonl") == 1);
  BOOST_REQUIRE_EQUAL(file.kinds().size(), 1u);
  BOOST_TEST(file.kinds()[0].code == "a");
}

BOOST_AUTO_TEST_CASE(what_is_last_is_cut_off_in_place) {
  const ScratchDirectory directory;
  const auto number = [&] {
    struct stat facts {};
    BOOST_REQUIRE(::stat((directory.path / "dirty.jsonl").c_str(), &facts) == 0);
    return facts.st_ino;
  };
  DirtyFile file(directory.path);
  const auto a = file.attempt(), b = file.attempt();
  a->add(record("a"));
  b->add(record("b"));
  BOOST_REQUIRE(file.keep(*a) && file.keep(*b));
  const auto before = number();
  BOOST_REQUIRE(file.drop(*b));
  BOOST_TEST(lines(directory.path / "dirty.jsonl") == 1);
  BOOST_TEST(number() == before);
}

BOOST_AUTO_TEST_CASE(many_records_do_not_stay_in_memory) {
  const ScratchDirectory directory;
  DirtyFile file(directory.path);
  const std::string raw(10'000, 'x');
  {
    const auto attempt = file.attempt();
    for (int i = 0; i < 500; ++i) attempt->add(record("parse", raw));
    BOOST_TEST(attempt->count() == 500u);
    BOOST_REQUIRE(file.keep(*attempt));
  }
  BOOST_TEST(lines(directory.path / "dirty.jsonl") == 500);
  BOOST_TEST(std::distance(std::filesystem::directory_iterator(directory.path), {}) == 1);  // no parts left
  BOOST_TEST(file.kinds()[0].count == 500u);
}

BOOST_AUTO_TEST_CASE(of_an_earlier_process_the_committed_attempts_stay) {
  const ScratchDirectory directory;
  {
    DirtyFile file(directory.path);
    for (const auto& [split, number] : {std::pair{"done", 1u}, {"done", 2u}, {"doubtful", 1u}}) {
      const auto attempt = file.attempt();
      DirtyRecord dirty = record("parse");
      dirty.split = split;
      dirty.attempt = number;
      attempt->add(dirty);
      BOOST_REQUIRE(file.keep(*attempt));
    }
  }
  History history;
  history.splits["done"] = {SplitHistory::State::committed, 2, "", {}};
  history.splits["doubtful"] = {SplitHistory::State::open, 1, "", {}};
  const DirtyFile again(directory.path, history);
  BOOST_TEST(lines(directory.path / "dirty.jsonl") == 1);
  BOOST_REQUIRE_EQUAL(again.kinds().size(), 1u);
  BOOST_TEST(again.kinds()[0].count == 1u);
}

BOOST_AUTO_TEST_CASE(lines_of_all_lengths_are_put_in_order) {
  const ScratchDirectory directory;
  std::string kept;
  {
    DirtyFile file(directory.path);
    for (std::uint32_t i = 0; i < 40; ++i) {
      const auto attempt = file.attempt();
      const std::string raw(i * 1700, static_cast<char>('a' + i % 26));
      DirtyRecord dirty = record(i % 3 == 0 ? "mine" : "others", raw);
      dirty.attempt = i % 3 + 1;
      attempt->add(dirty);
      BOOST_REQUIRE(file.keep(*attempt));
      const std::string text = *read_file(directory.path / "dirty.jsonl");
      if (i % 3 == 0) kept += text.substr(text.rfind('\n', text.size() - 2) + 1);
    }
  }
  BOOST_REQUIRE(append_durably(directory.path / "dirty.jsonl", "{}\nrubbish\n{\"half\":\"of a"));
  BOOST_TEST(read_dirty_lines(directory.path).count == 41u);
  History history;
  history.splits["s"] = {SplitHistory::State::committed, 1, "", {}};
  const DirtyFile again(directory.path, history);
  BOOST_TEST(!again.failure());
  BOOST_TEST((*read_file(directory.path / "dirty.jsonl") == kept));
  BOOST_REQUIRE_EQUAL(again.kinds().size(), 1u);
  BOOST_TEST(again.kinds()[0].count == 14u);
  BOOST_TEST(std::distance(std::filesystem::directory_iterator(directory.path), {}) == 1);
}

BOOST_AUTO_TEST_CASE(what_a_dead_process_had_not_kept_is_gone) {
  const ScratchDirectory directory;
  BOOST_REQUIRE(replace_durably(directory.path / "dirty.0.part", "{\"half\":\"of a line"));
  DirtyFile file(directory.path);
  const auto attempt = file.attempt();
  for (int i = 0; i < 200; ++i) attempt->add(record("parse", std::string(10'000, 'x')));
  BOOST_REQUIRE(file.keep(*attempt));
  BOOST_TEST(lines(directory.path / "dirty.jsonl") == 200);
  BOOST_TEST(read_file(directory.path / "dirty.jsonl")->find("half") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(lines_that_cannot_be_put_in_order_are_a_failure) {
  const ScratchDirectory directory;
  std::filesystem::create_directory(directory.path / "dirty.jsonl");
  BOOST_REQUIRE(DirtyFile(directory.path).failure());
}

BOOST_AUTO_TEST_CASE(lines_that_cannot_be_looked_at_are_a_failure) {
  const ScratchDirectory directory;
  std::filesystem::create_symlink("dirty.jsonl", directory.path / "dirty.jsonl");
  BOOST_REQUIRE(DirtyFile(directory.path).failure());
}

BOOST_AUTO_TEST_CASE(a_directory_that_is_gone_is_a_failure) {
  DirtyFile file("/nonexistent/run");
  const auto attempt = file.attempt();
  attempt->add(record("parse"));
  const auto kept = file.keep(*attempt);
  BOOST_REQUIRE(!kept);
  BOOST_TEST(kept.error().message ==
             "cannot open the run's file: No such file or directory: /nonexistent/run/dirty.jsonl");
}

BOOST_AUTO_TEST_SUITE_END()
