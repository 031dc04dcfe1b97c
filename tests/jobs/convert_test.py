# SPDX-License-Identifier: Apache-2.0
"""Scripts of DataX and of version 1.0: what `convert` makes of them passes `check --offline` and runs."""
import json
import sqlite3

import pytest

MYSQL_URL = "jdbc:mysql://db1.example.com:3306/shop"
POSTGRESQL_URL = "jdbc:postgresql://db2.example.com:5432/shop"


def datax(reader, writer, setting=None, **more):
    """A script as DataX has it: each side is (name, parameter)."""
    content = {"reader": {"name": reader[0], "parameter": reader[1]}, "writer": {"name": writer[0], "parameter": writer[1]}}
    return {"job": {"setting": setting or {"speed": {"channel": 3}, "errorLimit": {"record": 0, "percentage": 0.02}},
                    "content": [{**content, **more}]}}


def version1(reader, writer, setting=None):
    return {"type": "job", "version": "1.0", "configuration": {
        "reader": {"plugin": reader[0], "parameter": reader[1]},
        "writer": {"plugin": writer[0], "parameter": writer[1]},
        "setting": setting or {"speed": {"concurrent": "2", "mbps": "4"}, "errorLimit": {"record": "0"}}}}


STREAM = ("streamreader", {"sliceRecordCount": 10, "column": [
    {"type": "long", "value": "10"}, {"type": "string", "random": "3,8"},
    {"type": "date", "value": "2024-01-31 12:00:00", "dateFormat": "yyyy-MM-dd HH:mm:ss"}]})
PRINTED = ("streamwriter", {"encoding": "UTF-8", "print": True})
TEXT_IN = ("txtfilereader", {
    "path": ["/data/in/*.csv"], "encoding": "UTF-8", "fieldDelimiter": ",", "skipHeader": "true", "nullFormat": "\\N",
    "csvReaderConfig": {"safetySwitch": False, "skipEmptyRecords": False, "useTextQualifier": False},
    "column": [{"index": 0, "type": "long"}, {"index": 1, "type": "boolean"}, {"index": 2, "type": "double"},
               {"index": 3, "type": "string"}, {"index": 4, "type": "date", "format": "yyyy.MM.dd"},
               {"type": "string", "value": "constant"}]})
TEXT_OUT = ("txtfilewriter", {
    "path": "/tmp", "fileName": "result", "writeMode": "truncate", "dateFormat": "yyyy-MM-dd", "fieldDelimiter": "\t",
    "nullFormat": "", "encoding": "UTF-8", "compress": "gzip", "header": ["a", "b", "c"]})
MYSQL_IN = ("mysqlreader", {
    "username": "u", "password": "s3cret", "column": ["id", "name", "'constant'"], "splitPk": "id", "where": "id > 100",
    "connection": [{"table": ["orders"], "jdbcUrl": [MYSQL_URL + "?useUnicode=true&characterEncoding=utf8"]}]})
MYSQL_QUERY = ("mysqlreader", {
    "username": "u", "password": "s3cret", "mandatoryEncoding": "utf8",
    "connection": [{"querySql": ["SELECT id, name FROM orders WHERE id < 10"], "jdbcUrl": [MYSQL_URL]}]})
MYSQL_OUT = ("mysqlwriter", {
    "writeMode": "replace", "username": "u", "password": "s3cret", "column": ["id", "name", "kind"],
    "session": ["set session sql_mode='ANSI'"], "preSql": ["delete from orders"], "postSql": [], "batchSize": 1024,
    "connection": [{"jdbcUrl": MYSQL_URL, "table": ["orders"]}]})
POSTGRESQL_IN = ("postgresqlreader", {
    "username": "u", "password": "s3cret", "column": ["id", "name", "kind"], "splitPk": "id", "fetchSize": 1000,
    "connection": [{"table": ["public.orders"], "jdbcUrl": [POSTGRESQL_URL]}]})
POSTGRESQL_OUT = ("postgresqlwriter", {
    "username": "u", "password": "s3cret", "column": ["id", "name", "kind"], "preSql": ["truncate table @table"],
    "batchSize": "2048", "connection": [{"jdbcUrl": POSTGRESQL_URL + "?ssl=true", "table": ["orders"]}]})
