# SPDX-License-Identifier: Apache-2.0
"""Database servers that die and come back while a job is at work."""
import time

from servers import MariaDB, Postgres

# What is committed outlives the server's process - and nothing else does: a recovery found corrupt pages once, and
# io_uring may still be writing when the process is gone.
SERVERS = {"postgresql": Postgres,
           "mysql": lambda: MariaDB(innodb_flush_log_at_trx_commit="1", innodb_use_native_aio="0")}


def stop_and_start(crashes, server, chance, most_seconds):
    """One process, and a crash of the server while it works. Answers with the exit code."""
    lines = len(crashes.journal()) + chance.randrange(2, 8)
    process = crashes.start()
    while process.poll() is None and len(crashes.journal()) < lines:
        time.sleep(0.002)
    time.sleep(chance.random() * most_seconds)
    mid_job = "completing" not in crashes.journal() and process.poll() is None
    server.stop_hard()
    server.restart()
    output, _ = process.communicate(timeout=240)
    assert process.returncode in (0, 75), f"{crashes.history}\n{output}"
    crashes.history.append(f"server stopped at line {lines}: exit {process.returncode}")
    return process.returncode, mid_job


def check_whole_splits(route):
    found = route.target.rows()
    assert max(found.values(), default=1) == 1, "doubled"
    found.pop((0, "to be deleted", 0, None), None)
    ids, expected = {row[0] for row in found}, route.records.expected()
    for number in range(route.records.parts):
        part = {record[0] for record in route.records.part(number) if record in expected}
        assert part <= ids or not part & ids, f"a part of split {number}"
