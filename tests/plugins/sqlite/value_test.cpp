// SPDX-License-Identifier: Apache-2.0
// Exact values: into SQLite and out again, or refused.
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>

#include "sqlite/decimal_text.hpp"
#include "sqlite/read_all.hpp"
#include "sql/time_text.hpp"
#include "sqlite/write_all.hpp"

using namespace sluice;
using namespace sluice::sqlite;
using namespace sluice::tests;
using namespace std::string_literals;

namespace {

using Lines = std::vector<std::string>;
using Fill = std::function<void(ColumnBuilder&)>;

struct Outcome {
  Lines stored;    // SQLite's typeof and quote
  Lines read;      // through the reader
  Lines rejected;  // row and code
};

// One column, through the writer and back through the reader.
Outcome through(const std::string& declaration, const Type& input, const Fill& fill) {
  Database database("CREATE TABLE t (c " + declaration + ")");
  WriteJob job(database, R"("table": "t", "column": ["c"])");
  job.run(schema_of({input}), {[&](BatchBuilder& builder) { fill(builder.column(0)); }});
  Outcome outcome;
  for (const auto& reject : job.context.rejects)
    outcome.rejected.push_back(std::to_string(reject.row) + " " + reject.code);
  outcome.stored = database.rows("SELECT typeof(c) || ' ' || quote(c) FROM t");
  database.close();
  FakeContext context(parameters(database, R"("table": "t", "column": ["c"])"), SqliteReader::info.options);
  outcome.read = read_all(context).rows;
  return outcome;
}

template <class T>
Fill values(std::initializer_list<T> list) {
  return [all = std::vector<T>(list)](ColumnBuilder& column) {
    for (const T& value : all) column.append<T>(value);
  };
}
Fill texts(const Lines& list) {
  return [list](ColumnBuilder& column) {
    for (const auto& text : list) column.append_text(text);
  };
}
int64_t moment(const char* text) { return sql::parse_timestamp(text, true).value(); }

void check(const Outcome& outcome, const Lines& stored, const Lines& read, const Lines& rejected = {}) {
  BOOST_TEST(outcome.stored == stored, boost::test_tools::per_element());
  BOOST_TEST(outcome.read == read, boost::test_tools::per_element());
  BOOST_TEST(outcome.rejected == rejected, boost::test_tools::per_element());
}

constexpr int64_t least = std::numeric_limits<int64_t>::min(), most = std::numeric_limits<int64_t>::max();

}  // namespace

BOOST_AUTO_TEST_SUITE(value)

BOOST_AUTO_TEST_CASE(integers_of_64_bits) {
  check(through("BIGINT", type(TypeId::int64), values<int64_t>({least, -1, 0, most})),
        {"integer -9223372036854775808", "integer -1", "integer 0", "integer 9223372036854775807"},
        {"-9223372036854775808", "-1", "0", "9223372036854775807"});
}

BOOST_AUTO_TEST_CASE(unsigned_integers_where_no_type_is_declared_or_text) {
  check(through("", type(TypeId::uint64), values<uint64_t>({5, UINT64_MAX})),
        {"integer 5", "text '18446744073709551615'"}, {"5", "18446744073709551615"});
  // The host casts to utf8 first.
  check(through("TEXT", type(TypeId::uint64), texts({"18446744073709551615"})), {"text '18446744073709551615'"},
        {"18446744073709551615"});
  check(through("NUMERIC", type(TypeId::uint64), values<uint64_t>({5, UINT64_MAX})), {"integer 5"}, {"5"},
        {"1 inexact"});
}

