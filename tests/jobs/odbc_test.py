# SPDX-License-Identifier: Apache-2.0
"""Through the ODBC drivers of PostgreSQL, MariaDB and SQLite: values, splits, bad records, logins, lost servers."""
import csv
import json

import pytest

from conftest import job, wait_for
from odbc_stores import STORES, UNLIMITED, Lite, Maria, Pg, copy, dirty_records, every_server, every_store, leaks, store, through_odbc  # noqa: F401
from servers import DRIVERS, MariaDB, MySQL, Postgres, Store, mariadb, once, postgres  # noqa: F401
from wire import Wire

# ---- Values ----

# Type: literals that arrive, and literals that make dirty records. What a reader hands over is compared as a csv file
# has it; what is copied, by the store itself.
TYPES = {
    "PostgreSQL": {
        "smallint": (["-32768", "32767"], []),
        "int": (["-2147483648", "2147483647"], []),
        "bigint": (["-9223372036854775808", "9223372036854775807"], []),
        "numeric(10,2)": (["-99999999.99", "0.01"], ["'NaN'"]),
        "numeric(65,30)": (["9" * 35 + "." + "9" * 30, "-0." + "0" * 29 + "1"], []),
        "numeric": (["12345678901234567890123456789012345678901234567890.5000", "'NaN'", "1e-50"], []),
        "real": (["1.17549435e-38", "3.4028235e38", "0.1"], []),
        "float8": (["1.7976931348623157e308", "5e-324", "0.30000000000000004", "'NaN'", "'-Infinity'"], []),
        "boolean": (["true", "false"], []),
        "date": (["'0001-01-01'", "'9999-12-31'", "'0044-03-15 BC'", "'10000-01-01'"], ["'infinity'"]),
        "time": (["'00:00:00'", "'23:59:59.999999'"], ["'24:00:00'"]),
        "timestamp": (["'0001-01-01'", "'9999-12-31 23:59:59.999999'", "'0044-03-15 01:02:03.5 BC'"], ["'infinity'"]),
        "timestamp(3)": (["'2024-02-29 12:13:14.123'"], []),
        "timestamptz": (["'2024-07-01 12:00:00.123456+02'", "'0044-03-15 00:00:00+00 BC'"], ["'-infinity'"]),
        "text": (["''", "'tä😀\t\n\"'", "repeat('€', 100000)"], []),
        "varchar(5)": (["''", "'😀😀😀😀😀'"], []),
        "varchar(9000)": (["repeat('ü', 9000)"], []),
        "char(5)": (["'ab'", "'😀😀😀😀😀'"], []),
        "bytea": (["''", "'\\x00ff00'", "convert_to(repeat('x', 300000), 'UTF8')"], []),
        "uuid": (["'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"], []),
        "json": (["'{\"a\": [1.0, \"é\"]}'"], []),
        "jsonb": (["'[1e30]'"], []),
        "int[]": (["'{1,NULL,-3}'"], []),
        "interval": (["'1 day 02:03:04.5'"], []),
        "bit(3)": (["B'101'"], []),
        "inet": (["'192.168.0.1/24'"], []),
    },
    "MariaDB": {
        "tinyint": (["-128", "127"], []),
        "tinyint unsigned": (["0", "255"], []),
        "smallint unsigned": (["65535"], []),
        "mediumint": (["-8388608", "8388607"], []),
        "int unsigned": (["4294967295"], []),
        "bigint": (["-9223372036854775808", "9223372036854775807"], []),
        "bigint unsigned": (["18446744073709551615", "9223372036854775808"], []),
        "decimal(65,30)": (["9" * 35 + "." + "9" * 30, "-0." + "0" * 29 + "1"], []),
        "decimal(10,2)": (["-99999999.99", "0.01"], []),
        "float": (["3.40282e38", "0.1"], []),
        "double": (["1.7976931348623157e308", "2.2250738585072014e-308", "0.30000000000000004"], []),
        "bit(1)": (["b'1'", "b'0'"], []),
        "bit(33)": (["b'1" + "0" * 32 + "'", "b'0'"], []),
        "date": (["'1000-01-01'", "'9999-12-31'"], ["'0000-00-00'", "'2024-00-10'"]),
        "time(6)": (["'00:00:00'", "'23:59:59.999999'"], ["'838:59:59'", "'-00:00:01'"]),
        "datetime": (["'9999-12-31 23:59:59'"], ["'0000-00-00'"]),
        "datetime(6)": (["'1000-01-01'", "'9999-12-31 23:59:59.999999'"], []),
        "timestamp(6) null": (["'1970-01-01 00:00:01'", "'2038-01-19 03:14:07.999999'"], []),
        "year": (["1901", "2155"], []),
        "varchar(10)": (["''", "'tä😀'", "concat('a', char(0), 'b')"], []),
        "char(5)": (["'ab'", "'😀😀😀😀😀'"], []),
        "varchar(10) character set latin1": (["'é'"], []),
        "text": (["repeat('€', 20000)", "''"], []),
        "longtext": (["repeat('😀', 100000)"], []),
        "varbinary(20)": (["x'0001'", "''"], []),
        "blob": (["x'00ff00'", "repeat(x'00', 60000)"], []),
        "enum('a','é')": (["'é'"], []),
        "set('x','y')": (["'x,y'", "''"], []),
        "json": (["'{\"a\": 1}'"], []),
        "uuid": (["'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"], []),
        "inet6": (["'::1'"], []),
    },
    "SQLite": {
        "INTEGER": (["-9223372036854775808", "9223372036854775807"], ["'abc'", "1.5"]),
        "SMALLINT": (["100000"], []),
        "REAL": (["1.7976931348623157e308", "5e-324", "0.30000000000000004", "-2.5"], []),
        "BOOLEAN": (["1", "0"], []),
        "DECIMAL(10,2)": (["12345678.91", "-0.5"], []),
        "DATE": (["'2024-02-29'", "'0001-01-01'"], ["'soon'"]),
        "TIME": (["'12:13:14.123456'"], []),
        "TIMESTAMP": (["'2024-02-29 12:13:14.123456'", "'9999-12-31 23:59:59'"], ["''"]),
        "VARCHAR(10)": (["''", "'ä😀'", "'longer than declared'"], ["'a' || char(0) || 'b'"]),
        "TEXT": (["printf('%.*c', 100000, 'x') || '😀'"], []),
        "BLOB": (["x'00ff00'", "x''", "zeroblob(50000)"], []),
    },
}


