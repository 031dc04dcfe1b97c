# SPDX-License-Identifier: Apache-2.0
"""What is missing, damaged or of another kind: one clear message each, the right exit code, nothing half-written."""
import os
import random
import sqlite3

import pytest

from conftest import job

TABLE = "CREATE TABLE t (id INTEGER PRIMARY KEY, word TEXT, n INTEGER)"


class Databases:
    """A job from one SQLite file to another, ten records each time."""

    def __init__(self, sluice):
        self.sluice = sluice
        self.source, self.target = sluice.directory / "source.db", sluice.directory / "target.db"
        for file, rows in (self.source, 10), (self.target, 0):
            connection = sqlite3.connect(file)
            connection.execute(TABLE)
            connection.executemany("INSERT INTO t VALUES (?, ?, ?)", [(i, f"w{i}", i) for i in range(rows)])
            connection.commit()
            connection.close()

    def script(self, reader=None, writer=None):
        sides = [("sqlite", {"path": str(file), "table": "t", "column": ["id", "word", "n"], **(more or {})})
                 for file, more in ((self.source, reader), (self.target, writer))]
        return job(*sides)

    def run(self, reader=None, writer=None):
        return self.sluice.run(self.script(reader, writer))

    def written(self):
        connection = sqlite3.connect(self.target)
        try:
            return connection.execute("SELECT count(*) FROM t").fetchone()[0]
        finally:
            connection.close()


@pytest.fixture
def databases(sluice):
    return Databases(sluice)


def refused(outcome, *parts):
    """A job that did not start, and one line that says why."""
    assert outcome.code == 2, outcome
    assert outcome.err.endswith("job.json: 1 error, nothing was read or written\n"), outcome
    assert outcome.summary["status"] == "problems", outcome
    problem = outcome.err.splitlines()[0]
    for part in parts:
        assert part in problem, outcome
    return problem


# ---- scripts ----


def test_a_misspelt_parameter_is_told_once(databases):
    """Not that the one that is meant is missing, too."""
    script = databases.script()
    script["steps"][1]["parameter"]["colum"] = script["steps"][1]["parameter"].pop("column")
    refused(databases.sluice.run(script), "steps[1].parameter.colum: unknown key", 'did you mean "column"?')


def test_a_script_that_is_not_there(sluice):
    outcome = sluice("run", "nix.json")
    assert outcome.code == 2
    assert outcome.err == (f"nix.json: error: no such job script: nix.json, looked for in {sluice.directory} "
                           "(- reads it from the standard input)\n"
                           "nix.json: 1 error, nothing was read or written\n")


def test_a_directory_a_huge_file_and_nothing(sluice):
    outcome = sluice("run", ".")
    assert (outcome.code, outcome.err.splitlines()[0]) == (2, ".: error: a directory, not a job script: .")
    (sluice.directory / "data.json").write_bytes(b'{"a": "' + b"x" * (17 << 20) + b'"}')
    outcome = sluice("run", "data.json")
    assert (outcome.code, outcome.err.splitlines()[0]) == (
        2, "data.json:1:1: error: the script is too large, the limit is 16 MiB (is this the data and not the job?)")
    outcome = sluice("run", "-", stdin="")
    assert (outcome.code, outcome.err.splitlines()[0]) == (2, "<stdin>:1:1: error: the script is empty")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_script_that_may_not_be_read(sluice):
    script = sluice.directory / "job.json"
    script.write_text("{}")
    script.chmod(0)
    outcome = sluice("run", script)
    assert (outcome.code, "Permission denied" in outcome.err) == (2, True), outcome


def test_random_bytes_and_random_damage_never_crash(sluice):
    seed = random.randrange(1 << 32)
    print("seed", seed)
    chance = random.Random(seed)
    good = sluice.script(job(("stream", {"column": [{"type": "long", "value": "1"}], "sliceRecordCount": 1}),
                             ("stream", {"print": False}))).read_bytes()
    for _ in range(40):
        text = bytearray(good)
        for _ in range(chance.randrange(1, 6)):
            at = chance.randrange(len(text))
            text[at:at + chance.randrange(3)] = bytes(chance.randrange(256) for _ in range(chance.randrange(4)))
        (sluice.directory / "job.json").write_bytes(text)
        outcome = sluice("check", "job.json", "--offline", text=False)
        assert outcome.code in (0, 2), (seed, bytes(text), outcome)
        assert outcome.code == 0 or b"error: " in outcome.err, (seed, bytes(text), outcome)


# ---- stores ----


def test_a_source_that_is_not_there(databases):
    refused(databases.run(reader={"path": "nix.db"}), "steps[0].parameter.path: ", "no such database file: ", "/nix.db")


def test_a_source_that_is_something_else(databases, sluice):
    (sluice.directory / "garbage.db").write_bytes(b"no database" * 500)
    problem = refused(databases.run(reader={"path": "garbage.db"}), "steps[0]", "file is not a database: ")
    assert "::" not in problem  # no function of a library
    refused(databases.run(reader={"path": "."}), "steps[0].parameter.path: ", "a directory, not a database file: ")


def test_a_source_that_is_cut_short(databases):
    connection = sqlite3.connect(databases.source)
    connection.executemany("INSERT INTO t VALUES (?, ?, ?)", [(i, "x" * 500, i) for i in range(100, 2000)])
    connection.commit()
    connection.close()
    whole = databases.source.read_bytes()
    databases.source.write_bytes(whole[:len(whole) // 2 // 4096 * 4096])
    outcome = databases.run()
    assert outcome.code in (1, 2), outcome
    assert "malformed" in outcome.out + outcome.err, outcome
    assert databases.written() == 0


def test_tables_and_columns_that_are_not_there(databases):
    refused(databases.run(reader={"table": "tt"}), "steps[0].parameter.table: no such table", 'did you mean "t"?')
    refused(databases.run(writer={"table": "nix"}), "steps[1].parameter.table: no such table", "its tables: t")
    refused(databases.run(reader={"column": ["id", "wrd", "n"]}),
            'steps[0].parameter.column[1]: no such column in t: "wrd" (did you mean "word"?)')
    refused(databases.run(writer={"column": ["id", "word", "m"]}), 'steps[1].parameter.column[2]: no such column in t: "m"')
    assert databases.written() == 0


def test_sql_that_is_wrong(databases):
    refused(databases.run(reader={"where": "id >"}), "steps[0].parameter.where: ", "syntax error")
    outcome = databases.run(writer={"preSql": ["DELET FROM t"]})
    assert outcome.code == 1, outcome
    assert 'error       writer sqlite, prepare: preSql[0]: near "DELET": syntax error' in outcome.out, outcome
    assert databases.written() == 0


def test_a_target_that_cannot_be_written_to(databases):
    refused(databases.run(writer={"path": "nowhere/target.db"}), "steps[1].parameter.path: ", "no such directory: ", "/nowhere")


def test_a_value_of_the_wrong_type_is_a_dirty_record_and_nothing_is_half_written(databases):
    connection = sqlite3.connect(databases.source)
    connection.execute("UPDATE t SET n = 'abc' WHERE id = 5")
    connection.commit()
    connection.close()
    outcome = databases.run()
    assert (outcome.code, outcome.summary["status"]) == (3, "limit-exceeded"), outcome
    assert outcome.summary["written"] == 0 and databases.written() == 0
    assert "1 x type in column n: " in outcome.out and "record 6" in outcome.out, outcome
    assert "abc" not in outcome.out + outcome.err
    assert "more dirty records than setting.errorLimit.record allows: 0" in outcome.summary["error"]["message"]
