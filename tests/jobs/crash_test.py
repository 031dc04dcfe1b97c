# SPDX-License-Identifier: Apache-2.0
"""`kill -9` at named points, at system calls and at random instants: resumed until it is done, a run has moved every
record, once. tools/soak does the same for longer."""
import random
import shutil

import pytest

from conftest import Sluice
from crashes import POINTS, Crashes, seed_of_tests
from routes import NAMES, Route
from servers import mariadb, postgres, servers  # noqa: F401

SEED = seed_of_tests()


def chance_of(name):
    return random.Random(f"{SEED} {name}")


@pytest.mark.parametrize("delivery", ["exactly-once", "auto"])
@pytest.mark.parametrize("name", NAMES)
def test_killed_at_every_named_point(sluice, servers, name, delivery):
    if delivery == "auto" and not any(target in name for target in ("->marked", "->sqlite", "->mysql", "->odbc")):
        pytest.skip("asks the destination without marks: the same as exactly-once")
    route = Route(name, sluice.directory, servers)
    route.create(delivery)
    crashes = Crashes(sluice, route, delivery)
    for point in POINTS:
        died = crashes.at_point(point)
        if not died and crashes.doubled:
            died = crashes.at_point(point)
        assert died, f"{point} was not passed: {crashes.history}"
    crashes.check_runs()
    crashes.check_end()


@pytest.mark.parametrize("name", NAMES)
def test_killed_at_random_instants(sluice, servers, name):
    chance = chance_of(name)
    route = Route(name, sluice.directory, servers)
    route.create()
    crashes = Crashes(sluice, route, throttle=4000)
    while crashes.killed < 4 and not crashes.is_done():
        crashes.at_instant(chance, most_lines=6, most_seconds=0.1)
    crashes.check_runs()
    crashes.to_the_end()
    crashes.check_end()


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
@pytest.mark.parametrize("name, call", [("csv->csv", "rename"), ("csv->csv", "fsync"), ("csv->csv", "unlink"), ("csv->sqlite", "pwrite64"),
                                        ("csv->sqlite", "fdatasync"), ("csv->postgresql", "sendto"), ("csv->marked postgresql", "sendto")])
def test_killed_at_a_system_call(sluice, servers, name, call):
    chance = chance_of(f"{name} {call}")

    def begin(passes):
        directory = sluice.directory / str(passes)
        directory.mkdir()
        route = Route(name, directory, servers)
        route.create()
        return Crashes(Sluice(directory), route)

    passes = chance.randrange(1, 30)
    while not (crashes := begin(passes)).at_call(call, passes):
        assert passes > 1, "no thread makes this call at all"
        passes //= 2  # no thread makes so many
    crashes.at_call(call, chance.randrange(1, 30))
    crashes.to_the_end()
    crashes.check_end()
