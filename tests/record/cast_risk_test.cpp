// SPDX-License-Identifier: Apache-2.0
#include "record/cast_risk.hpp"

#include <algorithm>

#include "random_batch.hpp"
#include "sample.hpp"

namespace sluice::record {
BOOST_AUTO_TEST_SUITE(cast_risk_test)

namespace {

std::string risks(const Field& from, const Field& to, bool has_zone = false) {
  std::string text;
  for (const Fault fault : possible_faults(from, to, has_zone))
    text += (text.empty() ? "" : " ") + std::string(code_of(fault));
  return text;
}

std::string risks(const Type& from, const Type& to, bool has_zone = false) {
  return risks(Field{"x", from, true, {}}, Field{"x", to, true, {}}, has_zone);
}

Field text(int length, bool required = false, bool nullable = true) {
  Metadata metadata;
  if (length > 0) metadata.emplace_back("sluice.length", std::to_string(length));
  if (required) metadata.emplace_back("sluice.required", "1");
  return {"x", {TypeId::utf8}, nullable, std::move(metadata)};
}

constexpr Type decimal(int precision, int scale) { return {TypeId::decimal128, precision, scale}; }

}  // namespace

BOOST_AUTO_TEST_CASE(what_always_fits_is_exact) {
  BOOST_TEST(risks({TypeId::int64}, {TypeId::int64}) == "");
  BOOST_TEST(risks({TypeId::int32}, {TypeId::int64}) == "");
  BOOST_TEST(risks({TypeId::uint32}, {TypeId::int64}) == "");
  BOOST_TEST(risks({TypeId::int32}, {TypeId::float64}) == "");
  BOOST_TEST(risks({TypeId::int64}, decimal(19, 0)) == "");
  BOOST_TEST(risks(decimal(10, 2), decimal(12, 4)) == "");
  BOOST_TEST(risks(decimal(15, 2), {TypeId::float64}) == "");
  BOOST_TEST(risks(decimal(18, 0), {TypeId::int64}) == "");
  BOOST_TEST(risks({TypeId::boolean}, {TypeId::int8}) == "");
  BOOST_TEST(risks({.id = TypeId::timestamp_us, .utc = true}, {TypeId::utf8}) == "");
  BOOST_TEST(risks({TypeId::utf8}, {TypeId::binary}) == "");
  BOOST_TEST(risks({TypeId::null_}, {TypeId::int32}) == "");
}

BOOST_AUTO_TEST_CASE(what_may_not_fit_says_why) {
  BOOST_TEST(risks({TypeId::int64}, {TypeId::int32}) == "range");
  BOOST_TEST(risks({TypeId::int8}, {TypeId::uint64}) == "range");
  BOOST_TEST(risks({TypeId::uint64}, {TypeId::int64}) == "range");
  BOOST_TEST(risks({TypeId::int64}, {TypeId::float64}) == "inexact");
  BOOST_TEST(risks({TypeId::int64}, decimal(20, 2)) == "range");
  BOOST_TEST(risks(decimal(10, 2), decimal(10, 4)) == "range");
  BOOST_TEST(risks(decimal(10, 4), decimal(10, 2)) == "inexact");
  BOOST_TEST(risks(decimal(38, 10), {TypeId::int64}) == "range inexact");
  BOOST_TEST(risks(decimal(16, 2), {TypeId::float64}) == "inexact");
  BOOST_TEST(risks({TypeId::float64}, decimal(20, 5)) == "range inexact");
  BOOST_TEST(risks({TypeId::utf8}, {TypeId::int32}) == "parse range");
  BOOST_TEST(risks({TypeId::binary}, {TypeId::utf8}) == "encoding");
  BOOST_TEST(risks({TypeId::timestamp_us}, {TypeId::date32}) == "inexact");
  BOOST_TEST(risks({TypeId::utf8}, {.id = TypeId::timestamp_us, .utc = true}) == "parse range inexact time-zone");
  BOOST_TEST(risks({TypeId::timestamp_us}, {.id = TypeId::timestamp_us, .utc = true}, true) ==
             "range time-gap time-twice");
}

BOOST_AUTO_TEST_CASE(lengths_and_not_null) {
  BOOST_TEST(risks(text(20), text(20)) == "");
  BOOST_TEST(risks(text(20), text(50)) == "");
  BOOST_TEST(risks(text(50), text(20)) == "too-long");
  BOOST_TEST(risks(text(0), text(20)) == "too-long");
  BOOST_TEST(risks(text(20, false, true), text(20, true)) == "null");
  BOOST_TEST(risks(text(20, false, false), text(20, true)) == "");
  BOOST_TEST(risks({"x", {TypeId::int64}, true, {}}, text(20)) == "");
  BOOST_TEST(risks({"x", {TypeId::int64}, true, {}}, text(19)) == "too-long");
  BOOST_TEST(risks(text(5), {"x", {TypeId::binary}, true, {{"sluice.length", "19"}}}) == "too-long");
  BOOST_TEST(risks(text(5), {"x", {TypeId::binary}, true, {{"sluice.length", "20"}}}) == "");
}

// Whatever a cast finds was among the risks; for all pairs, with and without a zone.
BOOST_AUTO_TEST_CASE(no_cast_fails_for_a_reason_that_was_not_told) {
  with_seed([](Random& random) {
    for (const std::string zone : {"", "Europe/Berlin"}) {
      for (const Type& from : all_types()) {
        const SharedBatch input = share(random_batch(random, one_column(from), 500));
        for (const Type& to : all_types()) {
          const Metadata limits{{"sluice.length", std::to_string(1 + random() % 40)}, {"sluice.required", "1"}};
          const Schema source = one_column(from), wanted = one_column(to, limits);
          const auto cast = Cast::plan(source, wanted, {zone});
          if (!cast) continue;
          const std::string told = ' ' + risks(source.field(0), wanted.field(0), !zone.empty()) + ' ';
          cast->apply(input, [&](const BadRecord& bad) {
            BOOST_TEST(told.find(' ' + std::string(bad.code) + ' ') != std::string::npos,
                       name_of(from) << " to " << name_of(to) << ": " << bad.code << " beside" << told);
          });
        }
      }
    }
  });
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace sluice::record
