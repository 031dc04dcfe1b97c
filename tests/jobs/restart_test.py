# SPDX-License-Identifier: Apache-2.0
"""A database server that is stopped as by a crash, and started again, while a job is at work: the job goes on or fails
for now, and only whole splits are ever there."""
import random

import pytest

from conftest import Sluice
from crashes import Crashes, seed_of_tests
from restarts import SERVERS, check_whole_splits, stop_and_start
from routes import Route

SEED = seed_of_tests()
STOPS = 5


@pytest.fixture(scope="module")
def server_of():
    """Of their own: other tests do not like to see them die."""
    running = {}

    def server(kind):
        if kind not in running:
            running[kind] = SERVERS[kind]()
        return running[kind]

    yield server
    for one in running.values():
        one.close()


def run_through_stops(directory, name, server, kind, chance, most):
    """One job, until it is done or there were so many stops in mid-job. Answers with their number."""
    directory.mkdir()
    route = Route(name, directory, {kind: server})
    route.create()
    crashes, stopped = Crashes(Sluice(directory), route, throttle=1500), 0
    while stopped < most and not crashes.is_done():
        stopped += stop_and_start(crashes, server, chance, most_seconds=0.05)[1]
        check_whole_splits(route)
    if not crashes.is_done():
        crashes.to_the_end()
    crashes.check_end()
    return stopped


@pytest.mark.parametrize("name, kind", [("csv->postgresql", "postgresql"), ("postgresql->sqlite", "postgresql"),
                                        ("csv->mysql", "mysql"), ("mysql->sqlite", "mysql")])
def test_a_server_stopped_hard_in_mid_job(tmp_path, server_of, name, kind):
    chance, stopped, jobs = random.Random(f"{SEED} {name}"), 0, 0
    while stopped < STOPS:
        jobs += 1
        assert jobs <= 4 * STOPS, "jobs are over too soon"
        stopped += run_through_stops(tmp_path / str(jobs), name, server_of(kind), kind, chance, STOPS - stopped)
