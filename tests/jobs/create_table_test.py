# SPDX-License-Identifier: Apache-2.0
"""`template --from-table` and `run --create-table`: a table goes to a store where there is none of its name, with its
key, NOT NULL and types."""
import json
import sqlite3

import pytest

from servers import connection, postgres  # noqa: F401

ORDERS = """CREATE TABLE orders (id INTEGER PRIMARY KEY, "ship to" VARCHAR(40) NOT NULL, price DECIMAL(10,2), day DATE,
            at TIMESTAMP, "order" BOOLEAN NOT NULL, data BLOB);
            INSERT INTO orders VALUES (1, 'Böblingen', 12.5, '2024-02-29', '2024-02-29 12:34:56', 1, x'00ff'),
                                      (2, 'a "b"', NULL, NULL, NULL, 0, NULL), (0, '', 0.01, '0001-01-01', NULL, 1, x'')"""
ROWS = [(0, "", 0.01, "0001-01-01", None, 1, b""), (1, "Böblingen", 12.5, "2024-02-29", "2024-02-29 12:34:56", 1, b"\0\xff"),
        (2, 'a "b"', None, None, None, 0, None)]


def database(path, script=""):
    connected = sqlite3.connect(path)
    connected.executescript(script)
    return connected


def shape(path, table):
    """(name, NOT NULL, place in the key) of every column."""
    return [(name, required, key) for _, name, _, required, _, key in database(path).execute(f"PRAGMA table_info({table})")]


def rows(path, table="orders"):
    return database(path).execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()


@pytest.fixture
def orders(sluice):
    database(sluice.directory / "a.db", ORDERS)
    return sluice


def template(sluice, *arguments):
    outcome = sluice("template", *arguments, "--output", "job.json")
    assert outcome.code == 0 and outcome.err == "", outcome
    return (sluice.directory / "job.json").read_text()


def test_sqlite_to_sqlite(orders):
    text = template(orders, "sqlite", "sqlite", "--from-table", "orders", "-r", "path=a.db", "-w", "path=b.db")
    for line in ('"splitPk": "id"', 'CREATE TABLE "orders" ("id" INTEGER NOT NULL, "ship to" TEXT NOT NULL', "VARCHAR(40)",
                 "decimal(10,2)", '"\\"ship to\\""'):
        assert line in text, (line, text)
    assert not (orders.directory / "b.db").exists()
    checked = orders("check", "job.json", "--create-table")
    assert checked.code == 0 and checked.out.startswith('CREATE TABLE "orders" ("id" INTEGER NOT NULL'), checked
    planned = orders("plan", "job.json", "--create-table", "--json")
    assert planned.code == 0 and json.dumps(checked.out[:-2])[1:-1] in planned.out, planned
    assert not (orders.directory / "b.db").exists()
    summary = orders.run(orders.directory / "job.json", "--create-table").ok().summary
    assert (summary["read"], summary["written"]) == (3, 3)
    assert [note for note in summary["notes"].items() if note[0] == "created"][0][1] + ";\n" == checked.out
    assert rows(orders.directory / "b.db") == ROWS
    assert shape(orders.directory / "b.db", "orders") == [
        ("id", 1, 1), ("ship to", 1, 0), ("price", 0, 0), ("day", 0, 0), ("at", 0, 0), ("order", 1, 0), ("data", 0, 0)]


def test_a_table_that_is_there_is_never_replaced(orders):
    database(orders.directory / "b.db", "CREATE TABLE orders (id INTEGER PRIMARY KEY, \"ship to\" TEXT, price, day, at, "
             "\"order\", data, mine TEXT DEFAULT 'kept'); INSERT INTO orders (id) VALUES (9)")
    text = template(orders, "sqlite", "sqlite", "--from-table", "orders", "-r", "path=a.db", "-w", "path=b.db")
    assert "CREATE TABLE" not in text
    assert orders("check", "job.json", "--create-table").out == ""
    orders.run(orders.directory / "job.json", "--create-table").ok()
    assert [row[-1] for row in rows(orders.directory / "b.db")] == ["kept"] * 4


def test_presql_runs_in_the_new_table(orders):
    template(orders, "sqlite", "sqlite", "--from-table", "orders", "-r", "path=a.db", "-w", "path=b.db",
             "-w", 'preSql=["INSERT INTO @table (id, \\"ship to\\", \\"order\\") VALUES (7, 8, 0)"]')
    orders.run(orders.directory / "job.json", "--create-table").ok()
    assert len(rows(orders.directory / "b.db")) == 4


def test_nothing_is_created_when_something_is_wrong(orders):
    template(orders, "sqlite", "sqlite", "--from-table", "orders", "-r", "path=a.db", "-w", "path=b.db")
    outcome = orders.run(orders.directory / "job.json", "--create-table", "--set", "steps[Reader].parameter.where=nope = 1")
    assert outcome.code == 2 and "nope" in outcome.err, outcome
    assert not (orders.directory / "b.db").exists()
    outcome = orders.run(orders.directory / "job.json", "--create-table", "--set", "steps[Writer].parameter.preSql=[\"nonsense\"]")
    assert outcome.code == 1, outcome
    assert not (orders.directory / "b.db").exists()


def test_without_the_option_a_missing_table_stays_missing(orders):
    template(orders, "sqlite", "sqlite", "--from-table", "orders", "-r", "path=a.db", "-w", "path=b.db")
    outcome = orders.run(orders.directory / "job.json")
    assert outcome.code == 2 and "no such database file" in outcome.err, outcome


