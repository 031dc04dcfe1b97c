# SPDX-License-Identifier: Apache-2.0
"""The private servers of the benchmark: data L in a table with a primary key, empty targets, their own bulk tools."""
import concurrent.futures
import functools
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from databases import MariaDB, Postgres  # noqa: E402
from databases.postgres import PROGRAMS  # noqa: E402

from .measure import CACHE, Failed, checksum, data  # noqa: E402

# As in data L; `lineitem` is what is read, `target` what is written.
COLUMNS = ("l_orderkey BIGINT NOT NULL, l_partkey BIGINT NOT NULL, l_suppkey BIGINT NOT NULL, l_linenumber INTEGER NOT NULL, "
           "l_quantity DECIMAL(15,2) NOT NULL, l_extendedprice DECIMAL(15,2) NOT NULL, l_discount DECIMAL(15,2) NOT NULL, "
           "l_tax DECIMAL(15,2) NOT NULL, l_returnflag VARCHAR(1) NOT NULL, l_linestatus VARCHAR(1) NOT NULL, "
           "l_shipdate DATE NOT NULL, l_commitdate DATE NOT NULL, l_receiptdate DATE NOT NULL, "
           "l_shipinstruct VARCHAR(25) NOT NULL, l_shipmode VARCHAR(10) NOT NULL, l_comment VARCHAR(64) NOT NULL")
TABLES = f"CREATE TABLE lineitem ({COLUMNS}, PRIMARY KEY (l_orderkey)); CREATE TABLE target ({COLUMNS});"


def at_once(*calls):
    """Seconds until the last of them ends."""
    started = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(len(calls)) as pool:
        for call in [pool.submit(call) for call in calls]:
            call.result()
    return time.perf_counter() - started


def shell(commands, environment=None):
    """Shell commands side by side, to the end of the last one: seconds."""
    def one(command):
        done = subprocess.run(["bash", "-c", "set -o pipefail; " + command], capture_output=True, text=True, env=environment,
                              cwd=CACHE, check=False)
        if done.returncode != 0:
            raise Failed(f"exit {done.returncode}: {command}\n{done.stderr}")

    return at_once(*(functools.partial(one, command) for command in commands))


