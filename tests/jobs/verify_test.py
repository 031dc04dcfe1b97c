# SPDX-License-Identifier: Apache-2.0
"""`sluice verify` and `run --verify`: exactly the records that differ are named, and no other."""
import csv
import json
import re
import socket
import sqlite3

import pytest

from conftest import job
from servers import connection, mariadb, postgres  # noqa: F401

RECORDS = 500
MANY = """
    CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT, price DECIMAL(10,2), at TIMESTAMP, note BLOB);
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {records})
      INSERT INTO source SELECT i, 'name ' || i, i / 100.0, '2024-02-29 12:00:00.' || (100000 + i), iif(i % 7, x'00ff', NULL) FROM n;
"""
TARGET = "CREATE TABLE target (id INTEGER{key}, name TEXT, price DECIMAL(10,2), at TIMESTAMP, note BLOB);"


class Verifier:
    """Runs jobs in a directory of their own, and verifies them."""

    def __init__(self, sluice):
        self.sluice, self.path = sluice, sluice.directory / "shop.db"

    def sql(self, script):
        with sqlite3.connect(self.path, isolation_level=None) as connection:
            connection.executescript(script)
        connection.close()

    def verify(self, script, *arguments, environment=None):
        """The verdict; its exit code must be the process's."""
        outcome = self.sluice("verify", self.sluice.script(script), "--json", "--state-dir", self.sluice.state, *arguments,
                              environment=environment)
        assert outcome.out.startswith("{"), outcome
        verdict = json.loads(outcome.out)
        assert verdict["exit_code"] == outcome.code, outcome
        assert "Sanitizer" not in outcome.err, outcome
        assert not list(self.sluice.state.glob("scratch-*"))
        return verdict

    def equal(self, script, *arguments):
        verdict = self.verify(script, *arguments)
        assert (verdict["verdict"], verdict["exit_code"], verdict["differences"]) == ("equal", 0, []), verdict
        return verdict

    def differs(self, script, *arguments):
        verdict = self.verify(script, *arguments)
        assert (verdict["verdict"], verdict["exit_code"]) == ("differs", 1), verdict
        return verdict


@pytest.fixture
def verifier(sluice):
    return Verifier(sluice)


def found(verdict):
    """What is named, as {(kind, key, columns)}; each once."""
    named = [(d["kind"], tuple(str(v) for v in d["key"].values()), tuple(d["columns"])) for d in verdict["differences"]]
    assert len(named) == len(set(named)), verdict
    counts = {kind: sum(d["records"] for d in verdict["differences"] if d["kind"] == kind) for kind in ("missing", "extra", "different")}
    assert counts == {kind: verdict[kind] for kind in counts}, verdict
    return set(named)


def sqlite(reader=None, writer=None, processors=(), setting=None):
    return job(("sqlite", {"path": "shop.db", "table": "source", "column": ["*"], **(reader or {})}),
               ("sqlite", {"path": "shop.db", "table": "target", "column": ["*"], **(writer or {})}), processors, setting)


