// SPDX-License-Identifier: Apache-2.0
#include "byte_source.hpp"

#include <boost/test/unit_test.hpp>

#include "compressor.hpp"
#include "encoding.hpp"
#include "random_text.hpp"
#include "read_ahead.hpp"

using namespace sluice;
using namespace sluice::file;
using namespace sluice::file::tests;

namespace {

std::string packed(Compression compression, const std::string& text) {
  std::string out;
  const auto packer = pack(compression, [&](std::string_view bytes) { out += bytes; });
  for (std::size_t at = 0; at < text.size(); at += 100000) packer->write(std::string_view(text).substr(at, 100000));
  packer->finish();
  return out;
}

std::string all_of(ByteSource& source, std::size_t room) {
  std::string out, piece(room, '\0');
  while (const std::size_t got = source.read(piece.data(), room)) out.append(piece, 0, got);
  return out;
}

std::string unpacked(Compression compression, const std::string& bytes, Random& random, std::size_t room = 1000) {
  const auto source = unpack(compression, std::make_unique<PieceSource>(bytes, 0, bytes.size(), random), "x.packed");
  return all_of(*source, room);
}

std::string decoded(const std::string& bytes, const std::string& encoding, Random& random) {
  const auto source = decode(std::make_unique<PieceSource>(bytes, 0, bytes.size(), random), encoding);
  return all_of(*source, 7);
}

constexpr Compression all_kinds[] = {Compression::gzip, Compression::zstd, Compression::bzip2};

}  // namespace

BOOST_AUTO_TEST_SUITE(byte_source_test)

BOOST_AUTO_TEST_CASE(what_was_packed_comes_back) {
  const auto seed = chosen_seed();
  BOOST_TEST_INFO_SCOPE("SLUICE_SEED=" << seed);
  Random random(seed);
  for (const Compression kind : all_kinds)
    for (const std::size_t size : {0, 1, 1000, 700000}) {
      const std::string text = random_text(random, size);
      for (const std::size_t room : {1, 333, 1 << 18})
        if (room > 1 || size < 10000) BOOST_TEST((unpacked(kind, packed(kind, text), random, room) == text));
    }
}

BOOST_AUTO_TEST_CASE(several_members_are_one_text) {
  Random random(5);
  for (const Compression kind : all_kinds) {
    std::string text, bytes;
    for (int i = 0; i < 50; ++i) {
      const std::string piece = random_text(random, 3000);
      text += piece;
      bytes += packed(kind, piece);
    }
    for (int i = 0; i < 20; ++i) {
      const std::string got = unpacked(kind, bytes, random);
      BOOST_TEST((got == text), "kind " << static_cast<int>(kind) << ", " << got.size() << " bytes of " << text.size());
    }
  }
}

BOOST_AUTO_TEST_CASE(a_truncated_file_is_an_error_at_every_length) {
  Random random(6);
  for (const Compression kind : all_kinds) {
    const std::string bytes = packed(kind, random_text(random, 2000));
    for (std::size_t size = kind == Compression::zstd ? 1 : 0; size < bytes.size(); ++size)
      BOOST_CHECK_EXCEPTION(unpacked(kind, bytes.substr(0, size), random), Error, [](const Error& error) {
        return error.code() == SLUICE_BAD_DATA && std::string(error.what()).find("x.packed") != std::string::npos;
      });
  }
}

BOOST_AUTO_TEST_CASE(damaged_files_are_errors) {
  Random random(7);
  for (const Compression kind : all_kinds) {
    const std::string bytes = packed(kind, std::string(5000, 'a') + random_text(random, 5000));
    std::string damaged = bytes;
    damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 0x55);
    BOOST_CHECK_THROW(unpacked(kind, damaged, random), Error);
    BOOST_CHECK_THROW(unpacked(kind, "no header at all, just text", random), Error);
    BOOST_CHECK_THROW(unpacked(kind, bytes + "garbage behind the end", random), Error);
  }
}

BOOST_AUTO_TEST_CASE(reading_ahead_changes_nothing) {
  Random random(10);
  const std::string text = random_text(random, 3000000), bytes = packed(Compression::gzip, text);
  const auto ahead = [&](const std::string& from) {
    auto source = unpack(Compression::gzip, std::make_unique<PieceSource>(from, 0, from.size(), random), "x.packed");
    return std::make_unique<ReadAhead>(std::move(source));
  };
  BOOST_TEST((all_of(*ahead(bytes), 100000) == text));
  const std::string less = bytes.substr(0, bytes.size() - 9);
  BOOST_CHECK_THROW(all_of(*ahead(less), 100000), Error);
  ahead(bytes);  // and never read
  char one;
  BOOST_TEST(ahead(bytes)->read(&one, 1) == 1u);
}

BOOST_AUTO_TEST_CASE(legacy_encodings) {
  Random random(8);
  BOOST_TEST(decoded("caf\xE9", "ISO-8859-1", random) == "caf\xC3\xA9");
  BOOST_TEST(decoded("\xC4\xE3\xBA\xC3,1\n", "GBK", random) == "\xE4\xBD\xA0\xE5\xA5\xBD,1\n");
  BOOST_TEST(decoded(std::string("a\0\xE9\0", 4), "UTF-16LE", random) == "a\xC3\xA9");
  BOOST_TEST(decoded("\xC4\xE3\x81\n\xBA\xC3", "GBK", random) == "\xE4\xBD\xA0\xFF\n\xE5\xA5\xBD");
  BOOST_TEST(decoded("\xC4\xE3\xC4", "GBK", random) == "\xE4\xBD\xA0\xFF");
  BOOST_CHECK_THROW(decoded("", "no-such-encoding", random), Error);
  BOOST_CHECK_THROW(decoded("", "ASCII//TRANSLIT", random), Error);
  BOOST_TEST(is_known_encoding("windows-1252"));
  BOOST_TEST(is_utf8_name("utf8"));
  BOOST_TEST(is_utf8_name("UTF-8"));
  BOOST_TEST(!is_utf8_name("UTF-16"));
  BOOST_TEST(!is_utf8_name(""));
}

BOOST_AUTO_TEST_CASE(long_texts_decode_as_a_whole) {
  Random random(9);
  std::string bytes, wanted;
  for (int i = 0; i < 300000; ++i) {
    bytes += i % 3 == 0 ? "\xC4\xE3" : "x";
    wanted += i % 3 == 0 ? "\xE4\xBD\xA0" : "x";
  }
  const auto source = decode(std::make_unique<PieceSource>(bytes, 0, bytes.size(), random), "GBK");
  BOOST_TEST((all_of(*source, 5000) == wanted));
}

BOOST_AUTO_TEST_CASE(texts_are_encoded_or_refused) {
  std::string out = "before ";
  Encoder latin("ISO-8859-1");
  BOOST_TEST(latin.append("caf\xC3\xA9", out));
  BOOST_TEST(!latin.append("good \xE2\x82\xAC", out));
  BOOST_TEST(latin.append("!", out));
  BOOST_TEST(out == "before caf\xE9!");
  BOOST_TEST(begins_with_mark("UTF-16"));
  BOOST_TEST(!begins_with_mark("UTF-16LE"));
  BOOST_TEST(!begins_with_mark("GBK"));
  BOOST_TEST(!begins_with_mark("ISO-2022-JP"));
}

BOOST_AUTO_TEST_SUITE_END()
