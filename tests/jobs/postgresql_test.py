# SPDX-License-Identifier: Apache-2.0
"""PostgreSQL to PostgreSQL on a real server."""
import os
import signal
import subprocess

import pytest

from conftest import job, wait_for
from servers import PROGRAMS, Postgres, Session, connection, postgres  # noqa: F401
from wire import Wire


@pytest.fixture(autouse=True)
def clean(postgres):
    """Every test has the schema public to itself."""
    postgres.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    yield


def checksum(server, table, columns="*"):
    """Of the contents, whatever their order."""
    return server.sql(f"SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) FROM (SELECT {columns} FROM {table}) t")


def copy_job(server, source, target, setting=None, wire=None, **writer):
    reader = {"column": ["*"], **source}
    return job(("postgresql", connection(server, **reader)),
               ("postgresql", {**connection(server), **(wire.place() if wire else {}), "table": target, "column": ["*"], **writer}),
               setting=setting)


ORDERS = """
CREATE TABLE orders (id bigint PRIMARY KEY, name text, price numeric(12,2), day date, at timestamptz, flag boolean);
INSERT INTO orders SELECT i * 7, 'order ' || i, i / 100.0, date '2020-01-01' + i % 1000,
  timestamptz '2020-01-01' + i * interval '1 minute', i % 3 = 0 FROM generate_series(1, {rows}) i;
"""


def test_copies_a_table_over_several_lanes(sluice, postgres):
    postgres.sql(ORDERS.format(rows=60_000) + "CREATE TABLE copy (LIKE orders)")
    done = sluice.run(copy_job(postgres, {"table": "orders"}, "copy", {"speed": {"concurrent": 2}})).ok()
    assert done.summary["splits"] > 2, done
    assert checksum(postgres, "copy") == checksum(postgres, "orders")
    assert done.summary["written"] == 60_000


def test_presql_postsql_and_at_table(sluice, postgres):
    postgres.sql(ORDERS.format(rows=10) + 'CREATE TABLE "my copy" (LIKE orders); INSERT INTO "my copy" VALUES (1)')
    sluice.run(copy_job(postgres, {"table": "orders"}, '"my copy"', preSql=["DELETE FROM @table", "CREATE TABLE log (t text)"],
                        postSql=["INSERT INTO log SELECT count(*)::text || ' :x @table' FROM @table"])).ok()
    assert postgres.sql("SELECT t FROM log") == "10 :x @table"
    assert checksum(postgres, '"my copy"') == checksum(postgres, "orders")


def test_presql_may_create_the_target(sluice, postgres):
    postgres.sql(ORDERS.format(rows=10))
    sluice.run(copy_job(postgres, {"table": "orders"}, "made", preSql=["CREATE TABLE made (LIKE orders)"])).ok()
    assert checksum(postgres, "made") == checksum(postgres, "orders")


# ---- What is read ----

def test_ranges_shards_constants_functions_where_and_session(sluice, postgres):
    postgres.sql("".join(f"CREATE TABLE t_{i:02} (id int, name text); INSERT INTO t_{i:02} VALUES ({i}, 'a'), ({i + 100}, 'b');"
                         for i in range(12)) + "CREATE TABLE target (id int, c text, n int, u text, z text)")
    shards = [{"table": ["t_[00-09]"]}, {"table": ["t_10", "t_11"], "host": "localhost"}]
    reader = {"connection": shards, "column": ["id", "'it''s'", "2", "upper(name)", "current_setting('timezone')"],
              "where": "id < 100 OR name = 'x'", "session": ["SET timezone = 'Asia/Tokyo'"]}
    sluice.run(copy_job(postgres, reader, "target")).ok()
    assert postgres.sql("SELECT count(*), sum(id), min(c), max(n), min(u), max(u), min(z) FROM target") == \
        "12\t66\tit's\t2\tA\tA\tAsia/Tokyo"