@every_store
def test_every_type_at_its_extremes(sluice, store):
    types = {name: literals for name, literals in TYPES[store.name].items() if Store is MariaDB or name not in ("uuid", "inet6")}
    wanted = bad = 0
    columns = ", ".join(f"c{i} {type_}" for i, type_ in enumerate(types))
    rows = ["INSERT INTO source (id) VALUES (0);"]
    for i, (good, dirty) in enumerate(types.values()):
        for k, literal in enumerate(good + dirty):
            rows.append(f"INSERT INTO source (id, c{i}) VALUES ({i * 100 + k + 1}, {literal});")
        wanted, bad = wanted + len(good), bad + len(dirty)
    loose = "SET sql_mode = '';" if isinstance(store, Maria) else ""
    store.sql(f"{loose}CREATE TABLE source (id int PRIMARY KEY, {columns}); CREATE TABLE target (id int PRIMARY KEY, {columns});" + "".join(rows))
    done = sluice.run(copy(store, setting=UNLIMITED))
    assert done.code == 0, done
    assert (done.summary["written"], done.summary["dirty"]) == (wanted + 1, bad), str(done) + str(dirty_records(sluice))
    for i, (type_, (good, dirty)) in enumerate(types.items()):
        ids = f"BETWEEN {i * 100 + 1} AND {i * 100 + len(good)}"
        same = f"s.c{i} IS NOT DISTINCT FROM t.c{i}"
        if type_ in ("json",) and isinstance(store, Pg):
            same = f"s.c{i}::text = t.c{i}::text"
        elif isinstance(store, Maria):
            same = f"binary s.c{i} <=> binary t.c{i}"
        elif isinstance(store, Lite):
            same = f"quote(s.c{i}) = quote(t.c{i}) AND typeof(s.c{i}) = typeof(t.c{i})"
        found = store.sql(f"SELECT s.id FROM source s JOIN target t ON s.id = t.id WHERE s.id {ids} AND {same}")
        assert found.split() == [str(i * 100 + k + 1) for k in range(len(good))], type_


