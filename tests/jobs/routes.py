# SPDX-License-Identifier: Apache-2.0
"""Routes from store to store for tests that break things on the way: a source of many splits, an empty target, and what
must have arrived in the end. Some records are refused by every target, so that dirty records are counted, too."""
import collections
import csv
import json
import sqlite3

from servers import connection, odbc

PARTS = 12
COLUMNS = ["id", "name", "cents", "note"]
REFUSED = "€"  # what every target refuses in a name


class Records:
    """`parts` times `each` records, the same ones every time. A part is read as one split."""

    def __init__(self, each=250, parts=PARTS, refused_every=97):
        self.each, self.parts, self.refused_every = each, parts, refused_every

    def part(self, number):
        return [self.record(i) for i in range(number * self.each + 1, (number + 1) * self.each + 1)]

    def record(self, i):
        name = f"{REFUSED} {i}" if i % self.refused_every == 0 else ('na"me, ' if i % 3 else "Ünï 'x'\n") + str(i)
        return i, name, i * 7 - 500, None if i % 5 == 0 else f"note {i % 11}"

    def __iter__(self):
        return (record for number in range(self.parts) for record in self.part(number))

    def __len__(self):
        return self.each * self.parts

    def refused(self):
        return sum(REFUSED in name for _, name, _, _ in self)

    def expected(self):
        return collections.Counter(record for record in self if REFUSED not in record[1])


class Csv:
    """Files of a directory: `in-*.csv` a split each, one file of output a split."""

    def __init__(self, directory, side):
        self.directory = directory / f"{side}-files"
        self.directory.mkdir()

    def fill(self, records):
        for number in range(records.parts):
            with open(self.directory / f"in-{number:02}.csv", "w", newline="", encoding="utf-8") as file:
                for row in records.part(number):
                    file.write(",".join("\\N" if cell is None else '"' + str(cell).replace('"', '""') + '"' for cell in row) + "\n")

    def reader(self):
        types = ["long", "string", "long", "string"]
        return "file", {"path": str(self.directory / "in-*.csv"), "fileFormat": "csv",
                        "column": [{"index": i, "name": name, "type": types[i]} for i, name in enumerate(COLUMNS)]}

    def create(self, delivery):
        pass

    def writer(self):
        return "file", {"path": str(self.directory), "fileName": "out", "fileFormat": "csv", "encoding": "ISO-8859-1",
                        "markDoneFileName": "out.done"}

    def rows(self):
        found = collections.Counter()
        for path in self.directory.glob("out__*"):
            with open(path, newline="", encoding="iso-8859-1") as file:
                found.update((int(i), name, int(cents), None if note == "\\N" else note) for i, name, cents, note in csv.reader(file))
        return found

    def leftovers(self):
        """What the run should have removed again."""
        return sorted(path.name for path in self.directory.iterdir() if path.name.startswith("."))

    def statements(self):
        return None


class Sqlite:
    def __init__(self, directory, side):
        self.path = directory / f"{side}.db"

    def execute(self, sql, rows=None):
        database = sqlite3.connect(self.path, timeout=60)
        try:
            answer = database.execute(sql).fetchall() if rows is None else database.executemany(sql, rows)
            database.commit()
            return answer
        finally:
            database.close()

    def fill(self, records):
        for number in range(records.parts):
            self.execute(f"CREATE TABLE source_{number:02} (id INTEGER PRIMARY KEY, name TEXT, cents BIGINT, note TEXT)")
            self.execute(f"INSERT INTO source_{number:02} VALUES (?, ?, ?, ?)", records.part(number))

    def reader(self):
        return "sqlite", {"path": str(self.path), "table": [f"source_[00-{PARTS - 1:02}]"], "column": COLUMNS}

    def create(self, delivery):
        # Without a key every record that arrives twice is seen.
        self.execute(f"CREATE TABLE target (id BIGINT, name TEXT CHECK (name NOT LIKE '%{REFUSED}%'), cents BIGINT, note TEXT)")
        self.execute("INSERT INTO target VALUES (0, 'to be deleted', 0, NULL)")
        self.execute("CREATE TABLE log (phase TEXT)")

    def writer(self):
        return "sqlite", {"path": str(self.path), "table": "target", "column": COLUMNS, **LOGGED}

    def rows(self):
        return collections.Counter(self.execute("SELECT id, name, cents, note FROM target"))

    def leftovers(self):
        return [name for name, in self.execute("SELECT name FROM sqlite_schema WHERE name LIKE 'sluice%'")]

    def statements(self):
        return [phase for phase, in self.execute("SELECT phase FROM log ORDER BY rowid")]