def test_queries_beat_table_and_are_a_split_each(sluice, postgres):
    postgres.sql(ORDERS.format(rows=100) + "CREATE TABLE target (id bigint, ids text)")
    reader = {"querySql": ["SELECT id, ARRAY[id, 1] FROM orders WHERE id % 2 = 0 -- even", "SELECT id, '{}'::int8[] FROM orders WHERE id % 2 = 1;"]}
    done = sluice.run(copy_job(postgres, {**reader, "column": []}, "target")).ok()
    assert done.summary["splits"] == 2
    assert postgres.sql("SELECT count(*), count(*) FILTER (WHERE ids = '{}') FROM target") == "100\t50"


KEYS = {
    "integer": ("bigint", "i * 1000003::bigint"),
    "text in its own collation": ('text COLLATE "en-x-icu"', "CASE i % 3 WHEN 0 THEN 'a' WHEN 1 THEN 'Ä' ELSE 'Z-' END || md5(i::text)"),
    "char": ("char(12)", "left(md5(i::text), 5 + i % 5)"),
    "date": ("date", "date '2000-01-01' + i % 9000"),
    "instant": ("timestamptz", "timestamptz '2000-01-01' + i * interval '17 minutes'"),
    "uuid": ("uuid", "md5(i::text)::uuid"),
    "decimal": ("numeric", "i * 1.000001"),
    "float": ("float8", "CASE WHEN i % 1000 = 0 THEN 'NaN' ELSE sqrt(i)::text END::float8"),
    "few values": ("smallint", "i % 4"),
}


@pytest.mark.parametrize("kind", KEYS)
def test_any_indexed_key_splits_and_nulls_are_read_once(sluice, postgres, kind):
    type_, value = KEYS[kind]
    postgres.sql(f"CREATE TABLE source (k {type_}, other int, filler text); CREATE INDEX ON source (k, other);"
                 f"INSERT INTO source SELECT CASE WHEN i % 50 <> 7 THEN {value} END, i, repeat('x', 100)"
                 "  FROM generate_series(1, 50000) i; CREATE TABLE target (LIKE source)")
    done = sluice.run(copy_job(postgres, {"table": "source", "splitPk": "k"}, "target", {"speed": {"concurrent": 2}})).ok()
    assert done.summary["splits"] > 3, done
    assert checksum(postgres, "target") == checksum(postgres, "source")


def test_no_key_reads_blocks_and_where_is_in_parentheses(sluice, postgres):
    postgres.sql("CREATE TABLE source AS SELECT i, repeat('x', 100) AS filler FROM generate_series(1, 50000) i;"
                 "CREATE TABLE target (LIKE source)")
    done = sluice.run(copy_job(postgres, {"table": "source", "where": "i < 40000 OR i = 49999"}, "target",
                               {"speed": {"concurrent": 2}})).ok()
    assert done.summary["splits"] > 2, done
    assert postgres.sql("SELECT count(*), count(DISTINCT i) FROM target") == "40000\t40000"


def test_a_split_key_without_an_index_is_a_warning(sluice, postgres):
    postgres.sql(ORDERS.format(rows=10) + "CREATE TABLE target (LIKE orders)")
    done = sluice.check(copy_job(postgres, {"table": "orders", "splitPk": "day"}, "target"))
    assert done.code == 0 and "leads no index" in done.err + done.out, done


def test_partitioned_parents_are_read_once_and_views_too(sluice, postgres):
    postgres.sql("CREATE TABLE parent (id int PRIMARY KEY, filler text) PARTITION BY RANGE (id);"
                 "CREATE TABLE p0 PARTITION OF parent FOR VALUES FROM (0) TO (20000);"
                 "CREATE TABLE p1 PARTITION OF parent FOR VALUES FROM (20000) TO (50000) PARTITION BY RANGE (id);"
                 "CREATE TABLE p11 PARTITION OF p1 FOR VALUES FROM (20000) TO (50000);"
                 "INSERT INTO parent SELECT i, repeat('x', 100) FROM generate_series(0, 49999) i;"
                 "CREATE VIEW half AS SELECT * FROM parent WHERE id % 2 = 0; CREATE TABLE target (LIKE parent)")
    done = sluice.run(copy_job(postgres, {"table": "parent"}, "target", {"speed": {"concurrent": 2}})).ok()
    assert done.summary["splits"] > 2, done
    assert checksum(postgres, "target") == checksum(postgres, "parent")
    done = sluice.run(copy_job(postgres, {"table": "half"}, "target", preSql="TRUNCATE @table")).ok()
    assert done.summary["splits"] == 1 and done.summary["written"] == 25_000