EXACT = [
    ("1", "-9223372036854775808", "-9999999999999.99", "0001-01-01 00:00:00", "2024-02-29", "", "5e-300", "true"),
    ("2", "9223372036854775807", "0.01", "9999-12-31 23:59:59.999999", "9999-12-31", '😀 ü "quoted", comma', "0.30000000000000004", "false"),
    ("3", "0", "123.45", "1969-12-31 23:59:59.000001", "1970-01-01", "two\nlines", "-1.5", "true"),
    ("4", None, None, None, None, None, None, None),
]
NATIVE = {
    "PostgreSQL": "id int, big bigint, amount numeric(15,2), at timestamp, day date, name varchar(40), ratio float8, flag boolean",
    "MariaDB": "id int, big bigint, amount decimal(15,2), at datetime(6), day date, name varchar(40), ratio double, flag bit(1)",
    "SQLite": "id int, big bigint, amount decimal(15,2), at timestamp, day date, name varchar(40), ratio double, flag boolean",
}


@every_store
def test_csv_into_a_table_and_out_again(sluice, store):
    store.sql(f"CREATE TABLE target ({NATIVE[store.name]})")
    with open(sluice.directory / "in.csv", "w", newline="") as file:
        for row in EXACT:
            file.write(",".join("\\N" if v is None else '"' + v.replace('"', '""') + '"' for v in row) + "\n")
    names = ["id", "big", "amount", "at", "day", "name", "ratio", "flag"]
    kinds = ["long", "long", "decimal(15,2)", "timestamp", "date", "string", "double", "boolean"]
    sluice.run(job(("file", {"path": "in.csv", "fileFormat": "csv", "column": [{"index": i, "type": kind} for i, kind in enumerate(kinds)]}),
                   ("odbc", store.at(table="target", column=names)))).ok()
    sluice.run(job(("odbc", store.at(table="target", column=names)),
                   ("file", {"path": ".", "fileName": "out.csv", "fileFormat": "csv", "writeMode": "truncate", "singleFileOutput": True}))).ok()
    with open(sluice.directory / "out.csv", newline="") as file:
        out = sorted(csv.reader(file))
    assert [[v if v != "\\N" else None for v in row] for row in out] == [list(row) for row in EXACT]


@every_store
def test_fetching_one_by_one_and_without_arrays(sluice, store):
    text = "CREATE TABLE source (id int PRIMARY KEY, t text, n int); CREATE TABLE target (id int PRIMARY KEY, t text, n int);"
    store.sql(text + "".join(f"INSERT INTO source VALUES ({i}, '{'x' * i * 50}', NULL);" for i in range(100)))
    done = sluice.run(copy(store, {"fetchSize": 1}, {"batchSize": 1})).ok()
    assert "single records" in done.out
    assert store.sql("SELECT count(*), sum(length(t)), count(n) FROM target") == "100\t247500\t0"


# ---- What is read ----

NUMBERS = {
    "PostgreSQL": "INSERT INTO source SELECT CASE WHEN i % 50 <> 7 THEN i * 1000003::bigint END, 'v' || i FROM generate_series(1, 50000) i",
    "MariaDB": "INSERT INTO source SELECT CASE WHEN seq % 50 <> 7 THEN seq * 1000003 END, concat('v', seq) FROM seq_1_to_50000",
    "SQLite": "INSERT INTO source WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)"
              " SELECT CASE WHEN i % 50 <> 7 THEN i * 1000003 END, 'v' || i FROM n",
}