DRIVER_IN = ("rdbmsreader", {
    "username": "u", "password": "s3cret", "column": ["id", "name", "kind"], "splitPk": "id", "fetchSize": 1024,
    "connection": [{"table": ["orders"], "jdbcUrl": ["jdbc:dm://db3.example.com:5236/SHOP"]}]})
SQLITE_IN = ("rdbmsreader", {
    "username": "u", "column": ["id", "name", "kind"], "splitPk": "id",
    "connection": [{"table": ["orders"], "jdbcUrl": ["jdbc:sqlite:/data/shop.db"]}]})
SQLITE_OUT = ("sqlitewriter", {
    "writeMode": "insert", "column": ["id", "name", "kind"], "preSql": ["delete from @table"],
    "connection": [{"jdbcUrl": "jdbc:sqlite:/data/shop.db", "table": ["orders"]}]})


@pytest.fixture(scope="module")
def step_types():
    import conftest
    import subprocess
    listing = subprocess.run([conftest.BINARY, "plugins", "--json"], capture_output=True, text=True, check=True).stdout
    return {name for plugin in json.loads(listing)["plugins"] for name in (plugin["name"], *plugin["aliases"])}


@pytest.fixture
def convert(sluice):
    """Converts a dict; answers with the new script and with what was said about it."""
    def convert_script(old, *arguments, code=0):
        (sluice.directory / "old.json").write_text(json.dumps(old, indent=2))
        outcome = sluice("convert", "old.json", *arguments)
        assert outcome.code == code, outcome
        return json.loads(outcome.out), outcome.err

    return convert_script


@pytest.mark.parametrize("reader, writer", [
    (TEXT_IN, ("txtfilewriter", {"path": "/tmp", "fileName": "f", "fileFormat": "csv", "writeMode": "append"})),
    (STREAM, TEXT_OUT), (MYSQL_IN, MYSQL_OUT), (MYSQL_QUERY, PRINTED), (MYSQL_IN, POSTGRESQL_OUT),
    (POSTGRESQL_IN, MYSQL_OUT), (POSTGRESQL_IN, POSTGRESQL_OUT), (SQLITE_IN, SQLITE_OUT), (POSTGRESQL_IN, SQLITE_OUT),
    (DRIVER_IN, POSTGRESQL_OUT),
    (SQLITE_IN, ("drdswriter", {**MYSQL_OUT[1], "writeMode": "insert"})),
], ids=lambda side: side[0])
def test_converted_scripts_pass_the_check(sluice, convert, step_types, reader, writer):
    used = [reader[0].removesuffix("reader"), writer[0].removesuffix("writer")]
    if "mysql" not in step_types and any(name in ("mysql", "drds") for name in used):
        pytest.skip("there is no plugin mysql")
    if reader is DRIVER_IN and "odbc" not in step_types:
        pytest.skip("there is no plugin odbc")
    if reader[0] == "streamreader":
        reader = (reader[0], {**reader[1], "column": reader[1]["column"][:2] + [{"type": "bytes", "value": "x"}]})
    script, notes = convert(datax(reader, writer))
    assert "error" not in notes, notes
    outcome = sluice.check(script, "--offline")
    assert outcome.code == 0, (outcome, json.dumps(script, indent=2))
    assert "s3cret" not in notes


def test_a_converted_job_runs(sluice, convert):
    (sluice.directory / "in.csv").write_text("id,name\n1,one\n2,\\N\n3,\"th,ree\"\n")
    connection = sqlite3.connect(sluice.directory / "out.db")
    connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)")
    connection.close()
    script, _ = convert(datax(
        ("txtfilereader", {"path": ["in.csv"], "skipHeader": True, "fieldDelimiter": ",",
                           "column": [{"index": 0, "type": "long"}, {"index": 1, "type": "string"}]}),
        ("sqlitewriter", {"column": ["id", "name"], "preSql": ["DELETE FROM @table"],
                          "connection": [{"jdbcUrl": "jdbc:sqlite:out.db", "table": ["t"]}]})))
    assert sluice.run(script).ok().summary["written"] == 3
    rows = sqlite3.connect(sluice.directory / "out.db").execute("SELECT * FROM t ORDER BY id").fetchall()
    assert rows == [(1, "one"), (2, None), (3, "th,ree")]


