# SPDX-License-Identifier: Apache-2.0
"""Routes from and to database servers, at one and two lanes, each beside what the store's own tools do."""
import statistics

from . import routes, servers
from .measure import call, checksum, data, sluice
from .routes import TYPED, Result, compare, csv_reader, csv_writer, emptied


# What the host and its plugins may take of the CPU for a record, of what PostgreSQL takes for sending it (`sending`): the
# budget is 0.5 us on a machine where that is 0.85 us.
CPU_A_RECORD = 0.5 / 0.85


def run(reader, writer, lanes, target):
    target.empty()
    seconds, _, summary = sluice(reader, writer, {"speed": {"concurrent": lanes}})
    return seconds, summary["cpu_seconds"]


def into(target, yardstick):
    """The yardstick into an empty target, and the checksum of what it left."""
    def emptied_first():
        target.empty()
        return yardstick()
    return emptied_first


def between(name, rows, pairs, reader, target, yardstick, must, aim, machine, lanes=(1, 2), inside=lambda: 0):
    """From a step into the target's table; `must` and `aim` are by number of lanes. The last to write is compared with
    the source's own checksum, ours after ours and theirs after theirs. `machine` is a PostgreSQL: what `sending` takes
    there is the measure for our CPU, of which what a store takes for a record `inside` of the host is none."""
    expected = checksum(data("L", rows))
    for count in lanes:
        left, cpu = {}, []

        def ours(count=count, left=left, cpu=cpu):
            seconds, cpu_seconds = run(reader, target.step("target"), count, target)
            cpu.append((cpu_seconds / rows - inside(), machine.sending()))
            if "ours" not in left:
                left["ours"] = target.checksum()
            return seconds

        def theirs(count=count, left=left):
            seconds = into(target, lambda: yardstick(count))()
            if "theirs" not in left:
                left["theirs"] = target.checksum()
            return seconds

        yield compare(name, count, pairs, ours, theirs, lambda left=left: (set(left.values()), {expected}), must[count],
                      aim[count])
        yield cpu_a_record(name, count, cpu)


def cpu_a_record(name, lanes, cpu):
    """`cpu`: seconds a record, of ours and of sending, of each run."""
    ours, sending = (statistics.median(each) * 1e6 for each in zip(*cpu))
    part = statistics.median(mine / theirs for mine, theirs in cpu)
    return Result(f"CPU, {name}", lanes, f"{ours:.2f} us a record, where sending it takes {sending:.2f}", part / CPU_A_RECORD, 1.0, None)


def postgresql_to_postgresql(rows, pairs):
    with servers.PostgresBench(rows) as server:
        yield from between("PostgreSQL -> PostgreSQL", rows, pairs, server.step("lineitem"), server, server.pipes,
                           {1: 1.10, 2: 1.25}, {1: 0.95, 2: 1.10}, server)


def mariadb_to_postgresql(rows, pairs):
    with servers.MariaDBBench(rows) as source, servers.PostgresBench(rows) as target:
        # At once, since a job does both at once: where the machine has room for both it is the slower of them.
        yield from between("MariaDB -> PostgreSQL", rows, pairs, source.step("lineitem"), target,
                           lambda lanes: servers.at_once(lambda: source.read(lanes), lambda: target.load_binary(lanes)),
                           {1: 1.25, 2: 1.25}, {1: 1.10, 2: 1.10}, target)


def postgresql_to_mariadb(rows, pairs):
    with servers.PostgresBench(rows) as source, servers.MariaDBBench(rows) as target:
        yield from between("PostgreSQL -> MariaDB", rows, pairs, source.step("lineitem"), target,
                           lambda lanes: target.load("target", servers.csv_parts(rows, lanes)), {1: 1.25, 2: 1.25},
                           {1: 1.15, 2: 1.15}, source)


def mariadb_to_mariadb(rows, pairs):
    with servers.MariaDBBench(rows) as server, servers.PostgresBench(200_000) as machine:
        yield from between("MariaDB -> MariaDB", rows, pairs, server.step("lineitem"), server,
                           lambda lanes: server.load("target", servers.csv_parts(rows, lanes)), {1: 1.25, 2: 1.25},
                           {1: 1.15, 2: 1.15}, machine)


def csv_to_postgresql(rows, pairs):
    with servers.PostgresBench(rows) as server:
        yield from between("csv -> PostgreSQL", rows, pairs, csv_reader(data("L", rows), TYPED), server,
                           lambda lanes: server.copy(["COPY target FROM '{}' (FORMAT csv)"], servers.csv_parts(rows, lanes)),
                           {1: 0.90, 2: 0.90}, {1: 0.75, 2: 0.75}, server)


def sqlite_to_postgresql(rows, pairs):
    database = routes.loaded_database(rows)
    reader = ("sqlite", {"path": str(database), "table": "lineitem", "column": routes.NAMES})

    # SQLite works inside of the host, where a server works beside it; min() has it take every column out of each record.
    def reading():
        return call("sqlite3", database, f"SELECT count(min({', '.join(routes.NAMES)})) FROM lineitem").cpu / rows

    with servers.PostgresBench(rows) as server:
        yield from between("SQLite -> PostgreSQL", rows, pairs, reader, server, server.load_binary, {1: 1.25}, {1: 1.10},
                           server, lanes=(1,), inside=reading)


def postgresql_to_csv(rows, pairs):
    with servers.PostgresBench(rows) as server:
        for lanes in (1, 2):
            mine, theirs, cpu = emptied("ours"), emptied("theirs"), []

            def ours(lanes=lanes, mine=mine, cpu=cpu):
                emptied("ours")
                seconds, _, summary = sluice(server.step("lineitem"), csv_writer(mine), {"speed": {"concurrent": lanes}})
                cpu.append((summary["cpu_seconds"] / rows, server.sending()))
                return seconds

            def yardstick(lanes=lanes, theirs=theirs):
                emptied("theirs")
                return server.copy([f"COPY (SELECT * FROM lineitem WHERE {part}) TO '{{}}' (FORMAT csv)"
                                    for part in servers.parts(rows, lanes)], [theirs / f"{lane}.csv" for lane in range(lanes)])

            yield compare("PostgreSQL -> csv", lanes, pairs, ours, yardstick,
                          lambda mine=mine, theirs=theirs: (checksum(*mine.iterdir()), checksum(*theirs.iterdir())), 1.15, 1.00)
            yield cpu_a_record("PostgreSQL -> csv", lanes, cpu)


ALL = {"postgresql": postgresql_to_postgresql, "mariadb-postgresql": mariadb_to_postgresql,
       "postgresql-mariadb": postgresql_to_mariadb, "mariadb": mariadb_to_mariadb, "csv-postgresql": csv_to_postgresql,
       "postgresql-csv": postgresql_to_csv, "sqlite-postgresql": sqlite_to_postgresql}