@every_store
def test_a_key_of_integers_splits_and_nulls_are_read_once(sluice, store):
    store.sql("CREATE TABLE source (k bigint, v varchar(20)); CREATE INDEX source_k ON source (k);"
              "CREATE TABLE target (k bigint, v varchar(20));" + NUMBERS[store.name])
    done = sluice.run(copy(store, {"splitPk": "k"}, setting={"speed": {"concurrent": 2}})).ok()
    assert done.summary["splits"] > 3, done
    assert ("single records" if isinstance(store, Lite) or Store is MySQL else "arrays of up to 1024 records") in done.out
    content = "SELECT count(*), count(k), count(DISTINCT v), sum(k) FROM "
    assert store.sql(content + "target") == store.sql(content + "source")


@every_store
def test_ranges_constants_functions_where_session_and_queries(sluice, store):
    store.sql("".join(f"CREATE TABLE t_{i:02} (id int, name varchar(9)); INSERT INTO t_{i:02} VALUES ({i}, 'a'), ({i + 100}, 'b');"
                      for i in range(4)) + "CREATE TABLE target (id int, c varchar(9), n int, u varchar(9), z varchar(9))")
    reader = {"table": "t_[00-03]", "column": ["id", "'it''s'", "2", "upper(name)", "null"], "where": "id < 100 OR name = 'x'"}
    sluice.run(copy(store, reader)).ok()
    assert store.sql("SELECT count(*), sum(id), min(c), max(n), min(u), count(z) FROM target") == "4\t6\tit's\t2\tA\t0"
    reader = {"querySql": ["SELECT id, name FROM t_00 -- first", "SELECT id, name FROM t_01;"], "column": [], "table": []}
    done = sluice.run(copy(store, reader, {"column": ["id", "c"], "preSql": "DELETE FROM @table"})).ok()
    assert done.summary["splits"] == 2 and store.sql("SELECT count(*) FROM target") == "4"


@every_store
def test_names_that_need_quotes(sluice, store):
    q = store.quote
    table, column = f"{q}my table{q}", f"{q}sélect *{q}"
    store.sql(f"CREATE TABLE {table} (id int, {column} varchar(9)); INSERT INTO {table} VALUES (1, 'ü'); CREATE TABLE target (id int, {column} varchar(9))")
    sluice.run(copy(store, {"table": table, "column": ["id", column]})).ok()
    assert store.sql(f"SELECT {column} FROM target") == "ü"


@every_store
def test_values_longer_than_a_cell_arrive_whole(sluice, store):
    big = {Pg: "repeat('ä€😀', 700000)", Maria: "repeat('ä€😀', 700000)", Lite: "replace(printf('%.*c', 700000, 'x'), 'x', 'ä€😀')"}[type(store)]
    text, bytes_ = ("longtext", "longblob") if isinstance(store, Maria) else ("text", "bytea" if isinstance(store, Pg) else "blob")
    value = {Pg: f"convert_to({big}, 'UTF8')", Maria: big, Lite: f"CAST({big} AS BLOB)"}[type(store)]
    store.sql("".join(f"CREATE TABLE {t} (id int, t {text}, b {bytes_});" for t in ("source", "target")) +
              "".join(f"INSERT INTO source VALUES ({i}, {big if i % 3 == 0 else repr('s')}, {value if i % 4 == 0 else 'NULL'});" for i in range(8)))
    sluice.run(copy(store)).ok()
    assert store.sql("SELECT count(*) FROM source s JOIN target t ON s.id = t.id AND s.t = t.t AND (s.b = t.b OR s.b IS NULL AND t.b IS NULL)") == "8"


