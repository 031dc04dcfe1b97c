// SPDX-License-Identifier: Apache-2.0
#include "mysql/decode.hpp"

#include <boost/test/unit_test.hpp>
#include <cstring>
#include <limits>
#include <random>
#include <string>

#include "mysql/decode_decimal.hpp"
#include "sluice/batch_view.hpp"

using namespace sluice;
using namespace sluice::mysql;
using sluice::sql::Fault;

namespace {

struct Decoded {
  Fault fault;
  std::string bytes;

  template <class T>
  T as() const {
    BOOST_TEST_REQUIRE(bytes.size() == sizeof(T));
    T value;
    std::memcpy(&value, bytes.data(), sizeof value);
    return value;
  }
};

// One value through a batch.
Decoded decoded(const ColumnCodec& codec, std::string_view text) {
  BatchBuilder builder(Schema({{"c", codec.type}}));
  const std::string padded = std::string(text) + std::string(16, '\0');
  const sql::FieldBytes field{padded.data(), static_cast<int64_t>(text.size())};
  sql::Unreadable unreadable;
  decode_column(codec, {&field, 1, 0, true}, builder.column(0), unreadable);
  if (!unreadable.empty()) return {unreadable[0].fault, ""};
  Decoded out;
  BOOST_TEST_REQUIRE(builder.size() == 1);
  ArrowArray batch{};
  builder.finish(&batch);
  const ArrowArray& column = *batch.children[0];
  if (codec.type.is_variable()) {
    int32_t end = 0;
    std::memcpy(&end, static_cast<const char*>(column.buffers[1]) + 4, 4);
    out.bytes.assign(static_cast<const char*>(column.buffers[2]), static_cast<size_t>(end));
  } else {
    out.bytes.assign(static_cast<const char*>(column.buffers[1]), codec.type.width());
  }
  batch.release(&batch);
  return out;
}

ColumnCodec plain(Codec codec, TypeId id) { return {codec, type(id)}; }

constexpr int64_t day = 86'400'000'000;

}  // namespace

BOOST_AUTO_TEST_SUITE(decode)

BOOST_AUTO_TEST_CASE(integers_at_their_ends) {
  BOOST_TEST(decoded(plain(Codec::uint64, TypeId::uint64), "18446744073709551615").as<uint64_t>() == UINT64_MAX);
  BOOST_TEST(decoded(plain(Codec::int64, TypeId::int64), "-9223372036854775808").as<int64_t>() == INT64_MIN);
  BOOST_TEST(int{decoded(plain(Codec::int8, TypeId::int8), "-128").as<int8_t>()} == -128);
  BOOST_CHECK_THROW(decoded(plain(Codec::int8, TypeId::int8), "128"), Error);
  BOOST_CHECK_THROW(decoded(plain(Codec::int32, TypeId::int32), "12x"), Error);
}

BOOST_AUTO_TEST_CASE(reals_to_the_last_bit) {
  BOOST_TEST(decoded(plain(Codec::float64, TypeId::float64), "1.7976931348623157e308").as<double>() ==
             std::numeric_limits<double>::max());
  BOOST_TEST(decoded(plain(Codec::float32, TypeId::float32), "0.10000000149011612").as<float>() == 0.1f);
}

BOOST_AUTO_TEST_CASE(dates_and_zero_dates) {
  const ColumnCodec date = plain(Codec::date, TypeId::date32);
  BOOST_TEST(decoded(date, "1970-01-02").as<int32_t>() == 1);
  BOOST_TEST(decoded(date, "9999-12-31").as<int32_t>() == 2932896);
  BOOST_TEST(decoded(date, "0001-01-01").as<int32_t>() == -719162);
  for (const char* zero : {"0000-00-00", "2024-00-10", "2024-02-00", "2024-02-30"}) {
    const Decoded value = decoded(date, zero);
    BOOST_TEST_REQUIRE(bool(value.fault), zero);
    BOOST_TEST(value.fault.code == std::string("range"));
  }
}

