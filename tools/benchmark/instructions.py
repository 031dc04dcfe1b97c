# SPDX-License-Identifier: Apache-2.0
"""How many instructions the host and its plugins take for a record of data L on each route to and from a database: what
a processor's clock and its neighbours cannot change, so that a slower path is seen at once."""
import re

from . import routes, servers
from .measure import Failed, data, sluice
from .routes import Result, TYPED, csv_reader, csv_writer, emptied

FEW, MANY = 20_000, 60_000  # what they differ by is the cost of the records alone, without start and plan
# Measured, and a tenth more. Raise one only with a reason.
MOST = {"PostgreSQL -> PostgreSQL": 3560, "MariaDB -> PostgreSQL": 5200, "PostgreSQL -> MariaDB": 3040,
        "MariaDB -> MariaDB": 4680, "csv -> PostgreSQL": 4770, "SQLite -> PostgreSQL": 8120, "PostgreSQL -> csv": 2670}


def counted(reader, writer):
    """Instructions, and records."""
    log = routes.CACHE / "instructions.log"
    summary = sluice(reader, writer, {"speed": {"concurrent": 1}},
                     under=["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", f"--log-file={log}"])[2]
    found = re.search(r"I\s+refs:\s+([\d,]+)", log.read_text())
    if not found:
        raise Failed(f"valgrind counted nothing: {log.read_text()}")
    return int(found[1].replace(",", "")), summary["written"]


def a_record(reader_of, target):
    """`reader_of` makes a step that reads so many records."""
    totals = []
    for rows in (FEW, MANY):
        target.empty()
        totals.append(counted(reader_of(rows), target.step("target")))
    (few, few_records), (many, many_records) = totals
    return (many - few) / (many_records - few_records)


class CsvTarget:
    def empty(self):
        self.folder = emptied("ours")

    def step(self, _):
        return csv_writer(self.folder)


def selected(step):
    """The first records of the table by its key, of which each group of four takes eight."""
    def reader(rows):
        kind, parameter = step
        return kind, {**parameter, "where": f"l_orderkey <= {rows // 4 * 8}"}
    return reader


def instructions():
    database = routes.loaded_database(MANY)
    lite = selected(("sqlite", {"path": str(database), "table": "lineitem", "column": routes.NAMES}))
    with servers.PostgresBench(MANY) as postgres, servers.MariaDBBench(MANY) as mariadb:
        from_postgres, from_mariadb = selected(postgres.step("lineitem")), selected(mariadb.step("lineitem"))
        for name, reader, target in (
                ("PostgreSQL -> PostgreSQL", from_postgres, postgres), ("MariaDB -> PostgreSQL", from_mariadb, postgres),
                ("PostgreSQL -> MariaDB", from_postgres, mariadb), ("MariaDB -> MariaDB", from_mariadb, mariadb),
                ("csv -> PostgreSQL", lambda rows: csv_reader(data("L", rows), TYPED), postgres),
                ("SQLite -> PostgreSQL", lite, postgres), ("PostgreSQL -> csv", from_postgres, CsvTarget())):
            count, most = a_record(reader, target), MOST.get(name)
            yield Result(f"instructions, {name}", 1, f"{count:.0f} a record" + (f" of {most}" if most else ""),
                         count / most if most else 0, 1.0 if most else None, None)
