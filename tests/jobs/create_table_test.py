# SPDX-License-Identifier: Apache-2.0
"""`template --from-table` and `run --create-table`: a table goes to a store where there is none of its name, with its
key, NOT NULL and types."""
import json
import re
import sqlite3

import pytest

from servers import connection, mariadb, odbc, odbc_file, postgres, through_odbc  # noqa: F401

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


PEOPLE = """id,zip,price,ratio,born,seen,at,open,big,note
1,01234,1.50,0.1,2000-02-29,2024-01-01 10:00:00,2024-01-01T10:00:00+02:00,true,12345678901234567890,x
2,99999,20.00,3,2001-01-01,2024-01-01,2024-01-01T10:00:00Z,False,1.5,
3,00001,\\N,12.25,,2024-01-01 10:00:00.5,,TRUE,1,12
"""


def columns(text):
    """The reader's columns as the template has them."""
    return {column["name"]: {k: v for k, v in column.items() if k not in ("name", "index")}
            for column in map(json.loads, re.findall(r'^ +(\{"(?:index|name)": .*?\}),?$', text, re.M))}


def test_types_of_a_csv_are_those_that_all_of_its_first_records_have(sluice):
    (sluice.directory / "in.csv").write_text(PEOPLE)
    text = template(sluice, "file", "sqlite", "--connect", "-r", "path=in.csv", "-r", "skipHeader=true", "-w", "path=b.db",
                    "-w", "table=people")
    assert columns(text) == {
        "id": {"type": "long"}, "zip": {"type": "string"}, "price": {"type": "decimal(15,2)"}, "ratio": {"type": "double"},
        "born": {"type": "date", "format": "yyyy-MM-dd"}, "seen": {"type": "timestamp"}, "at": {"type": "instant"},
        "open": {"type": "boolean"}, "big": {"type": "decimal"}, "note": {"type": "string"}}, text
    assert "// The types of the columns are those of the first records" in text
    summary = sluice.run(sluice.directory / "job.json", "--create-table").ok().summary
    assert summary["written"] == 3
    assert rows(sluice.directory / "b.db", "people")[0][:6] == (1, "01234", 1.5, 0.1, "2000-02-29", "2024-01-01 10:00:00")
    # What the first records do not show is a dirty record, not a value that was made up.
    with open(sluice.directory / "in.csv", "a") as file:
        file.write("x,1,1,1,,,,true,1,\n")
    outcome = sluice.run(sluice.directory / "job.json", "--create-table")
    assert outcome.code == 3 and "not an integer" in outcome.out + outcome.err, outcome


def test_types_of_jsonl(sluice):
    (sluice.directory / "in.jsonl").write_text('{"id": 1, "code": "12", "day": "2024-02-29", "x": {"y": 1}, "ok": true, "f": 1.25e3}\n'
                                               '{"id": 2, "code": "7", "day": null, "x": null, "ok": false, "f": 2}\n')
    text = template(sluice, "file", "stream", "--connect", "-r", "path=in.jsonl", "-r", "fileFormat=jsonl")
    assert columns(text) == {"id": {"type": "long"}, "code": {"type": "string"}, "day": {"type": "date", "format": "yyyy-MM-dd"},
                             "x": {"type": "string"}, "ok": {"type": "boolean"}, "f": {"type": "double"}}, text
    assert len(sluice.run(sluice.directory / "job.json").ok().records) == 2


def test_a_header_that_is_read_as_data_is_told(sluice):
    (sluice.directory / "in.csv").write_text("id,name\n1,one\n2,two\n")
    outcome = sluice("template", "file", "stream", "--connect", "-r", "path=in.csv")
    assert outcome.code == 0 and "skipHeader: the first record looks like a header" in outcome.err, outcome
    assert columns(outcome.out) == {"column1": {"type": "string"}, "column2": {"type": "string"}}
    for content, told in (("a,b\nc,d\n", False), ("1,x\n2,y\n", False), ("id,name\n1,2\n", True)):
        (sluice.directory / "in.csv").write_text(content)
        outcome = sluice("template", "file", "stream", "--connect", "-r", "path=in.csv")
        assert ("looks like a header" in outcome.err) == told, (content, outcome)


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


