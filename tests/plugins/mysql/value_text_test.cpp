// SPDX-License-Identifier: Apache-2.0
#include "mysql/value_text.hpp"

#include <boost/test/unit_test.hpp>
#include <cfloat>

#include "written.hpp"

using namespace sluice;
using namespace sluice::mysql;
using namespace sluice::tests;

namespace {

template <class T>
std::string text_of(const WriteColumn& column, T value) {
  BatchBuilder builder(schema_of({column}));
  builder.column(0).append(value);
  const sql::RecordPiece piece = piece_of(builder, {column});
  char out[longest_value];
  return {out, write_value(column, piece.held()[0].columns[0], 0, out)};
}

// The cells of value, NULL, value.
template <class T>
std::vector<std::string> cells_of(const WriteColumn& column, T value) {
  BatchBuilder builder(schema_of({column}));
  for (const bool is_null : {false, true, false}) {
    if (is_null)
      builder.column(0).append_null();
    else
      builder.column(0).append(value);
  }
  const sql::RecordPiece piece = piece_of(builder, {column});
  CellTexts cells;
  cell_maker(column)(cells, piece.held()[0].columns[0], 0, 3);
  std::vector<std::string> texts;
  for (size_t i = 0; i < 3; ++i) {
    std::string text(longest_value, ' ');
    text.resize(static_cast<size_t>(cells.copy(i, text.data()) - text.data()));
    texts.push_back(text);
  }
  return texts;
}

template <class Append>
std::string appended(Append append) {
  Buffer out;
  append(out);
  return {out.data(), out.size()};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(value_text)

BOOST_AUTO_TEST_CASE(numbers) {
  BOOST_TEST(text_of(written("c", server_type("bigint"), type(TypeId::int64)), INT64_MIN) == "-9223372036854775808");
  ServerType big = server_type("bigint");
  big.is_unsigned = true;
  BOOST_TEST(text_of(written("c", big, type(TypeId::uint64)), UINT64_MAX) == "18446744073709551615");
  const auto floating = written("c", server_type("double"), type(TypeId::float64));
  BOOST_TEST(text_of(floating, -0.0) == "-0e0");
  BOOST_TEST(text_of(floating, 0.1) == "1e-01");
  BOOST_TEST(text_of(floating, DBL_MAX) == "1.7976931348623157e+308");
  // A float as the double that it is.
  BOOST_TEST(text_of(written("c", server_type("float"), type(TypeId::float32)), 0.1F) == "1.0000000149011612e-01");
  const auto year = written("c", server_type("year"), type(TypeId::int16));
  BOOST_TEST(text_of(year, int16_t{0}) == "0000");
  BOOST_TEST(text_of(year, int16_t{1999}) == "1999");
}

BOOST_AUTO_TEST_CASE(dates_and_times) {
  BOOST_TEST(text_of(written("c", server_type("date"), type(TypeId::date32)), int32_t{-1}) == "1969-12-31");
  BOOST_TEST(text_of(written("c", server_type("timestamp"), instant()), int64_t{-1}) == "1969-12-31 23:59:59.999999");
  const auto time = written("c", server_type("time"), type(TypeId::duration_us));
  BOOST_TEST(text_of(time, int64_t{838 * 3600 + 59 * 60 + 59} * 1'000'000) == "838:59:59");
  BOOST_TEST(text_of(time, int64_t{-1}) == "-0:00:00.000001");
  BOOST_TEST(text_of(time, int64_t{3'723'000'000}) == "1:02:03");
}

BOOST_AUTO_TEST_CASE(many_are_written_as_one_is) {
  const auto check = [](const WriteColumn& column, auto value) {
    const std::string one = text_of(column, value);
    BOOST_TEST(cells_of(column, value) == (std::vector<std::string>{one, "\\N", one}),
               boost::test_tools::per_element());
  };
  const auto unsigned_of = [](const char* name, TypeId id) {
    ServerType server = server_type(name);
    server.is_unsigned = true;
    return written("c", server, type(id));
  };
  ServerType narrow = server_type("decimal"), wide = server_type("decimal");
  narrow.precision = 12, narrow.scale = 2;
  wide.precision = 65, wide.scale = 30;
  check(written("c", server_type("tinyint"), type(TypeId::int8)), int8_t{-128});
  check(written("c", server_type("smallint"), type(TypeId::int16)), int16_t{-32768});
  check(written("c", server_type("mediumint"), type(TypeId::int32)), int32_t{-8388608});
  check(written("c", server_type("bigint"), type(TypeId::int64)), INT64_MIN);
  check(unsigned_of("tinyint", TypeId::uint8), uint8_t{255});
  check(unsigned_of("smallint", TypeId::uint16), uint16_t{65535});
  check(unsigned_of("int", TypeId::uint32), UINT32_MAX);
  check(unsigned_of("bigint", TypeId::uint64), UINT64_MAX);
  check(written("c", server_type("float"), type(TypeId::float32)), 0.1F);
  check(written("c", server_type("double"), type(TypeId::float64)), -DBL_MAX);
  check(written("c", narrow, decimal(12, 2)), sql::Int128{-123456789012});
  check(written("c", wide, decimal(65, 30)), sql::Int256{{1, 2, 3, 4}});
  check(written("c", server_type("date"), type(TypeId::date32)), int32_t{-1});
  check(written("c", server_type("datetime"), wall_clock()), int64_t{-1});
  check(written("c", server_type("time"), type(TypeId::duration_us)), int64_t{-3'723'000'001});
  check(written("c", server_type("year"), type(TypeId::int16)), int16_t{0});
}

BOOST_AUTO_TEST_CASE(fields_are_escaped) {
  const auto field = [](std::string_view text) { return appended([&](Buffer& out) { append_field(text, out); }); };
  BOOST_TEST(field("") == "");
  BOOST_TEST(field("plain, 'quoted' \"text\"") == "plain, 'quoted' \"text\"");
  BOOST_TEST(field("a\tb\nc\\d") == "a\\tb\\nc\\\\d");
  BOOST_TEST(field("\\N") == "\\\\N");
  const std::string bytes("\0\r\x80", 3);
  BOOST_TEST(field(bytes) == bytes);
  // Every place of a word, and beyond it.
  for (size_t size = 1; size <= 20; ++size) {
    for (size_t at = 0; at < size; ++at) {
      std::string text(size, '\xff'), wanted = text;
      text[at] = '\n';
      wanted.replace(at, 1, "\\n");
      BOOST_TEST(field(text) == wanted, at << " of " << size);
    }
  }
}

BOOST_AUTO_TEST_CASE(literals_are_quoted) {
  const auto quoted = [](std::string_view text, bool is_binary) {
    return appended([&](Buffer& out) { append_quoted(text, is_binary, out); });
  };
  BOOST_TEST(quoted("it's", false) == "'it\\'s'");
  BOOST_TEST(quoted("\\", true) == "_binary'\\\\'");
  BOOST_TEST(quoted("", false) == "''");
}

BOOST_AUTO_TEST_SUITE_END()
