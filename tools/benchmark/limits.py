# SPDX-License-Identifier: Apache-2.0
"""What a run may cost beside its time: memory, start-up, the throttle's precision."""
import statistics

from . import routes
from .measure import CACHE, data, sluice
from .routes import Result

MIB = 1 << 20
NUMBERS = [{"type": "long", "random": "0,1000000000"}, {"type": "long", "random": "-5,5"}]
DISCARD = ("stream", {"print": False})


def memory(rows):
    """Peak resident memory with default settings, and with a writer far slower than the reader of large records."""
    source = data("L", rows)
    database = CACHE / "memory.db"
    routes.new_database(database)
    for name, reader, writer, lanes in (
            ("csv -> csv", routes.csv_reader(source, routes.TYPED), routes.csv_writer(routes.emptied("ours")), 1),
            ("csv -> SQLite", routes.csv_reader(source, routes.TYPED),
             ("sqlite", {"path": str(database), "table": "lineitem", "column": routes.NAMES}), 1),
            ("SQLite -> csv", ("sqlite", {"path": str(database), "table": "lineitem", "column": routes.NAMES}),
             routes.csv_writer(routes.emptied("ours")), 1)):
        peak = sluice(reader, writer, {"speed": {"concurrent": lanes}})[1]
        yield Result(f"memory, {name}, {rows} records", lanes, f"{peak / MIB:.0f} MiB of 64", peak / (64 * MIB), 1.0, None)
    budget = 256
    large = {"column": [{"type": "string", "random": f"{8 * MIB},{8 * MIB}"}], "sliceRecordCount": 20}
    peak = sluice(("stream", large), ("stream", {"print": False, "delay": "300ms"}),
                  {"speed": {"concurrent": 16}, "memory": f"{budget}MiB"})[1]
    yield Result("memory, 8 MiB records, slow writer", 16, f"{peak / MIB:.0f} MiB of {budget + 64}",
                 peak / ((budget + 64) * MIB), 1.0, None)


def startup():
    """From the command to its end, with nothing to do."""
    times = [sluice(("stream", {"column": NUMBERS, "sliceRecordCount": 0}), DISCARD)[0] for _ in range(21)]
    median = statistics.median(times)
    yield Result("start-up, empty source", 1, f"{median * 1000:.1f} ms of 30", median / 0.030, 1.0, None)


def throttle(seconds=10):
    """How far the rate is from what was asked for, as a part of the 2 % that are allowed."""
    for lanes in (1, 16):
        asked = 100_000
        each = asked * seconds // lanes
        summary = sluice(("stream", {"column": NUMBERS, "sliceRecordCount": each}), DISCARD,
                         {"speed": {"concurrent": lanes, "throttle": True, "recordsPerSecond": asked}})[2]
        rate = summary["written"] / summary["elapsed_seconds"]
        yield off("records", lanes, rate, asked)
        text = [{"type": "string", "random": "1000,1000"}]
        summary = sluice(("stream", {"column": text, "sliceRecordCount": 20 * MIB // 1000 * seconds // lanes}), DISCARD,
                         {"speed": {"concurrent": lanes, "throttle": True, "mbps": 20}})[2]
        yield off("MB", lanes, summary["bytes"] / MIB / summary["elapsed_seconds"], 20)


def off(unit, lanes, rate, asked):
    return Result(f"throttle, {asked} {unit}/s", lanes, f"{rate:.2f} {unit}/s, {rate / asked - 1:+.2%}",
                  abs(rate / asked - 1) / 0.02, 1.0, None)
