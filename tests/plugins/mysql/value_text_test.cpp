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
