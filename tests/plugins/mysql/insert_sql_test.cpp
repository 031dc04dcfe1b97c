// SPDX-License-Identifier: Apache-2.0
#include "mysql/insert_sql.hpp"

#include <boost/test/unit_test.hpp>

#include "mysql/insert_rows.hpp"
#include "written.hpp"

using namespace sluice;
using namespace sluice::mysql;
using namespace sluice::tests;

namespace {

// id (counts up), name, created.
Target orders(WriteMode mode = WriteMode::insert) {
  Target target = target_of({written("id", server_type("int"), type(TypeId::int32)),
                             written("na`me", server_type("varchar"), type(TypeId::utf8)),
                             written("data", server_type("blob"), type(TypeId::binary))});
  target.columns[0].counts_up = true;
  target.mode = mode;
  target.updated = {1, 2};
  return target;
}

const std::string format =
    " CHARACTER SET binary FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n'";

struct Filled {
  explicit Filled(const Target& target) : builder(schema_of(target.columns)) {
    builder.column(0).append<int32_t>(7);
    builder.column(1).append_text("it's\t");
    builder.column(2).append_text(std::string_view("\0\\", 2));
    builder.column(0).append_null();
    builder.column(1).append_null();
    builder.column(2).append_null();
    piece = piece_of(builder, target.columns);
  }
  BatchBuilder builder;
  sql::RecordPiece piece;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(insert_sql)

BOOST_AUTO_TEST_CASE(a_statement_for_every_mode) {
  const std::string columns = "`shop`.`t` (`id`, `na``me`, `data`) ";
  BOOST_TEST(array_sql(orders()) == "INSERT INTO " + columns + "VALUES (?, ?, ?)");
  BOOST_TEST(array_sql(orders(WriteMode::ignore)) == "INSERT IGNORE INTO " + columns + "VALUES (?, ?, ?)");
  BOOST_TEST(array_sql(orders(WriteMode::replace)) == "REPLACE INTO " + columns + "VALUES (?, ?, ?)");
  BOOST_TEST(array_sql(orders(WriteMode::update)) ==
             "INSERT INTO " + columns +
                 "VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE `na``me` = VALUES(`na``me`), `data` = VALUES(`data`)");
  Target named = orders(WriteMode::update);
  named.abilities.names_new_records = true;
  BOOST_TEST(on_duplicate(named) ==
             " AS sluice_new ON DUPLICATE KEY UPDATE `na``me` = sluice_new.`na``me`, `data` = sluice_new.`data`");
  // Strictly, what is ignored is told from what is wrong.
  BOOST_TEST(insert_head(orders(WriteMode::ignore), false) == "INSERT INTO " + columns);
  BOOST_TEST(insert_head(orders(WriteMode::insert), true) == "INSERT IGNORE INTO " + columns);
}

BOOST_AUTO_TEST_CASE(load_data) {
  BOOST_TEST(load_sql(orders(WriteMode::replace)) ==
             "LOAD DATA LOCAL INFILE 'sluice' REPLACE INTO TABLE `shop`.`t`" + format + " (`id`, `na``me`, `data`)");
  Target target = orders();
  target.columns[1].load = "CONVERT(% USING utf8mb4)";
  // The server would give the id 0 another value were it not set by an expression, too.
  BOOST_TEST(load_sql(target) == "LOAD DATA LOCAL INFILE 'sluice' INTO TABLE `shop`.`t`" + format +
                                     " (@sluice_1, @sluice_2, `data`) SET `id` = @sluice_1,"
                                     " `na``me` = CONVERT(@sluice_2 USING utf8mb4)");
}

BOOST_AUTO_TEST_CASE(nulls_that_are_skipped) {
  Target target = orders(WriteMode::update);
  target.columns[1].skips_null = true;
  target.columns[1].default_value = "'new'";
  BOOST_TEST(load_sql(target).ends_with(" SET `id` = @sluice_1, `na``me` = IFNULL(@sluice_2, 'new')"));
  BOOST_TEST(insert_from_stage(target, "s.n = 1") ==
             "INSERT INTO `shop`.`t` (`id`, `na``me`, `data`) SELECT s.c1, IFNULL(s.c2, 'new'), s.c3 FROM sluice_rows s"
             " WHERE s.n = 1 ORDER BY s.n ON DUPLICATE KEY UPDATE"
             " `na``me` = IF(s.c2 IS NULL, `shop`.`t`.`na``me`, VALUES(`na``me`)), `data` = VALUES(`data`)");
  BOOST_TEST(on_duplicate(target, [](size_t) { return true; }) ==
             " ON DUPLICATE KEY UPDATE `na``me` = `shop`.`t`.`na``me`, `data` = VALUES(`data`)");
}

BOOST_AUTO_TEST_CASE(rows) {
  Target target = orders();
  target.columns[1].skips_null = true;
  const Filled filled(target);
  const Records records(filled.piece, target.columns);
  Buffer out;
  append_rows(records, {0, 2}, false, out);
  BOOST_TEST(std::string(out.data(), out.size()) ==
             std::string("VALUES (7, 'it\\'s\t', _binary'\0\\\\'), (NULL, DEFAULT, NULL)", 57));
  out.clear();
  append_rows(records, {1, 1}, true, out);
  BOOST_TEST(std::string(out.data(), out.size()) == "VALUES (1, NULL, NULL, NULL)");
}

BOOST_AUTO_TEST_SUITE_END()
