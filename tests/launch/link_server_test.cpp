// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include "engine/dirty_file.hpp"
#include "engine/durable_file.hpp"
#include "launch/child_link.hpp"
#include "scratch_directory.hpp"

using namespace sluice;

namespace {

// The run, with a real dirty file and a journal that fails when told to.
class FakeLink : public engine::RunLink {
 public:
  Clock::time_point throttle(std::uint64_t, std::uint64_t) override { return {}; }
  bool enter() override { return true; }
  void leave() override {}
  bool is_crossed_by(std::uint64_t) override { return false; }
  bool reserve(const engine::Counters&) override { return true; }
  void give_back(const engine::Counters&) override {}
  std::unique_ptr<engine::DirtyAttempt> attempt() override { return dirty.attempt(); }
  plugin::Result<void> keep(engine::DirtyAttempt& attempt) override { return dirty.keep(attempt); }
  plugin::Result<void> drop(const engine::DirtyAttempt& attempt) override { return dirty.drop(attempt); }
  plugin::Result<void> committing(const std::string&, std::uint32_t, const std::string&,
                                  const engine::Counters&) override {
    return line();
  }
  plugin::Result<void> committed(const std::string&, std::uint32_t) override { return line(); }
  plugin::Result<void> rolled_back(const std::string&, std::uint32_t) override { return line(); }
  void passed(const engine::Passed&) override {}

  plugin::Result<void> line() const {
    if (journal_works) return {};
    return plugin::breach("journal", "the disk is full");
  }

  const ScratchDirectory directory;
  engine::DirtyFile dirty{directory.path};
  bool journal_works = true;
};

std::uint64_t dirty_records(const FakeLink& link) {
  std::uint64_t sum = 0;
  for (const auto& kind : link.dirty.kinds()) sum += kind.count;
  return sum;
}

// What a child asks around a commit; it has two dirty records.
struct Child {
  Child() {
    const std::string line = R"({"step":"r","split":"a","attempt":1,"code":"parse","message":"no"})"
                             "\n";
    BOOST_REQUIRE(engine::replace_durably(part, line + line));
  }
  bool ask(const boost::json::object& question) {
    const auto answer = server.answer(question);
    return answer && answer->at("ok").as_bool();
  }
  bool keep() { return ask({{"ask", "keep"}, {"part", part.string()}}); }
  bool commit(const char* step) {
    return ask({{"ask", step}, {"split", "a"}, {"attempt", 1}, {"token", ""}, {"counters", engine::to_json(sums)}});
  }

  FakeLink link;
  const std::filesystem::path part = link.directory.path / "dirty.1.0.part";
  launch::LinkServer server{link};
  const engine::Counters sums{.read = 5, .written = 3, .dirty = 2};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(link_server_test)

BOOST_AUTO_TEST_CASE(dirty_records_that_are_kept_twice_are_there_once) {
  Child child;
  BOOST_TEST(child.keep());
  BOOST_TEST(child.keep());
  BOOST_TEST(dirty_records(child.link) == 2u);
}

BOOST_AUTO_TEST_CASE(dirty_records_that_were_dropped_can_be_kept_again) {
  Child child;
  BOOST_TEST(child.keep());
  BOOST_TEST(child.ask({{"ask", "drop"}}));
  BOOST_TEST(dirty_records(child.link) == 0u);
  BOOST_TEST(child.keep());
  BOOST_TEST(dirty_records(child.link) == 2u);
}

BOOST_AUTO_TEST_CASE(a_commit_is_one_when_the_journal_says_so) {
  Child child;
  BOOST_TEST(child.ask({{"ask", "reserve"}, {"counters", engine::to_json(child.sums)}}));
  BOOST_TEST(child.commit("committing"));
  BOOST_TEST(child.server.open_commit().has_value());
  child.link.journal_works = false;
  BOOST_TEST(!child.commit("committed"));
  BOOST_TEST(!child.server.committed().has_value());
  BOOST_TEST(child.server.open_commit().has_value());
  child.link.journal_works = true;
  BOOST_TEST(child.commit("committed"));
  BOOST_TEST((child.server.committed() == child.sums));
  BOOST_TEST(!child.server.open_commit().has_value());
}

BOOST_AUTO_TEST_CASE(a_commit_that_was_rolled_back_is_none) {
  Child child;
  BOOST_TEST(child.commit("committing"));
  BOOST_TEST(child.commit("rolled-back"));
  BOOST_TEST(!child.server.open_commit().has_value());
}

BOOST_AUTO_TEST_SUITE_END()
