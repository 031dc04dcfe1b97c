// SPDX-License-Identifier: Apache-2.0
#include "sqlite/declared_type.hpp"

#include <boost/test/unit_test.hpp>

using namespace sluice;
using namespace sluice::sqlite;

namespace {
std::string read_as(std::string_view declaration, bool strict = false) {
  return format_of(declared_type(declaration, strict).type());
}
}  // namespace

BOOST_AUTO_TEST_SUITE(declared_types)

BOOST_AUTO_TEST_CASE(declarations_are_read_as_sqlite_reads_them) {
  const std::pair<const char*, const char*> expected[] = {{"INTEGER", "l"},
                                                          {"bigint unsigned", "l"},
                                                          {"TINYINT(1)", "l"},
                                                          {"VARCHAR(20)", "u"},
                                                          {"text", "u"},
                                                          {"CLOB", "u"},
                                                          {"BLOB", "z"},
                                                          {"", "u"},
                                                          {"REAL", "g"},
                                                          {"double precision", "g"},
                                                          {"FLOAT", "g"},
                                                          {"BOOLEAN", "b"},
                                                          {"DECIMAL(10,2)", "d:10,2"},
                                                          {"numeric( 38 , 10 )", "d:38,10"},
                                                          {"DECIMAL(5)", "d:5,0"},
                                                          {"DECIMAL", "u"},
                                                          {"DECIMAL(40,2)", "u"},
                                                          {"DECIMAL(2,5)", "u"},
                                                          {"DATE", "tdD"},
                                                          {"TIME", "ttu"},
                                                          {"DATETIME", "tsu:"},
                                                          {"TIMESTAMP(6)", "tsu:"},
                                                          {"timestamp with time zone", "tsu:UTC"},
                                                          {"TIMESTAMP(6) WITH TIME ZONE", "tsu:UTC"},
                                                          {"JSON", "u"},
                                                          {"STRING", "u"}};
  for (const auto& [declaration, format] : expected) BOOST_TEST(read_as(declaration) == format, declaration);
}

BOOST_AUTO_TEST_CASE(what_arrow_cannot_say) {
  BOOST_TEST(declared_type("NUMERIC").logical() == "decimal");
  BOOST_TEST(declared_type("json").logical() == "json");
  BOOST_TEST(declared_type("TEXT").logical() == "");
  BOOST_TEST((declared_type("ANY", true).kind == Kind::any));
  BOOST_TEST((declared_type("ANY", false).kind == Kind::loose));
}

BOOST_AUTO_TEST_CASE(a_column_wants_a_type_that_arrives_exactly) {
  const auto wanted = [](const char* declaration, const Type& input) {
    return format_of(wanted_type(declared_type(declaration), input));
  };
  BOOST_TEST(wanted("INTEGER", type(TypeId::utf8)) == "l");
  BOOST_TEST(wanted("TEXT", type(TypeId::uint64)) == "u");
  BOOST_TEST(wanted("TEXT", type(TypeId::large_utf8)) == "U");
  BOOST_TEST(wanted("BLOB", type(TypeId::utf8)) == "z");
  BOOST_TEST(wanted("NUMERIC", decimal(38, 10)) == "d:38,10");
  BOOST_TEST(wanted("NUMERIC", decimal(60, 10)) == "u");
  BOOST_TEST(wanted("NUMERIC", type(TypeId::date32)) == "u");
  BOOST_TEST(wanted("DECIMAL(10,2)", type(TypeId::utf8)) == "d:10,2");
  BOOST_TEST(wanted("", type(TypeId::uint64)) == "L");
  BOOST_TEST(wanted("", type(TypeId::timestamp_ns)) == "u");
  BOOST_TEST(wanted("DATETIME", instant()) == "tsu:");
}

BOOST_AUTO_TEST_CASE(a_declaration_for_what_arrives) {
  BOOST_TEST(declaration_for(type(TypeId::int16)) == "INTEGER");
  BOOST_TEST(declaration_for(type(TypeId::uint64)) == "TEXT");
  BOOST_TEST(declaration_for(decimal(15, 2)) == "DECIMAL(15,2)");
  BOOST_TEST(declaration_for(decimal(16, 2)) == "TEXT");
  BOOST_TEST(declaration_for(instant()) == "TIMESTAMPTZ");
}

BOOST_AUTO_TEST_SUITE_END()