LOGGED = {"preSql": ["DELETE FROM @table", "INSERT INTO log VALUES ('before')"], "postSql": ["INSERT INTO log VALUES ('after')"]}


class Postgres:
    """One schema a side. `marked`: written to by somebody who may not ask the server about transactions."""

    def __init__(self, server, side, marked=False):
        self.server, self.side, self.marked = server, side, marked
        server.sql(f"DROP SCHEMA IF EXISTS {side} CASCADE; CREATE SCHEMA {side}")

    def fill(self, records):
        for number in range(records.parts):
            table = f"{self.side}.source_{number:02}"
            rows = "".join("\t".join("\\N" if cell is None else str(cell).replace("\n", "\\n") for cell in row) + "\n"
                           for row in records.part(number))
            self.server.sql(f"CREATE TABLE {table} (id bigint PRIMARY KEY, name text, cents bigint, note text);\n"
                            f"COPY {table} FROM STDIN;\n{rows}\\.\n")

    def reader(self):
        tables = [f"{self.side}.source_{number:02}" for number in range(PARTS)]
        return "postgresql", connection(self.server, table=tables, column=COLUMNS)

    def create(self, delivery):
        self.server.sql(f"CREATE TABLE {self.side}.target (id bigint, name text CHECK (name NOT LIKE '%{REFUSED}%'), cents bigint, note text);"
                        f"INSERT INTO {self.side}.target VALUES (0, 'to be deleted', 0, NULL); CREATE TABLE {self.side}.log (n serial, phase text)")
        if self.marked:
            self.server.sql("DO $$ BEGIN IF to_regrole('plain') IS NULL THEN CREATE ROLE plain LOGIN PASSWORD 'x'; END IF; END $$;"
                            "REVOKE EXECUTE ON FUNCTION pg_xact_status(xid8) FROM PUBLIC;"
                            f"GRANT ALL ON SCHEMA {self.side} TO plain; GRANT ALL ON ALL TABLES IN SCHEMA {self.side} TO plain;"
                            f"GRANT ALL ON ALL SEQUENCES IN SCHEMA {self.side} TO plain")

    def writer(self):
        statements = {key: [sql.replace("log", f"{self.side}.log (phase)") for sql in LOGGED[key]] for key in LOGGED}
        login = {"username": "plain", "password": "x"} if self.marked else {}
        return "postgresql", {**connection(self.server, table=f"{self.side}.target", column=COLUMNS), **statements, **login}

    def rows(self):
        text = self.server.sql("SELECT json_build_array(id, name, cents, note) FROM " + self.side + ".target")
        return collections.Counter(tuple(json.loads(line)) for line in text.splitlines())

    def leftovers(self):
        tables = self.server.sql(f"SELECT tablename FROM pg_tables WHERE schemaname = '{self.side}' AND tablename LIKE 'sluice%'").split()
        # The table of marks stays, other jobs may need it; its marks do not.
        if "sluice_commit" not in tables:
            return tables
        return [name for name in tables if name != "sluice_commit"] + self.server.sql(f"SELECT split FROM {self.side}.sluice_commit").splitlines()

    def statements(self):
        return self.server.sql(f"SELECT phase FROM {self.side}.log ORDER BY n").split()


