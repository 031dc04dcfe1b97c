// SPDX-License-Identifier: Apache-2.0
#include "writer.hpp"

#include <boost/test/unit_test.hpp>

#include "jobs.hpp"
#include "random_text.hpp"
#include "temporary_directory.hpp"

using namespace sluice;
using namespace sluice::file;
using namespace sluice::file::tests;

namespace {

std::string writing(const TemporaryDirectory& directory, const std::string& more = "",
                    const std::string& name = "out") {
  return R"({"path": ")" + directory.path() + R"(", "fileName": ")" + name + "\"" + (more.empty() ? "" : ", " + more) +
         "}";
}

const std::string single = R"("writeSingleObject": true)";

std::string message_of(const std::string& parameters, const Schema& schema = text_schema) {
  try {
    WriteRun run(parameters, schema);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}


// What one split with these texts becomes.
std::string written(const std::string& more, const std::vector<std::optional<std::string>>& values,
                    std::vector<std::int64_t>* rejected = nullptr) {
  const TemporaryDirectory directory;
  WriteRun run(writing(directory, single + (more.empty() ? "" : ", " + more)), text_schema);
  run.split("s", one(texts(values)));
  run.complete();
  run.close();
  if (rejected != nullptr)
    for (const auto& reject : run.rejects) rejected->push_back(reject.row);
  BOOST_TEST(directory.names().size() == 1u);
  return directory.read("out");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(writer_test)

BOOST_AUTO_TEST_CASE(csv_quotes_what_needs_it) {
  BOOST_TEST(
      written("", {"plain", "a,b", "say \"hi\"", "two\nlines", "cr\r", "", null, "\\N", " blank ", "\xEF\xBB\xBFx"}) ==
      "plain\n\"a,b\"\n\"say \"\"hi\"\"\"\n\"two\nlines\"\n\"cr\r\"\n\"\"\n\\N\n\"\\N\"\n blank \n\"\xEF\xBB\xBFx\"\n");
  BOOST_TEST(written(R"("fieldDelimiter": ";", "nullFormat": "", "lineDelimiter": "\r\n")", {"a,b", "a;b", null, ""}) ==
             "a,b\r\n\"a;b\"\r\n\r\n\"\"\r\n");
}

BOOST_AUTO_TEST_CASE(texts_refuse_what_they_cannot_hold) {
  std::vector<std::int64_t> rejected;
  BOOST_TEST(written(R"("fileFormat": "text")", {"plain", "a,b", "\"q\"", "two\nlines", null, "\\N", "x"}, &rejected) ==
             "plain\n\"q\"\n\\N\nx\n");
  const std::vector<std::int64_t> wanted = {1, 3, 5};
  BOOST_TEST(rejected == wanted, boost::test_tools::per_element());
  rejected.clear();
  BOOST_TEST(written(R"("fileFormat": "text", "fieldDelimiter": "||")", {"a|", "a|b", "c||d"}, &rejected) == "a|b\n");
  BOOST_TEST(rejected.size() == 2u);
}

BOOST_AUTO_TEST_CASE(json_escapes) {
  BOOST_TEST(written(R"("fileFormat": "jsonl")", {"a\"\\\n\x01/\xC3\xA9", null, ""}) ==
             "{\"v\":\"a\\\"\\\\\\n\\u0001/\xC3\xA9\"}\n{\"v\":null}\n{\"v\":\"\"}\n");
}

BOOST_AUTO_TEST_CASE(values_that_look_like_the_delimiter_are_quoted) {
  const TemporaryDirectory directory;
  const Schema schema({{"d", decimal(10, 2)}, {"n", type(TypeId::int64)}});
  WriteRun run(writing(directory, single + R"(, "fieldDelimiter": ".", "nullFormat": "7")"), schema);
  BatchBuilder builder(schema);
  __extension__ typedef __int128 Int128;
  builder.column(0).append(Int128{150});
  builder.column(1).append(std::int64_t{7});
  ArrowArray array{};
  builder.finish(&array);
  run.split("s", one(Batch(&array)));
  run.complete();
  BOOST_TEST(directory.read("out") == "\"1.50\".\"7\"\n");
}

BOOST_AUTO_TEST_CASE(encodings) {
  std::vector<std::int64_t> rejected;
  BOOST_TEST(written(R"("encoding": "ISO-8859-1")", {"caf\xC3\xA9", "\xE2\x82\xAC", "x"}, &rejected) == "caf\xE9\nx\n");
  BOOST_TEST(rejected.size() == 1u);
  BOOST_TEST(rejected.at(0) == 1);
  const TemporaryDirectory directory;
  BOOST_TEST(contains(message_of(writing(directory, R"("encoding": "UTF-16")")), "begin with a byte order mark"));
}

BOOST_AUTO_TEST_CASE(nothing_is_seen_before_complete) {
  const TemporaryDirectory directory;
  directory.write("out", "old\n");
  WriteRun run(writing(directory, single + R"(, "writeHeader": true, "markDoneFileName": "done")"), text_schema);
  run.split("b", one(texts({"2"})));
  run.split("a", one(texts({"1"})));
  run.split("c", one(texts({"never"})), false);
  BOOST_TEST(directory.read("out") == "old\n");
  run.complete();
  BOOST_TEST(directory.read("out") == "v\n1\n2\n");
  run.complete();
  run.close();
  BOOST_TEST(directory.read("out") == "v\n1\n2\n");
  const std::vector<std::string> names = {"done", "out"};
  BOOST_TEST(directory.names() == names, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_aborted_run_leaves_nothing) {
  const TemporaryDirectory directory;
  directory.write("out", "old\n");
  {
    WriteRun run(writing(directory, single), text_schema);
    run.split("a", one(texts({"1"})));
    run.split("b", one(texts({"2"})), false);
  }
  const std::vector<std::string> names = {"out"};
  BOOST_TEST(directory.names() == names, boost::test_tools::per_element());
  BOOST_TEST(directory.read("out") == "old\n");
}

BOOST_AUTO_TEST_CASE(a_resumed_run_goes_on) {
  const TemporaryDirectory directory;
  const std::string parameters = writing(directory, single);
  {
    WriteRun run(parameters, text_schema, "r7", SLUICE_RESUMABLE);
    run.split("a", one(texts({"1"})));
  }
  WriteRun run(parameters, text_schema, "r7", SLUICE_RESUMABLE | WriteRun::resumed);
  const Committed there = run.writer().committed("a", 1, {});
  BOOST_TEST(there.answer == SLUICE_COMMITTED_YES);
  BOOST_TEST(there.counters.written == 7u);
  BOOST_TEST(run.writer().committed("b", 1, {}).answer == SLUICE_COMMITTED_NO);
  run.split("b", one(texts({"2"})));
  // Again, because the answer to a commit was lost: the later attempt counts.
  run.split("a", one(texts({"1"})), true, 2);
  run.complete();
  BOOST_TEST(directory.read("out") == "1\n2\n");
  run.writer().forget("r7");
  run.close();
  BOOST_TEST(directory.names().size() == 1u);
}

BOOST_AUTO_TEST_CASE(runs_with_names_that_begin_alike_are_apart) {
  const TemporaryDirectory directory;
  const std::string parameters = writing(directory, single);
  WriteRun longer(parameters, text_schema, "o-1", SLUICE_RESUMABLE), other(parameters, text_schema, "o.1");
  longer.split("a", one(texts({"1"})));
  WriteRun run(parameters, text_schema, "o");
  run.split("b", one(texts({"2"})));
  run.complete();
  BOOST_TEST(directory.read("out") == "2\n");
  BOOST_TEST(longer.writer().committed("a", 1, {}).answer == SLUICE_COMMITTED_YES);
  BOOST_TEST(other.writer().committed("a", 1, {}).answer == SLUICE_COMMITTED_NO);
  run.writer().forget("o-1");
  BOOST_TEST(longer.writer().committed("a", 1, {}).answer == SLUICE_COMMITTED_NO);
}

BOOST_AUTO_TEST_CASE(a_run_that_begins_again_publishes_what_it_has_written_then) {
  const TemporaryDirectory directory;
  const std::string parameters = writing(directory, single + R"(, "writeMode": "nonConflict")");
  {
    WriteRun run(parameters, text_schema, "r1", SLUICE_RESUMABLE);
    run.split("a", one(texts({"1"})));
    run.complete();  // and nobody says that it is complete
  }
  {
    // What it has published itself is no conflict for it.
    WriteRun resumed(parameters, text_schema, "r1", SLUICE_RESUMABLE | WriteRun::resumed);
    resumed.complete();
  }
  BOOST_TEST(directory.read("out") == "1\n");
  std::filesystem::remove(directory / "out");
  WriteRun again(parameters, text_schema, "r1", SLUICE_RESUMABLE);
  BOOST_TEST(again.writer().committed("a", 1, {}).answer == SLUICE_COMMITTED_NO);
  again.split("a", one(texts({"2"})));
  again.complete();
  BOOST_TEST(directory.read("out") == "2\n");
}

BOOST_AUTO_TEST_CASE(a_part_that_was_lost_is_not_committed) {
  const TemporaryDirectory directory;
  WriteRun run(writing(directory, single), text_schema);
  run.split("a", one(texts({"1"})));
  for (const std::string& name : directory.names())
    if (name.ends_with(".1")) directory.write(name, "");
  BOOST_TEST(run.writer().committed("a", 1, {}).answer == SLUICE_COMMITTED_NO);
}

BOOST_AUTO_TEST_CASE(many_files_have_stable_names) {
  const TemporaryDirectory directory;
  directory.write("out__0123456789abcdef.csv", "old\n");
  directory.write("outside.csv", "not ours\n");
  const std::string parameters = writing(directory, R"("suffix": ".csv", "writeHeader": true)");
  const auto run_once = [&](const std::string& id) {
    WriteRun run(parameters, text_schema, id);
    run.split("k1", one(texts({"1"})));
    run.split("k2", one(texts({"2"})));
    run.complete();
    run.close();
    return directory.names();
  };
  const std::string first = "out__" + hash_of("k1") + ".csv", second = "out__" + hash_of("k2") + ".csv";
  const auto names = run_once("r1");
  BOOST_TEST(names.size() == 3u);
  BOOST_TEST(directory.read(first) == "v\n1\n");
  BOOST_TEST(directory.read(second) == "v\n2\n");
  BOOST_TEST(directory.read("outside.csv") == "not ours\n");
  BOOST_TEST(run_once("r2") == names, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(appending) {
  const TemporaryDirectory directory;
  const auto run_once = [&](const std::string& more, const std::string& id, const std::string& value) {
    WriteRun run(writing(directory, R"("writeMode": "append", "writeHeader": true)" + more), text_schema, id);
    run.split("k", one(texts({value})));
    run.complete();
    run.complete();
  };
  run_once(", " + single, "r1", "1");
  run_once(", " + single, "r2", "2");
  BOOST_TEST(directory.read("out") == "v\n1\n2\n");
  directory.write("out", "no end");
  run_once(", " + single, "r3", "3");
  BOOST_TEST(directory.read("out") == "no end\n3\n");
  run_once("", "r4", "4");
  run_once("", "r5", "5");
  BOOST_TEST(directory.names().size() == 3u);
}

BOOST_AUTO_TEST_CASE(a_crash_while_publishing_is_finished_later) {
  // Stop after each of the renames in turn: a directory in the way makes the next one fail.
  for (const std::string mode : {"truncate", "append"}) {
    const TemporaryDirectory directory;
    const std::string parameters = writing(directory, R"("writeMode": ")" + mode + "\"");
    std::vector<std::string> finals;
    {
      const TemporaryDirectory other;
      WriteRun run(writing(other, R"("writeMode": ")" + mode + "\""), text_schema);
      for (const char* key : {"a", "b", "c"}) run.split(key, one(texts({key})));
      run.complete();
      run.close();
      finals = other.names();
    }
    BOOST_REQUIRE(finals.size() == 3u);
    for (const std::string& blocked : finals) {
      WriteRun run(parameters, text_schema);
      for (const char* key : {"a", "b", "c"}) run.split(key, one(texts({key})));
      std::filesystem::remove(directory / blocked);
      std::filesystem::create_directory(directory / blocked);
      BOOST_CHECK_THROW(run.complete(), Error);
      run.close();  // not resumable, but half of it is there: kept
      std::filesystem::remove(directory / blocked);
      WriteRun again(parameters, text_schema, "r1", WriteRun::resumed);
      BOOST_TEST(again.writer().committed("a", 1, {}).answer == SLUICE_COMMITTED_YES);
      again.complete();
      again.close();
      BOOST_TEST(directory.names() == finals, boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(conflicts_are_refused) {
  const TemporaryDirectory directory;
  directory.write("outer.csv", "");
  const std::string mode = R"("writeMode": "nonConflict")";
  BOOST_TEST(contains(message_of(writing(directory, mode)), "writeMode: a file of this name exists"));
  BOOST_TEST(message_of(writing(directory, mode, "other")) == "no error");
  WriteRun run(writing(directory, mode + ", " + single, "late"), text_schema);
  run.split("a", one(texts({"1"})));
  directory.write("late", "somebody else\n");
  BOOST_CHECK_THROW(run.complete(), Error);
  BOOST_TEST(directory.read("late") == "somebody else\n");
}

BOOST_AUTO_TEST_CASE(empty_files) {
  const TemporaryDirectory directory;
  const auto run_once = [&](const std::string& more) {
    WriteRun run(writing(directory, more), text_schema);
    run.complete();
    run.close();
    const auto names = directory.names();
    for (const std::string& name : names) std::filesystem::remove(directory / name);
    return names;
  };
  const std::vector<std::string> one_file = {"out"}, one_of_many = {"out__" + hash_of("")};
  BOOST_TEST(run_once(single) == one_file, boost::test_tools::per_element());
  BOOST_TEST(run_once(R"("compress": "gzip")") == one_of_many, boost::test_tools::per_element());
  BOOST_TEST(run_once(R"("generateEmptyFile": false)").empty());
  BOOST_TEST(run_once(single + R"(, "generateEmptyFile": false)").empty());
}

BOOST_AUTO_TEST_CASE(large_files_go_on_in_the_next) {
  const TemporaryDirectory directory;
  WriteRun run(writing(directory, R"("maxFileSize": 1, "header": ["name"])"), text_schema);
  std::vector<Batch> batches;
  std::vector<std::optional<std::string>> values(1000, std::string(1000, 'x'));
  for (int i = 0; i < 3; ++i) batches.push_back(texts(values));
  run.split("k", std::move(batches));
  run.complete();
  run.close();
  const auto names = directory.names();
  BOOST_REQUIRE(names.size() == 3u);
  BOOST_TEST(names[1] == "out__" + hash_of("k") + "_1");
  std::size_t lines = 0;
  for (const std::string& name : names) {
    const std::string content = directory.read(name);
    BOOST_TEST(content.size() <= std::size_t{1} << 20);
    BOOST_TEST(content.starts_with("name\nxxx"));
    lines += static_cast<std::size_t>(std::count(content.begin(), content.end(), '\n')) - 1;
  }
  BOOST_TEST(lines == 3000u);
}

BOOST_AUTO_TEST_CASE(wide_lines_make_no_file_too_large) {
  const TemporaryDirectory directory;
  std::vector<Field> fields;
  for (int i = 0; i < 2000; ++i) fields.push_back({"c" + std::to_string(i), type(TypeId::int64)});
  const Schema schema(fields);
  BatchBuilder builder(schema);
  for (std::size_t column = 0; column < fields.size(); ++column)
    for (int row = 0; row < 100; ++row) builder.column(column).append<std::int64_t>(1'000'000'000'000'000'000);
  ArrowArray array{};
  builder.finish(&array);
  WriteRun run(writing(directory, R"("maxFileSize": 1)"), schema);
  run.split("k", one(Batch(&array)));
  run.complete();
  run.close();
  std::size_t bytes = 0;
  for (const std::string& name : directory.names()) {
    const std::string content = directory.read(name);
    BOOST_TEST(content.size() <= std::size_t{1} << 20);
    bytes += content.size();
  }
  BOOST_TEST(bytes == 100u * 2000 * 20);
}

BOOST_AUTO_TEST_CASE(packed_files_are_joined) {
  for (const std::string kind : {"gzip", "zstd", "bzip2"}) {
    const TemporaryDirectory directory;
    WriteRun run(writing(directory, single + R"(, "writeHeader": true, "compress": ")" + kind + "\""), text_schema);
    run.split("a", one(texts({"1", "\"2\""})));
    run.split("b", one(texts({"3"})));
    run.complete();
    const auto outcome =
        read_all(R"({"path": ")" + (directory / "out") + R"(", "skipHeader": true, "compress": ")" + kind + "\"}");
    const std::vector<Row> wanted = {{"1"}, {"\"2\""}, {"3"}};
    BOOST_TEST(outcome.schema[0].name == "v");
    BOOST_TEST(outcome.rows == wanted, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(problems_of_the_place) {
  const TemporaryDirectory directory;
  BOOST_TEST(contains(message_of(R"({"path": "/no/such/place", "fileName": "x"})"), "path: cannot write there"));
  directory.write("file", "");
  BOOST_TEST(contains(message_of(R"({"path": ")" + (directory / "file") + R"(", "fileName": "x"})"),
                      "path: this is no directory"));
  BOOST_TEST(
      contains(message_of(R"({"path": ")" + directory.path() + "\"}"), "fileName: the name of the file is missing"));
  BOOST_TEST(contains(message_of(writing(directory, "", "a/b")), "fileName: the name holds a slash"));
  BOOST_TEST(contains(message_of(writing(directory, R"("object": "x")")), "object and fileName name the same thing"));
  BOOST_TEST(contains(message_of(writing(directory, R"("header": ["a", "b"])")), "2 names, 1 columns"));
  BOOST_TEST(
      contains(message_of(writing(directory, single + R"(, "maxFileSize": 5)")), "maxFileSize: one single file"));
  BOOST_TEST(contains(message_of(writing(directory, R"("fileFormat": "jsonl", "writeHeader": true)")),
                      "lines of jsonl have no header"));
  BOOST_TEST(contains(message_of(writing(directory, R"("dateFormat": "yyyy QQ")")), "dateFormat: not known"));
  BOOST_TEST(contains(message_of(writing(directory, R"("dateFormat": "HH:mm XXX")"), Schema({{"t", wall_clock()}})),
                      "has an offset"));
  BOOST_TEST(message_of(R"({"object": ")" + (directory / "x.csv") + "\"}") == "no error");
  BOOST_TEST(message_of(R"({"path": ")" + directory.path() + R"(", "object": "x.csv"})") == "no error");
}

BOOST_AUTO_TEST_CASE(reading_what_is_replaced_is_refused) {
  const TemporaryDirectory directory;
  directory.write("in.csv", "1\n");
  directory.write("out__1.csv", "1\n");
  const auto schema_for = [&](const std::string& path) {
    FakeContext context(R"({"path": ")" + path + "\"}", FileReader::info.options);
    return FileReader(context.context()).describe();
  };
  BOOST_TEST(contains(message_of(writing(directory, "", "in.csv"), schema_for(directory / "./in.csv")),
                      "reads a file that it will replace"));
  BOOST_TEST(
      contains(message_of(writing(directory), schema_for(directory / "*.csv")), "reads a file that it will replace"));
  BOOST_TEST(message_of(writing(directory), schema_for(directory / "in.csv")) == "no error");
  BOOST_TEST(message_of(writing(directory, R"("writeMode": "append")"), schema_for(directory / "*.csv")) == "no error");
}

BOOST_AUTO_TEST_CASE(splits_are_put_together_in_natural_order) {
  BOOST_TEST(in_natural_order("a@9", "a@10"));
  BOOST_TEST(!in_natural_order("a@10", "a@9"));
  BOOST_TEST(in_natural_order("a@009", "a@10"));
  BOOST_TEST(in_natural_order("a", "b1"));
  BOOST_TEST(in_natural_order("a1", "a1b"));
  BOOST_TEST(!in_natural_order("a1", "a1"));
}

BOOST_AUTO_TEST_SUITE_END()