def test_csv_to_sqlite(sluice):
    (sluice.directory / "in.csv").write_text('id,full name\n1,one\n2,\\N\n')
    text = template(sluice, "file", "sqlite", "--connect", "-r", "path=in.csv", "-r", "skipHeader=true", "-w", "path=b.db",
                    "-w", "table=people")
    assert '{"index": 1, "name": "full name", "type": "string"}' in text
    job_file = sluice.directory / "job.json"
    job_file.write_text(text.replace('"name": "id", "type": "string"', '"name": "id", "type": "long"'))
    sluice.run(job_file, "--create-table").ok()
    assert rows(sluice.directory / "b.db", "people") == [(1, "one"), (2, None)]


def test_a_file_has_no_table_to_create(orders):
    text = template(orders, "sqlite", "file", "--from-table", "orders", "-r", "path=a.db", "-w", "path=.", "-w", "fileName=o.csv")
    assert "CREATE TABLE" not in text and "decimal(10,2)" in text
    outcome = orders.run(orders.directory / "job.json", "--create-table")
    assert outcome.code == 2 and "no tables to create: file (leave --create-table out)" in outcome.err, outcome
    orders.run(orders.directory / "job.json").ok()


def test_only_the_source_is_asked_without_parameters_of_the_writer(orders):
    text = template(orders, "sqlite", "sqlite", "--from-table", "orders", "-r", "path=a.db")
    assert "decimal(10,2)" in text and "CREATE TABLE" not in text


@pytest.mark.parametrize("arguments, code, messages", [
    (["sqlite", "sqlite", "--from-table", "orderz", "-r", "path=a.db"], 2, ['template: error: ', 'a.db: "orderz" (did you mean "orders"?)']),
    (["sqlite", "sqlite", "--from-table", "orders", "-r", "path=nope.db"], 2, ["nope.db"]),
    (["sqlite", "sqlite", "--from-table", "orders", "-r", "pth=a.db"], 2, ["pth: unknown key", 'did you mean "path"?']),
    (["file", "sqlite", "--from-table", "orders"], 2, ["the reader has no tables: file", "--connect"]),
    (["sqlite", "sqlite", "--from-table", "orders", "-r", "path=a.db", "-w", "path=no/b.db"], 2, ["no such directory"]),
    (["postgresql", "sqlite", "--from-table", "t", "-r", "host=127.0.0.1", "-r", "port=1"], 75, ["127.0.0.1"]),
])
def test_mistakes(orders, arguments, code, messages):
    outcome = orders("template", *arguments, "--output", "job.json")
    assert outcome.code == code, outcome
    for message in messages:
        assert message in outcome.err, outcome
    assert not (orders.directory / "job.json").exists()


# ---- PostgreSQL ----


def parameters(letter, server):
    """-r NAME=VALUE ... or -w ..., the password by reference."""
    fields = {**connection(server), "password": "${env:PASSWORD}"}
    return [word for name, value in fields.items() for word in (f"-{letter}", f"{name}={value}")]


@pytest.fixture
def clean(sluice, postgres):
    """Has the schema public to itself."""
    sluice.environment["PASSWORD"] = postgres.password
    postgres.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    return postgres


def test_sqlite_to_postgresql_and_back(orders, clean):
    template(orders, "sqlite", "postgresql", "--from-table", "orders", "-r", "path=a.db", *parameters("w", clean))
    orders.run(orders.directory / "job.json", "--create-table").ok()
    assert clean.sql("SELECT * FROM orders ORDER BY id").replace("\t", "|").splitlines() == [
        "0||0.01|0001-01-01||t|\\x", "1|Böblingen|12.50|2024-02-29|2024-02-29 12:34:56|t|\\x00ff", '2|a "b"||||f|']
    assert clean.sql("SELECT conname, conkey FROM pg_constraint WHERE conrelid = 'orders'::regclass AND contype = 'p'") == "orders_pkey\t{1}"
    required = "SELECT attname FROM pg_attribute WHERE attrelid = 'orders'::regclass AND attnum > 0 AND attnotnull ORDER BY attnum"
    assert clean.sql(required).splitlines() == ["id", "ship to", "order"]
    text = template(orders, "postgresql", "sqlite", "--from-table", "public.orders", *parameters("r", clean), "-w", "path=c.db")
    assert '"splitPk": "id"' in text and '"table": "orders"' in text
    orders.run(orders.directory / "job.json", "--create-table").ok()
    assert rows(orders.directory / "c.db") == ROWS
    assert [column for column in shape(orders.directory / "c.db", "orders") if column[1] or column[2]] == [
        ("id", 1, 1), ("ship to", 1, 0), ("order", 1, 0)]


def test_what_may_get_lost_is_said(sluice, clean):
    clean.sql("CREATE TABLE wide (a int, b int, n numeric(30,4), u uuid, v varchar(9), PRIMARY KEY (b, a))")
    clean.sql("INSERT INTO wide VALUES (1, 2, 12345678901234567890123456.7891, '00000000-0000-0000-0000-000000000001', 'x')")
    text = template(sluice, "postgresql", "sqlite", "--from-table", "wide", *parameters("r", clean), "-w", "path=c.db")
    for words in ('PRIMARY KEY ("b", "a")', "numeric(30,4)", "all digits, as text", "not checked to be a uuid",
                  "SQLite bears no limit of length"):
        assert words in text, (words, text)
    assert '// "splitPk"' in text  # the key has two columns
    sluice.run(sluice.directory / "job.json", "--create-table").ok()
    assert rows(sluice.directory / "c.db", "wide") == [
        (1, 2, "12345678901234567890123456.7891", "00000000-0000-0000-0000-000000000001", "x")]


def test_isolated_splits_write_into_the_new_table(orders, clean):
    template(orders, "sqlite", "postgresql", "--from-table", "orders", "-r", "path=a.db", *parameters("w", clean))
    orders.run(orders.directory / "job.json", "--create-table", "--isolate").ok()
    assert clean.sql("SELECT count(*) FROM orders") == "3"