BOOST_AUTO_TEST_CASE(wall_clock_times_with_microseconds) {
  const ColumnCodec datetime{Codec::datetime, wall_clock()};
  BOOST_TEST(decoded(datetime, "1970-01-01 00:00:00").as<int64_t>() == 0);
  BOOST_TEST(decoded(datetime, "1970-01-02 00:00:00.000001").as<int64_t>() == day + 1);
  BOOST_TEST(decoded(datetime, "1969-12-31 23:59:59.9").as<int64_t>() == -100'000);
  BOOST_TEST(bool(decoded(datetime, "0000-00-00 00:00:00").fault));
}

BOOST_AUTO_TEST_CASE(instants_are_seconds) {
  const ColumnCodec stamp{Codec::instant, instant()};
  BOOST_TEST(decoded(stamp, "1700000000.250000").as<int64_t>() == 1'700'000'000'250'000);
  BOOST_TEST(decoded(stamp, "1").as<int64_t>() == 1'000'000);
  BOOST_TEST(bool(decoded(stamp, "0").fault));
  BOOST_TEST(bool(decoded(stamp, "0.000000").fault));
}

BOOST_AUTO_TEST_CASE(times_of_many_hours_and_below_zero) {
  const ColumnCodec time{Codec::time, type(TypeId::duration_us)};
  BOOST_TEST(decoded(time, "838:59:59.999999").as<int64_t>() ==
             (838 * 3600 + 59 * 60 + 59) * int64_t{1'000'000} + 999'999);
  BOOST_TEST(decoded(time, "-00:00:00.5").as<int64_t>() == -500'000);
  BOOST_TEST(decoded(time, "00:00:01").as<int64_t>() == 1'000'000);
}

BOOST_AUTO_TEST_CASE(bits_are_digits_without_padding) {
  const ColumnCodec bits{Codec::bits, type(TypeId::utf8), "bit", 9, 9};
  BOOST_TEST(decoded(bits, std::string("\x01\x05", 2)).bytes == "100000101");
  BOOST_TEST(decoded(bits, std::string("\0\0", 2)).bytes == "000000000");
}

BOOST_AUTO_TEST_CASE(bytes_keep_their_zeros) {
  const std::string raw("a\0b\xFF", 4);
  BOOST_TEST(decoded(plain(Codec::binary, TypeId::binary), raw).bytes == raw);
}

BOOST_AUTO_TEST_CASE(decimals_with_all_their_digits) {
  const ColumnCodec wide{Codec::decimal, decimal(65, 30)};
  const std::string nines = std::string(35, '9') + "." + std::string(30, '9');
  Int256 largest{}, smallest{};
  BOOST_TEST(parse_decimal(nines, 30, largest));
  BOOST_TEST(parse_decimal("-" + nines, 30, smallest));
  BOOST_TEST(decoded(wide, nines).bytes == std::string(reinterpret_cast<const char*>(&largest), 32));
  // x and -x add up to nothing.
  UInt128 carry = 0;
  for (int i = 0; i < 4; ++i) {
    carry += static_cast<UInt128>(largest.limbs[i]) + smallest.limbs[i];
    BOOST_TEST(static_cast<uint64_t>(carry) == 0u);
    carry >>= 64;
  }
  Int128 small = 0;
  BOOST_TEST(parse_decimal("-12.5", 3, small));
  BOOST_TEST((small == -12500));
  BOOST_TEST(!parse_decimal("1.234", 2, small));
  BOOST_TEST(!parse_decimal("", 2, small));
  BOOST_TEST(!parse_decimal("1e3", 2, small));
}

// Both widths agree with each other and with plain arithmetic.
BOOST_AUTO_TEST_CASE(random_decimals) {
  const auto seed = std::random_device()();
  std::mt19937_64 random(seed);
  for (int i = 0; i < 1000; ++i) {
    const auto number = static_cast<int64_t>(random() >> (random() % 60));
    std::string text = std::to_string(number);
    const size_t behind = std::min<size_t>(text.size() - 1, random() % 10);
    text.insert(text.size() - behind, behind == 0 ? "" : ".");
    Int128 narrow = 0;
    Int256 wide{};
    BOOST_TEST_REQUIRE(parse_decimal(text, static_cast<int>(behind), narrow), "seed " << seed << ": " << text);
    BOOST_TEST_REQUIRE(parse_decimal(text, static_cast<int>(behind), wide), "seed " << seed << ": " << text);
    BOOST_TEST_REQUIRE((narrow == number), "seed " << seed << ": " << text);
    BOOST_TEST_REQUIRE(wide.limbs[0] == static_cast<uint64_t>(number), "seed " << seed << ": " << text);
    BOOST_TEST_REQUIRE(wide.limbs[1] == (number < 0 ? UINT64_MAX : 0), "seed " << seed << ": " << text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
