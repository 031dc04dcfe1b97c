# SPDX-License-Identifier: Apache-2.0
"""Every type of PostgreSQL at its extremes, to PostgreSQL and through csv: a value arrives exactly, or its record is
dirty, or the column is refused by name when the job is checked."""
import pytest

from conftest import job
from servers import connection, postgres  # noqa: F401

# Type: values that arrive, and values that make dirty records.
TYPES = {
    "boolean": (["true", "false"], []),
    "smallint": (["-32768", "32767"], []),
    "integer": (["-2147483648", "2147483647"], []),
    "bigint": (["-9223372036854775808", "9223372036854775807"], []),
    "oid": (["0", "4294967295"], []),
    "real": (["1.17549435e-38", "3.4028235e38", "-0", "NaN", "Infinity", "-Infinity", "1e-45"], []),
    "double precision": (["1.7976931348623157e308", "5e-324", "0.1", "NaN", "-Infinity"], []),
    "numeric(1,0)": (["9", "-9", "0"], ["NaN"]),
    "numeric(5,2)": (["999.99", "-999.99", "0.01", "0"], ["NaN"]),
    "numeric(18,4)": (["99999999999999.9999", "-0.0001"], []),
    "numeric(38,0)": (["9" * 38, "-" + "9" * 38], []),
    "numeric(38,38)": (["0." + "9" * 38, "-0." + "0" * 37 + "1"], []),
    "numeric(39,3)": (["9" * 36 + ".999", "-" + "9" * 36 + ".001"], []),
    "numeric(65,30)": (["9" * 35 + "." + "9" * 30, "-" + "9" * 35 + "." + "9" * 30, "0." + "0" * 29 + "1"], ["NaN"]),
    "numeric(76,10)": (["9" * 66 + "." + "9" * 10, "-1"], []),
    "numeric(1000,500)": (["9" * 500 + "." + "9" * 500, "NaN"], []),
    "numeric(2,-3)": (["99000", "-1000"], []),
    "numeric(3,5)": (["0.00999", "-0.00001"], []),
    "numeric": (["NaN", "Infinity", "-Infinity", "0", "0.000", "1e-1000", "12345678901234567890123456789.5000", "1e131071",
                 "-0.00010", "10000", "1e4000"], []),
    "money": (["-92233720368547758.08", "92233720368547758.07"], "refused"),
    "text": (["", "a\tb\nc\\d\"e'f", "\\N", "NULL", "😀 ünï", "x" * 100_000, "\x01\x7f", "\\."], []),
    "varchar(5)": (["", "ab", "😀😀😀😀😀"], []),
    "char(5)": (["ab", "", "abcde", "a  "], []),
    "name": (["x" * 63, "ü"], []),
    '"char"': (["a", ""], []),
    "bytea": (["\\x", "\\x00ff00", "\\x" + "00" * 5000], []),
    "date": (["4713-01-01 BC", "5874897-12-31", "0001-01-01", "1970-01-01", "2000-02-29", "0001-12-31 BC"], ["infinity", "-infinity"]),
    "time": (["00:00:00", "23:59:59.999999"], ["24:00:00"]),
    "time(0)": (["23:59:59"], []),
    "timetz": (["00:00:00+15:59", "23:59:59.999999-15:59", "24:00:00+00"], []),
    "timestamp": (["4713-01-01 00:00:00 BC", "294246-12-31 23:59:59.999999", "1969-12-31 23:59:59.999999"], ["infinity", "-infinity"]),
    "timestamp(3)": (["2020-01-01 00:00:00.123"], []),
    "timestamptz": (["4713-01-01 00:00:00+00 BC", "294246-12-31 23:59:59.999999+00", "1900-01-01 00:00:00+05"], ["infinity", "-infinity"]),
    "interval": (["-178000000 years", "178000000 years", "1 mon -3 days 04:05:06.789", "-00:00:00.000001"], []),
    "interval(0)": (["1 day 00:00:01"], []),
    "uuid": (["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"], []),
    "json": (['{"b": 1, "a" :  [1.0, "é"], "b":2}', "null", "[]"], []),
    "jsonb": (['{"b": 1e30, "a": [true, null]}', '"\\u20ac"'], []),
    "xml": (["<a b=\"c\">ü</a>", ""], []),
    "bit(3)": (["101", "000"], []),
    "bit varying(70)": (["", "1" * 70], []),
    "inet": (["192.168.0.1/24", "::ffff:1.2.3.4"], []),
    "cidr": (["10.0.0.0/8", "2001:db8::/32"], []),
    "macaddr": (["08:00:2b:01:02:03"], []),
    "macaddr8": (["08:00:2b:01:02:03:04:05"], []),
    "mood": (["sad", "très content"], []),
    "short": (["abc", ""], []),
    "integer[]": (["{}", "{1,NULL,-3}", "{{1,2},{3,4}}", "[2:3]={5,6}"], []),
    "text[]": (['{"a,b","NULL",NULL,"\\"\\\\"}'], []),
    "numeric(4,1)[]": (["{1.5,999.9}"], []),
    "int4range": (["[1,5)", "empty", "(,)"], []),
    "tstzmultirange": (["{[2020-01-01 00:00:00+00,2021-01-01 00:00:00+00)}"], []),
    "pair": (['(1,"a,b")', "(,)"], []),
    "point": (["(0.1,-1e+30)"], []),
    "polygon": (["((0,0),(1,1),(1,0))"], []),
    "tsvector": (["'cat':3 'fat':2,4A"], []),
    "pg_lsn": (["FFFFFFFF/FFFFFFFF"], []),
    "regclass": (["pg_class"], []),
    "xid8": (["18446744073709551615"], []),
}

