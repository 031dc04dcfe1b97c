# SPDX-License-Identifier: Apache-2.0
"""What a run from and to database servers may occupy: with a table of many records, and with large values."""
from . import servers
from .measure import Failed, sluice
from .limits import DISCARD, MIB
from .routes import Result

LONG = 10_000_000  # records
LARGE = 8 * MIB  # bytes of a value
VALUES = 64
BUDGET = 256 * MIB  # setting.memory with large values; the rest of the process may take 64 MiB


def long_tables(postgres, mariadb):
    postgres.sql("CREATE TABLE long (id bigint PRIMARY KEY, name varchar(20) NOT NULL, at timestamp NOT NULL);"
                 f"INSERT INTO long SELECT i, 'name ' || i, timestamp '2024-01-01' + i * interval '1 second' FROM generate_series(1, {LONG}) i;"
                 "ANALYZE long")
    mariadb.sql("CREATE TABLE `long` (id bigint PRIMARY KEY, name varchar(20) NOT NULL, at datetime NOT NULL);"
                f"INSERT INTO `long` SELECT seq, CONCAT('name ', seq), '2024-01-01' + INTERVAL seq SECOND FROM seq_1_to_{LONG};"
                "ANALYZE TABLE `long`")


def large_tables(postgres, mariadb):
    for table in ("large", "large_target"):
        postgres.sql(f"CREATE TABLE {table} (id int PRIMARY KEY, t text)")
        mariadb.sql(f"CREATE TABLE {table} (id int PRIMARY KEY, t longtext)")
    postgres.sql("ALTER TABLE large ALTER t SET STORAGE EXTERNAL")  # not packed
    postgres.sql(f"INSERT INTO large SELECT i, repeat(chr(48 + i), {LARGE}) FROM generate_series(1, {VALUES}) i")
    mariadb.sql(f"INSERT INTO large SELECT seq, REPEAT(CHAR(48 + seq), {LARGE}) FROM seq_1_to_{VALUES}")


def all_written(name, summary, records):
    if summary["written"] != records:
        raise Failed(f"{name}: {summary['written']} records instead of {records}")


def long_read(name, server, lanes):
    step = server.step("long")
    _, peak, summary = sluice(step, DISCARD, {"speed": {"concurrent": lanes}})
    all_written(name, summary, LONG)
    yield Result(f"memory, {name}, {LONG} records", lanes, f"{peak / MIB:.0f} MiB of 64", peak / (64 * MIB), 1.0, None)


def large_copy(name, source, target, lanes):
    target.sql("TRUNCATE TABLE large_target")
    _, peak, summary = sluice(source.step("large"), target.step("large_target"), {"speed": {"concurrent": lanes}, "memory": f"{BUDGET // MIB}MiB"})
    all_written(name, summary, VALUES)
    most = BUDGET + 64 * MIB
    yield Result(f"memory, {name}, values of 8 MiB", summary["lanes"], f"{peak / MIB:.0f} MiB of {most // MIB}, {summary['splits']} splits",
                 peak / most, 1.0, None)


def memory():
    with servers.PostgresBench(20_000) as postgres, servers.MariaDBBench(20_000) as mariadb:
        long_tables(postgres, mariadb)
        large_tables(postgres, mariadb)
        both = {"PostgreSQL": postgres, "MariaDB": mariadb}
        for name, server in both.items():
            yield from long_read(name, server, 2)
        for source_name, source in both.items():
            for target_name, target in both.items():
                for lanes in (4, 16):
                    yield from large_copy(f"{source_name} -> {target_name}", source, target, lanes)