class PostgresByOdbc(Postgres):
    """The same, through its driver."""

    def writer(self):
        _, parameter = super().writer()
        return "odbc", odbc(self.server, **{name: value for name, value in parameter.items() if name not in ("host", "port", "database")})


class Mysql:
    """Tables that begin with their side's name."""

    def __init__(self, server, side):
        self.server, self.side = server, side
        tables = server.sql(f"SELECT table_name FROM information_schema.tables WHERE table_schema = '{server.database}' AND"
                            f" (table_name LIKE '{side}\\_%' OR table_name = 'sluice_commit')").split()
        for table in tables:
            server.sql(f"DROP TABLE `{table}`")

    def fill(self, records):
        def literal(cell):
            if cell is None:
                return "NULL"
            return "'" + str(cell).replace("\\", "\\\\").replace("'", "''") + "'"

        for number in range(records.parts):
            rows = ",".join("(" + ",".join(map(literal, row)) + ")" for row in records.part(number))
            self.server.sql(f"CREATE TABLE {self.side}_{number:02} (id BIGINT PRIMARY KEY, name VARCHAR(100), cents BIGINT, note VARCHAR(100));"
                            f"INSERT INTO {self.side}_{number:02} VALUES {rows};")

    def reader(self):
        return "mysql", connection(self.server, table=[f"{self.side}_[00-{PARTS - 1:02}]"], column=COLUMNS)

    def create(self, delivery):
        self.server.sql(f"CREATE TABLE {self.side}_records (id BIGINT, name VARCHAR(100) CHECK (name NOT LIKE '%{REFUSED}%'), cents BIGINT,"
                        f" note VARCHAR(100)); INSERT INTO {self.side}_records VALUES (0, 'to be deleted', 0, NULL);"
                        f"CREATE TABLE {self.side}_log (n INT AUTO_INCREMENT PRIMARY KEY, phase VARCHAR(20))")

    def writer(self):
        statements = {key: [sql.replace("log", f"{self.side}_log (phase)") for sql in LOGGED[key]] for key in LOGGED}
        return "mysql", connection(self.server, table=f"{self.side}_records", column=COLUMNS, **statements)

    def rows(self):
        text = self.server.sql(f"SELECT JSON_ARRAY(id, name, cents, note) FROM {self.side}_records")
        return collections.Counter(tuple(json.loads(line)) for line in text.splitlines())

    def leftovers(self):
        # The table of marks stays, other jobs may need it; its marks do not.
        is_there = self.server.sql("SELECT table_name FROM information_schema.tables WHERE table_name = 'sluice_commit'")
        return self.server.sql("SELECT split FROM sluice_commit").splitlines() if is_there else []

    def statements(self):
        return self.server.sql(f"SELECT phase FROM {self.side}_log ORDER BY n").split()


NAMES = ["csv->sqlite", "sqlite->sqlite", "csv->csv", "csv->postgresql", "sqlite->postgresql", "postgresql->sqlite",
         "postgresql->postgresql", "csv->marked postgresql", "mysql->postgresql", "postgresql->mysql", "csv->odbc to postgresql"]


class Route:
    """`servers`: {"postgresql": a running server, "mysql": another}, as far as the name asks for them."""

    def __init__(self, name, directory, servers=None, records=None):
        self.name, self.directory, self.records = name, directory, records or Records()
        source, target = name.split("->")
        self.source = _store(source, directory, "source", servers)
        self.target = _store(target, directory, "target", servers)

    def create(self, delivery="exactly-once"):
        self.source.fill(self.records)
        self.target.create(delivery)


def _store(kind, directory, side, servers):
    if kind == "csv":
        return Csv(directory, side)
    if kind == "sqlite":
        return Sqlite(directory, side)
    if kind == "mysql":
        return Mysql(servers["mysql"], side)
    if kind.startswith("odbc"):
        return PostgresByOdbc(servers["postgresql"], side)
    return Postgres(servers["postgresql"], side, marked=kind.startswith("marked"))