MADE = ("CREATE TYPE mood AS ENUM ('sad', 'très content'); CREATE DOMAIN short AS varchar(3) CHECK (VALUE <> 'bad');"
        "CREATE TYPE pair AS (a int, b text);")


def literal(value):
    return "E'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def columns(kinds):
    return [f"c{i}" for i in range(len(kinds))]


class Case:
    """A table with a column for each kind and a record for each value, alone in its column; the last one is all NULL."""

    def __init__(self, postgres, kinds):
        """`kinds`: (type of the source, type of the target, values that arrive, values that do not)."""
        self.postgres, self.kinds, self.values = postgres, kinds, []
        named = list(zip(columns(kinds), kinds))
        postgres.sql("DROP TABLE IF EXISTS known, source, target; CREATE TABLE source (n int PRIMARY KEY, "
                     + ", ".join(f"{c} {kind[0]}" for c, kind in named) + "); CREATE TABLE target (n int PRIMARY KEY, "
                     + ", ".join(f"{c} {kind[1]}" for c, kind in named) + ")")
        inserts = []
        for column, (_, _, good, bad) in named:
            for value in [*good, *bad]:
                inserts.append(f"INSERT INTO source (n, {column}) VALUES ({len(self.values)}, {literal(value)});")
                self.values.append((column, value, value in good))
        postgres.sql("SET timezone = 'UTC';" + "".join(inserts) + f"INSERT INTO source (n) VALUES ({len(self.values)})")

    def script(self, limit=999):
        return job(("postgresql", connection(self.postgres, table="source", column=["*"])),
                   ("postgresql", connection(self.postgres, table="target", column=["*"])),
                   setting={"errorLimit": {"record": limit}})

    def wrong(self, gone=()):
        """Every value that did not meet its fate: arrive as the server itself would cast it, or be refused. `gone`: the
        numbers of records that must not be there for another reason."""
        found = []
        for n, (column, value, arrives) in enumerate(self.values):
            arrives = arrives and n not in gone
            kind = self.kinds[int(column[1:])]
            there = self.postgres.sql(
                f"SELECT t.{column}::text IS NOT DISTINCT FROM s.{column}::{kind[1]}::text FROM source s JOIN target t USING (n) WHERE n = {n}"
                if arrives else f"SELECT true FROM target WHERE n = {n}")
            if there != ("t" if arrives else ""):
                found.append((kind[0], kind[1], value[:60], there or "is not there"))
        return found


@pytest.fixture(scope="module", autouse=True)
def made(postgres):
    postgres.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public;" + MADE)


def every_type():
    return [(kind, kind, good, bad) for kind, (good, bad) in TYPES.items() if bad != "refused"]


def test_every_type_at_its_extremes(sluice, postgres):
    case = Case(postgres, every_type())
    done = sluice.run(case.script()).ok()
    assert case.wrong() == []
    assert done.summary["dirty"] == sum(not arrives for _, _, arrives in case.values)
    assert "text" in done.summary["notes"]["write path"]
    # Without the columns that need COPY's text format, the binary one is used.
    case = Case(postgres, [kind for kind in every_type() if is_binary(kind[0])])
    done = sluice.run(case.script()).ok()
    assert case.wrong() == [] and "binary" in done.summary["notes"]["write path"]


def is_binary(kind):
    return kind.split("(")[0] in ("boolean", "smallint", "integer", "bigint", "oid", "real", "double precision", "numeric", "text", "varchar",
                                  "char", "name", '"char"', "bytea", "date", "time", "timestamp", "timestamptz", "uuid", "json", "jsonb",
                                  "mood", "short") and not kind.endswith("[]")


def test_sorting_out_keeps_values(sluice, postgres):
    """One record fails a foreign key, which names no line: all go through the staging table, as text."""
    case = Case(postgres, [(source, target, good, []) for source, target, good, _ in every_type()])
    postgres.sql("CREATE TABLE known AS SELECT n FROM source WHERE n <> 10; ALTER TABLE known ADD PRIMARY KEY (n);"
                 "ALTER TABLE target ADD FOREIGN KEY (n) REFERENCES known")
    done = sluice.run(case.script()).ok()
    assert done.summary["dirty"] == 1
    assert case.wrong(gone={10}) == []


