// SPDX-License-Identifier: Apache-2.0
#include "record/hash.hpp"

#include "sample.hpp"

namespace sluice::record {
BOOST_AUTO_TEST_SUITE(hash_test)

namespace {

Checksum checksum(const Type& type, const Cells& cells) {
  Checksum sum;
  sum.add(batch_of(type, cells), one_column(type));
  return sum;
}

std::string of(const Type& type, const Cells& cells) { return checksum(type, cells).text(); }

const Type text{TypeId::utf8};

}  // namespace

BOOST_AUTO_TEST_CASE(order_and_cut_do_not_matter) {
  const Checksum whole = checksum(text, {"a", "b", "c"});
  BOOST_TEST((checksum(text, {"c", "a", "b"}) == whole));
  Checksum parts = checksum(text, {"b"});
  parts.add(checksum(text, {"c", "a"}));
  BOOST_TEST((parts == whole));
  BOOST_TEST(whole.records == 3u);
}

BOOST_AUTO_TEST_CASE(values_matter) {
  BOOST_TEST(of(text, {"a", "b"}) != of(text, {"a", "c"}));
  BOOST_TEST(of(text, {"a"}) != of(text, {"a", "a"}));
  BOOST_TEST(of(text, {""}) != of(text, {{}}));
  BOOST_TEST(of(text, {"7"}) != of({TypeId::int64}, {"7"}));
  BOOST_TEST(of({.id = TypeId::timestamp_us}, {"2024-01-01"}) !=
             of({.id = TypeId::timestamp_us, .utc = true}, {"2024-01-01T00:00Z"}));
  const Schema two = Schema::make({{"a", text}, {"b", text}});
  const std::vector<boost::json::array> rows{{"ab", "c"}, {"a", "bc"}, {"c", "ab"}};
  std::vector<std::string> sums;
  for (const auto& row : rows) {
    Checksum sum;
    sum.add(*batch_from_json(two, std::span(&row, 1)), two);
    sums.push_back(sum.text());
  }
  BOOST_TEST(sums[0] != sums[1]);
  BOOST_TEST(sums[0] != sums[2]);
}

BOOST_AUTO_TEST_CASE(the_same_value_in_another_type) {
  const std::string seven = of({TypeId::int64}, {"7"});
  BOOST_TEST(of({TypeId::uint8}, {"7"}) == seven);
  BOOST_TEST(of({TypeId::decimal128, 10, 4}, {"7"}) == seven);
  BOOST_TEST(of({TypeId::decimal256, 76, 20}, {"7"}) == seven);
  BOOST_TEST(of({TypeId::decimal128, 3, -2}, {"700"}) == of({TypeId::int64}, {"700"}));
  BOOST_TEST(of({TypeId::decimal128, 38, 30}, {"1.5"}) == of({TypeId::decimal128, 2, 1}, {"1.5"}));
  BOOST_TEST(of({TypeId::uint64}, {"18446744073709551615"}) ==
             of({TypeId::decimal256, 30, 2}, {"18446744073709551615"}));
  BOOST_TEST(of({TypeId::decimal128, 38, 0}, {"-18446744073709551615"}) !=
             of({TypeId::uint64}, {"18446744073709551615"}));
  BOOST_TEST(of({TypeId::float32}, {"0.5"}) == of({TypeId::float64}, {"0.5"}));
  BOOST_TEST(of({TypeId::float64}, {"-0"}) == of({TypeId::float64}, {"0"}));
  BOOST_TEST(of(text, {"x"}) == of({TypeId::large_utf8}, {"x"}));
  BOOST_TEST(of({TypeId::time64_us}, {"10:00"}) == of({TypeId::time64_ns}, {"10:00"}));
  BOOST_TEST(of({.id = TypeId::timestamp_us}, {"1969-12-31 23:59:59.5"}) ==
             of({.id = TypeId::timestamp_ns}, {"1969-12-31 23:59:59.5"}));
}

// The sums are written down by verify: they must never change.
BOOST_AUTO_TEST_CASE(sums_are_the_same_in_every_version) {
  BOOST_TEST(of(text, {"a"}) == "8404c4269dd9d688a80919c0cbc4b18c");
  BOOST_TEST(of({TypeId::decimal128, 38, 1}, {"-123456789012345678901234567890.5", {}}) ==
             "163e23a82e867455030ce7715c9f4055");
  BOOST_TEST(of({.id = TypeId::timestamp_us, .utc = true}, {"2024-02-29 12:00:00.000001Z"}) ==
             "486dc1957a5518fea8a6338fe97a8aa9");
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace sluice::record
