// SPDX-License-Identifier: Apache-2.0
#include "sql/marks.hpp"

#include <boost/test/unit_test.hpp>

#include "dialects.hpp"
#include "fake_context.hpp"

using namespace sluice;
using namespace sluice::sql;
using namespace sluice::tests;

BOOST_AUTO_TEST_SUITE(marks)

BOOST_AUTO_TEST_CASE(names_and_texts_are_quoted_as_the_store_quotes_them) {
  const Marks marks(back_ticks, mysql_marks, "`shop`.`sluice_commit`");
  BOOST_TEST(marks.ddl().starts_with("CREATE TABLE IF NOT EXISTS `shop`.`sluice_commit` (run varchar(120) CHARACTER"));
  BOOST_TEST(marks.ddl().ends_with("`bytes` bigint, PRIMARY KEY (run, split)) ENGINE=InnoDB ROW_FORMAT=DYNAMIC"));
  BOOST_TEST(marks.find("it's", "0\\1").ends_with(" WHERE run = 'it''s' AND split = '0\\\\1' LOCK IN SHARE MODE"));
  BOOST_TEST(Marks(ansi, plain_marks, "m").remove("a\\") == "DELETE FROM m WHERE run = 'a\\'");
}

BOOST_AUTO_TEST_CASE(a_split_whose_key_is_too_long_is_found_by_its_digest) {
  const std::string path(601, 'x');
  BOOST_TEST(Marks(back_ticks, mysql_marks, "m").find("r", path).find("split = SHA2('" + path + "', 256) LOCK") !=
             std::string::npos);
  BOOST_TEST(Marks(ansi, plain_marks, "m").find("r", path).ends_with("split = '" + path + "'"));
}

BOOST_AUTO_TEST_CASE(a_mark_carries_the_counters_of_its_split) {
  FakeContext task("{}");
  task.run("r1").split("0.2", 3);
  SluiceCounters counters{};
  counters.read = 10, counters.written = 7, counters.dirty = 3, counters.bytes = 99;
  BOOST_TEST(
      Marks(ansi, plain_marks, "m").insert(task.context(), counters) ==
      R"(INSERT INTO m (run, split, attempt, "read", "added", "written", "skipped", "filtered", "dirty", "bytes"))"
      " VALUES ('r1', '0.2', 3, 10, 0, 7, 0, 0, 3, 99)");
  const Committed found = committed_by({{"10", "0", "7", "0", "0", "3", std::nullopt}});
  BOOST_TEST(found.answer == SLUICE_COMMITTED_YES);
  BOOST_TEST(found.counters.written == 7u);
  BOOST_TEST(found.counters.bytes == 0u);
  BOOST_TEST(committed_by({}).answer == SLUICE_COMMITTED_NO);
}

BOOST_AUTO_TEST_SUITE_END()