def parts(rows, lanes):
    """Conditions that cut the table into as many pieces of one size."""
    keys = [rows * lane // lanes // 4 * 8 for lane in range(lanes)]  # the generator's key of that row, as it begins a group
    return [f"l_orderkey > {low}" + (f" AND l_orderkey <= {high}" if high is not None else "")
            for low, high in zip(keys, [*keys[1:], None])]


def csv_parts(rows, lanes):
    """The csv of data L as so many files."""
    whole = data("L", rows)
    if lanes == 1:
        return [whole]
    files = [CACHE / f"data-L-{rows}-{lane}of{lanes}.csv" for lane in range(lanes)]
    if not all(file.exists() for file in files):
        with open(whole, "rb") as source:
            for lane, file in enumerate(files):
                with open(file, "wb") as target:
                    for _ in range(rows * (lane + 1) // lanes // 4 * 4 - rows * lane // lanes // 4 * 4
                                   if lane + 1 < lanes else rows):
                        line = source.readline()
                        if not line:
                            break
                        target.write(line)
    return files


class PostgresBench(Postgres):
    """PostgreSQL with data L."""

    store = "postgresql"

    def __init__(self, rows):
        super().__init__()
        self.rows = rows
        self.sql(TABLES)
        self.copy([f"COPY lineitem FROM '{{}}' (FORMAT csv)"], [data("L", rows)])
        self.sql("VACUUM ANALYZE lineitem; CHECKPOINT")

    def copy(self, statements, files):
        """Through psql's \\copy, so that the server reads no file of ours."""
        return shell([self.psql("\\" + statement.replace("COPY", "copy").format(file))
                      for statement, file in zip(statements * len(files), files)], self.psql_environment())

    def psql(self, statement):
        return f"{PROGRAMS}/psql -XqAt -v ON_ERROR_STOP=1 -c {shlex.quote(statement)}"

    def pipes(self, lanes):
        """psql to psql, binary, a pipe a piece."""
        return shell([self.psql(f"COPY (SELECT * FROM lineitem WHERE {part}) TO STDOUT (FORMAT binary)") + " | " +
                      self.psql("COPY target FROM STDIN (FORMAT binary)") for part in parts(self.rows, lanes)],
                     self.psql_environment())

    @functools.cache
    def binary_parts(self, lanes):
        files = [CACHE / f"lineitem-{self.rows}-{lane}of{lanes}.pgcopy" for lane in range(lanes)]
        for part, file in zip(parts(self.rows, lanes), files):
            shell([self.psql(f"COPY (SELECT * FROM lineitem WHERE {part}) TO STDOUT (FORMAT binary)") + f" > {file}"],
                  self.psql_environment())
        return files

    def load_binary(self, lanes):
        return shell([self.psql("COPY target FROM STDIN (FORMAT binary)") + f" < {file}" for file in self.binary_parts(lanes)],
                     self.psql_environment())

    def sending(self):
        """Seconds of the server's CPU for sending a record by COPY, binary: how fast this machine is, just now."""
        rows = min(self.rows, 200_000)
        words = [f"{PROGRAMS}/psql", "-Xqv", "ON_ERROR_STOP=1", "-c", "SET log_statement_stats = on", "-c", "SET client_min_messages = log",
                 "-c", f"\\copy (SELECT * FROM lineitem LIMIT {rows}) to /dev/null (format binary)"]
        done = subprocess.run(words, capture_output=True, text=True, env=self.psql_environment(), check=True)
        used = re.findall(r"([\d.]+) s user, ([\d.]+) s system, [\d.]+ s elapsed", done.stderr)[-1]
        return sum(map(float, used)) / rows

    def empty(self):
        self.sql("TRUNCATE target; CHECKPOINT")

    def step(self, table):
        return self.store, {"socket": self.socket, "port": self.port, "database": self.database, "username": self.user,
                            "password": self.password, "table": table, "column": ["*"]}

    def checksum(self):
        with tempfile.NamedTemporaryFile(dir=CACHE) as dump:
            shell([self.psql("COPY target TO STDOUT (FORMAT csv)") + f" > {dump.name}"], self.psql_environment())
            return checksum(dump.name)


class MariaDBBench(MariaDB):
    """MariaDB with data L."""

    store = "mysql"

    def __init__(self, rows):
        super().__init__(innodb_buffer_pool_size="1G", innodb_log_file_size="1G")
        self.rows = rows
        self.sql(TABLES)
        self.load("lineitem", [data("L", rows)])
        self.sql("ANALYZE TABLE lineitem")

    def client(self, more, statement):
        return (f"MYSQL_PWD={shlex.quote(self.password)} mariadb --no-defaults --skip-ssl --socket={self.socket} --user={self.user} "
                f"--default-character-set=utf8mb4 {more} -e {shlex.quote(statement)} {self.database}")

    def load(self, table, files):
        return shell([self.client("--local-infile=1", f"LOAD DATA LOCAL INFILE '{file}' INTO TABLE {table} CHARACTER SET utf8mb4 "
                                  "FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\"' LINES TERMINATED BY '\\n'")
                      for file in files])

    def read(self, lanes):
        return shell([self.client("--quick --batch --skip-column-names", f"SELECT * FROM lineitem WHERE {part}") + " > /dev/null"
                      for part in parts(self.rows, lanes)])

    def empty(self):
        self.sql("TRUNCATE target")

    def step(self, table):
        return self.store, {"socket": self.socket, "database": self.database, "username": self.user,
                            "password": self.password, "table": table, "column": ["*"]}

    def checksum(self):
        columns = ", ".join(column.split()[0] for column in COLUMNS.split(", ") if column.startswith("l_"))
        with tempfile.NamedTemporaryFile(dir=CACHE) as dump:
            shell([self.client("--quick --batch --raw --skip-column-names", f"SELECT CONCAT_WS(',', {columns}) FROM target")
                   + f" > {dump.name}"])
            return checksum(dump.name)
