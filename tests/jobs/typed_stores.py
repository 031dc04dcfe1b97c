# SPDX-License-Identifier: Apache-2.0
"""The stores of the type matrix: their types at the extremes, how such tables are made, and what stands in them.

A value has one form that all stores agree on (`canonical`): a number is a Decimal, a float its bits, bytes are hex, an
instant is in UTC. So a value that arrived can be told from one that only looks like it.
"""
import base64
import csv
import json
import re
import sqlite3
import struct
from decimal import Decimal

NINES = "9" * 35 + "." + "9" * 30


def canonical(family, text):
    """What a value is, whatever the store that wrote its text."""
    return CANONICAL.get(family, str)(text)


def number(text):
    return str(Decimal(text).normalize()) if Decimal(text).is_finite() else str(Decimal(text))


def real(text):
    return struct.pack("d", float(text)).hex()


def single(text):
    return struct.pack("f", float(text)).hex()


def boolean(text):
    return {"t": "1", "true": "1", "f": "0", "false": "0"}.get(text, text)


def moment(text):
    """YYYY-MM-DD hh:mm:ss.ffffff, with the year BC where it has one and no zone: instants are asked for in UTC."""
    if text.startswith("-"):  # ISO has a year 0, which is 1 BC
        year, rest = text[1:].split("-", 1)
        text = f"{int(year) + 1:04}-{rest} BC"
    era = " BC" if text.endswith(" BC") else ""
    text = re.sub(r"(Z|\+00(:?00)?)$", "", text.removesuffix(" BC")).replace("T", " ")
    day, _, clock = text.partition(" ")
    clock, _, fraction = (clock or "00:00:00").partition(".")
    return f"{day} {clock}.{fraction.ljust(6, '0')}{era}"


def day(text):
    found = moment(text)
    assert " 00:00:00.000000" in found, f"a date with a time: {text}"
    return found.replace(" 00:00:00.000000", "")


def clock(text):
    sign = -1 if text.startswith("-") else 1
    hours, minutes, seconds = text.lstrip("-").split(":")
    return str(sign * ((int(hours) * 60 + int(minutes)) * 60 * 10**6 + int(Decimal(seconds) * 10**6)))


def address(text):
    return re.sub(r"(:.*)/128$|(?<![:\d])(\d+(?:\.\d+){3})/32$", lambda found: found[1] or found[2], text)


def padded(text):
    """PostgreSQL's char(n) has blanks at its end, and they mean nothing."""
    return text.rstrip(" ")


def document(text):
    return json.dumps(json.loads(text, parse_float=Decimal, parse_int=Decimal), sort_keys=True, default=number)


CANONICAL = {"number": number, "real": real, "single": single, "boolean": boolean, "moment": moment, "instant": moment, "date": day,
             "time": clock, "json": document, "uuid": str.lower, "bytes": str.lower, "address": address, "padded": padded}


class Type:
    """A type of a store with the texts of its values, as the store itself reads them, and the types that take them in the
    other stores. `family` says how values are compared."""

    def __init__(self, name, family, values, mariadb, postgres, sqlite):
        self.name, self.family, self.values = name, family, values
        mysql = {"uuid": "char(36)", "inet6": "varchar(50)"}.get(mariadb, "vector(2)" if name == "vector(2)" else mariadb)
        self.targets = {"MariaDB": mariadb, "MySQL": mysql, "PostgreSQL": postgres, "SQLite": sqlite, "csv": None}


