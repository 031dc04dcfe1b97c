# SPDX-License-Identifier: Apache-2.0
"""Runs the jobs of configs/pairs, one for each pair of stores, against real servers: the checksum of what arrived, as
the store's own tools read it, is that of the source."""
import csv
import decimal
import hashlib
import json
import sqlite3

import pytest

from conftest import ROOT, without_comments
from servers import mariadb, postgres  # noqa: F401

JOBS = sorted((ROOT / "configs/pairs").glob("*-to-*.json"))
STORES = ["csv", "sqlite", "mysql", "postgresql", "odbc"]
COLUMNS = ("day DATE PRIMARY KEY, precipitation DECIMAL(5,1), temp_max DECIMAL(5,1), temp_min DECIMAL(5,1), wind DECIMAL(5,1), "
           "weather VARCHAR(20)")


def exact(text):
    number = decimal.Decimal(str(text))
    shown = number.quantize(decimal.Decimal("0.1"))
    assert shown == number
    return str(shown)


def checksum(rows):
    """Of the records, whatever their order."""
    lines = sorted("|".join([str(day).replace("/", "-"), *map(exact, numbers), weather]) for day, *numbers, weather in rows)
    return len(lines), hashlib.sha256("\n".join(lines).encode()).hexdigest()


def source():
    with open(ROOT / "configs/data/seattle-weather.csv", newline="", encoding="utf-8") as file:
        return list(csv.reader(file))[1:]


def literals(rows):
    return ", ".join("(" + ", ".join(f"'{cell}'" for cell in [row[0].replace("/", "-"), *row[1:]]) + ")" for row in rows)


class Sqlite:
    def __init__(self, out):
        self.path = out / "weather.db"

    def sql(self, text):
        connection = sqlite3.connect(self.path)
        try:
            rows = connection.execute(text).fetchall()
            connection.commit()
            return rows
        finally:
            connection.close()

    rows = sql


class Server:
    def __init__(self, server):
        self.sql = server.sql

    def rows(self, text):
        return [line.split("\t") for line in self.sql(text).splitlines()]


class Csv:
    def __init__(self, out):
        self.out = out

    def read(self, kind):
        with open(self.out / f"weather-of-{kind}.csv", newline="", encoding="utf-8") as file:
            return list(csv.reader(file))[1:]


@pytest.fixture
def stores(in_configs, postgres, mariadb):  # noqa: F811
    """With the table full in every store, an old record in each target, and the data sources pointed at them."""
    out = in_configs.directory / "out"
    by_name = {"csv": Csv(out), "sqlite": Sqlite(out), "mysql": Server(mariadb), "postgresql": Server(postgres)}
    for store in list(by_name.values())[1:]:
        for table, rows in (("weather", source()), ("weather_copy", source()[:1])):
            store.sql(f"DROP TABLE IF EXISTS {table}")
            store.sql(f"CREATE TABLE {table} ({COLUMNS})")
            store.sql(f"INSERT INTO {table} VALUES {literals(rows)}")
    by_name["odbc"] = by_name["postgresql"]
    file = in_configs.directory / "configs/pairs/datasources.json"
    sources = json.loads(without_comments(file.read_text()))
    for name, server in (("mysql", mariadb), ("postgresql", postgres)):
        sources[name]["connection"].update(host=server.host, port=server.port, database=server.database, username=server.user)
    odbc = sources["odbc"]["connection"]
    odbc["connectionString"] = f"Driver=PostgreSQL Unicode;Server={postgres.host};Port={postgres.port};Database={postgres.database}"
    odbc["username"] = postgres.user
    file.write_text(json.dumps(sources))
    in_configs.environment.update(MYSQL_PASSWORD=mariadb.password, PGPASSWORD=postgres.password)
    in_configs.environment["LSAN_OPTIONS"] = f"suppressions={ROOT}/tests/plugins/odbc/leaks.txt:print_suppressions=0"
    return by_name


@pytest.mark.parametrize("job", JOBS, ids=lambda path: path.stem)
def test_pair(in_configs, stores, job):
    reader, writer = job.stem.split("-to-")
    before = checksum(source())
    summary = in_configs.run(f"configs/pairs/{job.name}").ok().summary
    assert summary["written"] == before[0] > 1000
    if reader != "csv":
        assert checksum(stores[reader].rows("SELECT * FROM weather")) == before
    arrived = stores[writer].read(reader) if writer == "csv" else stores[writer].rows("SELECT * FROM weather_copy")
    assert checksum(arrived) == before


def test_every_pair_has_a_job():
    pairs = {f"{reader}-to-{writer}" for reader in STORES for writer in STORES} - {"csv-to-csv"}  # configs/wildcard.json
    assert pairs == {job.stem for job in JOBS}
