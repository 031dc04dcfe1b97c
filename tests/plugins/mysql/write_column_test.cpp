// SPDX-License-Identifier: Apache-2.0
#include "mysql/write_column.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>

#include "written.hpp"

using namespace sluice;
using namespace sluice::mysql;
using namespace sluice::tests;

namespace {

// The check's verdict on one value: "", or its code.
template <class Append>
std::string verdict(const WriteColumn& column, Append append) {
  BatchBuilder builder(schema_of({column}));
  append(builder.column(0));
  const sql::RecordPiece piece = piece_of(builder, {column});
  const ValueCheck check = check_for(column);
  if (check == nullptr) return "unchecked";
  const sql::Fault fault = check(column, piece.held()[0].columns[0], 0);
  return fault ? fault.code : "";
}

std::string of_text(const WriteColumn& column, const std::string& text) {
  return verdict(column, [&](ColumnBuilder& builder) { builder.append_text(text); });
}
template <class T>
std::string of(const WriteColumn& column, T value) {
  return verdict(column, [&](ColumnBuilder& builder) { builder.append(value); });
}

const Type utf8 = type(TypeId::utf8);

}  // namespace

BOOST_AUTO_TEST_SUITE(write_column)

BOOST_AUTO_TEST_CASE(types_that_are_wanted) {
  ServerType server = server_type("bigint", "bigint(20) unsigned");
  server.is_unsigned = true;
  BOOST_TEST((written("c", server, utf8).type == type(TypeId::uint64)));
  BOOST_TEST((written("c", server_type("mediumint"), utf8).type == type(TypeId::int32)));
  BOOST_TEST((written("c", server_type("timestamp"), utf8).type == instant()));
  BOOST_TEST((written("c", server_type("datetime"), utf8).type == wall_clock()));
  BOOST_TEST((written("c", server_type("time"), type(TypeId::time64_us)).type == type(TypeId::time64_us)));
  BOOST_TEST((written("c", server_type("time"), utf8).type == type(TypeId::duration_us)));
  server = server_type("decimal");
  server.precision = 65, server.scale = 30;
  BOOST_TEST((written("c", server, utf8).type == decimal(65, 30)));
  BOOST_TEST(written("c", server_type("uuid"), utf8).meta == "uuid");
}

BOOST_AUTO_TEST_CASE(texts_in_other_encodings_are_converted_by_the_server) {
  ServerType server = server_type("varchar", "varchar(10)");
  BOOST_TEST(written("c", server, utf8).load == "");
  server.character_set = "latin1";
  BOOST_TEST(written("c", server, utf8).load == "CONVERT(% USING utf8mb4)");
}

BOOST_AUTO_TEST_CASE(numbers_that_the_server_has_not) {
  const auto column = written("c", server_type("double"), type(TypeId::float64));
  BOOST_TEST(of(column, 1.5) == "");
  BOOST_TEST(of(column, std::nan("")) == "range");
  BOOST_TEST(of(column, -std::numeric_limits<double>::infinity()) == "range");
  BOOST_TEST(written("c", server_type("float", "float(7,2)"), type(TypeId::float32)).refusal != "");
}

BOOST_AUTO_TEST_CASE(years_of_two_digits) {
  const auto column = written("c", server_type("year", "year(4)"), type(TypeId::int16));
  BOOST_TEST(of(column, int16_t{0}) == "");
  BOOST_TEST(of(column, int16_t{2155}) == "");
  BOOST_TEST(of(column, int16_t{70}) == "range");
}

BOOST_AUTO_TEST_CASE(digits_of_a_second) {
  ServerType server = server_type("datetime", "datetime(3)");
  server.digits = 3;
  const auto column = written("c", server, wall_clock());
  BOOST_TEST(of(column, int64_t{1'001'000}) == "");
  BOOST_TEST(of(column, int64_t{1'001'001}) == "inexact");
  BOOST_TEST(of(column, std::numeric_limits<int64_t>::max()) == "range");
}

BOOST_AUTO_TEST_CASE(blanks_at_the_end_of_char) {
  const ServerType server = server_type("char", "char(5)");
  BOOST_TEST(of_text(written("c", server, utf8), "ab ") == "inexact");
  BOOST_TEST(of_text(written("c", server, utf8), " ab") == "");
  Field padded{"c", utf8, true};
  padded.metadata[SLUICE_META_NATIVE] = "character(5)";
  BOOST_TEST((check_for(column_to_write(server, padded)) == nullptr));
}

BOOST_AUTO_TEST_CASE(bytes_that_would_be_filled_up) {
  ServerType server = server_type("binary", "binary(4)");
  server.length = 4;
  const auto column = written("c", server, type(TypeId::binary));
  BOOST_TEST(of_text(column, "abcd") == "");
  BOOST_TEST(of_text(column, "abc") == "inexact");
}

BOOST_AUTO_TEST_CASE(members_are_themselves_alone) {
  const auto one = written("c", server_type("enum", "enum('a','it''s','')"), utf8);
  BOOST_TEST(of_text(one, "a") == "");
  BOOST_TEST(of_text(one, "it's") == "");
  BOOST_TEST(of_text(one, "") == "");
  BOOST_TEST(of_text(one, "A") == "parse");
  BOOST_TEST(of_text(one, "1") == "parse");
  const auto some = written("c", server_type("set", "set('a','b')"), utf8);
  BOOST_TEST(of_text(some, "") == "");
  BOOST_TEST(of_text(some, "a,b") == "");
  BOOST_TEST(of_text(some, "3") == "parse");
  BOOST_TEST(of_text(some, "a,") == "parse");
}

BOOST_AUTO_TEST_CASE(bits_as_text) {
  ServerType server = server_type("bit", "bit(4)");
  server.precision = 4;
  Field input{"c", utf8, true};
  input.metadata[SLUICE_META_TYPE] = "bit";
  const WriteColumn column = column_to_write(server, input);
  BOOST_TEST(of_text(column, "0101") == "");
  BOOST_TEST(of_text(column, "101") == "inexact");
  BOOST_TEST(of_text(column, "01x1") == "parse");
}

BOOST_AUTO_TEST_SUITE_END()