BOOST_AUTO_TEST_CASE(texts_with_everything_in_them) {
  const Lines all = {"", "a", "007", " 1 ", "1e3", "\xF0\x9F\x98\x80 ü", "a\0b"s, "'\"|\n"};
  const auto outcome = through("TEXT", type(TypeId::utf8), texts(all));
  BOOST_TEST(outcome.read == all, boost::test_tools::per_element());
  BOOST_TEST(outcome.rejected.empty());
  const auto untyped = through("", type(TypeId::utf8), texts(all));
  BOOST_TEST(untyped.read == all, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(null_is_not_the_empty_value) {
  const auto fill = [](ColumnBuilder& column) {
    column.append_null();
    column.append_text("");
  };
  check(through("TEXT", type(TypeId::utf8), fill), {"null NULL", "text ''"}, {"NULL", ""});
  check(through("BLOB", type(TypeId::binary), fill), {"null NULL", "blob X''"}, {"NULL", ""});
}

BOOST_AUTO_TEST_CASE(texts_in_a_column_of_an_unknown_type) {
  check(through("STRING", type(TypeId::utf8),
                texts({"abc", "7", "007", "0.5", "0.50", " 7", "1e5", "-", "inf", "12345678901234567890"})),
        {"text 'abc'", "integer 7", "real 0.5", "text '-'", "text 'inf'"}, {"abc", "7", "0.5", "-", "inf"},
        {"2 inexact", "4 inexact", "5 inexact", "6 inexact", "9 inexact"});
}

BOOST_AUTO_TEST_CASE(blobs) {
  const Lines all = {"\0\xFF"s, "text"};
  check(through("BLOB", type(TypeId::binary), texts(all)), {"blob X'00FF'", "blob X'74657874'"}, all);
}

BOOST_AUTO_TEST_CASE(doubles) {
  const double tiny = std::numeric_limits<double>::denorm_min(), infinite = std::numeric_limits<double>::infinity();
  const auto outcome =
      through("REAL", type(TypeId::float64), values<double>({0.1, 1e300, tiny, -infinite, std::nan(""), 3}));
  BOOST_TEST(outcome.read == (Lines{"0.1", "1e+300", "5e-324", "-inf", "3"}), boost::test_tools::per_element());
  BOOST_TEST(outcome.rejected == (Lines{"4 range"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(booleans) {
  const Fill fill = [](ColumnBuilder& column) {
    column.append_boolean(true);
    column.append_boolean(false);
    column.append_null();
  };
  check(through("BOOLEAN", type(TypeId::boolean), fill), {"integer 1", "integer 0", "null NULL"},
        {"true", "false", "NULL"});
}

BOOST_AUTO_TEST_CASE(decimals_where_sqlite_keeps_numbers) {
  const auto value = [](const char* text) { return parse_decimal(text, 38, 10).value(); };
  const auto fill = values<Int128>({value("0.1"), value("-12345.6789"), value("12"), value("1234567890123456789.5"),
                                    value("9223372036854775807"), value("0.1234567891")});
  check(through("DECIMAL(38,10)", decimal(38, 10), fill),
        {"real 0.1", "real -12345.6789", "integer 12", "integer 9223372036854775807", "real 0.1234567891"},
        {"0.1000000000", "-12345.6789000000", "12.0000000000", "9223372036854775807.0000000000", "0.1234567891"},
        {"3 inexact"});
}

BOOST_AUTO_TEST_CASE(decimals_of_38_digits_where_no_type_is_declared) {
  const auto big = parse_decimal("-9999999999999999999999999999.9999999999", 38, 10).value();
  check(through("", decimal(38, 10), values<Int128>({big})), {"text '-9999999999999999999999999999.9999999999'"},
        {"-9999999999999999999999999999.9999999999"});
}

BOOST_AUTO_TEST_CASE(texts_where_a_number_is_declared) {
  check(through("NUMERIC", type(TypeId::utf8), texts({"12.50", "-0.1", "abc", "0.1234567890123456", "7", ""})),
        {"real 12.5", "real -0.1", "real 1.23456789012345594103e-01", "integer 7"},
        {"12.5", "-0.1", "0.1234567890123456", "7"}, {"2 parse", "5 parse"});
}

BOOST_AUTO_TEST_CASE(dates_and_times_are_iso_text) {
  check(through("DATE", type(TypeId::date32), values<int32_t>({0, -719529, 2932896})),
        {"text '1970-01-01'", "text '9999-12-31'"}, {"1970-01-01", "9999-12-31"}, {"1 range"});
  check(through("DATETIME", wall_clock(),
                values<int64_t>({moment("2024-02-29 13:05:07.000001"), moment("2024-02-29"), most})),
        {"text '2024-02-29 13:05:07.000001'", "text '2024-02-29 00:00:00'"},
        {"2024-02-29 13:05:07.000001", "2024-02-29 00:00:00"}, {"2 range"});
  check(through("TIMESTAMPTZ", instant(), values<int64_t>({moment("1969-12-31 23:59:59.5Z")})),
        {"text '1969-12-31 23:59:59.500000+00:00'"}, {"1969-12-31 23:59:59.500000+00:00"});
  check(through("TIME", type(TypeId::time64_us), values<int64_t>({1, 86'400'000'000})), {"text '00:00:00.000001'"},
        {"00:00:00.000001"}, {"1 range"});
}

BOOST_AUTO_TEST_CASE(a_record_that_is_bad_twice_is_refused_once) {
  Database database("CREATE TABLE t (a REAL, b REAL)");
  WriteJob job(database, R"("table": "t", "column": ["a", "b"])");
  job.run(schema_of({type(TypeId::float64), type(TypeId::float64)}), {[](BatchBuilder& builder) {
            for (const double value : {1.0, std::nan(""), 2.0}) {
              builder.column(0).append<double>(value);
              builder.column(1).append<double>(value);
            }
          }});
  BOOST_REQUIRE_EQUAL(job.context.rejects.size(), 1u);
  BOOST_TEST(job.context.rejects[0].column == 0);
  BOOST_TEST(database.rows("SELECT a, b FROM t") == (Lines{"1.0|1.0", "2.0|2.0"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