@every_store
def test_lengths_and_numbers_of_an_array_stay_apart(sluice, store):
    bytes_, real = {Pg: ("bytea", "real"), Maria: ("varbinary(20)", "float"), Lite: ("blob", "real")}[type(store)]
    columns = f"(id int, b {bytes_}, t varchar(20), f {real}, d {'double precision' if isinstance(store, Pg) else 'double'})"
    literal = (lambda n: f"decode('{'00' * n}', 'hex')") if isinstance(store, Pg) else (lambda n: f"x'{'00' * n}'")
    store.sql(f"CREATE TABLE source {columns}; CREATE TABLE target {columns};" +
              "".join(f"INSERT INTO source VALUES ({i}, {literal(i)}, '{'x' * (9 - i)}', {i}.5, -{i}.25);" for i in range(10)))
    sluice.run(copy(store)).ok()
    content = "SELECT id, length(b), length(t), f, d FROM"
    assert store.sql(f"{content} target ORDER BY id") == store.sql(f"{content} source ORDER BY id")


# ---- What is written ----

@every_store
def test_a_failed_batch_narrows_to_its_bad_records(sluice, store):
    store.sql("CREATE TABLE source (k bigint, v varchar(20)); CREATE TABLE target (k bigint PRIMARY KEY, v varchar(20) NOT NULL);"
              + NUMBERS[store.name] + ";DELETE FROM source WHERE k IS NULL OR k > 5000015000;"
              "INSERT INTO target VALUES (1000003, 'old'), (5, 'free'); INSERT INTO source VALUES (-1, NULL);")
    records = int(store.sql("SELECT count(*) FROM source"))
    done = sluice.run(copy(store, setting=UNLIMITED))
    assert done.code == 0 and done.summary["written"] == records - 2, done
    dirty = {record["code"]: record for record in dirty_records(sluice)}
    assert set(dirty) == {"conflict", "null"}, dirty
    assert store.sql("SELECT v FROM target WHERE k = 1000003") == "old"
    if isinstance(store, Pg):
        assert dirty["conflict"]["sqlstate"] == "23505" and "already exists" in dirty["conflict"]["message"]


@every_store
def test_a_zero_error_limit_leaves_nothing(sluice, store):
    store.sql("CREATE TABLE source (k int); CREATE TABLE target (k int PRIMARY KEY); INSERT INTO source VALUES (1), (2), (2)")
    done = sluice.run(copy(store))
    assert done.code == 3 and store.sql("SELECT count(*) FROM target") == "0", done


@every_store
def test_nothing_is_cut_or_rounded_unseen(sluice, store):
    kinds = {"PostgreSQL": ("varchar(3)", "timestamp(3)", "numeric(4,1)"), "MariaDB": ("varchar(3)", "datetime", "decimal(4,1)"),
             "SQLite": ("varchar(3)", "timestamp", "decimal(4,1)")}[store.name]
    store.sql(f"CREATE TABLE target (id int, s {kinds[0]}, t {kinds[1]}, n {kinds[2]})")
    (sluice.directory / "in.csv").write_text("1,abcd,2024-01-01 00:00:00,1.5\n2,abc,2024-01-01 00:00:00.123456,1.5\n"
                                             "3,abc,2024-01-01 00:00:00,1.55\n4,😀😀😀,2024-01-01 00:00:00,999.9\n"
                                             "5,x,2024-01-01 00:00:00,1234567890.1234567\n")
    source = {"path": "in.csv", "fileFormat": "csv", "column": [{"index": i, "type": kind} for i, kind in
                                                                enumerate(["long", "string", "timestamp", "decimal(30,10)"])]}
    done = sluice.run(job(("file", source), ("odbc", store.at(table="target", column=["*"])), setting=UNLIMITED))
    # SQLite keeps every text and time; of numbers 15 digits.
    kept = "1 2 3 4" if isinstance(store, Lite) else "4"
    assert done.code == 0 and store.sql("SELECT id FROM target ORDER BY id").split() == kept.split(), done


@pytest.mark.parametrize("store", [store for store in STORES if store != "PostgreSQL"], indirect=True)
def test_a_database_without_nan_gets_none(sluice, store):
    store.sql("CREATE TABLE target (id int, f double)")
    (sluice.directory / "in.csv").write_text("1,NaN\n2,0.5\n")
    done = sluice.run(job(("file", {"path": "in.csv", "column": [{"index": 0, "type": "long"}, {"index": 1, "type": "double"}]}),
                          ("odbc", store.at(table="target", column=["*"])), setting=UNLIMITED))
    assert done.code == 0 and done.summary["dirty"] == 1 and "no NaN" in dirty_records(sluice)[0]["message"], done
    assert store.sql("SELECT id FROM target") == "2"


