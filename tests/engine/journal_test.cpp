// SPDX-License-Identifier: Apache-2.0
#include "engine/journal.hpp"

#include <boost/test/unit_test.hpp>

#include "engine/durable_file.hpp"
#include "scratch_directory.hpp"

using namespace sluice::engine;

namespace {
Counters sums(std::uint64_t read, std::uint64_t dirty) {
  Counters c;
  c.read = read;
  c.dirty = dirty;
  c.written = read - dirty;
  return c;
}
}  // namespace

BOOST_AUTO_TEST_SUITE(journal_test)

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_looked_at_is_a_failure_and_no_new_run) {
  const ScratchDirectory directory;
  std::filesystem::create_symlink("journal.jsonl", directory.path / "journal.jsonl");
  const auto history = Journal::read(directory.path);
  BOOST_REQUIRE(!history);
  BOOST_TEST(history.error().message.find("cannot open the run's file: Too many levels of symbolic links") == 0u);
  BOOST_TEST(!Journal::mend(directory.path));
  BOOST_TEST(!Journal(directory.path).prepared());
}

BOOST_AUTO_TEST_CASE(what_was_written_is_read_back) {
  const ScratchDirectory directory;
  Journal journal(directory.path);
  BOOST_REQUIRE(journal.preparing());
  BOOST_REQUIRE(journal.prepared());
  BOOST_REQUIRE(journal.committing("a", 1, std::string("\0\xFFtx", 4), sums(10, 1), true));
  BOOST_REQUIRE(journal.committed("a", 1));
  BOOST_REQUIRE(journal.committing("b", 2, "", sums(5, 0), false));
  BOOST_REQUIRE(journal.committing("c", 1, "", sums(7, 0), true));
  BOOST_REQUIRE(journal.rolled_back("c", 1));
  const auto history = Journal::read(directory.path);
  BOOST_REQUIRE(history);
  BOOST_TEST(history->prepared);
  BOOST_TEST(!history->completed);
  BOOST_TEST(history->has_commits());
  BOOST_TEST((history->committed() == sums(10, 1)));
  BOOST_TEST((history->splits.at("a").state == SplitHistory::State::committed));
  BOOST_TEST((history->splits.at("a").token == std::string("\0\xFFtx", 4)));
  BOOST_TEST((history->splits.at("b").state == SplitHistory::State::in_doubt));
  BOOST_TEST(history->splits.at("b").attempt == 2u);
  BOOST_TEST(history->splits.at("a").exactly_once);
  BOOST_TEST(!history->splits.at("b").exactly_once);
  BOOST_TEST((history->splits.at("c").state == SplitHistory::State::open));
}

BOOST_AUTO_TEST_CASE(what_happened_last_is_told_by_the_last_whole_line) {
  const ScratchDirectory directory;
  const auto file = directory.path / "journal.jsonl";
  const auto last = [&] { return Journal::last_event(directory.path); };
  BOOST_TEST(last() == "");
  Journal journal(directory.path);
  BOOST_REQUIRE(append_durably(file, ""));
  BOOST_TEST(last() == "");
  BOOST_REQUIRE(journal.prepared());
  BOOST_TEST(last() == "prepared");
  BOOST_REQUIRE(journal.committing("a", 1, std::string(10'000, 'x'), sums(10, 0), true));
  BOOST_TEST(last() == "");
  for (int split = 0; split < 1000; ++split) BOOST_REQUIRE(journal.committed(std::to_string(split), 1));
  BOOST_TEST(last() == "committed");
  BOOST_REQUIRE(journal.completed());
  BOOST_REQUIRE(append_durably(file, "{\"event\":\"clea"));
  BOOST_TEST(last() == "completed");
  BOOST_REQUIRE(append_durably(file, "\n"));
  BOOST_TEST(last() == "");
  std::filesystem::remove(file);
  std::filesystem::create_directory(file);
  BOOST_TEST(last() == "");
}

BOOST_AUTO_TEST_CASE(no_journal_is_an_empty_one) {
  const ScratchDirectory directory;
  const auto history = Journal::read(directory.path);
  BOOST_REQUIRE(history);
  BOOST_TEST(!history->preparing);
  BOOST_TEST(history->splits.empty());
}

BOOST_AUTO_TEST_CASE(a_line_cut_short_by_a_crash_does_not_count) {
  const ScratchDirectory directory;
  Journal journal(directory.path);
  BOOST_REQUIRE(journal.committing("a", 1, "", sums(10, 0), true));
  const auto whole = *read_file(directory.path / "journal.jsonl");
  BOOST_REQUIRE(journal.committed("a", 1));
  const auto both = *read_file(directory.path / "journal.jsonl");
  for (std::size_t size = whole.size(); size < both.size(); ++size) {
    BOOST_REQUIRE(replace_durably(directory.path / "journal.jsonl", std::string_view(both).substr(0, size)));
    const auto history = Journal::read(directory.path);
    BOOST_REQUIRE(history);
    BOOST_TEST((history->splits.at("a").state == SplitHistory::State::in_doubt));
  }
}

BOOST_AUTO_TEST_CASE(behind_a_line_cut_short_the_journal_goes_on) {
  const ScratchDirectory directory;
  Journal journal(directory.path);
  for (const char* torn : {"", "{\"event\":\"comm"}) {
    BOOST_REQUIRE(journal.prepared());
    BOOST_REQUIRE(append_durably(directory.path / "journal.jsonl", torn));
    BOOST_REQUIRE(Journal::mend(directory.path));
    BOOST_REQUIRE(journal.committing("a", 1, "", sums(10, 0), true));
    BOOST_REQUIRE(journal.committed("a", 1));
    const auto history = Journal::read(directory.path);
    BOOST_REQUIRE(history);
    BOOST_TEST((history->splits.at("a").state == SplitHistory::State::committed));
  }
}

BOOST_AUTO_TEST_CASE(a_broken_line_is_a_failure_that_names_the_file) {
  const ScratchDirectory directory;
  BOOST_REQUIRE(replace_durably(directory.path / "journal.jsonl", "{\"event\":\"prepared\"}\nrubbish\n"));
  const auto history = Journal::read(directory.path);
  BOOST_REQUIRE(!history);
  BOOST_TEST(history.error().message.find("cannot read the run's journal") == 0u);
  BOOST_TEST(history.error().message.find("journal.jsonl") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
