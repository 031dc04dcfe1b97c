# SPDX-License-Identifier: Apache-2.0
"""A database server that is stopped as by a crash, and started again, while a job is at work: the job goes on or fails
for now, and only whole splits are ever there."""
import random

import pytest

from crashes import Crashes, seed_of_tests
from restarts import check_whole_splits, stop_and_start
from routes import Route
from servers import Postgres

SEED = seed_of_tests()
SERVERS = {"postgresql": Postgres}


@pytest.fixture(scope="module")
def servers():
    """Of their own: other tests do not like to see them die."""
    running = {}
    yield lambda kind: running.setdefault(kind, SERVERS[kind]())
    for server in running.values():
        server.close()


@pytest.mark.parametrize("name, kind", [("csv->postgresql", "postgresql"), ("postgresql->sqlite", "postgresql")])
def test_a_server_stopped_hard_in_mid_job(sluice, servers, name, kind):
    chance, stopped = random.Random(f"{SEED} {name}"), 0
    server = servers(kind)
    route = Route(name, sluice.directory, {kind: server})
    route.create()
    crashes = Crashes(sluice, route, throttle=1500)
    while stopped < 5 and not crashes.is_done():
        stopped += stop_and_start(crashes, server, chance, most_seconds=0.05)[1]
        if name.startswith("csv"):
            check_whole_splits(route)
    if not crashes.is_done():
        crashes.to_the_end()
    assert stopped > 0
    crashes.check_end()
