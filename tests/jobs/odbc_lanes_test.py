# SPDX-License-Identifier: Apache-2.0
"""Lanes through ODBC drivers whose servers are silent."""
import signal
import time

from conftest import job
from odbc_stores import Maria, every_server, leaks, store  # noqa: F401
from servers import mariadb, postgres  # noqa: F401


def wait_for(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


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
