// SPDX-License-Identifier: Apache-2.0
#include "record/schema.hpp"

#include <functional>

#include "sample.hpp"

namespace sluice::record {
BOOST_AUTO_TEST_SUITE(schema_test)

namespace {

std::vector<Field> some_fields() {
  return {{"id", {TypeId::int64}, false, {{"sluice.key", "1"}, {"sluice.native", "bigint"}}},
          {"größe", {TypeId::decimal128, 10, 2}, true, {}},
          {"note", {TypeId::utf8}, true, {{"sluice.length", "20"}, {"sluice.required", "1"}}}};
}

void count_release(ArrowSchema* schema) {
  ++*static_cast<int*>(schema->private_data);
  schema->release = nullptr;
}

// A schema of one sound column for tests to damage.
struct Raw {
  ArrowSchema column{};
  ArrowSchema* children[1] = {&column};
  ArrowSchema schema{};
  int released = 0;

  Raw() {
    column.format = "l";
    column.name = "id";
    column.release = count_release;
    column.private_data = &released;
    schema.format = "+s";
    schema.n_children = 1;
    schema.children = children;
    schema.release = count_release;
    schema.private_data = &released;
  }
};

std::string problem_after(const std::function<void(Raw&)>& damage) {
  Raw raw;
  BOOST_TEST(check(raw.schema) == "");
  damage(raw);
  return check(raw.schema);
}

}  // namespace

BOOST_AUTO_TEST_CASE(fields_survive_the_boundary) {
  const Schema schema = Schema::make(some_fields(), {{"origin", "here"}});
  ArrowSchema raw{};
  schema.release_to(&raw);
  const auto back = Schema::take(&raw);
  BOOST_TEST(raw.release == nullptr);
  BOOST_TEST_REQUIRE(back.has_value());
  BOOST_TEST((*back == schema));
  BOOST_TEST((schema.clone() == schema));
  BOOST_TEST(back->field(2).length().value() == 20);
  BOOST_TEST(back->field(2).required());
  BOOST_TEST(!back->field(0).required());
  BOOST_TEST(back->field(0).find("sluice.key").value() == "1");
  BOOST_TEST(!back->field(1).find("sluice.key").has_value());
  BOOST_TEST(!back->field(0).nullable);
}

BOOST_AUTO_TEST_CASE(the_raw_schema_follows_a_move) {
  Schema first = Schema::make(some_fields());
  const Schema second = std::move(first);
  BOOST_TEST(second.raw().n_children == 3);
  BOOST_TEST(std::string_view(second.raw().children[1]->name) == "größe");
  BOOST_TEST(check(second.raw()) == "");
  BOOST_TEST(first.size() == 0u);  // NOLINT(bugprone-use-after-move): moved-from is empty by contract
}

BOOST_AUTO_TEST_CASE(a_child_may_be_moved_out) {
  ArrowSchema raw{};
  Schema::make(some_fields()).release_to(&raw);
  ArrowSchema child = *raw.children[1];
  raw.children[1]->release = nullptr;
  raw.release(&raw);
  BOOST_TEST(std::string_view(child.format) == "d:10,2");
  child.release(&child);
}

BOOST_AUTO_TEST_CASE(a_refused_schema_is_released_too) {
  Raw raw;
  raw.column.format = "+l";
  const auto schema = Schema::take(&raw.schema);
  BOOST_TEST(!schema.has_value());
  BOOST_TEST(raw.released == 1);
}

BOOST_AUTO_TEST_CASE(garbage_is_named) {
  const auto expect = [](const std::string& text, const std::function<void(Raw&)>& damage) {
    BOOST_TEST(problem_after(damage) == text);
  };
  expect("the schema was never set or is released already", [](Raw& raw) { raw.schema.release = nullptr; });
  expect("the schema's format is NULL", [](Raw& raw) { raw.schema.format = nullptr; });
  expect("the schema must describe a record, format '+s'", [](Raw& raw) { raw.schema.format = "l"; });
  expect("the schema has no columns", [](Raw& raw) { raw.schema.n_children = 0; });
  expect("the schema has a negative number of columns: -1", [](Raw& raw) { raw.schema.n_children = -1; });
  expect("the schema has more than 10000 columns: 10001", [](Raw& raw) { raw.schema.n_children = 10'001; });
  expect("the schema's list of columns is NULL", [](Raw& raw) { raw.schema.children = nullptr; });
  expect("the schema has a dictionary", [](Raw& raw) { raw.schema.dictionary = &raw.column; });
  expect("column 1: the pointer is NULL", [](Raw& raw) { raw.children[0] = nullptr; });
  expect("column 1: it was released already", [](Raw& raw) { raw.column.release = nullptr; });
  expect("column 1 'id': the format is NULL", [](Raw& raw) { raw.column.format = nullptr; });
  expect("column 1 'id': nested types are not carried, format +l", [](Raw& raw) { raw.column.format = "+l"; });
  expect("column 1 'id': view types are not carried, format vu", [](Raw& raw) { raw.column.format = "vu"; });
  expect("column 1 'id': the type is not one that can be carried, format 'tss:UTC'",
         [](Raw& raw) { raw.column.format = "tss:UTC"; });
  expect("column 1 'id': the format is not readable text", [](Raw& raw) { raw.column.format = "\xff"; });
  expect("column 1 'id': dictionaries are not carried", [](Raw& raw) { raw.column.dictionary = &raw.schema; });
  expect("column 1 'id': it has children, but its type is not nested", [](Raw& raw) { raw.column.n_children = 2; });
  expect("column 1: the name is not valid UTF-8", [](Raw& raw) { raw.column.name = "a\xC0\x80"; });
  static const std::string long_text(2000, 'l');
  expect("column 1: the name has more than 1024 bytes", [](Raw& raw) { raw.column.name = long_text.c_str(); });
  expect("column 1 'id': the format has more than 128 bytes", [](Raw& raw) { raw.column.format = long_text.c_str(); });
}

BOOST_AUTO_TEST_CASE(metadata_beyond_reason_is_named) {
  const auto with = [](std::vector<std::int32_t> words) {
    return problem_after([&](Raw& raw) { raw.column.metadata = reinterpret_cast<const char*>(words.data()); });
  };
  BOOST_TEST(with({-5}) == "column 1 'id': metadata has an impossible number of pairs: -5");
  BOOST_TEST(with({1 << 30}) == "column 1 'id': metadata has an impossible number of pairs: 1073741824");
  BOOST_TEST(with({1, -1}) == "column 1 'id': metadata has an impossible length: -1");
  BOOST_TEST(with({1, 4, -1, 0}) == "column 1 'id': metadata is not valid UTF-8");
  BOOST_TEST(with({0}) == "");
}

BOOST_AUTO_TEST_CASE(all_problems_at_once) {
  std::vector<Field> fields = some_fields();
  ArrowSchema raw{};
  Schema::make(fields).release_to(&raw);
  raw.children[0]->format = "+m";
  raw.children[2]->format = "?";
  BOOST_TEST(check(raw) ==
             "column 1 'id': nested types are not carried, format +m; "
             "column 3 'note': the type is not one that can be carried, format '?'");
  raw.release(&raw);
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace sluice::record
