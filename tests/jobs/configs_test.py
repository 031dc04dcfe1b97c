# SPDX-License-Identifier: Apache-2.0
"""Runs every job of configs/ and compares what arrived with what the source holds."""
import csv
import gzip
import json
import re
import sqlite3
import subprocess

import pytest

from conftest import ROOT

WEATHER = ("day", "precipitation", "temp_max", "temp_min", "wind", "weather")


def source(path):
    """The records of a csv file of configs/data, without its header."""
    with open(ROOT / "configs/data" / path, newline="") as file:
        return list(csv.reader(file))[1:]


def read_csv(path, delimiter=","):
    with open(path, newline="") as file:
        return list(csv.reader(file, delimiter=delimiter))


def table(database, query):
    connection = sqlite3.connect(database)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def typed_weather(row):
    return (row[0].replace("/", "-"), *map(float, row[1:5]), row[5])


def day_of(row):
    """Days come as dates or as midnights, by the target's ideas."""
    return (re.sub(r"[T ]00:00:00(\.0+)?$", "", str(row[0])), *row[1:])


@pytest.fixture
def run(in_configs):
    def run_config(name, *arguments):
        return in_configs.run(f"configs/{name}.json", *arguments).ok()

    run_config.out = in_configs.directory / "out"
    run_config.state = in_configs.state
    return run_config


def test_quickstart(run):
    for _ in range(2):  # the second time makes no difference
        summary = run("quickstart").summary
        assert (summary["read"], summary["written"], summary["dirty"]) == (1461, 1461, 0)
    rows = table(run.out / "quickstart.db", "SELECT * FROM weather ORDER BY day")
    assert [day_of(row) for row in rows] == [typed_weather(row) for row in source("seattle-weather.csv")]


def test_sqlite_to_csv(run):
    run("quickstart")
    run("sqlite-to-csv")
    header, *rows = read_csv(run.out / "wet-days.csv")
    assert header == ["day", "weather", "range"]
    expected = [(day, weather, round(high - low, 9))
                for day, rain, high, low, _, weather in map(typed_weather, source("seattle-weather.csv"))
                if rain > 10 or weather == "snow"]
    assert [(day_of(row)[0], row[1], round(float(row[2]), 9)) for row in rows] == expected


def test_odbc_to_csv(run):
    run("quickstart")
    run("odbc-to-csv")
    header, *rows = read_csv(run.out / "snow.csv")
    assert header == ["day", "precipitation", "weather"]
    expected = [(row[0], row[1], row[5]) for row in map(typed_weather, source("seattle-weather.csv")) if row[5] == "snow" or row[1] > 40]
    assert [(row[0], float(row[1]), row[2]) for row in rows] == expected


def test_update(run):
    run("update")
    rows = {row[0]: row for row in table(run.out / "update.db", "SELECT * FROM airports")}
    expected = {row[0]: (*row[:5], float(row[5]), float(row[6])) for row in source("airports.csv")}
    for code, city in (("SEA", "Renton"), ("JFK", "Queens")):  # changed in the one column, as they were in the others
        expected[code] = (code, expected[code][1], city, None, None, None, None)
    assert rows == expected


def test_lanes(run):
    summary = run("lanes").summary
    rows = table(run.out / "lanes.db", "SELECT * FROM airports ORDER BY iata")
    assert rows == sorted((*row[:5], float(row[5]), float(row[6])) for row in source("airports.csv"))
    assert summary["splits"] >= 1


def test_throttle(run):
    summary = run("throttle").summary
    assert sorted(read_csv(run.out / "throttled.csv")) == sorted(source("airports.csv"))
    assert summary["elapsed_seconds"] > (3376 - 2000 * 0.3) / 2000


def test_error_limit(run):
    summary = run("error-limit").summary
    assert (summary["read"], summary["written"], summary["dirty"]) == (20, 17, 3)
    spoilt = ("2012/01/04", "2012/01/09", "2012/01/15")
    expected = [typed_weather(row) for row in source("seattle-weather.csv")[:20] if row[0] not in spoilt]
    assert [day_of(row) for row in table(run.out / "error-limit.db", "SELECT * FROM weather ORDER BY 1")] == expected
    dirty = [json.loads(line) for file in run.state.rglob("dirty.jsonl") for line in file.read_text().splitlines()]
    assert len(dirty) == 3
    for text in ("12.2C", "2012/01/32", "2012/01/15,5.3,1.1,-3.3"):
        assert sum(text in json.dumps(record) for record in dirty) == 1, text


