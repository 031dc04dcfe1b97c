// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <random>

#include "base64.hpp"
#include "date_time.hpp"
#include "decimal_text.hpp"
#include "jobs.hpp"
#include "value_parser.hpp"

using namespace sluice;
using namespace sluice::file;
using namespace sluice::file::tests;

namespace {

// The value that a column makes of a text, written again; "!" and the reason when it refuses it.
std::string again(const std::string& text, const std::string& type, const std::string& format = "") {
  const std::string column = R"({"column": [{"index": 0, "type": ")" + type + "\"" +
                             (format.empty() ? "" : R"(, "format": ")" + format + "\"") + "}]}";
  FakeContext context(column);
  const auto columns = read_columns(context.context());
  BOOST_REQUIRE_MESSAGE(!context.has_problem(""), context.all_problems());
  const Schema schema = schema_of(*columns);
  BatchBuilder builder(schema);
  ValueParser parser(columns->at(0), builder.column(0));
  if (const char* why = parser.append(text)) {
    BOOST_TEST(builder.size() == 0);
    return std::string("! ") + why;
  }
  ArrowArray array{};
  builder.finish(&array);
  const Batch batch(&array);
  const auto value = value_at(batch.column(0, schema[0].type), 0);
  return value ? *value : "NULL";
}

// The same of many values at once; nothing when not all of them have the usual form.
std::optional<std::vector<std::string>> usual(const std::vector<std::string>& texts, const std::string& type,
                                              const std::string& format = "") {
  FakeContext context(R"({"column": [{"index": 0, "type": ")" + type + "\"" +
                      (format.empty() ? "" : R"(, "format": ")" + format + "\"") + "}]}");
  const auto columns = read_columns(context.context());
  const Schema schema = schema_of(*columns);
  BatchBuilder builder(schema);
  ValueParser parser(columns->at(0), builder.column(0));
  std::string window;
  for (const auto& text : texts) window += text;
  window += std::string(16, '#');
  std::vector<std::string_view> views;
  std::size_t at = 0;
  for (const auto& text : texts) views.push_back(std::string_view(window).substr(at, text.size())), at += text.size();
  if (!parser.append_usual(views.size(), at, [&](std::size_t i) { return views[i]; })) {
    BOOST_TEST(builder.size() == 0);
    return std::nullopt;
  }
  ArrowArray array{};
  builder.finish(&array);
  const Batch batch(&array);
  std::vector<std::string> all;
  for (std::int64_t row = 0; row < batch.size(); ++row) all.push_back(*value_at(batch.column(0, schema[0].type), row));
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(values_test)

// What is read at once is what is read one by one; anything unusual is left to that.
BOOST_AUTO_TEST_CASE(many_values_at_once) {
  struct Sample {
    std::string type, format;
    std::vector<std::string> usual, unusual;
  };
  const Sample samples[] = {
      {"string",
       "",
       {"a", std::string(63, 'b'), std::string(64, 'c'), std::string(65, 'd'), std::string(1000, 'e')},
       {}},
      {"long",
       "",
       {"0", "-1", "7", "007", "999999999999999999", "-999999999999999999"},
       {"+7", "1.0", "-", " 7", "x", "1000000000000000000"}},
      {"decimal(10,2)",
       "",
       {"0", "-1.5", "12345678.25", "-.5", "1."},
       {"1.234", "123456789", "+1", "1e3", ".", "1.1.1", "0000000000000000000001"}},
      {"date",
       "yyyy-MM-dd",
       {"1970-01-01", "2024-02-29", "0001-01-01", "9999-12-31", "1900-02-28"},
       {"2023-02-29", "0000-01-01", "2024-13-01", "2024-00-01", "2024-01-32", "2024-1-1", "2024/01/01", "x024-01-01",
        "2024-01-0:", "20240-1-01", "2024-01-01 "}},
      {"date", "dd.MM.yyyy", {}, {"01.01.1970"}},
      {"double", "", {}, {"1"}}};
  for (const Sample& sample : samples) {
    std::vector<std::string> wanted;
    for (const auto& text : sample.usual) wanted.push_back(again(text, sample.type, sample.format));
    if (!sample.usual.empty()) BOOST_TEST(usual(sample.usual, sample.type, sample.format).value() == wanted);
    for (const auto& text : sample.unusual)
      BOOST_TEST(!usual({text}, sample.type, sample.format), sample.type << " " << text);
  }
}

