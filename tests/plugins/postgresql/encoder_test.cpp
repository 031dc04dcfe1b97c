// SPDX-License-Identifier: Apache-2.0
#include "postgresql/encoder.hpp"

#include <boost/test/unit_test.hpp>
#include <functional>
#include <limits>

#include "postgresql/copy_out.hpp"
#include "postgresql/decoder.hpp"
#include "postgresql/rows.hpp"
#include "sql/decimal_digits.hpp"

using namespace sluice;
using namespace sluice::postgresql;
using namespace sluice::tests;
using namespace std::string_view_literals;

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
  const Columns views = columns_of(batch, codecs);
  encoder->set_batch(views);
  Buffer out;
  for (int64_t row = 0; row < 2; ++row) BOOST_TEST(encoder->append(row, out).fault.code == nullptr);
  BOOST_TEST(view_of(out) == std::string_view("\0\2\0\0\0\4\377\377\377\377\0\0\0\1x\0\2\377\377\377\377\0\0\0\0", 25));
}

// They are made ready some at a time.
BOOST_AUTO_TEST_CASE(a_record_does_not_depend_on_those_before_it) {
  const std::vector<ColumnCodec> codecs = {{Codec::int8, type(TypeId::int64)},
                                           {Codec::text, type(TypeId::utf8)},
                                           {Codec::jsonb, type(TypeId::utf8)},
                                           {Codec::numeric, decimal(20, 3)},
                                           {Codec::numeric_text, type(TypeId::utf8)},
                                           {Codec::bytea, type(TypeId::binary)},
                                           {Codec::boolean, type(TypeId::boolean)},
                                           {Codec::date, type(TypeId::date32)},
                                           {.codec = Codec::text, .type = type(TypeId::utf8), .most_bytes = 1}};
  Schema schema;
  for (const auto& codec : codecs) schema.add({"c", codec.type});
  constexpr int64_t rows = 200;
  const Batch batch = batch_of(schema, [](BatchBuilder& b) {
    for (int64_t i = 0; i < rows; ++i) {
      const std::string text(static_cast<size_t>(i * 7 % 90), 'x');
      b.column(0).append<int64_t>(i), b.column(1).append_text(text), b.column(2).append_text('"' + text + '"');
      if (i % 3 == 0)
        b.column(3).append_null(), b.column(4).append_null(), b.column(5).append_null();
      else
        b.column(3).append<sql::Int128>(i * 1'000'000'007 - 5),
            b.column(4).append_text("-12.5e" + std::to_string(i % 9)), b.column(5).append_text(text);
      b.column(6).append_boolean(i % 2 == 0), b.column(7).append<int32_t>(static_cast<int32_t>(i));
      b.column(8).append_text(i % 2 == 0 ? "" : "y");
    }
  });
  const Columns views = columns_of(batch, codecs);
  const auto in_order = make_encoder(codecs), alone = make_encoder(codecs);
  in_order->set_batch(views);
  Buffer all, each;
  for (int64_t row = 0; row < rows; ++row) {
    BOOST_TEST(in_order->append(row, all).column == -1);
    alone->set_batch(views);
    BOOST_TEST(alone->append(row, each).column == -1);
  }
  BOOST_TEST((view_of(all) == view_of(each)));
  const std::string_view second = "\0\11\0\0\0\10\0\0\0\0\0\0\0\1\0\0\0\7xxxxxxx\0\0\0\12\1\"xxxxxxx\""sv;
  BOOST_TEST((view_of(all).find(second) != std::string_view::npos));
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
  const Columns views = columns_of(batch, codecs);
  encoder->set_batch(views);
  Buffer out;
  for (int64_t row = 0; row < 2; ++row) encoder->append(row, out);
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
  const Columns views = columns_of(batch, codecs);
  encoder->set_batch(views);
  Buffer out;
  std::vector<int32_t> columns;
  for (int64_t row = 0; row < batch.size(); ++row) {
    const size_t before = out.size();
    columns.push_back(encoder->append(row, out).column);
    BOOST_TEST((out.size() == before) == (columns.back() >= 0));
  }
  BOOST_TEST(columns == (std::vector<int32_t>{-1, 1, 2, 2, 3}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_text_of_a_gigabyte_is_a_fault) {
  const std::vector<ColumnCodec> codecs = {{Codec::text, type(TypeId::large_utf8)}};
  const int64_t offsets[] = {0, int64_t{1} << 30};
  const void* buffers[] = {nullptr, offsets, "x"};
  ArrowArray array{};
  array.length = 1;
  array.n_buffers = 3;
  array.buffers = buffers;
  const Columns views = {ColumnView(array, codecs[0].type)};
  const auto encoder = make_encoder(codecs);
  encoder->set_batch(views);
  Buffer out;
  BOOST_TEST(encoder->append(0, out).column == 0);
  BOOST_TEST(out.size() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
