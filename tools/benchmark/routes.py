# SPDX-License-Identifier: Apache-2.0
"""Routes, each beside its yardstick: what `must` hold, what to aim for."""
import dataclasses
import gzip
import shutil
import sqlite3
import statistics

from . import measure
from .measure import CACHE, Failed, call, checksum, data, sluice

# The columns of data L: name, type in a job, type in SQL.
LINEITEM = [("l_orderkey", "long", "BIGINT"), ("l_partkey", "long", "BIGINT"), ("l_suppkey", "long", "BIGINT"),
            ("l_linenumber", "long", "INTEGER"), ("l_quantity", "decimal(15,2)", "DECIMAL(15,2)"),
            ("l_extendedprice", "decimal(15,2)", "DECIMAL(15,2)"), ("l_discount", "decimal(15,2)", "DECIMAL(15,2)"),
            ("l_tax", "decimal(15,2)", "DECIMAL(15,2)"), ("l_returnflag", "string", "VARCHAR"),
            ("l_linestatus", "string", "VARCHAR"), ("l_shipdate", "date", "DATE"), ("l_commitdate", "date", "DATE"),
            ("l_receiptdate", "date", "DATE"), ("l_shipinstruct", "string", "VARCHAR"),
            ("l_shipmode", "string", "VARCHAR"), ("l_comment", "string", "VARCHAR")]
TYPED = [{"index": i, "type": kind, **({"format": "yyyy-MM-dd"} if kind == "date" else {})}
         for i, (_, kind, _) in enumerate(LINEITEM)]
NAMES = [name for name, _, _ in LINEITEM]
TABLE = "CREATE TABLE lineitem (" + ", ".join(f"{name} {sql}" for name, _, sql in LINEITEM) + ")"


@dataclasses.dataclass
class Result:
    route: str
    lanes: int
    figure: str
    ratio: float
    must: float | None
    aim: float | None

    def holds(self):
        return self.must is None or self.ratio <= self.must


def emptied(name):
    """Not to be timed: to remove the file of the run before takes a while."""
    folder = CACHE / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def csv_writer(folder, **more):
    return "file", {"path": str(folder), "fileName": "out.csv", "fileFormat": "csv", "writeMode": "truncate", **more}


def csv_reader(path, column, **more):
    return "file", {"path": str(path), "fileFormat": "csv", "column": column, **more}


def same(route, ours, theirs):
    if ours != theirs:
        raise Failed(f"{route}: the two sides differ: {ours} against {theirs}")


def compare(route, lanes, pairs, ours, yardstick, outputs, must, aim):
    """Times both in turn and compares the content that they left."""
    ratio, mine, theirs = measure.in_turn(ours, yardstick, pairs)
    same(route, *outputs())
    return Result(route, lanes, f"{mine:.2f} s against {theirs:.2f} s", ratio, must, aim)


def stream_to_stream(rows, pairs):
    """20 million records a second of two integers a lane: the ratio is what is missing."""
    columns = [{"type": "long", "random": "0,1000000000"}, {"type": "long", "random": "-5,5"}]
    for lanes in (1, 2):
        each = rows * 20
        rates = []
        for _ in range(pairs):
            _, _, summary = sluice(("stream", {"column": columns, "sliceRecordCount": each}), ("stream", {"print": False}),
                                   {"speed": {"concurrent": lanes}})
            if summary["written"] != each * lanes:
                raise Failed(f"stream -> stream: {summary['written']} records instead of {each * lanes}")
            rates.append(summary["written"] / summary["elapsed_seconds"] / lanes)
        rate = statistics.median(rates)
        yield Result("stream -> stream", lanes, f"{rate / 1e6:.1f} M records/s a lane", 20e6 / rate, 1.0, None)


DUCKDB = """
import duckdb, sys, time
source, target, columns = sys.argv[1:]
duckdb.sql("SET threads = 2; SET enable_progress_bar = false")
started = time.perf_counter()
duckdb.sql(f"COPY (SELECT * FROM read_csv('{source}', header=false, auto_detect=false, delim=',', quote='\\"', columns={columns})) "
           f"TO '{target}' (FORMAT csv, HEADER false)")
print(time.perf_counter() - started)
"""