# ---- Data sources by name ----


def write_sources(path, sources):
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(sources))
    path.chmod(0o600)


def test_data_sources_by_name(orders, clean):
    (orders.directory / "jobs").mkdir()
    (orders.directory / "jobs/pw").write_text(clean.password + "\n")
    fields = {**connection(clean), "password": "${file:pw}"}
    write_sources(orders.directory / "jobs/datasources.json", {
        "lite": {"type": "sqlite", "connection": {"path": "nowhere.db"}, "profiles": {"dev": {"path": "a.db"}}},
        "pg": {"type": "postgresql", "connection": fields}})
    script = orders.directory / "jobs/job.json"
    arguments = ["sqlite", "postgresql", "--from-table", "orders", "-r", "datasource=lite", "-w", "datasource=pg", "--profile", "dev"]
    outcome = orders("template", *arguments, "--output", script)
    assert outcome.code == 0 and outcome.err == "", outcome
    text = script.read_text()
    for line in ('"datasource": "lite"', '"datasource": "pg"', '"splitPk": "id"', 'PRIMARY KEY ("id")', '"ship to" text NOT NULL'):
        assert line in text, (line, text)
    for field in ("path", "host", "password", "sslMode", "connectTimeout"):  # they stand in the file of data sources
        assert f'"{field}"' not in text, (field, text)
    assert orders("check", script, "--offline", "--profile", "dev").err == ""
    assert orders("check", script, "--create-table", "--profile", "dev").code == 0
    orders.run(script, "--create-table", "--profile", "dev").ok()
    assert clean.sql("SELECT count(*) FROM orders") == "3"
    # Elsewhere than beside the script, their file has to be named.
    outcome = orders("template", *arguments, "--datasources", "jobs/datasources.json")
    assert outcome.code == 0 and '"datasource": "pg"' in outcome.out, outcome
    outcome = orders("template", *arguments)
    assert outcome.code == 2 and "no such data source: lite" in outcome.err, outcome


def test_a_data_source_alone_makes_a_template(orders):
    write_sources(orders.directory / "datasources.json", {"lite": {"type": "sqlite", "connection": {"path": "a.db"}}})
    text = template(orders, "sqlite", "stream", "-r", "datasource=lite")
    assert text.index('"datasource": "lite"') < text.index('"table"') and '"path"' not in text, text
    outcome = orders("check", "job.json", "--offline")
    assert outcome.code == 0 and outcome.err == "", outcome
    # A field beside it stands above it.
    text = template(orders, "sqlite", "stream", "--from-table", "orders", "-r", "datasource=lite", "-r", "path=a.db")
    assert '"path": "a.db"' in text


@pytest.mark.parametrize("more, code, messages", [
    (["-r", "datasource=lit"], 2, ["no such data source: lit", 'did you mean "lite"?', "datasources.json (beside the job): lite, pg"]),
    (["-r", "datasource=pg"], 2, ["one of another store: pg is of postgresql, the step of sqlite"]),
    (["-r", "datasource=bad"], 2, ["bad.connection.pth: unknown key", 'did you mean "path"?']),
    (["-r", "datasource=lite", "--profile", "prd"], 2, ["no such profile: prd", 'did you mean "prod"?']),
])
def test_mistakes_of_data_sources(orders, more, code, messages):
    write_sources(orders.directory / "datasources.json", {
        "lite": {"type": "sqlite", "connection": {"path": "a.db"}, "profiles": {"prod": {}}}, "pg": {"type": "postgresql"},
        "bad": {"type": "sqlite", "connection": {"pth": "a.db"}}})
    outcome = orders("template", "sqlite", "stream", "--from-table", "orders", *more)
    assert outcome.code == code and outcome.out == "", outcome
    for message in messages:
        assert message in outcome.err, outcome


