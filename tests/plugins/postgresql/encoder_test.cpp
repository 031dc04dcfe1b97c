// SPDX-License-Identifier: Apache-2.0
#include "postgresql/encoder.hpp"

#include <boost/test/unit_test.hpp>
#include <functional>
#include <limits>

#include "postgresql/copy_out.hpp"
#include "postgresql/decoder.hpp"
#include "postgresql/rows.hpp"

using namespace sluice;
using namespace sluice::postgresql;
using namespace sluice::tests;

namespace {

Batch batch_of(const Schema& schema, const std::function<void(BatchBuilder&)>& fill) {
  BatchBuilder builder(schema);
  fill(builder);
  ArrowArray raw{};
  builder.finish(&raw);
  return Batch(&raw);
}

std::string_view view_of(const Buffer& out) { return {out.data(), out.size()}; }

}  // namespace

BOOST_AUTO_TEST_SUITE(encoder)

BOOST_AUTO_TEST_CASE(binary_rows) {
  const std::vector<ColumnCodec> codecs = {{Codec::int4, type(TypeId::int32)}, {Codec::text, type(TypeId::utf8)}};
  const Batch batch = batch_of(Schema({{"a", codecs[0].type}, {"b", codecs[1].type}}), [](BatchBuilder& b) {
    b.column(0).append<int32_t>(-1), b.column(1).append_text("x");
    b.column(0).append_null(), b.column(1).append_text("");
  });
  const auto encoder = make_encoder(codecs);
  BOOST_TEST(encoder->options() == std::string("(FORMAT binary)"));
  Buffer out;
  for (int64_t row = 0; row < 2; ++row)
    BOOST_TEST(encoder->append(columns_of(batch, codecs), row, out).fault.code == nullptr);
  BOOST_TEST(view_of(out) == std::string_view("\0\2\0\0\0\4\377\377\377\377\0\0\0\1x\0\2\377\377\377\377\0\0\0\0", 25));
}

BOOST_AUTO_TEST_CASE(one_column_without_a_binary_form_makes_it_text) {
  const std::vector<ColumnCodec> codecs = {{Codec::boolean, type(TypeId::boolean)},
                                           {Codec::as_text, type(TypeId::utf8)},
                                           {Codec::bytea, type(TypeId::binary)},
                                           {Codec::timestamp, instant()}};
  Schema schema;
  for (const auto& codec : codecs) schema.add({"c", codec.type});
  const Batch batch = batch_of(schema, [](BatchBuilder& b) {
    b.column(0).append_boolean(true), b.column(1).append_text("a\tb\\N\n\r");
    b.column(2).append_text(std::string_view("\0\xFF", 2)), b.column(3).append<int64_t>(-1);
    b.column(0).append_null(), b.column(1).append_null(), b.column(2).append_null();
    b.column(3).append<int64_t>(-62135596800000001);
  });
  const auto encoder = make_encoder(codecs);
  BOOST_TEST(encoder->options() == std::string("(FORMAT text)"));
  Buffer out;
  for (int64_t row = 0; row < 2; ++row) encoder->append(columns_of(batch, codecs), row, out);
  BOOST_TEST(view_of(out) ==
             "t\ta\\tb\\\\N\\n\\r\t\\\\x00ff\t1969-12-31 23:59:59.999999+00\n"
             "\\N\t\\N\t\\N\t0001-12-31 23:59:59.999999+00 BC\n");
}

BOOST_AUTO_TEST_CASE(a_record_with_a_fault_leaves_nothing_behind) {
  const std::vector<ColumnCodec> codecs = {{Codec::int4, type(TypeId::int32)},
                                           {Codec::uuid, type(TypeId::utf8)},
                                           {.codec = Codec::timestamp, .type = wall_clock(), .precision = 3},
                                           {Codec::date, type(TypeId::date32)}};
  Schema schema;
  for (const auto& codec : codecs) schema.add({"c", codec.type});
  const auto add = [](BatchBuilder& b, std::string_view uuid, int64_t moment, int32_t day) {
    b.column(0).append<int32_t>(1), b.column(1).append_text(uuid);
    b.column(2).append<int64_t>(moment), b.column(3).append<int32_t>(day);
  };
  const std::string_view good = "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11";
  const Batch batch = batch_of(schema, [&](BatchBuilder& b) {
    add(b, good, 1000, 0);
    add(b, "a0eebc99", 1000, 0);
    add(b, good, 1001, 0);
    add(b, good, std::numeric_limits<int64_t>::min(), 0);
    add(b, good, 0, std::numeric_limits<int32_t>::max());
  });
  const auto encoder = make_encoder(codecs);
  Buffer out;
  std::vector<int32_t> columns;
  for (int64_t row = 0; row < batch.size(); ++row) {
    const size_t before = out.size();
    columns.push_back(encoder->append(columns_of(batch, codecs), row, out).column);
    BOOST_TEST((out.size() == before) == (columns.back() >= 0));
  }
  BOOST_TEST(columns == (std::vector<int32_t>{-1, 1, 2, 2, 3}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
