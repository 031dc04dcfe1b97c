# SPDX-License-Identifier: Apache-2.0
"""Into PostgreSQL: what its rules make difficult."""
import csv

import pytest

from conftest import job
from postgresql_test import checksum, copy_job, dirty_records, problems
from servers import connection, postgres  # noqa: F401


@pytest.fixture(autouse=True)
def clean(postgres):
    """Every test has the schema public to itself."""
    postgres.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    yield


def from_csv(sluice, server, rows, types, setting=None, **writer):
    """A job from rows into the table `target`."""
    with open(sluice.directory / "in.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    columns = [{"index": i, "name": f"c{i}", "type": kind} for i, kind in enumerate(types)]
    return job(("file", {"path": "in.csv", "fileFormat": "csv", "column": columns}),
               ("postgresql", connection(server, table="target", column=["*"], **writer)), setting=setting)


def test_a_bad_record_of_a_later_piece_under_row_security(sluice, postgres):
    """The pieces before it are not written again."""
    rows = 12_000
    postgres.sql(f"CREATE TABLE source AS SELECT i AS id, CASE WHEN i % 3600 = 3599 THEN '{{' ELSE rpad(i::text, 1000) END AS what FROM generate_series(1, {rows}) i;"
                 "CREATE TABLE target (id int, what json); ALTER TABLE target ENABLE ROW LEVEL SECURITY; CREATE POLICY all_of_it ON target USING (true);"
                 "CREATE ROLE guarded LOGIN PASSWORD 'x'; GRANT ALL ON target TO guarded; GRANT USAGE ON SCHEMA public TO guarded")
    try:
        setting = {"errorLimit": {"record": 50}, "memory": "16MB"}
        script = copy_job(postgres, {"querySql": "SELECT id, what FROM source", "column": []}, "target", setting)
        script["steps"][1]["parameter"].update(username="guarded", password="x")
        done = sluice.run(script).ok()
        assert (done.summary["written"], done.summary["dirty"]) == (rows - 3, 3)
        assert postgres.sql("SELECT count(*), count(DISTINCT id) FROM target") == f"{rows - 3}\t{rows - 3}"
    finally:
        postgres.sql("DROP OWNED BY guarded; DROP ROLE guarded")


@pytest.mark.parametrize("mode", ["upsert", "update"])
def test_columns_to_update_must_be_written(sluice, postgres, mode):
    postgres.sql("CREATE TABLE source AS SELECT i AS id, 'n' || i AS name FROM generate_series(1, 10) i;"
                 "CREATE TABLE target (id int PRIMARY KEY, name text, other text DEFAULT 'new'); INSERT INTO target VALUES (5, 'old', 'kept')")
    writer = {"writeMode": mode, "column": ["id", "name"]}
    problems(sluice, copy_job(postgres, {"table": "source"}, "target", updateColumn=["name", "other"], **writer), "updateColumn", "other")
    writer["column"] = ["*"]
    problems(sluice, copy_job(postgres, {"querySql": "SELECT id, name, name FROM source", "column": []}, "target", updateColumn=["nme"], **writer), '"nme"')
    checked = sluice.check(copy_job(postgres, {"table": "source"}, "target", writeMode=mode, column=["id", "name"], updateColumn=["name"]))
    assert checked.code == 0 and "not used" not in checked.err, checked
    sluice.run(copy_job(postgres, {"table": "source"}, "target", writeMode=mode, column=["id", "name"], updateColumn=["name"])).ok()
    assert postgres.sql("SELECT name, other FROM target WHERE id = 5") == "n5\tkept"


@pytest.mark.parametrize("kind", ["binary", "text"])
def test_numbers_are_not_rounded(sluice, postgres, kind):
    """Whatever their size, and in both formats of COPY."""
    wide = "12345678901234567890123456789012345678901234567890123456789012345678901234567890"
    kept = [(1, wide + ".25", "5" + "0" * 22, "5" + "0" * 60), (2, "-0.50", "-1" + "0" * 20, "0"), (3, "NaN", "0", "-3" + "0" * 20)]
    lost = [(4, wide + ".125", "0", "0"), (5, "0", "5" + "0" * 19, "0"), (6, "0", "0", "5" + "0" * 60 + "1"), (7, "1e-3", "0", "0"), (8, "0", "1", "0")]
    postgres.sql("CREATE TABLE target (id int, a numeric(100,2), b numeric(5,-20), c numeric(50,-20)"
                 + (", d int[])" if kind == "text" else ")"))
    rows, types = kept + lost, ["long", "string", "string", "string"]
    if kind == "text":
        rows, types = [(*row, "{}") for row in rows], types + ["string"]
    done = sluice.run(from_csv(sluice, postgres, rows, types, {"errorLimit": {"record": 10}})).ok()
    assert done.summary["notes"]["write path"] == f"COPY (FORMAT {kind})"
    assert (done.summary["written"], done.summary["dirty"]) == (3, 5), dirty_records(sluice, done)
    assert "inexact" in dirty_records(sluice, done)
    got = [line.split("\t") for line in postgres.sql("SELECT id, a, b, c FROM target ORDER BY id").splitlines()]
    assert [(int(i), a, b, c) for i, a, b, c in got] == kept


def test_a_primary_key_with_more_columns_in_its_index(sluice, postgres):
    postgres.sql("CREATE TABLE source AS SELECT i AS id, 'n' || i AS name FROM generate_series(1, 10) i;"
                 "CREATE TABLE target (id int, name text, PRIMARY KEY (id) INCLUDE (name)); INSERT INTO target VALUES (5, 'old')")
    sluice.run(copy_job(postgres, {"table": "source"}, "target", writeMode="upsert")).ok()
    assert checksum(postgres, "target") == checksum(postgres, "source")


def test_nulls_of_a_domain_without_nulls_are_read(sluice, postgres):
    """The server lets them in, through a subquery that finds nothing."""
    postgres.sql("CREATE DOMAIN required AS int NOT NULL; CREATE TABLE source (k required, filler text);"
                 "INSERT INTO source SELECT i, repeat('x', 100) FROM generate_series(1, 30000) i;"
                 "INSERT INTO source VALUES ((SELECT k FROM source WHERE false), 'null');"
                 "CREATE INDEX ON source (k); CREATE TABLE target (k int, filler text)")
    done = sluice.run(copy_job(postgres, {"table": "source", "splitPk": "k"}, "target", {"speed": {"concurrent": 2}})).ok()
    assert done.summary["splits"] > 2
    assert postgres.sql("SELECT count(*), count(k) FROM target") == "30001\t30000"


@pytest.mark.parametrize("at_first", ["off", "local"])
def test_a_commit_is_on_the_disk_when_it_is_noted(sluice, postgres, at_first):
    postgres.sql("CREATE TABLE source AS SELECT i AS id FROM generate_series(1, 10) i;"
                 "CREATE TABLE target (id int, mode text DEFAULT current_setting('synchronous_commit'))")
    sluice.run(copy_job(postgres, {"table": "source"}, "target", column=["id"], session=f"SET synchronous_commit = {at_first}")).ok()
    assert postgres.sql("SELECT DISTINCT mode FROM target") == ("on" if at_first == "off" else at_first)