@every_store
def test_statements_before_and_after_and_a_target_made_by_them(sluice, store):
    store.sql("CREATE TABLE source (id int, name varchar(9)); INSERT INTO source VALUES (1, 'x')")
    done = sluice.run(copy(store, None, {"preSql": ["CREATE TABLE @table (id int, name varchar(9)); CREATE TABLE log (n int)"],
                                         "postSql": ["INSERT INTO log SELECT count(*) FROM @table"]})).ok()
    assert store.sql("SELECT n FROM log") == "1", done


# ---- What is wrong ----

@every_store
def test_what_is_missing_is_listed_before_anything_is_touched(sluice, store):
    store.sql("CREATE TABLE source (id int, name varchar(9)); CREATE TABLE target (id int, name varchar(9), must int NOT NULL); INSERT INTO target VALUES (1, 'a', 1)")
    done = sluice.check(copy(store, {"table": "sources"}, {"preSql": "DELETE FROM @table"}))
    assert done.code == 2 and 'sources (did you mean "source"?)' in done.err and "its tables:" in done.err, done
    done = sluice.check(copy(store, {"column": ["id", "nam"]}))
    assert done.code == 2 and 'no such column in source: "nam" (did you mean "name"?)' in done.err, done
    done = sluice.check(copy(store, {"where": "nonsense = 1"}))
    assert done.code == 2 and "where" in done.err, done
    done = sluice.check(copy(store, {"splitPk": "idd"}))
    assert done.code == 2 and "splitPk" in done.err and 'did you mean "id"?' in done.err, done
    done = sluice.run(copy(store, {"column": ["id", "name"]}, {"column": ["id", "name"], "preSql": "DELETE FROM @table"}))
    assert done.code == 2 and "NOT NULL column without default is not written: target.must" in done.err, done
    assert store.sql("SELECT count(*) FROM target") == "1"
    done = sluice.check(copy(store, None, {"table": "targte", "column": ["id", "name"]}))
    assert done.code == 2 and 'targte (did you mean "target"?)' in done.err, done


@every_server
def test_logins_that_fail_never_show_the_password(sluice, store):
    store.sql("CREATE TABLE source (id int); CREATE TABLE target (id int)")
    for more in ({"password": "open sesame"}, {"password": "", "connectionString": store.at()["connectionString"] + "PWD={open sesame}"}):
        done = sluice.run(copy(store, more, more))
        assert done.code not in (0, 75), done
        assert "sesame" not in done.out + done.err, done
        assert f'database "{store.server.database}" of {store.server.host}:{store.server.port} as "{store.server.user}"' in done.err, done
    done = sluice.run(copy(store, store.at(database="nowhere")))
    assert done.code not in (0, 75) and "nowhere" in done.err, done
    for file in sluice.state.rglob("*"):
        assert not file.is_file() or b"sesame" not in file.read_bytes(), file


@once
def test_drivers_and_sources_that_are_not_there(sluice):
    target = ("stream", {})
    done = sluice.check(job(("odbc", {"connectionString": "Driver=/nowhere.so", "table": "t", "column": ["*"]}), target))
    assert done.code != 0 and "/nowhere.so" in done.err, done
    done = sluice.check(job(("odbc", {"dsn": "no such source", "table": "t", "column": ["*"]}), target))
    assert done.code != 0 and 'data source "no such source"' in done.err, done
    done = sluice.check(job(("odbc", {"connectionString": "nonsense", "table": "t", "column": ["*"]}), target), "--offline")
    assert done.code == 2 and "keyword=value" in done.err, done


@every_server
def test_a_server_that_is_down_is_a_failure_for_now(sluice, store):
    store.sql("CREATE TABLE target (id int)")
    done = sluice.run(copy(store, store.at(port=1)))
    assert done.code == 75 and "127.0.0.1:1 " in done.err, done