BOOST_AUTO_TEST_CASE(integers) {
  for (const char* text : {"0", "-1", "9223372036854775807", "-9223372036854775808", "999999999999999999"})
    BOOST_TEST(again(text, "long") == text);
  BOOST_TEST(again("+7", "long") == "7");
  BOOST_TEST(again(" 7 ", "long") == "7");
  BOOST_TEST(again("007", "long") == "7");
  BOOST_TEST(again("", "long") == "NULL");
  BOOST_TEST(again("9223372036854775808", "long") == "! out of the range of a 64-bit integer");
  for (const char* text : {"1.0", "x", "-", "1 2", "--1", "+-1", "1e3", "0x10"})
    BOOST_TEST(again(text, "long") == "! not an integer", text);
  BOOST_TEST(again("18446744073709551615", "ulong") == "18446744073709551615");
  BOOST_TEST(again("18446744073709551616", "ulong") == "! out of the range of an unsigned 64-bit integer");
  BOOST_TEST(again("-1", "ulong") == "! not an unsigned integer");
}

BOOST_AUTO_TEST_CASE(doubles_are_shortest_and_exact) {
  for (const char* text : {"0.1", "-1.5", "1e+300", "5e-324", "123456789.125"})
    BOOST_TEST(again(text, "double") == text);
  BOOST_TEST(again("1e400", "double") == "! out of the range of a double");
  BOOST_TEST(again("1,5", "double") == "! not a number");
  std::mt19937_64 random(7);
  for (int i = 0; i < 2000; ++i) {
    const std::uint64_t bits = random();
    double value;
    std::memcpy(&value, &bits, 8);
    if (value != value) continue;
    char text[64];
    *std::to_chars(text, text + 64, value).ptr = 0;
    BOOST_TEST(again(text, "double") == text);
  }
}

BOOST_AUTO_TEST_CASE(booleans) {
  for (const char* text : {"true", "TRUE", "t", "1", "yes"}) BOOST_TEST(again(text, "boolean") == "true");
  for (const char* text : {"false", "False", "f", "0", "no"}) BOOST_TEST(again(text, "boolean") == "false");
  BOOST_TEST(again("2", "boolean") == "! not a boolean (true, false)");
}

BOOST_AUTO_TEST_CASE(decimals) {
  const std::string most(38, '9');
  BOOST_TEST(again(most, "decimal(38,0)") == most);
  BOOST_TEST(again("-" + most.substr(0, 28) + "." + most.substr(28), "decimal(38,10)") ==
             "-" + most.substr(0, 28) + "." + most.substr(28));
  BOOST_TEST(again("12.5", "decimal(10,2)") == "12.50");
  BOOST_TEST(again("-0.01", "decimal(10,2)") == "-0.01");
  BOOST_TEST(again(".5", "decimal(10,2)") == "0.50");
  BOOST_TEST(again("5.", "decimal(10,2)") == "5.00");
  BOOST_TEST(again("1.230000000000000000000000000000000000000000", "decimal(10,2)") == "1.23");
  BOOST_TEST(again("00000000000000000000000000000000000000000000012.5", "decimal(4,2)") == "12.50");
  BOOST_TEST(again("99999999.99", "decimal(10,2)") == "99999999.99");
  BOOST_TEST(again("100000000", "decimal(10,2)") == "! more digits before the point than the type holds");
  BOOST_TEST(again("1" + most, "decimal(38,0)") == "! more digits before the point than the type holds");
  BOOST_TEST(again("1.234", "decimal(10,2)") == "! more digits behind the point than the type holds");
  for (const char* text : {".", "-", "1.2.3", "1e3", "abc", "1_000", "+-1"})
    BOOST_TEST(again(text, "decimal(10,2)") == "! not a decimal number", text);
}

BOOST_AUTO_TEST_CASE(decimals_of_any_size_stay_text) {
  const std::string large = "-" + std::string(60, '9') + "." + std::string(30, '1');
  for (const std::string& text : {large, std::string("0"), std::string("5."), std::string(".5"), std::string("+1.50")})
    BOOST_TEST(again(text, "decimal") == text);
  BOOST_TEST(again("", "decimal") == "NULL");
  for (const char* text : {".", "-", "1.2.3", "1e3", "NaN"})
    BOOST_TEST(again(text, "decimal") == "! not a decimal number");
}

BOOST_AUTO_TEST_CASE(random_decimals_come_back) {
  std::mt19937_64 random(11);
  for (int i = 0; i < 5000; ++i) {
    const int precision = 1 + static_cast<int>(random() % 38),
              scale = static_cast<int>(random() % static_cast<unsigned>(precision + 1));
    std::string digits;
    for (int d = 0; d < precision - scale; ++d) digits += static_cast<char>('0' + random() % 10);
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    std::string text = digits.empty() ? "0" : digits;
    if (scale > 0) text += '.';
    for (int d = 0; d < scale; ++d) text += static_cast<char>('0' + random() % 10);
    if (random() % 2 == 0 && text.find_first_of("123456789") != std::string::npos) text.insert(0, "-");
    const std::string type = "decimal(" + std::to_string(precision) + "," + std::to_string(scale) + ")";
    BOOST_TEST(again(text, type) == text, type << " " << text);
  }
}