def test_text_files_are_written_as_the_old_tool_did(sluice, convert):
    script, _ = convert(datax(
        ("streamreader", {"sliceRecordCount": 2, "column": [{"type": "string", "value": 'a"b'}, {"type": "long", "value": 7}]}),
        ("txtfilewriter", {"path": ".", "fileName": "out.txt", "writeMode": "truncate", "fieldDelimiter": "|"}),
        {"speed": {"channel": 1}}))
    sluice.run(script).ok()
    [written] = sluice.directory.glob("out.txt*")
    assert written.read_text() == 'a"b|7\n' * 2


def test_what_has_no_equivalent_is_listed_at_its_place(convert):
    old = datax(STREAM, PRINTED, {"speed": {"channel": 2, "byte": 1048576, "batchSize": 2048}, "restore": {"maxRowNumForCheckpoint": 0}},
                transformer=[{"name": "dx_filter", "parameter": {"columnIndex": 0, "paras": ["<", "5"]}}])
    script, notes = convert({**old, "core": {"transport": {"channel": {"speed": {"byte": 1}}}}}, code=2)
    assert [step["stepType"] for step in script["steps"]] == ["stream", "dx_filter", "stream"]
    for line in ("core: no equivalent, left out", "job.setting.restore: no equivalent, left out",
                 "job.setting.speed.batchSize: no equivalent, left out",
                 "job.content[0].transformer[0]: kept as a processor of the same name: dx_filter",
                 "<new script>:", 'steps[1].stepType: no processor "dx_filter" was found',
                 "steps[0].parameter.column[2].dateFormat: known, but not implemented here"):
        assert line in notes, notes
    assert script["setting"]["speed"] == {"concurrent": 2, "mbps": 1, "throttle": True}


def test_a_store_without_a_plugin_is_named_with_the_way_out(convert):
    _, notes = convert(datax(("hdfsreader", {"path": "/x", "column": ["*"]}), PRINTED), code=2)
    assert 'no reader "hdfs" was found' in notes and "use `file`" in notes


def test_version_1(sluice, convert):
    script, notes = convert(version1(("stream", {"sliceRecordCount": "5", "column": [{"value": "x", "type": "string"}]}),
                                     ("stream", {"print": "true"})))
    # There the rate held whenever it was given.
    assert script["setting"]["speed"] == {"concurrent": "2", "mbps": "4", "throttle": True}
    assert "configuration.setting.speed.mbps" in notes
    assert sluice.check(script, "--offline").code == 0
    assert len(sluice.run(script).ok().records) == 10


def test_from_the_standard_input_to_a_file(sluice):
    old = json.dumps(datax(("streamreader", {"sliceRecordCount": 1, "column": [{"value": "x"}]}), PRINTED))
    outcome = sluice("convert", "-", "--output", "job.json", stdin=old)
    assert outcome.code == 0 and outcome.out == "", outcome
    assert "<stdin>:1:" in outcome.err
    assert outcome.err.count("no equivalent") == 0
    assert sluice.run(sluice.directory / "job.json").ok().summary["written"] == 3
    assert sorted(path.name for path in sluice.directory.iterdir() if path.suffix == ".part") == []


def test_what_cannot_be_converted_leaves_the_output_alone(sluice):
    kept = sluice.directory / "job.json"
    kept.write_text("{}")
    for text, why in (('{"steps": []}', "it is a script of version 2.0 already"), ("{", "d"), ('{"job": {"content": []}}', "no reader")):
        outcome = sluice("convert", "-", "--output", "job.json", stdin=text)
        assert outcome.code == 2 and why in outcome.err, outcome
        assert kept.read_text() == "{}"
    outcome = sluice("convert", "no-such.json")
    assert outcome.code == 2 and "no-such.json" in outcome.err and outcome.out == ""
    outcome = sluice("convert", "job.json", "--output", "no/such/dir.json")
    assert outcome.code == 2 and "asked for by --output" in outcome.err


def test_the_new_script_reads_well(convert, sluice):
    sluice("convert", "-", stdin="{}")
    _, _ = convert(datax(SQLITE_IN, SQLITE_OUT))
    text = sluice("convert", "old.json").out
    assert '"percentage": 0.02' in text
    assert max(map(len, text.splitlines())) <= 110
