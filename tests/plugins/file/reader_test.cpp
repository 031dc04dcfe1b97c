// SPDX-License-Identifier: Apache-2.0
#include "reader.hpp"

#include <boost/test/unit_test.hpp>

#include "compressor.hpp"
#include "jobs.hpp"
#include "random_text.hpp"
#include "temporary_directory.hpp"

using namespace sluice;
using namespace sluice::file;
using namespace sluice::file::tests;

namespace {

// {"path": FILE, more...}
std::string reading(const std::string& path, const std::string& more = "") {
  return R"({"path": ")" + path + "\"" + (more.empty() ? "" : ", " + more) + "}";
}

std::string read_message(const std::string& parameters) {
  try {
    read_all(parameters);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

// Problems that a check without files finds.
std::string offline_problems(const std::string& parameters) {
  FakeContext context(parameters, FileReader::info.options);
  FileReader::check(context.context());
  return context.all_problems();
}

void require_rows(const std::vector<Row>& got, const std::vector<Row>& wanted) {
  BOOST_REQUIRE_EQUAL_COLLECTIONS(got.begin(), got.end(), wanted.begin(), wanted.end());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(reader_test)

BOOST_AUTO_TEST_CASE(all_columns_by_header) {
  const TemporaryDirectory directory;
  const auto path = directory.write("a.csv", "\xEF\xBB\xBFid,\"na\"\"me\",,id\r\n1,x,,\n2,\"y\r\n,z\",\\N,\"\\N\"\r\n");
  const auto outcome = read_all(reading(path, R"("skipHeader": true)"));
  BOOST_TEST(outcome.schema[0].name == "id");
  BOOST_TEST(outcome.schema[1].name == "na\"me");
  BOOST_TEST(outcome.schema[2].name == "column3");
  BOOST_TEST(outcome.schema[3].name == "id_2");
  require_rows(outcome.rows, {{"1", "x", "", ""}, {"2", "y\r\n,z", null, "\\N"}});
  BOOST_TEST(outcome.rejects.empty());
}

BOOST_AUTO_TEST_CASE(all_columns_without_header) {
  const TemporaryDirectory directory;
  const auto outcome = read_all(reading(directory.write("a.csv", "1,x\n2,y")));
  BOOST_TEST(outcome.schema[1].name == "column2");
  require_rows(outcome.rows, {{"1", "x"}, {"2", "y"}});
}

BOOST_AUTO_TEST_CASE(typed_columns_by_index_value_and_name) {
  const TemporaryDirectory directory;
  const auto path = directory.write("a.csv", "id,price,when\n7,12.5,2024-02-29\n,,\n\"8\",\"1\",\"\"\n");
  const auto outcome = read_all(reading(path, R"x("skipHeader": true, "column": [
    {"name": "price", "type": "decimal(10,2)"
}, {"index": 0, "type": "long", "name": "key"},
    {"value": "de", "name": "country"}, {"value": "\\N", "type": "long"},
    {"name": "when", "type": "date", "format": "yyyy-MM-dd"}])x"));
  BOOST_TEST(format_of(outcome.schema[0].type) == "d:10,2");
  BOOST_TEST(format_of(outcome.schema[4].type) == "tdD");
  BOOST_TEST(outcome.schema[1].name == "key");
  require_rows(
      outcome.rows,
      {{"12.50", "7", "de", null, "2024-02-29"}, {null, null, "de", null, null}, {"1.00", "8", "de", null, null}});
}

BOOST_AUTO_TEST_CASE(null_and_empty_stay_apart) {
  const TemporaryDirectory directory;
  const auto path = directory.write("a.csv", "a,,\"\"\nb,NULL,\"NULL\"\n");
  require_rows(read_all(reading(path)).rows, {{"a", "", ""}, {"b", "NULL", "NULL"}});
  require_rows(read_all(reading(path, R"("nullFormat": "")")).rows, {{"a", null, ""}, {"b", "NULL", "NULL"}});
  require_rows(read_all(reading(path, R"("nullFormat": "NULL")")).rows, {{"a", "", ""}, {"b", null, "NULL"}});
}

BOOST_AUTO_TEST_CASE(broken_records_are_named_by_line) {
  const TemporaryDirectory directory;
  const auto path = directory.write(
      "a.csv", "1,one\n2\n3,three,3\nx,four\n5,\"five\n5\"\n6,\"six\"6\n7,se\xFFven\n8,\"open\n9,nine\n");
  const auto outcome = read_all(reading(path, R"("column": [{"type": "long"}, {"type": "string"}])"));
  require_rows(outcome.rows, {{"1", "one"}, {"5", "five\n5"}, {"9", "nine"}});
  const std::vector<std::string> refused = {"a.csv:2 fields", "a.csv:3 fields",   "a.csv:4 parse",
                                            "a.csv:7 parse",  "a.csv:8 encoding", "a.csv:9 open-quote"};
  BOOST_TEST(outcome.refused() == refused, boost::test_tools::per_element());
  BOOST_TEST(outcome.rejects[0].message == "wrong number of fields: 1 instead of 2");
  BOOST_TEST(outcome.rejects[2].column == 0);
  BOOST_TEST(outcome.rejects[2].raw == "x,four");
  BOOST_TEST(outcome.rejects[4].raw == "7,se\xFFven");
  BOOST_TEST(outcome.rejects[5].raw == "8,\"open");
}

BOOST_AUTO_TEST_CASE(columns_that_leave_gaps_allow_more_fields) {
  const TemporaryDirectory directory;
  const auto path = directory.write("a.csv", "1,a,b,c\n2,d,e\n3,f\n");
  const auto outcome = read_all(reading(path, R"("column": [{"index": 2}, {"index": 0}])"));
  require_rows(outcome.rows, {{"b", "1"}, {"e", "2"}});
  BOOST_TEST(outcome.rejects.at(0).message == "wrong number of fields: 2 instead of at least 3");
}

BOOST_AUTO_TEST_CASE(csv_reader_config) {
  const TemporaryDirectory directory;
  const auto path = directory.write("a.csv", "# c'omment,\n a ; 'b;' \n\n'it\\'s\\\\';x\\;y\n");
  const auto outcome = read_all(reading(path, R"("fieldDelimiter": ";", "csvReaderConfig": {"useComments": true,
    "textQualifier": "'", "trimWhitespace": true, "escapeMode": 2})"));
  require_rows(outcome.rows, {{"a", "b;"}, {"it's\\", "x;y"}});
  const auto quotes = directory.write("b.csv", "\"a\",'b'\n\n");
  const auto plain =
      read_all(reading(quotes, R"("csvReaderConfig": {"useTextQualifier": false, "skipEmptyRecords": false})"));
  require_rows(plain.rows, {{"\"a\"", "'b'"}});
  BOOST_TEST(plain.rejects.size() == 1u);
}

BOOST_AUTO_TEST_CASE(texts_with_long_delimiters) {
  const TemporaryDirectory directory;
  const auto path = directory.write("a.txt", "a||b|\"c\r\n\\N||\n");
  require_rows(read_all(reading(path, R"("fileFormat": "text", "fieldDelimiter": "||")")).rows,
               {{"a", "b|\"c"}, {null, ""}});
  const auto other = directory.write("b.txt", "a\x01one\ntwo##b\x01x##\n");
  require_rows(
      read_all(reading(other, R"("fileFormat": "text", "fieldDelimiter": "\\u0001", "lineDelimiter": "##")")).rows,
      {{"a", "one\ntwo"}, {"b", "x"}});
  const auto tabs = directory.write("c.txt", "a\tb\n\tc\n");
  require_rows(read_all(reading(tabs, R"("fileFormat": "text", "fieldDelimiter": "\\t")")).rows,
               {{"a", "b"}, {"", "c"}});
}

BOOST_AUTO_TEST_CASE(lines_of_json) {
  const TemporaryDirectory directory;
  const auto path = directory.write(
      "a.jsonl",
      R"({"id": 18446744073709551615, "n": {"price": 1.10, "tags": ["a", {"b": 1}]}, "s": "x\u00e9\n\ud83d\ude00"}
{"s": null, "id": 2, "more": true}

{"id": "3", "s": 5.0e1, "n": {"price": null}}
{"id": 4, "s": "x"
[1]
{"id": 5, "s": "\ud83d"}
{"id": x}
)");
  const auto outcome = read_all(reading(path, R"x("fileFormat": "jsonl", "column": [{"name": "id", "type": "ulong"},
    {"name": "n.price", "type": "decimal(10,2)"
}, {"name": "n.tags"}, {"name": "s"}, {"value": "c"}])x"));
  require_rows(outcome.rows,
               {{"18446744073709551615", "1.10", R"(["a", {"b": 1}])", "x\xC3\xA9\n\xF0\x9F\x98\x80", "c"},
                {"2", null, null, null, "c"},
                {"3", null, null, "5.0e1", "c"}});
  const std::vector<std::string> refused = {"a.jsonl:5 parse", "a.jsonl:6 parse", "a.jsonl:7 parse", "a.jsonl:8 parse"};
  BOOST_TEST(outcome.refused() == refused, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(all_keys_of_json) {
  const TemporaryDirectory directory;
  const auto path = directory.write("a.jsonl", "{\"a\": 1, \"b.c\": \"x\"}\n{\"b.c\": false}\n{\"a\": 1, \"d\": 1}\n");
  const auto outcome = read_all(reading(path, R"("fileFormat": "jsonl")"));
  BOOST_TEST(outcome.schema[1].name == "b.c");
  require_rows(outcome.rows, {{"1", "x"}, {null, "false"}});
  BOOST_TEST(outcome.rejects.at(0).message == "a key that the first line does not have");
}

BOOST_AUTO_TEST_CASE(wildcards_and_lists_of_files) {
  const TemporaryDirectory directory;
  directory.write("a1.csv", "1\n");
  directory.write("a2.csv", "2\n");
  directory.write("b[1].csv", "3\n");
  directory.write(".a3.csv", "hidden\n");
  std::filesystem::create_directory(directory / "a4.csv");
  require_rows(read_all(reading(directory / "a?.csv")).rows, {{"1"}, {"2"}});
  require_rows(read_all(reading(directory / "b[1].csv")).rows, {{"3"}});
  require_rows(read_all(R"({"path": [")" + (directory / "*.csv") + "\", \"" + (directory / "a1.csv") + "\"]}").rows,
               {{"1"}, {"2"}, {"3"}});
  BOOST_TEST(
      contains(read_message(reading(directory / "c*.csv")), "path[0]: no file matches: " + (directory / "c*.csv")));
  BOOST_TEST(contains(read_message(reading(directory.path())), "this is a directory, not a file"));
}

BOOST_AUTO_TEST_CASE(files_with_different_headers) {
  const TemporaryDirectory directory;
  directory.write("a1.csv", "id,name\n1,x\n");
  directory.write("a2.csv", "name,id\ny,2\n");
  directory.write("a3.csv", "");
  const auto by_name = R"("skipHeader": true, "column": ["id", "name"])";
  require_rows(read_all(reading(directory / "a*.csv", by_name)).rows, {{"1", "x"}, {"2", "y"}});
  BOOST_TEST(contains(read_message(reading(directory / "a*.csv", R"("skipHeader": true)")), "different headers"));
  BOOST_TEST(contains(read_message(reading(directory / "a1.csv", R"("skipHeader": true, "column": ["nmae"])")),
                      "column[0]: no such name in the file's header: nmae"));
  BOOST_TEST(contains(read_message(reading(directory / "a1.csv", R"("skipHeader": true, "column": [{"index": 2}])")),
                      "column[0].index: the file has no such field: 2"));
}

BOOST_AUTO_TEST_CASE(packed_files) {
  const TemporaryDirectory directory;
  for (const auto& [name, kind] :
       {std::pair("gzip", Compression::gzip), {"zstd", Compression::zstd}, {"bzip2", Compression::bzip2}}) {
    std::string bytes;
    const auto packer = pack(kind, [&](std::string_view piece) { bytes += piece; });
    packer->write("id,name\n1,x\n2,\"y\nz\"\n");
    packer->finish();
    const auto path = directory.write("a.packed", bytes);
    const std::string settings = R"("skipHeader": true, "compress": ")" + std::string(name) + "\"";
    require_rows(read_all(reading(path, settings)).rows, {{"1", "x"}, {"2", "y\nz"}});
    BOOST_TEST(contains(read_message(reading(path)), std::string("set compress to ") + name));
    directory.write("a.packed", bytes.substr(0, bytes.size() - 3));
    BOOST_TEST(contains(read_message(reading(path, settings)), "ends in the middle"));
  }
}

BOOST_AUTO_TEST_CASE(legacy_encodings) {
  const TemporaryDirectory directory;
  const auto latin = directory.write("a.csv", "1,caf\xE9\n");
  require_rows(read_all(reading(latin, R"("encoding": "ISO-8859-1")")).rows, {{"1", "caf\xC3\xA9"}});
  const auto wide = directory.write("b.csv", std::string("\xFF\xFE"
                                                         "1\0,\0\xE9\0\n\0",
                                                         10));
  require_rows(read_all(reading(wide, R"("encoding": "UTF-16")")).rows, {{"1", "\xC3\xA9"}});
  BOOST_TEST(contains(read_message(reading(wide)), "set encoding to UTF-16"));
  const auto broken = directory.write("c.csv", "1,\xC4\xE3\n2,\xFF\xFF\n3,\xBA\xC3\n");
  const auto outcome = read_all(reading(broken, R"("encoding": "GBK")"));
  require_rows(outcome.rows, {{"1", "\xE4\xBD\xA0"}, {"3", "\xE5\xA5\xBD"}});
  BOOST_TEST(outcome.refused().at(0) == "c.csv:2 encoding");
}

BOOST_AUTO_TEST_CASE(long_records_are_refused) {
  const TemporaryDirectory directory;
  const auto path = directory.write(
      "a.csv", "1,\"" + std::string(5000, 'x') + "\"\n2,\"fine\"\n3,\"" + std::string(5000, 'y') + "\n4,z\n");
  const auto outcome = read_all(reading(path, R"("maxRecordSize": 2000)"));
  require_rows(outcome.rows, {{"2", "fine"}, {"4", "z"}});
  const std::vector<std::string> refused = {"a.csv:1 too-long", "a.csv:3 too-long"};
  BOOST_TEST(outcome.refused() == refused, boost::test_tools::per_element());
}

// Characters of two bytes, from an odd place on: none of them fits into the last byte of a window.
BOOST_AUTO_TEST_CASE(long_records_in_another_encoding_are_read_and_refused) {
  const TemporaryDirectory directory;
  const std::string text(300000, '\xE9');
  const auto whole = directory.write("a.csv", "1,\"" + text + "\"\n2,x\n");
  const auto outcome = read_all(reading(whole, R"("encoding": "ISO-8859-1")"));
  BOOST_TEST(outcome.rows.size() == 2u);
  BOOST_TEST(outcome.rows.at(0).at(1)->size() == 600000u);
  const auto open = directory.write("b.csv", "1,\"" + text + "\n2,x\n");
  const auto broken = read_all(reading(open, R"("encoding": "ISO-8859-1")"));
  require_rows(broken.rows, {{"2", "x"}});
  BOOST_TEST(broken.refused().at(0) == "b.csv:1 open-quote");
}

BOOST_AUTO_TEST_CASE(what_buffers_grow_to_is_taken_from_the_memory_of_the_job) {
  const TemporaryDirectory directory;
  const std::string text = "1,x\n2," + std::string(std::size_t{3} << 20, 'y') + "\n";
  std::string bytes;
  const auto packer = pack(Compression::zstd, [&](std::string_view piece) { bytes += piece; });
  packer->write(text);
  packer->finish();
  const auto most_reserved = [&](const std::string& parameters) {
    FakeContext context(parameters, FileReader::info.options);
    FileReader reader(context.context());
    SplitList list;
    const SluicePlanRequest request{sizeof(SluicePlanRequest), 0, 1, 0, 200000, std::uint64_t{64} << 20};
    reader.plan(request, SplitSink(&list.sink));
    std::uint64_t most = 0;
    {
      const auto task = reader.read(context.context(), list.splits.at(0));
      for (ArrowArray array{}; task->next(&array); most = std::max(most, context.reserved)) const Batch batch(&array);
    }
    BOOST_TEST(context.reserved == 0u);
    return most;
  };
  BOOST_TEST(most_reserved(reading(directory.write("small.csv", "1,x\n"))) == Window::usual_piece);
  const auto plain = most_reserved(reading(directory.write("a.csv", text)));
  BOOST_TEST(plain >= std::uint64_t{3} << 20);
  BOOST_TEST(most_reserved(reading(directory.write("a.zst", bytes), R"("compress": "zstd")")) >= plain + (1 << 20));
}

// More bytes than a batch is to have, and not a good record among them.
BOOST_AUTO_TEST_CASE(what_comes_behind_many_broken_records_is_read) {
  const TemporaryDirectory directory;
  std::string text = "0,first\n";
  while (text.size() < (std::size_t{2} << 20)) text += "no number,x\n";
  const auto path = directory.write("a.csv", text + "1,last\n");
  const auto outcome = read_all(reading(path, R"("column": [{"type": "long"}, {"type": "string"}])"));
  require_rows(outcome.rows, {{"0", "first"}, {"1", "last"}});
  BOOST_TEST(outcome.rejects.size() == (text.size() - 8) / 12);
}

BOOST_AUTO_TEST_CASE(several_lanes_read_what_one_reads) {
  const auto seed = chosen_seed();
  BOOST_TEST_INFO_SCOPE("SLUICE_SEED=" << seed);
  Random random(seed);
  const TemporaryDirectory directory;
  const std::string pieces[] = {"1,\"a\nb\",x\n",  "2,c,d\r\n",         "bad\n", "3,\"open,x\n",
                                "4,\"q\"\"q\",\n", "5,e\"f,\xC3\xA9\n", "\n",    "6,\xFF,g\n"};
  for (int i = 0; i < 3; ++i) {
    std::string text = "h1,\"h\n2\",h3\n";
    while (text.size() < 6000000)
      text += pieces[below(random, 200) == 0 ? below(random, std::size(pieces)) : below(random, 2)];
    const auto path = directory.write("a.csv", text);
    const std::string parameters = reading(
        path,
        R"("skipHeader": true, "column": [{"index": 0, "type": "long"}, {"index": 1}, {"index": 2}], "maxRecordSize": 100000)");
    const auto one = read_all(parameters, {1, std::uint64_t{1} << 40, std::uint64_t{1} << 40});
    const auto many = read_all(parameters, {4});
    BOOST_TEST(one.splits.size() == 1u);
    BOOST_TEST(many.splits.size() >= 4u);
    BOOST_TEST((one.rows == many.rows));
    BOOST_TEST(one.refused() == many.refused(), boost::test_tools::per_element());
    BOOST_TEST(one.rows.size() > 100000u);
    BOOST_TEST(!one.rejects.empty());
  }
}

BOOST_AUTO_TEST_CASE(splits_have_stable_keys_and_know_their_file) {
  const TemporaryDirectory directory;
  const auto path = directory.write("a.csv", "1\n2\n");
  const std::string parameters = reading(path);
  const auto outcome = read_all(parameters);
  BOOST_TEST(outcome.splits.at(0).key == path + "@0");
  BOOST_TEST(outcome.splits.at(0).label == path);
  BOOST_TEST(outcome.splits.at(0).bytes == 4);
  directory.write("a.csv", "1\n2\n3\n");
  FakeContext context(parameters, FileReader::info.options);
  FileReader reader(context.context());
  BOOST_CHECK_EXCEPTION(reader.read(context.context(), outcome.splits[0]), Error, [](const Error& error) {
    return std::string(error.what()).find("the file has changed since the job was planned") == 0;
  });
}

BOOST_AUTO_TEST_CASE(waits_for_the_mark) {
  const TemporaryDirectory directory;
  const auto path = directory.write("a.csv", "1\n");
  const std::string parameters = reading(path, R"("markDoneFileName": "done", "maxRetryTime": 2)");
  BOOST_TEST(contains(read_message(parameters), "looked 3 times"));
  FakeContext check(parameters, FileReader::info.options);
  check.flags(SLUICE_CHECK_ONLY);
  FileReader reader(check.context());
  BOOST_TEST(check.has_problem("markDoneFileName: the file that says that the data is complete is not there yet"));
  directory.write("done", "");
  require_rows(read_all(parameters).rows, {{"1"}});
}

BOOST_AUTO_TEST_CASE(mistakes_are_found_offline) {
  const auto problems =
      offline_problems(R"x({"path": "x", "fileFormat": "parquet", "compress": "zip", "encoding": "utf-88",
    "fieldDelimiter": "||", "csvReaderConfig": {"textQualifier": "ab"}, "column": [{"type": "int"}, {"type": "decimal(50,2)"},
    {"name": "x"}, {"index": 1, "value": "c"}, {"value": "abc", "type": "long"}, {"type": "date", "format": "yyyy QQ"}, "*"]
})x");
  for (const char* part :
       {"fileFormat: this file format is not implemented yet: parquet [csv, text and jsonl are]",
        "compress: this compression is not implemented yet: zip", "encoding: no such encoding: utf-88",
        "fieldDelimiter: the delimiter of a csv is one ASCII character",
        "csvReaderConfig.textQualifier: one ASCII character is wanted here: ab",
        "column[0].type: no such column type: int", "column[1].type: no such column type: decimal(50,2)",
        "column[2]: the column is named, but the file has no header to find the name in: x",
        "column[3]: a column has an index or a value, not both",
        "column[4].value: the value is none of the type long: not an integer: abc",
        "column[5].format: not known in a date format", "column[6]: \"*\" stands for all columns"})
    BOOST_TEST(contains(problems, part), part << "\n" << problems);
  const auto json =
      offline_problems(R"({"path": "x", "fileFormat": "jsonl", "skipHeader": true, "column": [{"index": 0}]})");
  BOOST_TEST(contains(json, "skipHeader: lines of jsonl have no header"));
  BOOST_TEST(contains(json, "column[0]: a column of jsonl has no position"));
  BOOST_TEST(offline_problems(R"({"path": "x"})") == "");
}

BOOST_AUTO_TEST_CASE(empty_files) {
  const TemporaryDirectory directory;
  const auto path = directory.write("a.csv", "");
  BOOST_TEST(contains(read_message(reading(path)), "they are empty"));
  BOOST_TEST(read_all(reading(path, R"("column": [{"type": "long"}])")).rows.empty());
  const auto header = directory.write("b.csv", "id,name\n");
  BOOST_TEST(read_all(reading(header, R"("skipHeader": true)")).rows.empty());
}

BOOST_AUTO_TEST_SUITE_END()
