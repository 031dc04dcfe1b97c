# SPDX-License-Identifier: Apache-2.0
"""Servers that answer nothing for as long as a query computes: other lanes go on, and a signal ends all of them."""
import json
import signal
import time

import pytest

from conftest import job
from servers import connection, mariadb, postgres  # noqa: F401
from silence import Silence

QUERIES = {"mysql": "SELECT {n} AS n, SLEEP(600) AS s", "postgresql": "SELECT {n} AS n, pg_sleep(600)::text AS s"}
RUNNING = {"mysql": "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE 'SELECT _ AS n, SLEEP(600)%'",
           "postgresql": "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'COPY%pg_sleep(600)%'"}


@pytest.fixture(params=QUERIES)
def store(request):
    return request.param


@pytest.fixture
def server(store, request):
    server = request.getfixturevalue({"mysql": "mariadb", "postgresql": "postgres"}[store])
    yield server
    if store == "mysql":
        for thread in server.sql(RUNNING[store].replace("COUNT(*)", "ID")).split():
            server.sql(f"KILL {thread}")
    else:
        server.sql(RUNNING[store].replace("count(*)", "pg_terminate_backend(pid)"))


def wait_for(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


def blocked_job(store, server, queries, setting=None, **place):
    reader = {**connection(server), "querySql": [QUERIES[store].format(n=n) for n in range(queries)], **place}
    return job((store, reader), ("stream", {"print": False}), setting={"speed": {"concurrent": queries}, **(setting or {})})


def start(sluice, script):
    return sluice.start("run", sluice.script(script), "--state-dir", sluice.state, "--summary", "summary.json")


def stop(process):
    """The exit code, and after how many seconds."""
    begin = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    return process.returncode, time.monotonic() - begin


def test_every_lane_reads_and_a_signal_ends_them(sluice, store, server):
    process = start(sluice, blocked_job(store, server, 3))
    try:
        wait_for(lambda: server.sql(RUNNING[store]) == "3")
        code, seconds = stop(process)
    finally:
        process.kill()
    assert code == 143 and seconds < 4, seconds
    assert json.loads((sluice.directory / "summary.json").read_text())["status"] == "stopped"
    # Nobody waits for the answers any more: the server was told.
    wait_for(lambda: server.sql(RUNNING[store]) == "0")


def test_a_call_that_takes_too_long_is_ended(sluice, store, server):
    begin = time.monotonic()
    done = sluice.run(blocked_job(store, server, 2, {"callTimeout": "1s", "retry": {"times": 0}}), timeout=60)
    assert done.code == 75 and "callTimeout" in done.out and time.monotonic() - begin < 8, done
    wait_for(lambda: server.sql(RUNNING[store]) == "0")


def test_a_server_out_of_reach_does_not_hold_a_signal_up(sluice, store, server):
    with Silence(server) as silence:
        process = start(sluice, blocked_job(store, server, 2, **silence.place()))
        try:
            wait_for(lambda: server.sql(RUNNING[store]) == "2")
            silence.begin()
            code, seconds = stop(process)
        finally:
            process.kill()
    assert code == 143 and seconds < 4, seconds
    assert json.loads((sluice.directory / "summary.json").read_text())["status"] == "stopped"
