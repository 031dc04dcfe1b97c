// SPDX-License-Identifier: Apache-2.0
#include "cli/preview_text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>
#include <vector>

#include "record/value.hpp"

namespace sluice::cli {
BOOST_AUTO_TEST_SUITE(preview_text_test)

namespace {

using record::TypeId;

struct Records {
  record::Schema schema = record::Schema::make({{"id", {TypeId::int64}}, {"name", {TypeId::utf8}}});
  engine::Preview preview;

  void add(const boost::json::array& cells) {
    const std::vector<boost::json::array> rows{cells};
    auto batch = record::batch_from_json(schema, rows);
    BOOST_REQUIRE(batch);
    preview.records.push_back({record::share(std::move(*batch)), &schema, 0, {}});
  }
  std::string text(const Device& device = {}) { return preview_text(preview, schema, device); }
};

std::string cell(const boost::json::value& value) {
  const auto schema = record::Schema::make({{"x", {TypeId::utf8}}});
  const std::vector<boost::json::array> rows{{value}};
  const auto batch = record::batch_from_json(schema, rows);
  BOOST_REQUIRE(batch);
  return cell_text(*batch, schema, 0, 0);
}

}  // namespace

BOOST_AUTO_TEST_CASE(nothing_looks_like_something_else) {
  BOOST_TEST(cell(nullptr) == "NULL");
  BOOST_TEST(cell("NULL") == "\"NULL\"");
  BOOST_TEST(cell("") == "\"\"");
  BOOST_TEST(cell(" a") == "\" a\"");
  BOOST_TEST(cell("a\nb") == "\"a\\nb\"");
  BOOST_TEST(cell("\"a\"") == "\"\\\"a\\\"\"");
  BOOST_TEST(cell("a b, c") == "a b, c");
}

BOOST_AUTO_TEST_CASE(a_table_with_numbers_to_the_right) {
  Records records;
  records.add({1, "表"});
  records.add({234, nullptr});
  BOOST_TEST(records.text() ==
             "      id  name\n"
             "   int64  text\n"
             "1      1  表\n"
             "2    234  NULL\n");
}

BOOST_AUTO_TEST_CASE(dirty_records_are_marked_and_explained) {
  Records records;
  records.add({1, "a"});
  records.preview.records[0].refusal = engine::PreviewRefusal{"to", "cast", "name", "too-long", "longer", "", ""};
  records.preview.records.push_back(
      {{}, nullptr, -1, engine::PreviewRefusal{"from", "reader", "", "parse", "no", "f:2", "x,y"}});
  BOOST_TEST(records.text() ==
             "       id  name\n"
             "    int64  text\n"
             "1!      1  a\n"
             "2!\n\n"
             "record 1 is dirty: too-long in column name, step to: longer\n"
             "record 2 is dirty: parse, step from: no (f:2)\n"
             "  \"x,y\"\n");
  const auto json = preview_json(records.preview, records.schema);
  BOOST_TEST(
      boost::json::serialize(json.at("records")) ==
      R"([{"record":{"id":1,"name":"a"},"dirty":{"step":"to","stage":"cast","code":"too-long","message":"longer","column":"name"}},)"
      R"({"record":null,"dirty":{"step":"from","stage":"reader","code":"parse","message":"no","location":"f:2","raw":"x,y"}}])");
}

BOOST_AUTO_TEST_CASE(a_narrow_terminal_shows_blocks) {
  Records records;
  records.add({1, "a name that is long"});
  const Device narrow{nullptr, true, false, 20};
  BOOST_TEST(records.text(narrow) == "record 1\n  id    1\n  name  a name that is long\n");
}

BOOST_AUTO_TEST_CASE(nothing_is_no_table) { BOOST_TEST(Records().text() == ""); }

BOOST_AUTO_TEST_SUITE_END()
}  // namespace sluice::cli