def test_what_cannot_be_written_is_refused_by_name(sluice, postgres):
    case = Case(postgres, [("money", "money", ["1"], []), ("interval", "interval(0)", ["1 second"], [])])
    done = sluice.check(case.script())
    assert done.code == 2
    for kind in ("money", "interval(0)"):
        assert f"a column of type {kind} cannot be written exactly" in done.err, done


NARROWER = {
    ("timestamp", "timestamp(3)"): (["2020-01-01 00:00:00.123"], ["2020-01-01 00:00:00.1234"]),
    ("timestamptz", "timestamptz(0)"): (["2020-01-01 00:00:00+00"], ["2020-01-01 00:00:00.5+00"]),
    ("time", "time(2)"): (["10:00:00.25"], ["10:00:00.255"]),
    ("numeric", "numeric(5,2)"): (["1.5", "-999.99"], ["1.555", "1000", "NaN", "Infinity"]),
    ("numeric(20,10)", "numeric(5,2)"): (["1.5", "-999.99"], ["1.5550000001", "1000"]),
    ("integer", "numeric(2,-3)"): (["99000"], ["99500", "100000"]),
    ("bigint", "integer"): (["2147483647"], ["2147483648"]),
    ("double precision", "real"): (["0.5", "NaN"], ["0.1"]),
    ("text", "varchar(3)"): (["abc"], ["abcd"]),
    ("text", "char(3)"): (["abc"], ["abcd"]),
    ("text", "name"): (["x" * 63], ["x" * 64]),
    ("text", "uuid"): (["{A0EEBC99-9C0B4EF8-BB6D6BB9-BD380A11}"], ["a0eebc99"]),
    ("text", "jsonb"): (['{"a":1}'], ["{", '"\\u0000"']),
    ("text", "mood"): (["sad"], ["glad"]),
    ("text", "inet"): (["1.2.3.4"], ["1.2.3.4.5"]),
    ("text", "bit(3)"): (["101"], ["1011", "2"]),
    ("text", "short"): (["abc"], ["bad", "abcd"]),
    ("text", "numeric"): (["1e3", "-.5", "NaN"], ["1x", "", "--1"]),
    ("timestamp", "date"): (["2020-01-01 00:00:00"], ["2020-01-01 00:00:01"]),
}


def test_into_a_narrower_type(sluice, postgres):
    """Nothing is rounded or cut without a word."""
    case = Case(postgres, [(*pair, *values) for pair, values in NARROWER.items()])
    done = sluice.run(case.script()).ok()
    assert case.wrong() == []
    assert done.summary["dirty"] == sum(not arrives for _, _, arrives in case.values)


def test_instants_and_wall_clocks_do_not_mix_unasked(sluice, postgres):
    script = Case(postgres, [("timestamptz", "timestamp", ["2020-07-01 00:00:00+00"], [])]).script()
    done = sluice.check(script)
    assert done.code == 2 and "timeZone" in done.err, done
    script["setting"]["common"] = {"column": {"timeZone": "Europe/Berlin"}}
    sluice.run(script).ok()
    assert postgres.sql("SELECT c0 FROM target WHERE n = 0") == "2020-07-01 02:00:00"


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_databases_in_other_encodings(sluice, postgres, encoding):
    postgres.sql(f"CREATE DATABASE other ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0", "postgres")
    try:
        postgres.sql("SET client_encoding = 'UTF8'; CREATE TABLE source (n int, v text); INSERT INTO source VALUES (1, 'naïve');", "other")
        if encoding == "SQL_ASCII":
            postgres.sql("INSERT INTO source VALUES (2, E'na\\xEFve')", "other")
        postgres.sql("DROP TABLE IF EXISTS known, target; CREATE TABLE target (n int, v text); INSERT INTO target VALUES (3, '€')")
        limit = {"errorLimit": {"record": 1}}
        there = {**connection(postgres), "database": "other"}
        done = sluice.run(job(("postgresql", {**there, "table": "source", "column": ["*"]}),
                              ("postgresql", connection(postgres, table="target", column=["*"])), setting=limit)).ok()
        assert postgres.sql("SELECT v FROM target WHERE n = 1") == "naïve"
        assert done.summary["dirty"] == (1 if encoding == "SQL_ASCII" else 0)
        # And back: the euro has no place in latin1.
        done = sluice.run(job(("postgresql", connection(postgres, table="target", column=["*"])),
                              ("postgresql", {**there, "table": "source", "column": ["*"], "preSql": "TRUNCATE @table"}), setting=limit)).ok()
        assert done.summary["dirty"] == (1 if encoding == "LATIN1" else 0)
        assert postgres.sql("SET client_encoding = 'UTF8'; SELECT v FROM source WHERE n = 1", "other") == "naïve"
    finally:
        postgres.sql("DROP DATABASE other WITH (FORCE)", "postgres")