DAMAGE = {  # one change of the target: what it makes, and what is found
    "flip": ("UPDATE target SET name = 'nobody' WHERE id = 17", {("different", ("17",), ("name",))}),
    "two columns": ("UPDATE target SET price = 9.99, note = x'00' WHERE id = 20", {("different", ("20",), ("price", "note"))}),
    "null": ("UPDATE target SET note = NULL WHERE id = 20", {("different", ("20",), ("note",))}),
    "delete": ("DELETE FROM target WHERE id = 400", {("missing", ("400",), ())}),
    "add": ("INSERT INTO target SELECT 9999, name, price, at, note FROM target WHERE id = 3", {("extra", ("9999",), ())}),
    "move": ("UPDATE target SET id = 7777 WHERE id = 77", {("missing", ("77",), ()), ("extra", ("7777",), ())}),
    "empty": ("DELETE FROM target WHERE id <> 5", {("missing", (str(i),), ()) for i in range(1, RECORDS + 1) if i != 5}),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_sqlite_to_sqlite(verifier, damage):
    verifier.sql(MANY.format(records=RECORDS) + TARGET.format(key=" PRIMARY KEY"))
    script = sqlite(setting={"speed": {"concurrent": 2}})
    verifier.sluice.run(script).ok()
    verdict = verifier.equal(script)
    assert verdict["key"] == ["id"] and verdict["source"]["compared"] == verdict["target"]["compared"] == RECORDS
    change, expected = DAMAGE[damage]
    verifier.sql(change)
    assert found(verifier.differs(script, "--limit", 1000)) == expected


def test_a_duplicate_is_an_extra_record_of_its_key(verifier):
    verifier.sql(MANY.format(records=RECORDS) + TARGET.format(key=""))
    script = sqlite()
    verifier.sluice.run(script).ok()
    verifier.sql("INSERT INTO target SELECT * FROM target WHERE id = 8")
    verdict = verifier.differs(script)  # the key is the source's
    assert found(verdict) == {("extra", ("8",), ())}
    assert (verdict["differences"][0]["in_source"], verdict["differences"][0]["in_target"]) == (1, 2)


CSV = {"path": "people.csv", "column": [{"index": 0, "type": "long"}, {"index": 1, "type": "string"}, {"index": 2, "type": "decimal(10,2)"},
                                        {"index": 3, "type": "date", "format": "dd.MM.yyyy"}]}


def write_people(path, records):
    with open(path, "w", newline="") as file:
        csv.writer(file).writerows(records)


def people(records=RECORDS):
    return [[i, f'name "{i}", é', f"{i}.50", f"{i % 28 + 1:02}.02.2024"] for i in range(1, records + 1)]


def test_csv_to_sqlite(verifier):
    write_people(verifier.sluice.directory / "people.csv", people())
    verifier.sql("CREATE TABLE target (id INTEGER PRIMARY KEY, name TEXT, price DECIMAL(10,2), day DATE)")
    script = job(("file", CSV), ("sqlite", {"path": "shop.db", "table": "target", "column": ["*"]}))
    verifier.sluice.run(script).ok()
    verifier.equal(script)
    verifier.sql("UPDATE target SET day = '2023-01-01' WHERE id = 3; DELETE FROM target WHERE id = 499;"
                 "INSERT INTO target VALUES (0, 'zero', 0, '2024-01-01')")
    assert found(verifier.differs(script)) == {("different", ("3",), ("day",)), ("missing", ("499",), ()), ("extra", ("0",), ())}


@pytest.mark.parametrize("writer", [{"writeSingleObject": True, "writeHeader": True}, {"fieldDelimiter": ";", "nullFormat": "", "suffix": ".csv"},
                                    {"fileFormat": "jsonl"}, {"compress": "gzip"}, {"fileFormat": "text", "fieldDelimiter": "\\t"}])
def test_sqlite_to_files(verifier, writer):
    verifier.sql(MANY.format(records=RECORDS))
    out = verifier.sluice.directory / "out"
    out.mkdir()
    script = job(("sqlite", {"path": "shop.db", "table": "source", "column": ["*"]}),
                 ("file", {"path": "out", "fileName": "copy", **writer}), setting={"speed": {"concurrent": 2}})
    verifier.sluice.run(script).ok()
    assert verifier.equal(script)["key"] == ["id"]
    if "compress" in writer:
        return
    file = sorted(out.iterdir())[0]
    lines = file.read_text().splitlines(keepends=True)

    def line_of(number):
        return next(i for i, line in enumerate(lines) if re.search(rf"name {number}\b", line))

    lines[line_of(17)] = lines[line_of(17)].replace("name 17", "nobody")
    del lines[line_of(400)]
    lines.append(lines[line_of(8)])
    lines.append(lines[line_of(9)].replace("name 9", "name new").replace("9", "9000", 1))
    file.write_text("".join(lines))
    assert found(verifier.differs(script)) == {("different", ("17",), ("name",)), ("missing", ("400",), ()), ("extra", ("8",), ()),
                                               ("extra", ("9000",), ())}


def test_every_type_survives_a_file(verifier):
    """What is read back from a file is cast to what was written, to the last digit."""
    verifier.sql("CREATE TABLE source (id BIGINT, amount DECIMAL(38,10), at TIMESTAMP, day DATE, name TEXT, ratio DOUBLE, flag BOOLEAN,"
                 " data BLOB); INSERT INTO source VALUES"
                 " (-9223372036854775808, 12345.1234567891, '0001-01-01 00:00:00.000001', '9999-12-31', '', 5e-324, 1, x''),"
                 " (1, NULL, NULL, NULL, NULL, NULL, NULL, NULL), (2, 0, '1969-12-31 23:59:59', '1970-01-01', '\\N', 0.1, 0, x'00ff22')")
    for writer in ({}, {"fileFormat": "jsonl"}, {"nullFormat": ""}):
        script = job(("sqlite", {"path": "shop.db", "table": "source", "column": ["*"]}), ("file", {"path": ".", "fileName": "o", **writer}))
        verifier.sluice.run(script).ok()
        assert verifier.equal(script, "--key", "id")["target"]["compared"] == 3


def test_sqlite_to_postgresql(verifier, postgres):
    postgres.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE target (id bigint PRIMARY KEY, name text,"
                 " price numeric(10,2), at timestamp, note bytea)")
    verifier.sql(MANY.format(records=RECORDS))
    script = job(("sqlite", {"path": "shop.db", "table": "source", "column": ["*"]}),
                 ("postgresql", connection(postgres, table="target", column=["*"])), setting={"speed": {"concurrent": 2}})
    verifier.sluice.run(script).ok()
    verdict = verifier.equal(script)
    assert verdict["key"] == ["id"] and verdict["target"]["compared"] == RECORDS
    for name in ("flip", "two columns", "delete", "add"):
        postgres.sql(DAMAGE[name][0].replace("x'00'", "'\\x00'"))
    verdict = verifier.differs(script)
    assert found(verdict) == {("different", ("17",), ("name",)), ("different", ("20",), ("price", "note")), ("missing", ("400",), ()),
                              ("extra", ("9999",), ())}
    assert postgres.password not in json.dumps(verdict)


def test_sqlite_to_mysql(verifier, mariadb):
    mariadb.sql("DROP TABLE IF EXISTS target; CREATE TABLE target (id bigint PRIMARY KEY, name text, price decimal(10,2),"
                " at datetime(6), note longblob)")
    verifier.sql(MANY.format(records=RECORDS))
    script = job(("sqlite", {"path": "shop.db", "table": "source", "column": ["*"]}),
                 ("mysql", connection(mariadb, table="target", column=["*"])), setting={"speed": {"concurrent": 2}})
    verifier.sluice.run(script).ok()
    assert verifier.equal(script)["key"] == ["id"]
    for name in ("flip", "two columns", "delete", "add"):
        mariadb.sql(DAMAGE[name][0])
    assert found(verifier.differs(script)) == {("different", ("17",), ("name",)), ("different", ("20",), ("price", "note")),
                                               ("missing", ("400",), ()), ("extra", ("9999",), ())}


def test_values_that_postgresql_gives_back_in_other_words(verifier, postgres):
    postgres.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE target (id int PRIMARY KEY, j jsonb, u uuid, n numeric)")
    verifier.sql("CREATE TABLE source (id INTEGER PRIMARY KEY, j TEXT, u TEXT, n TEXT); INSERT INTO source VALUES"
                 """ (1, '{ "b":[1,2],"a":"x"}', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', '1.50'), (2, 'null', NULL, '1e3'), (3, NULL, NULL, '-0')""")
    script = job(("sqlite", {"path": "shop.db", "table": "source", "column": ["*"]}),
                 ("postgresql", connection(postgres, table="target", column=["*"])))
    verifier.sluice.run(script).ok()
    verifier.equal(script)
    postgres.sql("UPDATE target SET j = '{\"a\": \"x\", \"b\": [2, 1]}' WHERE id = 1; UPDATE target SET n = 1000.001 WHERE id = 2")
    assert found(verifier.differs(script)) == {("different", ("1",), ("j",)), ("different", ("2",), ("n",))}


def test_one_flipped_value_among_300_000(verifier):
    verifier.sql(MANY.format(records=300_000) + TARGET.format(key=" PRIMARY KEY") + "INSERT INTO target SELECT * FROM source;"
                 "UPDATE target SET at = '2024-02-29 12:00:00.000001' WHERE id = 123456")
    assert found(verifier.differs(sqlite(setting={"speed": {"concurrent": 2}}))) == {("different", ("123456",), ("at",))}


def test_more_differences_than_are_named(verifier):
    verifier.sql(MANY.format(records=20_000) + TARGET.format(key=" PRIMARY KEY") + "INSERT INTO target SELECT * FROM source;"
                 "UPDATE target SET name = 'x'; DELETE FROM target WHERE id % 2")
    verdict = verifier.differs(sqlite())
    assert not verdict["complete"] and len(verdict["differences"]) == 100, verdict
    outcome = verifier.sluice("verify", "job.json", "--state-dir", verifier.sluice.state)
    assert "at least " in outcome.out and "--limit" in outcome.out, outcome
    verdict = verifier.differs(sqlite(), "--limit", 20_000)
    assert (verdict["complete"], verdict["missing"], verdict["different"]) == (True, 10_000, 10_000), verdict


def test_through_a_processor(verifier):
    verifier.sql(MANY.format(records=RECORDS) + "CREATE TABLE target (label TEXT, number INTEGER PRIMARY KEY)")
    script = sqlite(processors=[("project", {"column": [{"name": "name", "as": "label"}, {"name": "id", "as": "number"}]})])
    verifier.sluice.run(script).ok()
    verifier.equal(script)
    verifier.sql("UPDATE target SET label = 'x' WHERE number = 100")
    assert found(verifier.differs(script)) == {("different", ("100",), ("label",))}


def test_without_a_key_records_are_compared_whole(verifier):
    verifier.sql("CREATE TABLE source (a INT, b TEXT); INSERT INTO source VALUES (1, 'x'), (1, 'x'), (2, 'y'), (NULL, NULL);"
                 "CREATE TABLE target (a INT, b TEXT)")
    verifier.sluice.run(sqlite()).ok()
    assert verifier.equal(sqlite())["key"] == []
    verifier.sql("UPDATE target SET b = 'secret' WHERE a = 2; DELETE FROM target WHERE rowid = 1")
    verdict = verifier.differs(sqlite())
    assert (verdict["missing"], verdict["extra"], verdict["different"]) == (2, 1, 0), verdict
    assert "secret" not in json.dumps(verdict)
    verdict = verifier.differs(sqlite(), "--values")
    values = [(d["kind"], d.get("source"), d.get("target"), d["in_source"], d["in_target"]) for d in verdict["differences"]]
    assert sorted(values, key=str) == sorted([("missing", {"a": "2", "b": "y"}, None, 1, 0), ("missing", {"a": "1", "b": "x"}, None, 2, 1),
                                              ("extra", None, {"a": "2", "b": "secret"}, 0, 1)], key=str)
    assert found(verifier.differs(sqlite(), "--key", "a")) == {("different", ("2",), ("b",)), ("missing", ("1",), ())}


def test_values_are_shown_on_request_only(verifier):
    verifier.sql(MANY.format(records=10) + TARGET.format(key=" PRIMARY KEY"))
    verifier.sluice.run(sqlite()).ok()
    verifier.sql("UPDATE target SET name = 'secret', price = NULL WHERE id = 7")
    for arguments, shown in (((), False), (("--values",), True)):
        outcome = verifier.sluice("verify", "job.json", "--state-dir", verifier.sluice.state, *arguments)
        assert outcome.code == 1 and "id=7: name, price" in outcome.out, outcome
        assert ("secret" in outcome.out) == shown and ("name 7" in outcome.out) == shown, outcome


def test_what_was_refused_is_counted_and_no_difference(verifier):
    verifier.sql("CREATE TABLE source (id INTEGER PRIMARY KEY, v TEXT); CREATE TABLE target (id INTEGER PRIMARY KEY, v INTEGER UNIQUE);"
                 "INSERT INTO source VALUES (1, '10'), (2, 'ten'), (3, '10'), (4, '11')")
    script = sqlite(setting={"errorLimit": {"record": 10}})
    assert verifier.sluice.run(script).ok().summary["dirty"] == 2
    verdict = verifier.equal(script)
    assert (verdict["source"]["dirty"], verdict["refused"], verdict["target"]["compared"]) == (1, 1, 2), verdict
    outcome = verifier.sluice("verify", "job.json", "--state-dir", verifier.sluice.state)
    assert "1 x parse in column v: not compared" in outcome.out and "1 by the writer" in outcome.out, outcome
    verifier.sql("UPDATE target SET v = 12 WHERE id = 4")
    assert found(verifier.differs(script)) == {("different", ("4",), ("v",))}
    other = verifier.sluice("verify", "job.json", "--json", "--state-dir", verifier.sluice.directory / "elsewhere")
    assert ("missing", ("3",), ()) in found(json.loads(other.out)), "without the run nobody knows that it was refused"


def test_update_leaves_other_records_in_the_target(verifier):
    verifier.sql(MANY.format(records=100) + TARGET.format(key=" PRIMARY KEY") + "INSERT INTO target SELECT id + 50, 'old', 1, at, NULL FROM source")
    script = sqlite(writer={"writeMode": "update"})
    verifier.sluice.run(script).ok()
    verdict = verifier.equal(script)
    assert (verdict["others"], verdict["others_found"]) == ("writeMode is update", 50), verdict
    assert len(found(verifier.differs(script, "--extra", "differ"))) == 50
    verifier.sql("UPDATE target SET name = 'x' WHERE id IN (60, 140); DELETE FROM target WHERE id = 10")
    assert found(verifier.differs(script)) == {("different", ("60",), ("name",)), ("missing", ("10",), ())}


def test_the_last_record_of_a_key_replaces_the_others(verifier):
    verifier.sql("CREATE TABLE source (id INT, v TEXT); INSERT INTO source VALUES (1, 'a'), (1, 'b'), (2, 'c');"
                 "CREATE TABLE target (id INTEGER PRIMARY KEY, v TEXT)")
    script = sqlite(writer={"writeMode": "replace"})
    verifier.sluice.run(script).ok()
    assert verifier.equal(script)["superseded"] == 1
    verifier.sql("UPDATE target SET v = 'd' WHERE id = 1")
    assert verifier.differs(script)["different"] == 1


def test_insert_into_a_table_that_had_records(verifier):
    verifier.sql(MANY.format(records=20) + TARGET.format(key=" PRIMARY KEY") + "INSERT INTO target (id) VALUES (-1)")
    verifier.sluice.run(sqlite()).ok()
    assert found(verifier.differs(sqlite())) == {("extra", ("-1",), ())}
    assert verifier.equal(sqlite(), "--extra", "allow")["others_found"] == 1


def test_a_value_that_no_job_could_have_written(verifier):
    verifier.sql(MANY.format(records=50) + "CREATE TABLE target (id INTEGER PRIMARY KEY, name TEXT, price DECIMAL(10,2), at TIMESTAMP, note BLOB)")
    verifier.sluice.run(sqlite()).ok()
    verifier.sql("UPDATE target SET name = 'other' WHERE id = 5; UPDATE target SET at = 'yesterday' WHERE id = 6")
    verdict = verifier.differs(sqlite())
    assert found(verdict) == {("different", ("5",), ("name",)), ("missing", ("6",), ())}, verdict
    assert verdict["unreadable"] == 1 and len(verdict["unreadable_records"]) == 1, verdict


def test_run_verify(verifier):
    verifier.sql(MANY.format(records=50) + TARGET.format(key=" PRIMARY KEY"))
    outcome = verifier.sluice.run(sqlite(writer={"preSql": ["DELETE FROM @table"]}), "--verify").ok()
    assert outcome.summary["verification"]["verdict"] == "equal", outcome
    assert re.search(r"^verdict +equal$", outcome.out, re.M), outcome
    verifier.sql("CREATE TRIGGER t AFTER INSERT ON target WHEN new.id = 9 BEGIN UPDATE target SET name = upper(name) WHERE id = 9; END")
    outcome = verifier.sluice.run(sqlite(writer={"preSql": ["DELETE FROM @table"]}), "--verify")
    assert outcome.code == 1 and outcome.summary["status"] == "succeeded", outcome
    assert found(outcome.summary["verification"]) == {("different", ("9",), ("name",))}
    assert "id=9: name" in outcome.out, outcome


def test_a_difference_stays_one_when_the_command_is_repeated(verifier):
    verifier.sql(MANY.format(records=50) + TARGET.format(key=" PRIMARY KEY"))
    verifier.sql("CREATE TRIGGER t AFTER INSERT ON target WHEN new.id = 9 BEGIN UPDATE target SET name = upper(name) WHERE id = 9; END")
    command = (sqlite(), "--run-id", "r", "--verify")
    assert verifier.sluice.run(*command).code == 1
    again = verifier.sluice.run(*command)
    assert again.code == again.summary["exit_code"] == 1 and "already done" in again.out, again
    assert found(again.summary["verification"]) == {("different", ("9",), ("name",))}
    assert "id=9: name" in again.out, again
    verifier.sql("UPDATE target SET name = lower(name) WHERE id = 9")
    mended = verifier.sluice.run(*command).ok()
    assert mended.summary["verification"]["verdict"] == "equal" and mended.summary["exit_code"] == 0, mended
    verifier.sql("UPDATE target SET name = upper(name) WHERE id = 9")
    assert verifier.sluice.run(*command).code == 1
    plain = verifier.sluice.run(*command[:-1]).ok()
    assert plain.summary["exit_code"] == 0, plain


def test_a_run_that_died_before_it_was_verified_is_verified_then(verifier):
    verifier.sql(MANY.format(records=50) + TARGET.format(key=" PRIMARY KEY"))
    verifier.sql("CREATE TRIGGER t AFTER INSERT ON target WHEN new.id = 9 BEGIN UPDATE target SET name = upper(name) WHERE id = 9; END")
    command = (sqlite(), "--run-id", "r", "--verify")
    assert verifier.sluice.run(*command, environment={"SLUICE_CRASH_POINT": "after-journal-completed"}).code == -9
    again = verifier.sluice.run(*command)
    assert again.code == 1 and found(again.summary["verification"]) == {("different", ("9",), ("name",))}, again


def test_what_cannot_be_verified(verifier):
    sluice = verifier.sluice
    verifier.sql(MANY.format(records=5) + TARGET.format(key=""))

    def told(script, *arguments):
        outcome = sluice("verify", sluice.script(script), "--state-dir", sluice.state, *arguments)
        return outcome.code, outcome.err + outcome.out

    code, text = told(job(("sqlite", {"path": "shop.db", "table": "source", "column": ["*"]}), ("stream", {})))
    assert code == 2 and "writer stream" in text and "cannot be read again" in text, text
    code, text = told(sqlite(), "--key", "nam")
    assert code == 2 and 'no such column for the key: "nam" (did you mean "name"?)' in text, text
    code, text = told(sqlite(writer={"table": "targt"}))
    assert code == 2 and "targt" in text, text
    code, text = told(sqlite(writer={"table": "new", "preSql": ["CREATE TABLE new AS SELECT * FROM source"]}))
    assert code == 2 and "the target is not there" in text, text
    code, text = told(job(("sqlite", {"path": "shop.db", "table": "source", "column": ["*"]}), ("file", {"path": ".", "fileName": "out"})))
    assert code == 2 and "there is no file of this job: ./out__*" in text, text
    for wrong in (("--extra", "some"), ("--limit", "0"), ("--key", "a,,b")):
        code, text = told(sqlite(), *wrong)
        assert code == 2 and wrong[0] in text, text
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, and nobody listens
        code, text = told(job(("sqlite", {"path": "shop.db", "table": "source", "column": ["*"]}),
                              ("postgresql", {"host": "127.0.0.1", "port": taken.getsockname()[1], "database": "x", "username": "x", "table": "t",
                                              "column": ["*"]})))
    assert code == 75, text
