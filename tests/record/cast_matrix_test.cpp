// SPDX-License-Identifier: Apache-2.0
#include "sample.hpp"

namespace sluice::record {
BOOST_AUTO_TEST_SUITE(cast_matrix_test)

namespace {

constexpr Type i8{TypeId::int8};
constexpr Type i32{TypeId::int32};
constexpr Type i64{TypeId::int64};
constexpr Type u8{TypeId::uint8};
constexpr Type u64{TypeId::uint64};
constexpr Type f32{TypeId::float32};
constexpr Type f64{TypeId::float64};
constexpr Type boolean{TypeId::boolean};
constexpr Type text{TypeId::utf8};
constexpr Type large_text{TypeId::large_utf8};
constexpr Type bytes{TypeId::binary};
constexpr Type large_bytes{TypeId::large_binary};
constexpr Type date{TypeId::date32};
constexpr Type time_us{TypeId::time64_us};
constexpr Type time_ns{TypeId::time64_ns};
constexpr Type wall{.id = TypeId::timestamp_us};
constexpr Type wall_ns{.id = TypeId::timestamp_ns};
constexpr Type instant{.id = TypeId::timestamp_us, .utc = true};
constexpr Type duration{TypeId::duration_us};

constexpr Type decimal(int precision, int scale) { return {TypeId::decimal128, precision, scale}; }
constexpr Type decimal256(int precision, int scale) { return {TypeId::decimal256, precision, scale}; }

struct Case {
  Type from;
  const char* value;
  Type to;
  const char* answer;
};

void run(std::initializer_list<Case> cases) {
  for (const Case& c : cases) {
    BOOST_TEST(cast_text(c.from, c.value, c.to) == c.answer, name_of(c.from)
                                                                 << " " << c.value << " to " << name_of(c.to) << ": "
                                                                 << cast_text(c.from, c.value, c.to));
  }
}

const std::string nines38(38, '9');
const std::string nines76(76, '9');

}  // namespace

BOOST_AUTO_TEST_CASE(integers) {
  run({{i64, "127", i8, "127"},
       {i64, "128", i8, "!range"},
       {i64, "-129", i8, "!range"},
       {i8, "-1", u64, "!range"},
       {i8, "-128", i64, "-128"},
       {u64, "18446744073709551615", i64, "!range"},
       {u64, "9223372036854775807", i64, "9223372036854775807"},
       {i64, "9223372036854775807", u64, "9223372036854775807"},
       {i64, "-9223372036854775808", i32, "!range"},
       {u8, "255", i8, "!range"},
       {u8, "255", i32, "255"},
       {boolean, "true", i32, "1"},
       {boolean, "false", u8, "0"},
       {i64, "1", boolean, "true"},
       {i64, "0", boolean, "false"},
       {i64, "2", boolean, "!range"},
       {u8, "255", boolean, "!range"}});
}

BOOST_AUTO_TEST_CASE(floats) {
  run({{i64, "9007199254740992", f64, "9007199254740992"},
       {i64, "9007199254740993", f64, "!inexact"},
       {i64, "9223372036854775807", f64, "!inexact"},
       {i64, "-9223372036854775808", f64, "-9223372036854775808"},
       {u64, "18446744073709551615", f64, "!inexact"},
       {i32, "16777216", f32, "16777216"},
       {i32, "16777217", f32, "!inexact"},
       {f64, "1.5", i64, "!inexact"},
       {f64, "-3", i64, "-3"},
       {f64, "NaN", i64, "!range"},
       {f64, "Infinity", i64, "!range"},
       {f64, "9223372036854775808", i64, "!range"},
       {f64, "9223372036854775808", u64, "9223372036854775808"},
       {f64, "18446744073709551616", u64, "!range"},
       {f64, "-1", u64, "!range"},
       {f64, "300", i8, "!range"},
       {f64, "1e300", i8, "!range"},
       {f64, "0.5", f32, "0.5"},
       {f64, "0.1", f32, "!inexact"},
       {f64, "1e300", f32, "!range"},
       {f64, "1e-300", f32, "!inexact"},
       {f64, "NaN", f32, "NaN"},
       {f64, "-Infinity", f32, "-Infinity"},
       {f32, "0.1", f64, "0.10000000149011612"},
       {f32, "Infinity", f64, "Infinity"}});
}

BOOST_AUTO_TEST_CASE(decimals_and_integers) {
  run({{i64, "9223372036854775807", decimal(38, 10), "9223372036854775807.0000000000"},
       {i64, "999", decimal(5, 2), "999.00"},
       {i64, "1000", decimal(5, 2), "!range"},
       {i64, "-1000", decimal(5, 2), "!range"},
       {u64, "18446744073709551615", decimal(20, 0), "18446744073709551615"},
       {u64, "18446744073709551615", decimal(19, 0), "!range"},
       {i64, "0", decimal(38, 38),
        "0."
        "00000000000000000000000000000000000000"},
       {i64, "1", decimal(38, 38), "!range"},
       {i64, "12300", decimal(3, -2), "12300"},
       {i64, "12301", decimal(3, -2), "!inexact"},
       {i64, "100000", decimal(3, -2), "!range"},
       {decimal(5, 2), "999.00", i64, "999"},
       {decimal(5, 2), "999.10", i64, "!inexact"},
       {decimal(5, 2), "999.00", i8, "!range"},
       {decimal(5, 2), "-1.00", u8, "!range"},
       {decimal(38, 0), "99999999999999999999999999999999999999", i64, "!range"},
       {decimal(38, 38), "0.1", i64, "!inexact"},
       {decimal(3, -2), "12300", i64, "12300"},
       {i64, "-5", decimal256(76, 40), "-5.0000000000000000000000000000000000000000"},
       {decimal256(76, 40), "-5", i64, "-5"},
       {decimal256(76, 40), "-5.1", i64, "!inexact"},
       {decimal256(76, 0), "18446744073709551615", u64, "18446744073709551615"},
       {decimal256(76, 0), "18446744073709551616", u64, "!range"}});
  run({{decimal256(76, 0), nines76.c_str(), i64, "!range"}});
}

BOOST_AUTO_TEST_CASE(decimals_among_themselves) {
  run({{decimal(10, 4), "1.5000", decimal(10, 2), "1.50"},
       {decimal(10, 4), "1.5010", decimal(10, 2), "!inexact"},
       {decimal(10, 4), "123456.5000", decimal(5, 2), "!range"},
       {decimal(10, 2), "99999999.99", decimal(10, 4), "!range"},
       {decimal(10, 2), "999999.99", decimal(10, 4), "999999.9900"},
       {decimal(10, 2), "123.45", decimal(12, 2), "123.45"},
       {decimal(12, 2), "1234567890.12", decimal(10, 2), "!range"},
       {decimal(12, 2), "12345678.12", decimal(10, 2), "12345678.12"},
       {decimal(38, 38), "0.00000000000000000000000000000000000000", decimal(1, 0), "0"},
       {decimal(38, 38), "0.00000000000000000000000000000000000001", decimal(1, 0), "!inexact"}});
  run({{decimal(38, 0), nines38.c_str(), decimal256(76, 38), (nines38 + "." + std::string(38, '0')).c_str()},
       {decimal256(76, 38), nines38.c_str(), decimal(38, 0), nines38.c_str()},
       {decimal256(76, 0), nines76.c_str(), decimal(38, 0), "!range"},
       {decimal256(76, 0), nines76.c_str(), decimal256(76, 1), "!range"},
       {decimal256(76, 1), "1.5", decimal256(76, 0), "!inexact"},
       {decimal(38, 0), ("-" + nines38).c_str(), decimal(37, 0), "!range"}});
}

BOOST_AUTO_TEST_CASE(decimals_and_floats) {
  run({{decimal(5, 2), "0.10", f64, "0.1"},
       {decimal(5, 2), "-123.45", f64, "-123.45"},
       {decimal(38, 0), "9007199254740993", f64, "!inexact"},
       {decimal(38, 0), "100000000000000000000", f64, "1e+20"},
       {decimal(38, 18), "0.123456789012345678", f64, "!inexact"},
       {decimal(38, 18), "0.1234567890123457", f64, "0.1234567890123457"},
       {decimal(38, 2), "0.10", f32, "0.1"},
       {decimal(38, 2), "16777217.00", f32, "!inexact"},
       {decimal256(76, 60), "0.1", f64, "0.1"},
       {decimal256(76, 60), "0.100000000000000000000000000001", f64, "!inexact"},
       {f64, "0.1", decimal(5, 2), "0.10"},
       {f64, "0.125", decimal(5, 2), "!inexact"},
       {f64, "1000", decimal(5, 2), "!range"},
       {f64, "NaN", decimal(5, 2), "!range"},
       {f64, "Infinity", decimal(5, 2), "!range"},
       {f64, "1e22", decimal(38, 0), "10000000000000000000000"},
       {f64, "1e38", decimal(38, 0), "!range"},
       {f64, "5e-324", decimal(38, 38), "!inexact"},
       {f64, "0.30000000000000004", decimal(38, 17), "0.30000000000000004"},
       {f64, "0.30000000000000004", decimal(38, 16), "!inexact"},
       {f64, "12300", decimal(3, -2), "12300"},
       {f32, "0.1", decimal(5, 2), "0.10"},
       {f32, "3.1415927", decimal(10, 7), "3.1415927"},
       {f64, "1e50", decimal256(76, 0), "100000000000000000000000000000000000000000000000000"}});
}

BOOST_AUTO_TEST_CASE(text_to_values) {
  run({{text, "42", i64, "42"},
       {large_text, "-42", i8, "-42"},
       {text, "256", u8, "!range"},
       {text, "4 2", i64, "!parse"},
       {text, "", i64, "!parse"},
       {text, "0.1", f64, "0.1"},
       {text, "1e999", f64, "!range"},
       {text, "TRUE", boolean, "true"},
       {text, "yes", boolean, "!parse"},
       {text, "123.45", decimal(5, 2), "123.45"},
       {text, "123.456", decimal(5, 2), "!inexact"},
       {large_text, "1e75", decimal256(76, 0),
        "1000000000000000000000000000000000000000000000000000000000000000000000000000"},
       {text, "2024-02-29", date, "2024-02-29"},
       {text, "2023-02-29", date, "!parse"},
       {text, "5881580-07-12", date, "!range"},
       {text, "24:00:00", time_us, "24:00:00"},
       {text, "10:00:00.0000001", time_us, "!inexact"},
       {text, "10:00:00.0000001", time_ns, "10:00:00.000000100"},
       {text, "2024-02-29 23:59:59.123456", wall, "2024-02-29 23:59:59.123456"},
       {text, "2024-02-29 23:59:59.1234567", wall, "!inexact"},
       {text, "294246-12-31 23:59:59", wall, "294246-12-31 23:59:59"},
       {text, "294276-12-31 23:59:59", wall, "!range"},
       {text, "294276-12-31 23:59:59", wall_ns, "!range"},
       {text, "-4712-01-01 00:00:00", wall, "-4712-01-01 00:00:00"},
       {text, "2024-02-29 23:59:59Z", instant, "2024-02-29 23:59:59+00:00"},
       {text, "2024-03-01 01:59:59+02:00", instant, "2024-02-29 23:59:59+00:00"},
       {text, "2024-03-01 01:59:59", instant, "!time-zone"},
       {text, "2024-03-01 01:59:59Z", wall, "!time-zone"},
       {text, "-838:59:59", duration, "-838:59:59"}});
}

BOOST_AUTO_TEST_CASE(values_to_text) {
  run({{i64, "-9223372036854775808", text, "-9223372036854775808"},
       {u64, "18446744073709551615", large_text, "18446744073709551615"},
       {f64, "0.1", text, "0.1"},
       {f32, "0.1", text, "0.1"},
       {f64, "NaN", text, "NaN"},
       {f64, "-Infinity", text, "-Infinity"},
       {boolean, "true", text, "true"},
       {boolean, "false", large_text, "false"},
       {decimal(10, 2), "-0.05", text, "-0.05"},
       {decimal256(76, 2), "1e40", text, "10000000000000000000000000000000000000000.00"},
       {date, "1582-10-10", text, "1582-10-10"},
       {date, "-4712-01-01", text, "-4712-01-01"},
       {time_us, "23:59:59.000001", text, "23:59:59.000001"},
       {time_ns, "23:59:59.000000001", text, "23:59:59.000000001"},
       {wall, "2024-02-29 00:00:00", text, "2024-02-29 00:00:00"},
       {wall_ns, "2024-02-29 00:00:00.000000001", text, "2024-02-29 00:00:00.000000001"},
       {instant, "2024-02-29 00:00:00.5+00", text, "2024-02-29 00:00:00.500000+00:00"},
       {duration, "100:00:00", text, "100:00:00"}});
}

BOOST_AUTO_TEST_CASE(text_and_bytes) {
  run({{text, "größe 😀", large_text, "größe 😀"},
       {large_text, "", text, ""},
       {text, "größe", bytes, "0x6772c3b6c39f65"},
       {text, "a", large_bytes, "0x61"},
       {bytes, "Z3LDtsOfZQ==", text, "größe"},
       {bytes, "Z3LDtsOfZQ==", large_text, "größe"},
       {bytes, "/w==", text, "!encoding"},
       {large_bytes, "/w==", text, "!encoding"},
       {bytes, "", large_bytes, "0x"}});
}

BOOST_AUTO_TEST_CASE(times_of_day_and_durations) {
  run({{time_us, "10:00:00.000001", time_ns, "10:00:00.000001000"},
       {time_ns, "10:00:00.000001000", time_us, "10:00:00.000001"},
       {time_ns, "10:00:00.000000001", time_us, "!inexact"},
       {duration, "23:59:59", time_us, "23:59:59"},
       {duration, "24:00:00", time_ns, "24:00:00"},
       {duration, "24:00:01", time_us, "!range"},
       {duration, "-00:00:01", time_us, "!range"},
       {time_us, "24:00:00", duration, "24:00:00"},
       {date, "2024-02-29", wall, "2024-02-29 00:00:00"},
       {date, "5881580-07-11", wall, "!range"},
       {date, "1500-01-01", wall_ns, "!range"},
       {wall, "2024-02-29 00:00:00", date, "2024-02-29"},
       {wall, "2024-02-29 00:00:00.000001", date, "!inexact"},
       {wall, "-4712-01-01 00:00:00", date, "-4712-01-01"},
       {wall, "1969-12-31 23:59:59", date, "!inexact"},
       {wall, "2024-02-29 00:00:00.000001", wall_ns, "2024-02-29 00:00:00.000001000"},
       {wall, "2262-04-12 00:00:00", wall_ns, "!range"},
       {wall_ns, "2024-02-29 00:00:00.000000001", wall, "!inexact"},
       {wall_ns, "1969-12-31 23:59:59.999999000", wall, "1969-12-31 23:59:59.999999"}});
}

// Every pair is either refused when planned, or carries NULLs and survives a batch without rows.
BOOST_AUTO_TEST_CASE(every_pair_carries_nulls) {
  for (const Type& from : all_types()) {
    for (const Type& to : all_types()) {
      const auto answers = cast_cells(one_column(from), one_column(to), share(batch_of(from, {{}, {}})));
      if (answers.front().starts_with("problem: ")) continue;
      BOOST_TEST((answers == std::vector<std::string>{"NULL", "NULL"}), name_of(from) << " to " << name_of(to));
      BOOST_TEST(cast_cells(one_column(from), one_column(to), share(batch_of(from, {}))).empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(pairs_that_cannot_be_cast) {
  const auto refused = [](const Type& from, const Type& to) {
    return !Cast::plan(one_column(from), one_column(to)).has_value();
  };
  for (const Type& type : all_types()) {
    BOOST_TEST(!refused({TypeId::null_}, type), name_of(type));
    BOOST_TEST(!refused(type, type), name_of(type));
    BOOST_TEST(refused(type, {TypeId::null_}) == (type.id != TypeId::null_), name_of(type));
    if (!is_binary(type.id)) BOOST_TEST(!refused(type, text), name_of(type));
    if (!is_binary(type.id) && type.id != TypeId::null_) BOOST_TEST(!refused(text, type), name_of(type));
    if (!is_variable(type.id) && type.id != TypeId::null_) {
      BOOST_TEST(refused(bytes, type), name_of(type));
      BOOST_TEST(refused(type, bytes), name_of(type));
    }
  }
  for (const auto& [from, to] : std::initializer_list<std::pair<Type, Type>>{{i64, date},
                                                                             {date, i64},
                                                                             {f64, wall},
                                                                             {wall, time_us},
                                                                             {time_us, wall},
                                                                             {duration, i64},
                                                                             {boolean, f64},
                                                                             {boolean, decimal(5, 2)},
                                                                             {decimal(5, 2), boolean},
                                                                             {date, time_us},
                                                                             {wall, instant},
                                                                             {instant, wall},
                                                                             {date, instant},
                                                                             {instant, date},
                                                                             {instant, wall_ns}}) {
    BOOST_TEST(refused(from, to), name_of(from) << " to " << name_of(to));
  }
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace sluice::record