@once
@pytest.mark.parametrize("kind", [Postgres, MariaDB])
def test_a_server_that_dies_in_the_middle(sluice, kind):
    with kind() as server:
        store = (Pg if kind is Postgres else Maria)(server)
        store.sql("CREATE TABLE target (id bigint, name text)")
        reader = ("stream", {"column": [{"type": "long", "random": "1,9"}, {"type": "string", "value": "x"}], "sliceRecordCount": 2_000_000})
        script = sluice.script(job(reader, ("odbc", store.at(table="target", column=["*"])), setting={"speed": {"throttle": True, "mbps": 1}}))
        process = sluice.start("run", script, "--state-dir", sluice.state)
        running = ("SELECT count(*) FROM pg_locks WHERE relation = 'target'::regclass" if kind is Postgres
                   else "SELECT count(*) FROM information_schema.innodb_trx WHERE trx_rows_modified > 0")
        wait_for(lambda: process.poll() is not None or store.sql(running) != "0")
        assert process.poll() is None, process.communicate()
        server.stop_hard()
        out, err = process.communicate(timeout=120)
        assert process.returncode == 75, out + err


@once
def test_arrays_spare_round_trips(sluice, postgres):
    store = Pg(postgres)
    store.sql("CREATE TABLE source (id int PRIMARY KEY, v text); CREATE TABLE target (id int, v text);"
              "INSERT INTO source SELECT i, 'v' || i FROM generate_series(1, 512) i")
    counts = {}
    for size in (1, 512):
        with Wire(postgres) as wire:
            sluice.run(copy(store, None, {**store.at(port=wire.port, extra="SSLmode=disable"), "batchSize": size})).ok()
            counts[size] = sum(wire.count.get(kind, 0) for kind in (b"Q", b"S"))
    assert counts[512] * 20 < counts[1], counts
    assert store.sql("SELECT count(*), count(DISTINCT id) FROM target") == "1024\t512"


# ---- The connection test ----

STEPS = ["resolve", "tcp", "login", "driver", "encryption", "server", "privileges", "latency"]


def tried(sluice, fields, **options):
    """`datasource test` of such a source: exit code, and what it says of each step."""
    (sluice.directory / "datasources.json").write_text(json.dumps({"o": {"type": "odbc", "connection": fields}}))
    (sluice.directory / "datasources.json").chmod(0o600)
    done = sluice("datasource", "test", "o", "--json", **options)
    assert str(fields.get("password") or "no such word") not in done.out + done.err, done
    return done.code, {step["step"]: (step["outcome"], step["detail"]) for step in json.loads(done.out)["steps"]}


@every_store
def test_a_connection_is_tested_step_by_step(sluice, store):
    store.sql("CREATE TABLE one (id int); CREATE TABLE two (id int)")
    code, steps = tried(sluice, store.at(extra="SSLmode=require;") if isinstance(store, Pg) else store.at())
    assert code == 0 and list(steps) == STEPS, steps
    assert steps["latency"][0] == "ok" and steps["latency"][1].endswith(" ms")
    if isinstance(store, Lite):
        assert [steps[name][0] for name in STEPS] == ["skipped", "skipped", "ok", "ok", "skipped", "ok", "ok", "ok"], steps
        assert steps["server"][1].startswith("SQLite 3.") and "names no server" in steps["tcp"][1]
        return
    assert {outcome for outcome, _ in steps.values()} == {"ok"}, steps
    assert steps["resolve"][1] == "127.0.0.1" and steps["tcp"][1] == f"127.0.0.1:{store.server.port}"
    assert store.driver in steps["driver"][1], steps
    if isinstance(store, Pg):
        assert steps["server"][1].startswith("PostgreSQL 15") and steps["encryption"][1].startswith("TLSv1"), steps
        assert steps["privileges"][1] == "may read 2 and write 2 of 2 tables, create tables in public", steps
    else:
        assert ("MySQL" if Store is MySQL else "10.11") in steps["server"][1] and "GRANT " in steps["privileges"][1], steps
        assert steps["encryption"][1] == "none" and "IDENTIFIED" not in steps["privileges"][1], steps