def csv_to_csv(rows, pairs):
    """Typed, against DuckDB with two threads; its interpreter's start is not counted."""
    source, python = data("L", rows), measure.duckdb()
    mine, theirs = emptied("ours"), emptied("theirs")
    columns = str({name: sql for name, _, sql in LINEITEM})

    def ours():
        emptied("ours")
        return sluice(csv_reader(source, TYPED), csv_writer(mine, dateFormat="yyyy-MM-dd"), {"speed": {"concurrent": 2}})[0]

    def yardstick():
        emptied("theirs")
        return float(call(python, "-c", DUCKDB, source, theirs / "out.csv", columns)[2])

    yield compare("csv -> csv, typed", 2, pairs, ours, yardstick,
                  lambda: (checksum(*mine.iterdir()), checksum(*theirs.iterdir())), 0.80, 0.40)


def new_database(path):
    for old in path.parent.glob(path.name + "*"):
        old.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute(TABLE)
    connection.close()


def database_checksum(path):
    target = CACHE / "dump.csv"
    with open(target, "wb") as file:
        call("sqlite3", "-csv", path, "SELECT * FROM lineitem", stdout=file)
    return checksum(target)


def csv_to_sqlite(rows, pairs):
    source, mine, theirs = data("L", rows), CACHE / "ours.db", CACHE / "theirs.db"

    def ours():
        new_database(mine)
        return sluice(csv_reader(source, TYPED), ("sqlite", {"path": str(mine), "table": "lineitem", "column": NAMES}))[0]

    def yardstick():
        new_database(theirs)
        return call("sqlite3", theirs, ".mode csv", f".import {source} lineitem")[0]

    yield compare("csv -> SQLite", 1, pairs, ours, yardstick,
                  lambda: (database_checksum(mine), database_checksum(theirs)), 0.67, 0.50)


def loaded_database(rows):
    """A SQLite database with data L, made once."""
    database = CACHE / f"lineitem-{rows}.db"
    if not database.exists():
        new_database(database)
        call("sqlite3", database, ".mode csv", f".import {data('L', rows)} lineitem")
    return database


def sqlite_to_csv(rows, pairs):
    database, mine, theirs = loaded_database(rows), emptied("ours"), CACHE / "theirs.csv"

    def ours():
        emptied("ours")
        return sluice(("sqlite", {"path": str(database), "table": "lineitem", "column": NAMES}), csv_writer(mine))[0]

    def yardstick():
        with open(theirs, "wb") as file:
            return call("sqlite3", "-csv", "-newline", "\n", database, "SELECT * FROM lineitem", stdout=file)[0]

    yield compare("SQLite -> csv", 1, pairs, ours, yardstick,
                  lambda: (checksum(*mine.iterdir()), checksum(theirs)), None, None)


def gzip_to_csv(rows, pairs):
    source, mine, theirs = data("L", rows), emptied("ours"), CACHE / "theirs.csv"
    packed = CACHE / (source.name + ".gz")
    if not packed.exists():
        with open(source, "rb") as plain, gzip.open(packed, "wb", 6) as file:
            shutil.copyfileobj(plain, file, 1 << 20)

    def ours():
        emptied("ours")
        return sluice(csv_reader(packed, ["*"], compress="gzip"), csv_writer(mine))[0]

    def yardstick():
        with open(theirs, "wb") as file:
            return call("igzip", "-dc", packed, stdout=file)[0]

    yield compare("csv.gz -> csv", 1, pairs, ours, yardstick,
                  lambda: (checksum(*mine.iterdir()), checksum(theirs)), 1.50, 1.20)


ALL = {"stream": stream_to_stream, "csv": csv_to_csv, "csv-sqlite": csv_to_sqlite, "sqlite-csv": sqlite_to_csv,
       "gzip": gzip_to_csv}
