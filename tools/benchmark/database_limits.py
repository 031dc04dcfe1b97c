# SPDX-License-Identifier: Apache-2.0
"""What a run from and to database servers may occupy: with a table of many records, and with large values."""
from typing import NamedTuple

from . import servers
from .measure import Failed, sluice
from .limits import DISCARD, MIB
from .routes import Result

LONG = 10_000_000  # records
LARGE = 8 * MIB  # bytes of a value


class Large(NamedTuple):
    """Records of large values, in more splits than lanes. `budget` is setting.memory; the rest of the process may take
    64 MiB."""
    table: str
    values: int  # of a record
    records: int
    budget: int
    lanes: tuple


LARGES = (Large("large", 1, 128, 256 * MIB, (4, 16)), Large("larger", 2, 32, 64 * MIB, (4,)))


def long_tables(postgres, mariadb):
    postgres.sql("CREATE TABLE long (id bigint PRIMARY KEY, name varchar(20) NOT NULL, at timestamp NOT NULL);"
                 f"INSERT INTO long SELECT i, 'name ' || i, timestamp '2024-01-01' + i * interval '1 second' FROM generate_series(1, {LONG}) i;"
                 "ANALYZE long")
    mariadb.sql("CREATE TABLE `long` (id bigint PRIMARY KEY, name varchar(20) NOT NULL, at datetime NOT NULL);"
                f"INSERT INTO `long` SELECT seq, CONCAT('name ', seq), '2024-01-01' + INTERVAL seq SECOND FROM seq_1_to_{LONG};"
                "ANALYZE TABLE `long`")


def large_tables(postgres, mariadb):
    for large in LARGES:
        names = [f"t{i}" for i in range(large.values)]
        for table in (large.table, large.table + "_target"):
            postgres.sql(f"CREATE TABLE {table} (id int PRIMARY KEY, {', '.join(name + ' text' for name in names)})")
            mariadb.sql(f"CREATE TABLE {table} (id int PRIMARY KEY, {', '.join(name + ' longtext' for name in names)})")
        for name in names:
            postgres.sql(f"ALTER TABLE {large.table} ALTER {name} SET STORAGE EXTERNAL")  # not packed
        postgres.sql(f"INSERT INTO {large.table} SELECT i{f', repeat(chr(48 + i % 64), {LARGE})' * large.values} "
                     f"FROM generate_series(1, {large.records}) i")
        mariadb.sql(f"INSERT INTO {large.table} SELECT seq{f', REPEAT(CHAR(48 + seq % 64), {LARGE})' * large.values} "
                    f"FROM seq_1_to_{large.records}")


def all_written(name, summary, records):
    if summary["written"] != records:
        raise Failed(f"{name}: {summary['written']} records instead of {records}")


def long_read(name, server, lanes):
    step = server.step("long")
    _, peak, summary = sluice(step, DISCARD, {"speed": {"concurrent": lanes}})
    all_written(name, summary, LONG)
    yield Result(f"memory, {name}, {LONG} records", lanes, f"{peak / MIB:.0f} MiB of 64", peak / (64 * MIB), 1.0, None)


def large_copy(name, source, target, large, lanes):
    target.sql(f"TRUNCATE TABLE {large.table}_target")
    _, peak, summary = sluice(source.step(large.table), target.step(large.table + "_target"),
                              {"speed": {"concurrent": lanes}, "memory": f"{large.budget // MIB}MiB"})
    all_written(name, summary, large.records)
    most = large.budget + 64 * MIB
    yield Result(f"memory, {name}, {large.values} x 8 MiB", summary["lanes"],
                 f"{peak / MIB:.0f} MiB of {most // MIB}, {summary['splits']} splits", peak / most, 1.0, None)


def memory():
    with servers.PostgresBench(20_000) as postgres, servers.MariaDBBench(20_000) as mariadb:
        long_tables(postgres, mariadb)
        large_tables(postgres, mariadb)
        both = {"PostgreSQL": postgres, "MariaDB": mariadb}
        for name, server in both.items():
            yield from long_read(name, server, 2)
        for source_name, source in both.items():
            for target_name, target in both.items():
                for large in LARGES:
                    for lanes in large.lanes:
                        yield from large_copy(f"{source_name} -> {target_name}", source, target, large, lanes)