@every_server
def test_the_step_that_fails_has_its_name(sluice, store):
    fields = store.at()
    for change, code, step in (({"password": "open sesame"}, 1, "login"), (store.at(port=1), 75, "tcp"),
                               (store.at(database="nowhere"), 1, "login"),
                               ({"connectionString": fields["connectionString"].replace("127.0.0.1", "no-such-host.invalid")}, None, "resolve"),
                               ({"connectionString": f"Driver=/nowhere.so;Server={store.server.host};Port={store.server.port}"}, 1, "driver")):
        given, steps = tried(sluice, {**fields, **change})
        assert [name for name, (outcome, _) in steps.items() if outcome == "failed"] == [step], (change, steps)
        assert list(steps)[-1] == step and (given == code or code is None and given in (1, 75)), (change, given, steps)


@once
def test_a_database_file_that_is_missing_is_not_made(sluice):
    store = Lite(sluice.directory)
    code, steps = tried(sluice, store.at())
    assert code == 1 and steps["login"][0] == "failed", steps
    done = sluice.check(job(("odbc", store.at(table="t", column=["*"])), ("stream", {})))
    assert done.code in (1, 2) and str(store.path) in done.err, done
    script = job(("stream", {"column": [{"value": "x"}], "sliceRecordCount": 1}),
                 ("odbc", store.at(table="t", column=["a"], preSql="CREATE TABLE t (a text)")))
    assert sluice.check(script).code == 0
    assert sluice("plan", "job.json").code == 0
    assert not store.path.exists()
    sluice.run(script).ok()
    assert store.sql("SELECT a FROM t") == "x"


@once
def test_privileges_of_a_user_with_few(sluice, postgres):
    store = Pg(postgres)
    store.sql("CREATE TABLE one (id int); CREATE TABLE two (id int); DROP ROLE IF EXISTS guest; CREATE ROLE guest LOGIN PASSWORD 'let me in';"
              "GRANT USAGE ON SCHEMA public TO guest; GRANT SELECT ON one TO guest")
    _, steps = tried(sluice, {**store.at(), "username": "guest", "password": "let me in"})
    assert steps["privileges"] == ("ok", "may read 1 and write 0 of 2 tables, create none"), steps


@once
def test_a_source_of_the_system_by_its_name(sluice, postgres):
    (sluice.directory / "odbc.ini").write_text(f"[shop]\nDriver={DRIVERS}/psqlodbcw.so\nServername={postgres.host}\nPort={postgres.port}\n"
                                               f"Database={postgres.database}\n")
    environment = {"ODBCINI": str(sluice.directory / "odbc.ini")}
    fields = {"dsn": "shop", "username": postgres.user, "password": postgres.password}
    code, steps = tried(sluice, fields, environment=environment)
    assert code == 0 and steps["tcp"] == ("skipped", "the server's name stands in odbc.ini"), steps
    code, steps = tried(sluice, {**fields, "dsn": "shob"}, environment=environment)
    assert code == 1 and steps["driver"][0] == "failed", steps
    assert 'the data sources of odbc.ini: shop (did you mean "shop"?)' in steps["driver"][1], steps


@once
def test_a_driver_of_the_system_by_its_name(sluice):
    (sluice.directory / "odbcinst.ini").write_text(f"[Shop Driver]\nDriver={DRIVERS}/libsqlite3odbc.so\n")
    environment = {"ODBCSYSINI": str(sluice.directory)}
    code, steps = tried(sluice, {"connectionString": "Driver=Shop Driver;Database=:memory:"}, environment=environment)
    assert code == 0, steps
    code, steps = tried(sluice, {"connectionString": "Driver=Shop Drivers;Database=:memory:"}, environment=environment)
    assert code == 1 and 'the drivers of odbcinst.ini: Shop Driver (did you mean "Shop Driver"?)' in steps["driver"][1], steps