def test_rows_of_all_lengths_around_what_is_read_at_once(sluice, postgres):
    """16 KiB: a row may end there, or go on in a value or in a value's length."""
    postgres.sql("CREATE TABLE long (id int PRIMARY KEY, a text, none text, b bytea);"
                 "INSERT INTO long SELECT i, repeat('x', 16 * 1024 - 60 + i), NULL, '\\x00ff' FROM generate_series(1, 100) i;"
                 "INSERT INTO long SELECT 200 + i, NULL, NULL, decode(repeat('ab', 5000 * i), 'hex') FROM generate_series(1, 40) i;"
                 "INSERT INTO long VALUES (300, repeat('y', 9 << 20), 'z', ''), (301, '', NULL, NULL);"
                 "CREATE TABLE copy (LIKE long)")
    sluice.run(copy_job(postgres, {"table": "long"}, "copy")).ok()
    assert checksum(postgres, "copy") == checksum(postgres, "long")


def test_long_rows_of_many_columns(sluice, postgres):
    columns = [f"c{i}" for i in range(300)]
    postgres.sql(f"CREATE TABLE wide (id int PRIMARY KEY, {', '.join(c + ' text' for c in columns)});"
                 f"INSERT INTO wide SELECT i, {', '.join(f'repeat(chr(97 + {n} % 26), 50 + (i + {n}) % 60)' for n in range(300))}"
                 " FROM generate_series(1, 50) i; CREATE TABLE copy (LIKE wide)")
    sluice.run(copy_job(postgres, {"table": "wide"}, "copy")).ok()
    assert checksum(postgres, "copy") == checksum(postgres, "wide")


def test_more_columns_than_a_small_batch_has_bytes(sluice, postgres):
    """A throttle over many lanes makes batches of 4 KiB; an empty text column alone takes four bytes of them."""
    columns = ", ".join(f"c{i} text" for i in range(1100))
    postgres.sql("".join(f"CREATE TABLE wide_{t} (id int, {columns}); INSERT INTO wide_{t} (id, c7) VALUES (1, 'seven'), (2, NULL);" for t in range(30)))
    setting = {"speed": {"concurrent": 30, "throttle": True, "mbps": 1}}
    script = job(("postgresql", connection(postgres, table="wide_[0-29]", column=["*"])), ("stream", {"print": False}), setting=setting)
    assert sluice.run(script).ok().summary["read"] == 60


# ---- One snapshot ----