# ---- MySQL, and every store through ODBC ----

THERE = {"PostgreSQL": "SELECT id, {q}ship to{q}, price, day, at, {q}order{q}, data FROM orders ORDER BY id",
         "MariaDB": "SELECT id, {q}ship to{q}, price, day, at, {q}order{q} + 0, hex(data) FROM orders ORDER BY id"}
ARRIVED = {"PostgreSQL": ["0||0.01|0001-01-01||t|\\x", "1|Böblingen|12.50|2024-02-29|2024-02-29 12:34:56|t|\\x00ff", '2|a "b"||||f|'],
           "MariaDB": ["0||0.01|0001-01-01|NULL|1|", "1|Böblingen|12.50|2024-02-29|2024-02-29 12:34:56.000000|1|00FF", '2|a "b"|NULL|NULL|NULL|0|NULL']}
KEY = {"PostgreSQL": "SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey)"
                     " WHERE conrelid = 'orders'::regclass AND contype = 'p'",
       "MariaDB": "SELECT group_concat(column_name) FROM information_schema.key_column_usage WHERE table_name = 'orders' AND constraint_name = 'PRIMARY'"}
REQUIRED = {"PostgreSQL": "SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'orders'::regclass AND attnum > 0 AND attnotnull",
            "MariaDB": "SELECT group_concat(column_name ORDER BY ordinal_position) FROM information_schema.columns WHERE table_name = 'orders' AND is_nullable = 'NO'"}


class Store:
    """A server that has no table yet, or a file of SQLite, and the ways to it."""

    def __init__(self, name, directory, server=None):
        self.name, self.server, self.path = name, server, directory / "odbc.db"
        self.native = {"PostgreSQL": "postgresql", "MariaDB": "mysql", "SQLite": "sqlite"}[name]

    def words(self, letter, through_odbc=True):
        """-r NAME=VALUE ..., or -w ..., the password by reference."""
        if self.server is None:
            fields = odbc_file(self.path) if through_odbc else {"path": self.path}
        else:
            fields = {**(odbc if through_odbc else connection)(self.server), "password": "${env:PASSWORD}"}
        return [word for key, value in fields.items() for word in (f"-{letter}", f"{key}={value}")]


@pytest.fixture
def store(request, through_odbc):
    if request.param == "SQLite":
        return Store(request.param, through_odbc.directory)
    server = request.getfixturevalue({"PostgreSQL": "postgres", "MariaDB": "mariadb"}[request.param])
    through_odbc.environment["PASSWORD"] = server.password
    if request.param == "PostgreSQL":
        server.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    else:
        server.sql(f"DROP DATABASE {server.database}; CREATE DATABASE {server.database} CHARACTER SET utf8mb4", "mysql")
    return Store(request.param, through_odbc.directory, server)


every_store = pytest.mark.parametrize("store", ["PostgreSQL", "MariaDB", "SQLite"], indirect=True)


def check_arrival(store):
    if store.server is None:
        assert rows(store.path) == ROWS
        assert [name for name, required, _ in shape(store.path, "orders") if required] == ["id", "ship to", "order"]
        assert [name for name, _, key in shape(store.path, "orders") if key] == ["id"]
        return
    quote = "`" if store.name == "MariaDB" else '"'
    assert store.server.sql(THERE[store.name].format(q=quote)).replace("\t", "|").splitlines() == ARRIVED[store.name]
    assert store.server.sql(KEY[store.name]) == "id"
    assert store.server.sql(REQUIRED[store.name]) == "id,ship to,order"


