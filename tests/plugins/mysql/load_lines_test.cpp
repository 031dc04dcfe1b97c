// SPDX-License-Identifier: Apache-2.0
#include "mysql/load_lines.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "written.hpp"

using namespace sluice;
using namespace sluice::mysql;
using namespace sluice::tests;

namespace {

const std::vector<WriteColumn> columns = {written("id", server_type("int"), type(TypeId::int32)),
                                          written("name", server_type("varchar"), type(TypeId::utf8)),
                                          written("data", server_type("blob"), type(TypeId::binary))};

std::string lines_of(const Records& records, Range range, bool numbered) {
  LoadLines lines(records, range, numbered);
  Buffer out;
  while (!lines.is_at_end()) lines.append(out);
  return {out.data(), out.size()};
}

std::string name_of(int i) { return std::string(static_cast<size_t>(i % 50), 'n') + (i % 90 == 70 ? "\t\\" : ""); }

// Record i has the id i; each 31st of them is NULL as a whole.
sql::RecordPiece piece_of_many(int records, size_t bytes_each) {
  BatchBuilder builder(schema_of(columns));
  for (int i = 0; i < records; ++i) {
    if (i % 31 == 30) {
      for (size_t c = 0; c < columns.size(); ++c) builder.column(c).append_null();
      continue;
    }
    builder.column(0).append<int32_t>(i);
    builder.column(1).append_text(name_of(i));
    builder.column(2).append_text(std::string(bytes_each, static_cast<char>('a' + i % 26)));
  }
  return piece_of(builder, columns);
}

std::string line_of(int i, size_t bytes_each) {
  if (i % 31 == 30) return "\\N\t\\N\t\\N\n";
  const std::string name = std::string(static_cast<size_t>(i % 50), 'n') + (i % 90 == 70 ? "\\t\\\\" : "");
  return std::to_string(i) + "\t" + name + "\t" + std::string(bytes_each, static_cast<char>('a' + i % 26)) + "\n";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(load_lines)

BOOST_AUTO_TEST_CASE(fields_are_escaped_and_numbered) {
  BatchBuilder builder(schema_of(columns));
  builder.column(0).append<int32_t>(7);
  builder.column(1).append_text("it's\t");
  builder.column(2).append_text(std::string_view("\0\\", 2));
  for (size_t c = 0; c < columns.size(); ++c) builder.column(c).append_null();
  const sql::RecordPiece piece = piece_of(builder, columns);
  const Records records(piece, columns);
  BOOST_TEST(lines_of(records, {0, 2}, false) == std::string("7\tit's\\t\t\0\\\\\n\\N\t\\N\t\\N\n", 22));
  BOOST_TEST(lines_of(records, {1, 1}, true) == "1\t\\N\t\\N\t\\N\n");
}

BOOST_AUTO_TEST_CASE(many_records_and_gaps_between_them) {
  constexpr int count = 1000;
  sql::RecordPiece piece = piece_of_many(count, 10);
  std::string wanted, wanted_numbered;
  int number = 0;
  for (int i = 0; i < count; ++i) {
    if (i % 100 == 5 || (i >= 300 && i < 400)) {
      piece.refuse({{0, i}, 0, "range", "refused"});
      continue;
    }
    wanted += line_of(i, 10);
    wanted_numbered += std::to_string(number++) + "\t" + line_of(i, 10);
  }
  const Records records(piece, columns);
  BOOST_TEST(lines_of(records, {0, records.size()}, false) == wanted);
  BOOST_TEST(lines_of(records, {0, records.size()}, true) == wanted_numbered);
}

BOOST_AUTO_TEST_CASE(long_texts_come_in_pieces) {
  constexpr size_t long_text = 300'000;
  const sql::RecordPiece piece = piece_of_many(40, long_text);
  const Records records(piece, columns);
  LoadLines lines(records, {0, records.size()}, false);
  std::string all, wanted;
  Buffer out;
  while (!lines.is_at_end()) {
    out.clear();
    lines.append(out);
    BOOST_TEST_REQUIRE(out.size() < long_text / 2);
    all.append(out.data(), out.size());
  }
  for (int i = 0; i < 40; ++i) wanted += line_of(i, long_text);
  BOOST_TEST((all == wanted));
}

// A run of records without NULL: their texts are taken as they stand, unless one byte of them has to be escaped.
BOOST_AUTO_TEST_CASE(one_byte_to_escape_among_many_texts) {
  constexpr int count = 90;
  constexpr size_t size = 10;  // of each text: 64 of them are looked at at once, the rest byte by byte
  for (const char byte : {'\\', '\t', '\n'}) {
    for (int marked = 0; marked < count; ++marked) {
      BatchBuilder builder(schema_of(columns));
      std::string wanted;
      for (int i = 0; i < count; ++i) {
        std::string text(size, 'x'), line = text;
        if (i == marked) {
          text[static_cast<size_t>(i) % size] = byte;
          line.replace(static_cast<size_t>(i) % size, 1, byte == '\n' ? "\\n" : byte == '\t' ? "\\t" : "\\\\");
        }
        builder.column(0).append<int32_t>(i);
        builder.column(1).append_text(text);
        builder.column(2).append_text("plain");
        wanted += std::to_string(i) + "\t" + line + "\tplain\n";
      }
      const sql::RecordPiece piece = piece_of(builder, columns);
      const Records records(piece, columns);
      BOOST_REQUIRE_EQUAL(lines_of(records, {0, records.size()}, false), wanted);
    }
  }
}

// Pieces end at 64 KiB, wherever the byte to escape is; the number comes once; small records follow large ones.
BOOST_AUTO_TEST_CASE(pieces_of_texts_end_at_any_byte) {
  constexpr size_t piece_size = size_t{64} << 10;
  const std::vector<WriteColumn> texts = {written("first", server_type("text"), type(TypeId::utf8)),
                                          written("id", server_type("int"), type(TypeId::int32))};
  BatchBuilder builder(schema_of(texts));
  std::string wanted;
  int n = 0;
  const auto add = [&](const std::string& text, const std::string& line) {
    builder.column(0).append_text(text);
    builder.column(1).append<int32_t>(n);
    wanted += std::to_string(n) + "\t" + line + "\t" + std::to_string(n) + "\n";
    ++n;
  };
  for (const size_t size : {piece_size - 1, piece_size, piece_size + 1, 2 * piece_size, 3 * piece_size + 1}) {
    const std::string plain(size, 'x');
    add(plain, plain);
    for (const size_t at : {piece_size - 2, piece_size - 1, piece_size}) {
      if (at >= size) continue;
      std::string text = plain, line = plain;
      text[at] = '\t';
      line.replace(at, 1, "\\t");
      add(text, line);
    }
  }
  for (int i = 0; i < 200; ++i) add("small", "small");
  const sql::RecordPiece piece = piece_of(builder, texts);
  const Records records(piece, texts);
  BOOST_TEST((lines_of(records, {0, records.size()}, true) == wanted));
}

BOOST_AUTO_TEST_CASE(batches_of_a_piece_follow_each_other) {
  sql::RecordPiece piece;
  std::string wanted;
  for (int batch = 0; batch < 5; ++batch) {
    BatchBuilder builder(schema_of(columns));
    for (int i = 0; i < 7; ++i) {
      builder.column(0).append<int32_t>(batch * 10 + i);
      builder.column(1).append_text("n");
      builder.column(2).append_null();
      wanted += std::to_string(batch * 10 + i) + "\tn\t\\N\n";
    }
    ArrowArray raw{};
    builder.finish(&raw);
    Batch made(&raw);
    sql::Columns views;
    for (size_t c = 0; c < columns.size(); ++c) views.push_back(made.column(c, columns[c].type));
    piece.add(std::move(made), batch, std::move(views));
  }
  const Records records(piece, columns);
  BOOST_TEST(lines_of(records, {0, records.size()}, false) == wanted);
}

BOOST_AUTO_TEST_SUITE_END()
