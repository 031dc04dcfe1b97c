// SPDX-License-Identifier: Apache-2.0
#include "sql/create_table.hpp"

#include <boost/test/unit_test.hpp>

#include "dialects.hpp"

using namespace sluice;

BOOST_AUTO_TEST_SUITE(create_table_test)

sql::ColumnType type_of(const Field& field) {
  if (field.type.id == TypeId::utf8) return {"TEXT", "no limit"};
  return {"INTEGER"};
}

// The lines that are emitted, each "what subject: text".
std::string created(const Schema& input, const std::vector<std::string>& columns) {
  std::string lines;
  SluiceTextSink sink{};
  sink.host = &lines;
  sink.emit = [](const SluiceTextSink* self, SluiceString what, SluiceString subject, SluiceString text) noexcept {
    std::string& lines = *static_cast<std::string*>(self->host);
    lines.append(view(what)).append(" ").append(view(subject)).append(": ").append(view(text)).append("\n");
  };
  const auto table = *sql::TableName::parse(tests::ansi, "shop.orders");
  sql::create_table(tests::ansi, table, columns, input, type_of, TextSink(&sink));
  return lines;
}

Field field(const std::string& name, TypeId id, bool nullable = true, const std::string& key = "") {
  Field made{name, type(id)};
  made.nullable = nullable;
  return key.empty() ? made : made.with(SLUICE_META_KEY, key);
}

BOOST_AUTO_TEST_CASE(columns_not_null_and_key_in_its_order) {
  const Schema input(
      {field("b", TypeId::int64, false, "2"), field("a \"x", TypeId::utf8, false, "1"), field("c", TypeId::int64)});
  BOOST_TEST(created(input, {"*"}) ==
             "create table shop.orders: CREATE TABLE \"shop\".\"orders\" (\"b\" INTEGER NOT NULL, \"a \"\"x\" TEXT NOT "
             "NULL, \"c\" INTEGER, PRIMARY KEY (\"a \"\"x\", \"b\"))\n"
             "type b: INTEGER\ntype a \"x: TEXT\nremark a \"x: no limit\ntype c: INTEGER\n");
}

BOOST_AUTO_TEST_CASE(the_names_of_the_job) {
  const Schema input({field("a", TypeId::int64, false, "1"), field("b", TypeId::int64)});
  BOOST_TEST(created(input, {"id", "n"})
                 .starts_with("create table shop.orders: CREATE TABLE \"shop\".\"orders\" (\"id\" INTEGER NOT NULL, "
                              "\"n\" INTEGER, PRIMARY KEY "
                              "(\"id\"))\ntype id: "));
}

BOOST_AUTO_TEST_CASE(a_key_that_arrives_in_part_is_none) {
  const Schema input({field("a", TypeId::int64, false, "2"), field("b", TypeId::int64)});
  BOOST_TEST(created(input, {"*"}).find("PRIMARY KEY") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
