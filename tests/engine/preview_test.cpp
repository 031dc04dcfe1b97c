// SPDX-License-Identifier: Apache-2.0
#include "engine/preview.hpp"

#include <boost/test/unit_test.hpp>
#include <stdexcept>

#include "made_job.hpp"
#include "record/value.hpp"

namespace sluice::engine {
BOOST_AUTO_TEST_SUITE(preview_test)

namespace {

const OpenRules rules{.source_only = true};

std::string values(const Preview& preview) {
  std::string text;
  for (const PreviewRecord& record : preview.records) {
    if (!text.empty()) text += ' ';
    text += record.batch ? record::text_of(*record.batch, *record.schema, record.row, 0) : "!" + record.refusal->raw;
  }
  return text;
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_first_records_of_the_first_splits_and_nothing_is_written) {
  Made m;
  m.splits = 3;
  m.records = 4;
  OpenedJob opened(m, "{}", rules);
  BOOST_REQUIRE(opened.outcome.job);
  const Preview preview = engine::preview(*opened.outcome.job, 6);
  BOOST_TEST(values(preview) == "0 1 2 3 4 5");
  BOOST_TEST(preview.is_cast);
  BOOST_TEST(!preview.is_whole);
  BOOST_TEST(m.prepared + m.tasks + m.commits + m.completed == 0);
}

BOOST_AUTO_TEST_CASE(a_small_source_is_shown_whole) {
  Made m;
  m.splits = 2;
  m.records = 2;
  OpenedJob opened(m, "{}", rules);
  const Preview preview = engine::preview(*opened.outcome.job, 20);
  BOOST_TEST(values(preview) == "0 1 2 3");
  BOOST_TEST(preview.is_whole);
}

BOOST_AUTO_TEST_CASE(what_the_reader_refuses_stands_there_with_its_reason) {
  Made m;
  m.splits = 1;
  m.records = 3;
  m.unreadable = {1};
  OpenedJob opened(m, "{}", rules);
  const Preview preview = engine::preview(*opened.outcome.job, 20);
  BOOST_REQUIRE_EQUAL(preview.records.size(), 3u);
  BOOST_TEST(values(preview) == "0 !? 2");
  BOOST_TEST(preview.records[1].refusal->stage == "reader");
  BOOST_TEST(preview.records[1].refusal->location == "made:1");
}

BOOST_AUTO_TEST_CASE(a_failure_ends_it_with_what_was_read) {
  Made m;
  m.splits = 2;
  m.records = 200;
  m.on_read = [](std::uint64_t split, std::uint32_t, std::uint64_t) {
    if (split == 1) throw std::runtime_error("the source broke");
  };
  OpenedJob opened(m, "{}", rules);
  const Preview preview = engine::preview(*opened.outcome.job, 1000);
  BOOST_TEST(preview.records.size() == 200u);
  BOOST_REQUIRE(preview.failure);
  BOOST_TEST(preview.failure->text().find("the source broke") != std::string::npos);
  BOOST_TEST(!preview.is_whole);
}

BOOST_AUTO_TEST_CASE(without_a_writer_records_stand_as_they_arrive) {
  Made m;
  m.records = 2;
  m.on_describe = [] { throw std::runtime_error("no target"); };
  OpenedJob opened(m, "{}", rules);
  BOOST_TEST(opened.problems.errors() == 1u);
  BOOST_TEST(exit_code_of(opened.outcome, opened.problems) != 0);
  BOOST_REQUIRE(opened.outcome.job);
  const Preview preview = engine::preview(*opened.outcome.job, 2);
  BOOST_TEST(!preview.is_cast);
  BOOST_TEST(values(preview) == "0 1");
  BOOST_TEST(!OpenedJob(m, "{}", {.check_only = true}).outcome.job);
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace sluice::engine