@every_store
def test_through_odbc_and_back(orders, store):
    text = template(orders, "sqlite", "odbc", "--from-table", "orders", "-r", "path=a.db", *store.words("w"))
    assert "PRIMARY KEY (" in text and "REMARK" in text, text
    assert orders("check", "job.json", "--create-table").out.startswith("CREATE TABLE ")
    orders.run(orders.directory / "job.json", "--create-table").ok()
    check_arrival(store)
    back = template(orders, "odbc", "sqlite", "--from-table", "orders", *store.words("r"), "-w", "path=back.db")
    assert '"splitPk": "id"' in back and "DESTINATION" in back, back
    orders.run(orders.directory / "job.json", "--create-table").ok()
    # Through its ODBC driver a decimal of SQLite may have any number of digits.
    numbers = [row[:2] + (None if row[2] is None else float(row[2]),) + row[3:] for row in rows(orders.directory / "back.db")]
    assert numbers == ROWS
    assert [(name, key) for name, _, key in shape(orders.directory / "back.db", "orders") if key] == [("id", 1)]


@pytest.mark.parametrize("store", ["MariaDB"], indirect=True)
def test_mysql(orders, store):
    text = template(orders, "sqlite", "mysql", "--from-table", "orders", "-r", "path=a.db", *store.words("w", False))
    for words in ("PRIMARY KEY (`id`)", "`ship to` longtext NOT NULL", "decimal(10,2) NULL", "years 0 to 9999", "as the numbers 0 and 1"):
        assert words in text, (words, text)
    orders.run(orders.directory / "job.json", "--create-table").ok()
    check_arrival(store)


WIDE = """CREATE TABLE wide (a varchar(20), b text, n numeric(30,4), m numeric, u uuid, v varchar(9), t text, f float8, i timestamptz,
          j jsonb, s interval, x bytea, PRIMARY KEY (b, a));
          INSERT INTO wide VALUES ('one', 'two', 12345678901234567890123456.7891, 1.5, '00000000-0000-0000-0000-000000000001', 'x', 'y', 0.5,
                                   '2024-02-29 12:00:00+00', '{"a": 1}', '1 day', '\\x00ff')"""


@pytest.mark.parametrize("store", ["MariaDB"], indirect=True)
@pytest.mark.parametrize("kind", ["mysql", "odbc"])
def test_what_may_get_lost_is_said_there_too(sluice, store, postgres, kind):
    postgres.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public; " + WIDE)
    sluice.environment["PG"] = postgres.password
    fields = {**connection(postgres), "password": "${env:PG}"}
    source = [word for name, value in fields.items() for word in ("-r", f"{name}={value}")]
    text = template(sluice, "postgresql", kind, "--from-table", "wide", *source, *store.words("w", kind == "odbc"))
    said = {"mysql": ("in a key, so up to 255 characters", "35 digits before the point", "not checked to be a uuid", "neither NaN nor infinity",
                      "from 1970 to January 2038", "not checked to be a interval"),
            "odbc": ("in a key, so up to 255 characters", "35 digits before the point", "not checked to be a uuid",
                     "neither NaN nor infinity", "an instant, as the wall-clock time")}[kind]
    for words in ("PRIMARY KEY (`b`, `a`)", *said):
        assert words in text, (words, text)
    # An instant becomes a wall-clock time: of which zone has to be said, before the table is made.
    assert ('"timeZone": "UTC"' in text) == (kind == "odbc")
    if kind == "odbc":
        for command in "check", "run":
            refused = sluice(command, "job.json", "--create-table", "--set", "setting.common.column.timeZone=")
            assert refused.code == 2 and "without a time zone" in refused.err, refused
        assert store.server.sql("SHOW TABLES") == ""
    sluice.run(sluice.directory / "job.json", "--create-table").ok()
    assert store.server.sql("SELECT b, a, n, m, u, v, hex(x) FROM wide").split("\t") == [
        "two", "one", "12345678901234567890123456.7891", "1.500000000000000000000000000000",
        "00000000-0000-0000-0000-000000000001", "x", "00FF"]