class Mover:
    """Moves money from one account to another, again and again, until it is stopped."""

    def __init__(self, server, accounts):
        script = "".join(
            f"UPDATE accounts SET money = money + CASE id WHEN {a} THEN -1 ELSE 1 END WHERE id IN ({a}, {b});"
            for a, b in ((1 + i * 7919 % accounts, accounts - i * 7907 % accounts) for i in range(200)) if a != b)
        self.process = subprocess.Popen(
            ["bash", "-c", f'while true; do "{PROGRAMS}/psql" -Xqf "$0" || exit; done', script_file(server, script)],
            env=server.psql_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def script_file(server, text):
    path = server.home / "moves.sql"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("consistent", [True, "auto", False])
def test_money_that_moves_during_the_read(sluice, postgres, consistent):
    """The sum stays the same in one snapshot; without one it does not, or this test could not fail."""
    accounts = 60_000
    postgres.sql(f"CREATE TABLE accounts (id int PRIMARY KEY, money bigint, filler text);"
                 f"INSERT INTO accounts SELECT i, 1000, repeat('x', 80) FROM generate_series(1, {accounts}) i;"
                 "CREATE TABLE target (LIKE accounts)")
    sums = set()
    with Mover(postgres, accounts):
        for _ in range(8 if consistent is False else 2):
            done = sluice.run(copy_job(postgres, {"table": "accounts", "consistent": consistent}, "target",
                                       {"speed": {"concurrent": 2}}, preSql="TRUNCATE @table")).ok()
            assert done.summary["splits"] > 2
            sums.add(int(postgres.sql("SELECT sum(money) FROM target")))
            if consistent is False and sums != {accounts * 1000}:
                break
    if consistent is False:
        assert sums != {accounts * 1000}, "never caught in between"
    else:
        assert sums == {accounts * 1000}
        assert done.summary["consistent"] == "yes", done


# ---- What is written ----

MESSY = """
CREATE TABLE source (id int, name text, price text);
INSERT INTO source SELECT i, 'n' || i, (i / 10.0)::numeric(10,1)::text FROM generate_series(1, {rows}) i;
"""


def dirty_records(sluice, done):
    """What the run wrote down about refused records."""
    files = list(sluice.state.rglob("dirty*"))
    return "".join(file.read_text() for file in files)


def test_a_conflict_is_a_dirty_record_and_the_others_arrive(sluice, postgres):
    postgres.sql(MESSY.format(rows=1000) + "CREATE TABLE target (id int PRIMARY KEY, name text, price text);"
                 "INSERT INTO target VALUES (500, 'there', '')")
    done = sluice.run(copy_job(postgres, {"table": "source"}, "target", {"errorLimit": {"record": 5}})).ok()
    assert (done.summary["written"], done.summary["dirty"]) == (999, 1)
    assert postgres.sql("SELECT count(*), min(name) FILTER (WHERE id = 500) FROM target") == "1000\tthere"
    text = dirty_records(sluice, done)
    assert "23505" in text and "duplicate key value violates unique constraint" in text, text


@pytest.mark.parametrize("mode", ["replace", "ignore", "report", "twice"])
def test_upsert_settles_conflicts(sluice, postgres, mode):
    postgres.sql(MESSY.format(rows=1000) + 'CREATE TABLE target (id int, name text, price text, "other" text DEFAULT \'kept\');'
                 "CREATE UNIQUE INDEX ON target (id); INSERT INTO target SELECT i, 'old', 'old', 'mine' FROM generate_series(1, 100) i;"
                 + ("INSERT INTO source VALUES (7, 'again', 'x')" if mode == "twice" else ""))
    writer = {"writeMode": "upsert", "conflictMode": "replace" if mode == "twice" else mode, "uniqueIndexColumns": ["id"],
              "updateColumn": ["name"], "column": ["id", "name", "price"]}
    done = sluice.run(copy_job(postgres, {"table": "source"}, "target", {"errorLimit": {"record": 100}}, **writer)).ok()
    counts = {key: done.summary[key] for key in ("written", "skipped", "dirty")}
    old, kept = postgres.sql("SELECT count(*) FILTER (WHERE name = 'old'), count(*) FILTER (WHERE other = 'mine' AND price = 'old') FROM target").split("\t")
    assert kept == "100" and postgres.sql("SELECT count(*) FROM target") == "1000"
    if mode in ("replace", "twice"):
        assert old == "0" and counts == {"written": 1001 if mode == "twice" else 1000, "skipped": 0, "dirty": 0}
        assert postgres.sql("SELECT name FROM target WHERE id = 7") == ("again" if mode == "twice" else "n7")
    elif mode == "ignore":
        assert old == "100" and counts == {"written": 900, "skipped": 100, "dirty": 0}
    else:
        assert old == "100" and counts == {"written": 900, "skipped": 0, "dirty": 100}


BAD = "CREATE TABLE target (id int PRIMARY KEY CHECK ({check}), name text, price text)"


@pytest.mark.parametrize("bad,check,most", [(0, "true", 0), (1, "id <> 5000", 4), (4096, "id % 2 = 0", 10)])
def test_narrowing_takes_few_round_trips(sluice, postgres, bad, check, most):
    postgres.sql(MESSY.format(rows=8192) + BAD.format(check=check))
    limit = {"errorLimit": {"record": 8192}}
    with Wire(postgres) as wire:
        done = sluice.run(copy_job(postgres, {"table": "source"}, "target", limit, wire)).ok()
        queries = [body for kind, body in wire.messages if kind == b"Q"]
    assert done.summary["dirty"] == bad and postgres.sql("SELECT count(*) FROM target") == str(8192 - bad)
    # A statement that opens a COPY takes another round trip, for the verdict on its data.
    first = next(i for i, q in enumerate(queries) if b"COPY" in q)
    last = next(i for i, q in enumerate(queries) if b"pg_current_xact_id" in q)
    writing = queries[first:last]
    trips = len(writing) + sum(b"FROM STDIN" in q for q in writing) - 2
    assert trips <= most, writing


def test_bad_records_of_every_kind(sluice, postgres):
    postgres.sql(MESSY.format(rows=3000) + """
        CREATE TABLE known (name text PRIMARY KEY); INSERT INTO known SELECT 'n' || i FROM generate_series(1, 3000) i WHERE i <> 11;
        CREATE TABLE target (id int CHECK (id <> 7), name varchar(5) REFERENCES known, price json, PRIMARY KEY (id));
        UPDATE source SET price = '{' WHERE id = 1500; UPDATE source SET id = NULL WHERE id = 20;
        UPDATE source SET id = 30 WHERE id = 31; UPDATE source SET name = 'too long' WHERE id = 40""")
    done = sluice.run(copy_job(postgres, {"table": "source", "where": "id < 1000 OR id = 1500 OR id IS NULL"}, "target",
                               {"errorLimit": {"record": 100}})).ok()
    text = dirty_records(sluice, done)
    assert done.summary["dirty"] == 6, text
    for state in ("23514", "23503", "23505", "22P02"):
        assert state in text, text
    assert done.summary["written"] == int(postgres.sql("SELECT count(*) FROM target"))


def test_a_record_may_refer_to_a_later_one(sluice, postgres):
    postgres.sql("""CREATE TABLE source (id int, parent int); INSERT INTO source SELECT i, nullif(i + 1, 1001) FROM generate_series(1, 1000) i;
        UPDATE source SET parent = 77777 WHERE id = 500;
        CREATE TABLE target (id int PRIMARY KEY, parent int REFERENCES target DEFERRABLE INITIALLY DEFERRED)""")
    done = sluice.run(copy_job(postgres, {"table": "source"}, "target", {"errorLimit": {"record": 1000}})).ok()
    # The one that is wrong, and those that lead to it.
    assert done.summary["dirty"] == 500, done


def test_without_temporary_tables_halves_are_tried(sluice, postgres):
    postgres.sql(MESSY.format(rows=2000) + "ALTER TABLE source ADD PRIMARY KEY (id); CREATE TABLE known AS SELECT i FROM generate_series(1, 2000) i WHERE i NOT IN (3, 1777); "
                 "ALTER TABLE known ADD PRIMARY KEY (i); CREATE TABLE target (id int REFERENCES known, name text, price text)")
    postgres.sql("CREATE ROLE poor LOGIN PASSWORD 'x'; GRANT USAGE ON SCHEMA public TO poor; GRANT ALL ON target TO poor;"
                 "REVOKE TEMPORARY ON DATABASE sluice FROM PUBLIC")
    try:
        script = copy_job(postgres, {"table": "source"}, "target", {"errorLimit": {"record": 10}})
        script["steps"][1]["parameter"].update(username="poor", password="x")
        done = sluice.run(script).ok()
        assert (done.summary["written"], done.summary["dirty"]) == (1998, 2)
    finally:
        postgres.sql("GRANT TEMPORARY ON DATABASE sluice TO PUBLIC; DROP OWNED BY poor; DROP ROLE poor")


def test_names_that_need_quotes(sluice, postgres):
    name = '"select ""from"" Ünï"'
    postgres.sql(f'CREATE SCHEMA "My Schema"; CREATE TABLE "My Schema".{name} ("Order" int PRIMARY KEY, "a""b" text, "naïve col" int, "$1" int);'
                 f'INSERT INTO "My Schema".{name} SELECT i, i, i, i FROM generate_series(1, 100) i;'
                 f'CREATE TABLE "user" (LIKE "My Schema".{name} INCLUDING ALL)')
    columns = ["Order", '"a""b"', "naïve col", "$1"]
    for mode in ({}, {"writeMode": "upsert"}):
        sluice.run(copy_job(postgres, {"table": f'"My Schema".{name}', "column": columns}, '"user"', column=columns,
                            preSql="TRUNCATE @table", **mode)).ok()
        assert checksum(postgres, '"user"') == checksum(postgres, f'"My Schema".{name}')


def test_generated_and_identity_columns(sluice, postgres):
    postgres.sql(MESSY.format(rows=100) + "CREATE TABLE target (id int GENERATED ALWAYS AS IDENTITY, name text,"
                 " twice text GENERATED ALWAYS AS (name || name) STORED, price text); CREATE UNIQUE INDEX ON target (id)")
    for mode in ({}, {"writeMode": "upsert", "uniqueIndexColumns": "id", "preSql": "TRUNCATE @table"}):
        done = sluice.run(copy_job(postgres, {"table": "source"}, "target", **mode)).ok()
        assert postgres.sql("SELECT count(*), max(id), max(twice) FROM target") == "100\t100\tn9n9"
        move = done.summary["notes"]["sequence of id"]
        assert move.startswith("SELECT setval("), move
    postgres.sql(move)
    assert postgres.sql("INSERT INTO target (name) VALUES ('next') RETURNING id") == "101"


def test_row_security_is_obeyed(sluice, postgres):
    postgres.sql(MESSY.format(rows=100) + "CREATE TABLE target (id int PRIMARY KEY, name text, price text); ALTER TABLE target ENABLE ROW LEVEL SECURITY;"
                 "CREATE POLICY even ON target USING (id % 2 = 0); CREATE ROLE guarded LOGIN PASSWORD 'x'; GRANT ALL ON target TO guarded; GRANT USAGE ON SCHEMA public TO guarded")
    try:
        script = copy_job(postgres, {"table": "source"}, "target", {"errorLimit": {"record": 50}})
        script["steps"][1]["parameter"].update(username="guarded", password="x")
        done = sluice.run(script).ok()
        assert (done.summary["written"], done.summary["dirty"]) == (50, 50)
    finally:
        postgres.sql("DROP OWNED BY guarded; DROP ROLE guarded")


# ---- Bad input ----

def problems(sluice, script, *words, code=2):
    """`check` names all of that, and `run` ends with the code."""
    checked = sluice.check(script)
    assert checked.code != 0, checked
    for word in words:
        assert word in checked.err + checked.out, checked
    done = sluice.run(script)
    assert done.code == code, done
    assert "sluice's" not in checked.err + checked.out + done.err + done.out, "the password"


def test_logins_that_fail(sluice, postgres):
    postgres.sql(ORDERS.format(rows=1) + "CREATE TABLE target (LIKE orders)")
    def script(**fields):
        script = copy_job(postgres, {"table": "orders"}, "target")
        script["steps"][1]["parameter"].update(fields)
        return script
    place = f"{postgres.host}:{postgres.port}"
    problems(sluice, script(password="wrong"), "28P01", place, '"sluice"')
    problems(sluice, script(database="sluise"), "3D000", 'did you mean "sluice"', place)
    problems(sluice, script(port=1), "127.0.0.1:1", '"sluice"', code=75)
    problems(sluice, script(username=""), "username")


def test_what_is_missing_is_listed(sluice, postgres):
    postgres.sql(ORDERS.format(rows=1) + "CREATE TABLE target (id bigint, name text, price numeric, day date, flag boolean, must int NOT NULL)")
    problems(sluice, copy_job(postgres, {"table": "order"}, "target"), "no such table", 'did you mean "orders"')
    problems(sluice, copy_job(postgres, {"table": "orders"}, "targte"), "no such table", 'did you mean "target"')
    problems(sluice, copy_job(postgres, {"table": "orders", "column": ["id", "nam"]}, "target", column=["id", "nme"]),
             '"nam"', 'did you mean "name"', code=2)
    problems(sluice, copy_job(postgres, {"table": "orders", "column": ["id", "name"]}, "target", column=["id", "nme"]),
             '"nme"', 'did you mean "name"', code=2)
    problems(sluice, copy_job(postgres, {"table": "orders", "column": ["id"]}, "target", column=["id"]), "NOT NULL", "must")
    problems(sluice, copy_job(postgres, {"table": "orders", "column": ["id", "at"]}, "target", column=["id", "must"]), "must")
    problems(sluice, copy_job(postgres, {"table": "orders", "splitPk": "idd"}, "target"), '"idd"', 'did you mean "id"')
    problems(sluice, copy_job(postgres, {"table": "orders", "where": "no_such > 1"}, "orders"), "no_such")


def test_privileges_and_read_only_targets(sluice, postgres):
    postgres.sql(ORDERS.format(rows=1) + "CREATE TABLE target (LIKE orders INCLUDING ALL); CREATE ROLE low LOGIN PASSWORD 'x'; GRANT USAGE ON SCHEMA public TO low")
    def script(reader=(), **writer):
        script = copy_job(postgres, {"table": "orders"}, "target", **writer)
        script["steps"][0]["parameter"].update(reader)
        return script
    low = {"username": "low", "password": "x"}
    try:
        problems(sluice, script(reader=low), "may not read", "GRANT SELECT")
        problems(sluice, script(**low), "may not INSERT", "GRANT INSERT")
        problems(sluice, script(**low, writeMode="upsert"), "INSERT, SELECT, UPDATE")
        problems(sluice, script(session="SET default_transaction_read_only = on"), "read-only")
        postgres.sql("GRANT ALL ON target TO low; ALTER ROLE low CONNECTION LIMIT 1")
        problems(sluice, script(**low), "fewer connections", "speed.concurrent")
    finally:
        postgres.sql("DROP OWNED BY low; DROP ROLE low")


def test_encryption_is_checked(sluice, postgres):
    postgres.sql(ORDERS.format(rows=10) + "CREATE TABLE target (LIKE orders)")
    def script(**fields):
        script = copy_job(postgres, {"table": "orders"}, "target")
        script["steps"][1]["parameter"].update(fields)
        return script
    good = {"sslMode": "verify-full", "sslRootCertificate": str(postgres.certificate)}
    sluice.run(script(**good)).ok()
    sluice.run(script(**good, host="localhost")).ok()
    other = sluice.directory / "other.crt"
    subprocess.run(["openssl", "req", "-new", "-x509", "-nodes", "-subj", "/CN=other", "-out", other, "-keyout", sluice.directory / "other.key"],
                   check=True, capture_output=True)
    problems(sluice, script(**{**good, "sslRootCertificate": str(other)}), "certificate verify failed")
    sluice.run(script(sslMode="disable", sslRootCertificate="")).ok()
    problems(sluice, script(sslMode="verify-full"), "sslRootCertificate")


def test_a_lock_is_waited_for_but_not_for_ever(sluice, postgres):
    postgres.sql(ORDERS.format(rows=10) + "CREATE TABLE target (LIKE orders)")
    with Session(postgres, "BEGIN; LOCK TABLE target"):
        done = sluice.run(copy_job(postgres, {"table": "orders"}, "target", {"retry": {"times": 0}}, lockTimeout="200ms"))
    assert done.code == 75 and "55P03" in done.err + done.out, done


# ---- What breaks on the way ----

@pytest.mark.parametrize("fate", ["cut", "deliver"])
def test_a_lost_answer_to_a_commit_is_asked_for(sluice, postgres, fate):
    """Whether the COMMIT arrived or not, every record is there once."""
    postgres.sql(ORDERS.format(rows=50_000) + "CREATE TABLE target (LIKE orders)")
    lost = []
    def on_message(kind, body):
        if kind == b"Q" and body.startswith(b"COMMIT") and not lost:
            lost.append(body)
            return fate
        return None
    with Wire(postgres, on_message) as wire:
        done = sluice.run(copy_job(postgres, {"table": "orders"}, "target", {"speed": {"concurrent": 2}, "retry": {"times": 2}}, wire)).ok()
    assert lost and done.summary["splits"] > 2
    assert checksum(postgres, "target") == checksum(postgres, "orders")


@pytest.mark.parametrize("marked", [False, True])
def test_without_the_right_to_ask_marks_are_kept_on_request(sluice, postgres, marked):
    postgres.sql(ORDERS.format(rows=50_000) + "CREATE TABLE target (LIKE orders); CREATE ROLE plain LOGIN PASSWORD 'x';"
                 "GRANT ALL ON target TO plain; GRANT ALL ON SCHEMA public TO plain; REVOKE EXECUTE ON FUNCTION pg_xact_status(xid8) FROM PUBLIC")
    lost = []
    def on_message(kind, body):
        if kind == b"Q" and body.startswith(b"COMMIT") and not lost:
            lost.append(body)
            return "deliver"
        return None
    try:
        with Wire(postgres, on_message) as wire:
            script = copy_job(postgres, {"table": "orders"}, "target",
                              {"speed": {"concurrent": 2}, "retry": {"times": 2}, **({"delivery": "exactly-once"} if marked else {})}, wire)
            script["steps"][1]["parameter"].update(username="plain", password="x")
            done = sluice.run(script)
        if marked:
            done.ok()
            assert checksum(postgres, "target") == checksum(postgres, "orders")
            assert postgres.sql("SELECT count(*) FROM sluice_commit") == "0"
        else:
            assert done.code != 0 and "could not be found out" in done.err + done.out, done
    finally:
        postgres.sql("GRANT EXECUTE ON FUNCTION pg_xact_status(xid8) TO PUBLIC; DROP OWNED BY plain; DROP ROLE plain")


@pytest.mark.parametrize("side", ["reader", "writer"])
def test_a_server_that_dies_in_the_middle(sluice, postgres, side):
    """Exit 75, and the target holds whole splits only."""
    with Postgres() as other:
        source, target = (other, postgres) if side == "reader" else (postgres, other)
        source.sql(ORDERS.format(rows=300_000))
        target.sql("CREATE TABLE target (id bigint, name text, price numeric(12,2), day date, at timestamptz, flag boolean)")
        script = job(("postgresql", connection(source, table="orders", column=["*"])),
                     ("postgresql", connection(target, table="target", column=["*"])),
                     setting={"speed": {"concurrent": 2, "throttle": True, "mbps": 4}, "retry": {"times": 1, "interval": "100ms"}})
        process = sluice.start("run", sluice.script(script), "--state-dir", sluice.state)
        wait_for(lambda: target.sql("SELECT count(*) FROM target") != "0")
        other.stop_hard()
        out, err = process.communicate(timeout=120)
        assert process.returncode == 75, out + err
        assert "sluice's" not in out + err
        other.restart()
        rows = int(target.sql("SELECT count(*) FROM target"))
        assert 0 < rows < 300_000 and target.sql("SELECT count(DISTINCT id) FROM target") == str(rows)


def test_a_server_that_comes_back_costs_a_retry(sluice, postgres):
    with Postgres() as other:
        postgres.sql(ORDERS.format(rows=300_000))
        other.sql("CREATE TABLE target (id bigint, name text, price numeric(12,2), day date, at timestamptz, flag boolean)")
        script = job(("postgresql", connection(postgres, table="orders", column=["*"])),
                     ("postgresql", connection(other, table="target", column=["*"])),
                     setting={"speed": {"concurrent": 2, "throttle": True, "mbps": 6}, "retry": {"times": 20, "interval": "200ms"}})
        process = sluice.start("run", sluice.script(script), "--state-dir", sluice.state)
        wait_for(lambda: other.sql("SELECT count(*) FROM target") != "0")
        other.stop_hard()
        other.restart()
        out, err = process.communicate(timeout=200)
        assert process.returncode == 0, out + err
        assert checksum(other, "target") == checksum(postgres, "orders")