class MariaDB:
    name = "MariaDB"
    types = [
        Type("tinyint", "number", ["-128", "127"], "tinyint", "smallint", "integer"),
        Type("tinyint unsigned", "number", ["0", "255"], "tinyint unsigned", "smallint", "integer"),
        Type("smallint", "number", ["-32768", "32767"], "smallint", "smallint", "integer"),
        Type("smallint unsigned", "number", ["65535"], "smallint unsigned", "integer", "integer"),
        Type("mediumint", "number", ["-8388608", "8388607"], "mediumint", "integer", "integer"),
        Type("int", "number", ["-2147483648", "2147483647"], "int", "integer", "integer"),
        Type("int unsigned", "number", ["4294967295"], "int unsigned", "bigint", "integer"),
        Type("bigint", "number", ["-9223372036854775808", "9223372036854775807"], "bigint", "bigint", "integer"),
        Type("bigint unsigned", "number", ["0", "18446744073709551615"], "bigint unsigned", "numeric(20,0)", "decimal(20,0)"),
        Type("year", "number", ["1901", "2155", "0000"], "year", "smallint", "integer"),
        Type("decimal(12,2)", "number", ["9999999999.99", "-0.01", "0"], "decimal(12,2)", "numeric(12,2)", "decimal(12,2)"),
        Type("decimal(38,10)", "number", ["9" * 28 + "." + "9" * 10], "decimal(38,10)", "numeric(38,10)", "text"),
        Type("decimal(65,30)", "number", [NINES, "-" + NINES], "decimal(65,30)", "numeric(65,30)", "text"),
        Type("float", "single", ["3.402823e38", "0.1", "1e-45", "-1.5"], "float", "real", "real"),
        Type("double", "real", ["1.7976931348623157e308", "5e-324", "0.1"], "double", "double precision", "real"),
        Type("date", "date", ["0001-01-01", "9999-12-31", "0000-00-00", "2020-00-00"], "date", "date", "date"),
        Type("datetime(6)", "moment", ["0001-01-01 00:00:00.000001", "9999-12-31 23:59:59.999999", "0000-00-00 00:00:00"],
             "datetime(6)", "timestamp", "timestamp"),
        Type("timestamp(6)", "instant", ["1970-01-01 00:00:01", "2038-01-19 03:14:07.999999", "0000-00-00 00:00:00"],
             "timestamp(6)", "timestamptz", "timestamptz"),
        Type("time(6)", "time", ["00:00:00", "23:59:59.999999", "838:59:59.999999", "-838:59:59"], "time(6)", "time", "time"),
        Type("char(5)", "text", ["", "ab", "😀😀😀😀😀", "abcde"], "char(5)", "varchar(5)", "text"),
        Type("varchar(20)", "text", ["", "a\\b'c\"d", "ünï 😀", "a "], "varchar(20)", "varchar(20)", "text"),
        Type("varchar(10) character set latin1", "text", ["naïve €"], "varchar(10) character set latin1", "text", "text"),
        Type("longtext", "text", ["", "x" * 100_000, "line\nline\ttab", "\\N"], "longtext", "text", "text"),
        Type("binary(3)", "bytes", ["00ff00"], "binary(3)", "bytea", "blob"),
        Type("longblob", "bytes", ["", "00ff", "00" * 5000], "longblob", "bytea", "blob"),
        Type("bit(1)", "text", ["1", "0"], "bit(1)", "bit(1)", "text"),
        Type("bit(64)", "text", ["1" * 64, "0" * 64], "bit(64)", "bit(64)", "text"),
        Type("enum('a','très')", "text", ["a", "très"], "enum('a','très')", "text", "text"),
        Type("set('a','b')", "text", ["", "a,b"], "set('a','b')", "text", "text"),
        Type("json", "json", ['{"b": 1.50, "a": [null, "é"]}', "1e30"], "json", "jsonb", "text"),
        Type("uuid", "uuid", ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"], "uuid", "uuid", "text"),
        Type("inet6", "address", ["::", "2001:db8::ff00:42:8329"], "inet6", "inet", "text"),
    ]

    def __init__(self, server):
        self.server = server

    def step(self, table, columns):
        from servers import connection
        return "mysql", connection(self.server, table=table, column=columns)

    def make(self, table, columns):
        defined = ", ".join(f"{name} {type_} NULL" for name, type_ in columns)
        self.server.sql(f"DROP TABLE IF EXISTS {table}; CREATE TABLE {table} (n INT PRIMARY KEY, {defined})")

    def fill(self, table, values):
        def literal(type_, value):
            if type_.family == "bytes":
                return f"x'{value}'"
            if type_.name.startswith("bit"):
                return f"b'{value}'"
            return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"
        self.server.sql("SET sql_mode = '', time_zone = '+00:00';" + "".join(
            f"INSERT INTO {table} (n, {column}) VALUES ({n}, {literal(type_, value)});" for n, (column, type_, value) in enumerate(values)))

    def value(self, table, column, type_, n):
        """The text of one value; None when the record is not there."""
        native = type_.targets[self.name]
        expression = {"bytes": f"LOWER(HEX({column}))", "single": f"{column} * 1e0"}.get(type_.family, column)
        if native.startswith("bit"):
            expression = f"LPAD(BIN({column} + 0), {native[4:-1]}, '0')"
        rows = self.server.sql(f"SET time_zone = '+00:00'; SELECT TO_BASE64(CAST({expression} AS CHAR)) FROM {table} WHERE n = {n}")
        return base64.b64decode(rows).decode() if rows != "" or self.server.sql(f"SELECT 1 FROM {table} WHERE n = {n}") else None


class MySQL(MariaDB):
    name = "MySQL"
    types = [type_ for type_ in MariaDB.types if type_.name not in ("uuid", "inet6", "time(6)")] + [
        Type("time(6)", "time", ["00:00:00", "23:59:59.999999", "838:59:59", "-838:59:59"], "time(6)", "time", "time"),
        Type("vector(2)", "bytes", ["0000803f000000bf"], "longblob", "bytea", "blob"),
    ]


class PostgreSQL:
    name = "PostgreSQL"
    types = [
        Type("boolean", "boolean", ["true", "false"], "tinyint(1)", "boolean", "boolean"),
        Type("smallint", "number", ["-32768", "32767"], "smallint", "smallint", "integer"),
        Type("integer", "number", ["-2147483648", "2147483647"], "int", "integer", "integer"),
        Type("bigint", "number", ["-9223372036854775808", "9223372036854775807"], "bigint", "bigint", "integer"),
        Type("oid", "number", ["4294967295"], "int unsigned", "oid", "integer"),
        Type("real", "single", ["3.4028235e38", "1e-45", "0.1", "NaN", "-Infinity"], "float", "real", "real"),
        Type("double precision", "real", ["1.7976931348623157e308", "5e-324", "NaN", "Infinity"], "double", "double precision", "real"),
        Type("numeric(12,2)", "number", ["9999999999.99", "-0.01", "NaN"], "decimal(12,2)", "numeric(12,2)", "decimal(12,2)"),
        Type("numeric(38,10)", "number", ["9" * 28 + "." + "9" * 10], "decimal(38,10)", "numeric(38,10)", "text"),
        Type("numeric(65,30)", "number", [NINES, "-" + NINES], "decimal(65,30)", "numeric(65,30)", "text"),
        Type("numeric", "number", ["NaN", "Infinity", "0.00010", "1e100", "12345678901234567890.5"], "decimal(65,30)", "numeric", "text"),
        Type("text", "text", ["", "a\tb\nc\\d\"e'f", "\\N", "ünï 😀", "x" * 100_000], "longtext", "text", "text"),
        Type("varchar(5)", "text", ["", "😀😀😀😀😀"], "varchar(5)", "varchar(5)", "text"),
        Type("char(5)", "padded", ["ab", "abcde"], "varchar(5)", "char(5)", "text"),
        Type("bytea", "bytes", ["", "00ff00", "00" * 5000], "longblob", "bytea", "blob"),
        Type("date", "date", ["0001-01-01", "9999-12-31", "0044-03-15 BC", "5874897-12-31", "infinity"], "date", "date", "date"),
        Type("time", "time", ["00:00:00", "23:59:59.999999", "24:00:00"], "time(6)", "time", "time"),
        Type("timestamp", "moment", ["0001-01-01 00:00:00", "9999-12-31 23:59:59.999999", "0044-03-15 00:00:00 BC", "294276-12-31 23:59:59",
                                     "infinity"], "datetime(6)", "timestamp", "timestamp"),
        Type("timestamptz", "instant", ["1970-01-01 00:00:01+00", "2038-01-19 03:14:07.999999+00", "2100-01-01 00:00:00+00", "-infinity"],
             "timestamp(6)", "timestamptz", "timestamptz"),
        Type("interval", "text", ["1 mon -3 days +04:05:06.789"], "varchar(100)", "interval", "text"),
        Type("uuid", "uuid", ["ffffffff-ffff-ffff-ffff-ffffffffffff"], "uuid", "uuid", "text"),
        Type("json", "json", ['{"b": 1.50, "a": [null, "é"]}'], "json", "json", "text"),
        Type("jsonb", "json", ['{"b": 1e30, "a": [true]}'], "json", "jsonb", "text"),
        Type("bit(3)", "text", ["101"], "bit(3)", "bit(3)", "text"),
        Type("inet", "address", ["192.168.0.1/24", "::1"], "varchar(50)", "inet", "text"),
        Type("integer[]", "text", ["{1,NULL,-3}", "{}"], "varchar(100)", "integer[]", "text"),
        Type("text[]", "text", ['{"a,b","NULL",NULL}'], "varchar(100)", "text[]", "text"),
    ]

    def __init__(self, server):
        self.server = server

    def step(self, table, columns):
        from servers import connection
        return "postgresql", connection(self.server, table=table, column=columns)

    def make(self, table, columns):
        defined = ", ".join(f"{name} {type_}" for name, type_ in columns)
        self.server.sql(f"DROP TABLE IF EXISTS {table}; CREATE TABLE {table} (n int PRIMARY KEY, {defined})")

    def fill(self, table, values):
        def literal(type_, value):
            return "E'" + ("\\x" if type_.family == "bytes" else "").replace("\\", "\\\\") + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
        self.server.sql("SET timezone = 'UTC';" + "".join(
            f"INSERT INTO {table} (n, {column}) VALUES ({n}, {literal(type_, value)});" for n, (column, type_, value) in enumerate(values)))

    def value(self, table, column, type_, n):
        expression = {"bytes": f"encode({column}, 'hex')"}.get(type_.family, f"{column}::text")
        rows = self.server.sql(f"SET timezone = 'UTC'; SELECT replace(encode(convert_to({expression}, 'UTF8'), 'base64'), E'\\n', '') || '.'"
                               f" FROM {table} WHERE n = {n}")
        return base64.b64decode(rows.removesuffix(".")).decode() if rows else None


class SQLite:
    name = "SQLite"
    types = [
        Type("integer", "number", ["-9223372036854775808", "9223372036854775807"], "bigint", "bigint", "integer"),
        Type("real", "real", ["1.7976931348623157e+308", "5e-324", "0.1"], "double", "double precision", "real"),
        Type("boolean", "boolean", ["1", "0"], "tinyint(1)", "boolean", "boolean"),
        Type("decimal(12,2)", "number", ["9999999999.99", "-0.01"], "decimal(12,2)", "numeric(12,2)", "decimal(12,2)"),
        Type("text", "text", ["", "a\tb\nc\\d\"e'f", "\\N", "ünï 😀", "x" * 100_000], "longtext", "text", "text"),
        Type("blob", "bytes", ["", "00ff00", "00" * 5000], "longblob", "bytea", "blob"),
        Type("date", "date", ["0001-01-01", "9999-12-31"], "date", "date", "date"),
        Type("time", "time", ["00:00:00", "23:59:59.999999"], "time(6)", "time", "time"),
        Type("timestamp", "moment", ["0001-01-01 00:00:00", "9999-12-31 23:59:59.999999"], "datetime(6)", "timestamp", "timestamp"),
        Type("timestamptz", "instant", ["2038-01-19 03:14:07.999999+00:00"], "timestamp(6)", "timestamptz", "timestamptz"),
    ]

    def __init__(self, directory):
        self.path = directory / "types.db"

    def step(self, table, columns):
        return "sqlite", {"path": str(self.path), "table": table, "column": columns}

    def run(self, sql, *values):
        connection = sqlite3.connect(self.path)
        try:
            with connection:
                return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def make(self, table, columns):
        self.run(f"DROP TABLE IF EXISTS {table}")
        self.run(f"CREATE TABLE {table} (n INTEGER PRIMARY KEY, {', '.join(f'{name} {type_}' for name, type_ in columns)})")

    def fill(self, table, values):
        convert = {"bytes": bytes.fromhex, "real": float, "boolean": int}
        for n, (column, type_, value) in enumerate(values):
            self.run(f"INSERT INTO {table} (n, {column}) VALUES (?, ?)", n, convert.get(type_.family, str)(value))

    def value(self, table, column, type_, n):
        rows = self.run(f"SELECT {column} FROM {table} WHERE n = ?", n)
        if not rows:
            return None
        value = rows[0][0]
        return value.hex() if isinstance(value, bytes) else repr(value) if isinstance(value, float) else str(value)


class Csv:
    name = "csv"
    types = [
        Type("string", "text", ["", "a,b\n\"c\"", "ünï 😀", "\\N x", "x" * 100_000], "longtext", "text", "text"),
        Type("long", "number", ["-9223372036854775808", "9223372036854775807", "12x"], "bigint", "bigint", "integer"),
        Type("ulong", "number", ["18446744073709551615", "-1"], "bigint unsigned", "numeric(20,0)", "decimal(20,0)"),
        Type("double", "real", ["1.7976931348623157e308", "5e-324", "0.1", "x"], "double", "double precision", "real"),
        Type("boolean", "boolean", ["true", "false", "maybe"], "tinyint(1)", "boolean", "boolean"),
        Type("decimal(38,10)", "number", ["9" * 28 + "." + "9" * 10, "1.00000000001"], "decimal(38,10)", "numeric(38,10)", "text"),
        Type("decimal", "number", [NINES, "-0.5"], "decimal(65,30)", "numeric", "text"),
        Type("date", "date", ["0001-01-01", "9999-12-31", "2023-02-29"], "date", "date", "date"),
        Type("timestamp", "moment", ["0001-01-01 00:00:00", "9999-12-31 23:59:59.999999"], "datetime(6)", "timestamp", "timestamp"),
        Type("instant", "instant", ["2038-01-19 03:14:07.999999+00:00"], "timestamp(6)", "timestamptz", "timestamptz"),
        Type("time", "time", ["00:00:00", "23:59:59.999999", "25:00:00"], "time(6)", "time", "time"),
        Type("bytes", "bytes", ["", "00ff00"], "longblob", "bytea", "blob"),
    ]

    def __init__(self, directory):
        self.directory, self.columns, self.types_of = directory, {}, {}

    def step(self, table, columns):
        """As a reader: `make` was told the types."""
        if self.types_of.get(table) is None:
            return "file", {"path": str(self.directory), "fileName": f"{table}.csv", "writeSingleObject": True}
        described = [{"index": self.columns[table].index(name), "name": name, "type": self.types_of[table][name]} for name in columns]
        return "file", {"path": str(self.directory / f"{table}.csv"), "fileFormat": "csv", "column": described}

    def make(self, table, columns):
        self.columns[table] = ["n", *(name for name, _ in columns)]
        known = all(type_ is not None for _, type_ in columns)
        self.types_of[table] = {"n": "long", **dict(columns)} if known else None

    def fill(self, table, values):
        def field(value):
            return "\\N" if value is None else '"' + value.replace('"', '""') + '"'
        with open(self.directory / f"{table}.csv", "w", encoding="utf-8") as file:
            for n, (column, type_, value) in enumerate(values):
                text = base64.b64encode(bytes.fromhex(value)).decode() if type_.family == "bytes" else value
                file.write(",".join(field({"n": str(n), column: text}.get(name)) for name in self.columns[table]) + "\n")

    def value(self, table, column, type_, n):
        csv.field_size_limit(10**9)
        with open(self.directory / f"{table}.csv", newline="", encoding="utf-8") as file:
            for row in csv.reader(file):
                if row[0] == str(n):
                    value = row[self.written.index(column)]
                    return base64.b64decode(value).hex() if type_.family == "bytes" else value
        return None
