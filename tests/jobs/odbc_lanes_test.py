# SPDX-License-Identifier: Apache-2.0
"""Lanes through ODBC drivers: values of 8 MB with little memory, servers that are silent."""
import signal
import sqlite3
import time

from conftest import SANITIZED, job, wait_for
from odbc_stores import Lite, Maria, Pg, every_server, every_store, leaks, store  # noqa: F401
from servers import mariadb, postgres, through_odbc  # noqa: F401

SIZE, LITTLE = 8 << 20, {"memory": "16MiB"}

FREED_IS_FREE = {"ASAN_OPTIONS": "detect_leaks=0:malloc_context_size=1:quarantine_size_mb=1"}  # to a sanitizer, too
SHADOW = (100 << 20) if SANITIZED else 0


@every_store
def test_a_writing_lane_has_room_for_one_large_record_only(sluice, store):
    """Not for the largest value of each column."""
    names = [f"c{i}" for i in range(12)]
    text = "longtext" if isinstance(store, Maria) else "text"
    store.sql(f"CREATE TABLE target (id int, {', '.join(f'{name} {text}' for name in names)})")
    with sqlite3.connect(sluice.directory / "source.db", isolation_level=None) as source:
        source.execute(f"CREATE TABLE source (id INTEGER PRIMARY KEY, {', '.join(f'{name} TEXT' for name in names)})")
        for i, name in enumerate(names):
            source.execute(f"INSERT INTO source (id, {name}) VALUES (?, ?)", (i, chr(97 + i) * SIZE))
    source.close()
    reader = ("sqlite", {"path": "source.db", "table": "source", "column": ["*"]})
    done = sluice.run(job(reader, ("odbc", store.at(table="target", column=["*"])), setting=LITTLE), environment=FREED_IS_FREE).ok()
    lengths = " + ".join(f"coalesce(length({name}), 0)" for name in names)
    assert store.sql(f"SELECT count(*), min({lengths}), max({lengths}) FROM target") == f"{len(names)}\t{SIZE}\t{SIZE}"
    assert done.summary["peak_memory_bytes"] < (200 << 20) + SHADOW, done


@every_store
def test_large_values_are_read_by_several_lanes(sluice, store):
    value = {Pg: f"repeat('x', {SIZE})", Maria: f"repeat('x', {SIZE})", Lite: f"printf('%.*c', {SIZE}, 'x')"}[type(store)]
    text = "longtext" if isinstance(store, Maria) else "text"
    store.sql("".join(f"CREATE TABLE t_{t} (id int, a {text}, b {text});" for t in range(4)) +
              "".join(f"INSERT INTO t_{t} VALUES ({i}, {value}, NULL), ({i + 10}, NULL, {value});" for t in range(4) for i in range(3)))
    one_by_one = {Pg: ";UseDeclareFetch=1;Fetch=1", Maria: "", Lite: ";StepAPI=1"}[type(store)]  # MariaDB's driver cannot
    place = store.at()
    reader = {**place, "connectionString": place["connectionString"] + one_by_one, "table": "t_[0-3]", "column": ["id", "a", "b"]}
    done = sluice.run(job(("odbc", reader), ("stream", {"print": False}), setting={**LITTLE, "speed": {"concurrent": 4}}), environment=FREED_IS_FREE).ok()
    assert (done.summary["read"], done.summary["dirty"]) == (24, 0), done
    if isinstance(store, Lite):  # the others' drivers keep results and values of their own
        assert done.summary["peak_memory_bytes"] < (256 << 20) + SHADOW, done


@every_server
def test_lanes_whose_server_is_silent_are_all_ended_by_a_signal(sluice, store):
    sleep = "SLEEP(600)" if isinstance(store, Maria) else "CAST(pg_sleep(600) AS text)"
    running = ("SELECT count(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE 'SELECT _ AS n, SLEEP(600)%'" if isinstance(store, Maria)
               else "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%AS n, CAST(pg_sleep(600)%' AND pid <> pg_backend_pid()")
    reader = store.at(querySql=[f"SELECT {n} AS n, {sleep} AS s" for n in range(3)])
    script = sluice.script(job(("odbc", reader), ("stream", {"print": False}), setting={"speed": {"concurrent": 3}}))
    process = sluice.start("run", script, "--state-dir", sluice.state)
    try:
        wait_for(lambda: store.sql(running) == "3")
        begin = time.monotonic()
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=60)
        assert process.returncode == 143 and time.monotonic() - begin < 4, out + err
        wait_for(lambda: store.sql(running) == "0")
    finally:
        process.kill()