def test_error_limit_exceeded(in_configs):
    outcome = in_configs.run("configs/error-limit.json", "--set", "setting.errorLimit.record=2")
    assert outcome.code == 3, outcome
    assert table(in_configs.directory / "out/error-limit.db", "SELECT count(*) FROM weather") == [(0,)]


def test_wildcard(run):
    run("wildcard")
    assert sorted(read_csv(run.out / "wildcard.csv")) == sorted(source("seattle-weather.csv"))


def test_many_files(run):
    run("many-files")
    files = sorted(run.out.iterdir())
    assert len(files) == 4 and all(file.name.startswith("by-split") and file.suffix == ".tsv" for file in files)
    years = [{row[0][:4] for row in read_csv(file, "\t")} for file in files]
    assert sorted(year for [year] in years) == ["2012", "2013", "2014", "2015"]
    assert sorted(row for file in files for row in read_csv(file, "\t")) == source("seattle-weather.csv")


def test_from_gzip(run):
    run("from-gzip")
    assert read_csv(run.out / "from-gzip.csv") == [[row[3], row[0]] for row in source("airports.csv")]


def test_to_gzip(run):
    run("to-gzip")
    with gzip.open(run.out / "airports.csv.gz", "rt", newline="") as file:
        assert list(csv.reader(file)) == read_csv(ROOT / "configs/data/airports.csv")


def test_to_zstd(run):
    run("to-zstd")
    text = subprocess.run(["zstd", "-dc", run.out / "airports.csv.zst"], check=True, capture_output=True, text=True).stdout
    assert list(csv.reader(text.splitlines())) == read_csv(ROOT / "configs/data/airports.csv")


def test_jsonl(run):
    run("jsonl")
    with open(ROOT / "configs/data/planets.jsonl") as file:
        planets = [json.loads(line) for line in file]
    header, *rows = read_csv(run.out / "planets.csv")
    assert header == ["name", "radius", "moons", "ringed"]
    text = {True: "true", False: "false", None: r"\N"}
    assert [(name, float(radius), moons, ringed) for name, radius, moons, ringed in rows] == [
        (p["name"], p["radius"], str(p.get("moons", r"\N")), text[p["ringed"]]) for p in planets]


def test_encoding(run):
    run("encoding")
    with open(ROOT / "configs/data/cities-latin1.txt", encoding="latin-1") as file:
        assert read_csv(run.out / "cities.csv") == [line.rstrip("\n").split("|") for line in file]


def test_project(run):
    run("project")
    with open(run.out / "positions.jsonl") as file:
        rows = [json.loads(line) for line in file]
    assert [list(row) for row in rows] == [["x", "y", "code"]] * len(rows)
    assert [(float(row["x"]), float(row["y"]), row["code"]) for row in rows] == [
        (float(row[6]), float(row[5]), row[0]) for row in source("airports.csv")]


def test_stream(run):
    lines = run("stream").records
    assert run("stream").records == lines
    records = [line.split(" | ") for line in lines]
    assert [record[0] for record in records] == ["1", "2", "3", "4", "5"]
    for _, amount, paid, at, note in records:
        assert re.fullmatch(r"\d\d?\.\d\d", amount) and 0.01 <= float(amount) <= 99.99
        assert paid in ("true", "false")
        assert re.fullmatch(r"2024-\d\d-\d\d[T ]\d\d:\d\d:\d\d.*", at)
        assert note == "made up"


def test_daily(run):
    run("quickstart")
    run("daily", "--bizdate", "20151225")
    run("daily", "--cyctime", "2014-01-01T02:30")
    [[day, *christmas]] = [row for row in source("seattle-weather.csv") if row[0] == "2015/12/25"]
    header, [*row] = read_csv(run.out / "daily-20151225.csv")
    assert header == ["day", "weather", "temp_max"]
    assert (row[:2], float(row[2])) == (["2015-12-25", christmas[4]], float(christmas[1]))
    assert read_csv(run.out / "daily-20131231.csv")[1][0] == "2013-12-31"


def test_every_job_has_a_test():
    files = {path.stem.replace("-", "_") for path in (ROOT / "configs").glob("*.json")}
    jobs = files - {"datasources"}
    assert jobs <= {name.removeprefix("test_") for name in globals() if name.startswith("test_")}