BOOST_AUTO_TEST_CASE(wide_decimals_are_written) {
  char text[longest_decimal];
  char value[32] = {};
  value[16] = 1;  // 2^128
  BOOST_TEST(std::string(text, format_decimal256(text, value, 0)) == "340282366920938463463374607431768211456");
  BOOST_TEST(std::string(text, format_decimal256(text, value, 40)) == "0.0340282366920938463463374607431768211456");
  std::fill(std::begin(value), std::end(value), '\xFF');  // -1
  BOOST_TEST(std::string(text, format_decimal256(text, value, 2)) == "-0.01");
  std::fill(std::begin(value), std::end(value), '\0');
  BOOST_TEST(std::string(text, format_decimal256(text, value, 2)) == "0.00");
}

BOOST_AUTO_TEST_CASE(dates_and_times) {
  BOOST_TEST(again("2024-02-29", "timestamp") == "2024-02-29 00:00:00");
  BOOST_TEST(again("2024-02-29T23:59:59.123456", "timestamp") == "2024-02-29 23:59:59.123456");
  BOOST_TEST(again("0001-01-01 00:00:00.000001", "timestamp") == "0001-01-01 00:00:00.000001");
  BOOST_TEST(again("9999-12-31 23:59:59.999999", "date") == "9999-12-31 23:59:59.999999");
  BOOST_TEST(again("2024-02-29 10:00", "timestamp") == "2024-02-29 10:00:00");
  BOOST_TEST(again("2024-02-29 10:00:00.1230000", "timestamp") == "2024-02-29 10:00:00.123");
  BOOST_TEST(again("2024-02-29 10:00:00.1234567", "timestamp") == "! more precise than microseconds");
  BOOST_TEST(again("2023-02-29", "timestamp") == "! no such date");
  BOOST_TEST(again("2024-02-29 24:00:00", "timestamp") == "! no such time of day");
  BOOST_TEST(again("2024-2-9", "timestamp") == "! not a date (yyyy-MM-dd)");
  BOOST_TEST(again("23:59:59.5", "time") == "23:59:59.5");
  BOOST_TEST(again("2024-02-29T12:00:00+02:00", "instant") == "2024-02-29T10:00:00Z");
  BOOST_TEST(again("2024-03-01 00:30:00-0130", "instant") == "2024-03-01T02:00:00Z");
  BOOST_TEST(again("2024-03-01 00:30:00", "instant") == "! no offset from UTC (Z, +02:00) behind the time");
}

BOOST_AUTO_TEST_CASE(date_patterns) {
  BOOST_TEST(again("29.02.2024", "date", "dd.MM.yyyy") == "2024-02-29");
  BOOST_TEST(again("2024-02-29", "date", "yyyy-MM-dd") == "2024-02-29");
  BOOST_TEST(again("2024-02-29 00:00:00", "date", "yyyy-MM-dd") == "! not a date (yyyy-MM-dd)");
  BOOST_TEST(again("20240229235959", "date", "yyyyMMddHHmmss") == "2024-02-29 23:59:59");
  BOOST_TEST(again("7/4/99 6h05", "date", "M/d/yy H'h'mm") == "1999-07-04 06:05:00");
  BOOST_TEST(again("06:05", "date", "HH:mm") == "06:05:00");
  BOOST_TEST(again("2024-02-29T01:00:00.250+01:00", "date", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX") ==
             "2024-02-29T00:00:00.25Z");
  BOOST_TEST(again("30.02.2024", "date", "dd.MM.yyyy") == "! no such date");
  BOOST_TEST(again("29.02.24", "date", "dd.MM.yyyy") == "! not in the format of the column");
  BOOST_TEST(again("29.02.2024x", "date", "dd.MM.yyyy") == "! not in the format of the column");
  BOOST_CHECK_THROW(DatePattern("yyyy-QQ"), Error);
  BOOST_CHECK_THROW(DatePattern("yyyy'open"), Error);
  std::string text;
  DatePattern("dd.MM.yy H:mm:ss.SSS 'Uhr'''").format(text, 19782, 3723456789000);
  BOOST_TEST(text == "29.02.24 1:02:03.456 Uhr'");
}

BOOST_AUTO_TEST_CASE(bytes_are_base64) {
  BOOST_TEST(again("AAEC/w==", "bytes") == std::string("\0\1\2\xFF", 4));
  BOOST_TEST(again("", "bytes") == "");
  for (const char* text : {"AAE", "A===", "AA=A", "====", "AA\nA", "~AAA"})
    BOOST_TEST(again(text, "bytes") == "! not base64", text);
  std::mt19937 random(3);
  for (std::size_t size = 0; size < 200; ++size) {
    std::string bytes(size, '\0'), text(base64_size(size), '\0'), back(size + 3, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    encode_base64(bytes, text.data());
    const auto decoded = decode_base64(text, back.data());
    BOOST_REQUIRE(decoded);
    BOOST_TEST(back.substr(0, *decoded) == bytes);
  }
}

BOOST_AUTO_TEST_SUITE_END()
