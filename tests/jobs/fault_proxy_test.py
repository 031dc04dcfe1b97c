# SPDX-License-Identifier: Apache-2.0
"""Connections that are cut, stalled and reset on the way to a server, also between a COMMIT and its answer: the job ends
right, or fails for now and can be resumed."""
import json
import random

import pytest

from conftest import job
from crashes import seed_of_tests
from fault_proxy import FaultProxy
from routes import Route
from servers import mariadb, postgres  # noqa: F401

SEED = seed_of_tests()
# Which server is behind the proxy.
TO_SERVERS = [("csv->postgresql", "postgresql"), ("sqlite->postgresql", "postgresql"), ("postgresql->postgresql", "postgresql"),
              ("csv->marked postgresql", "postgresql"), ("mysql->postgresql", "postgresql"), ("postgresql->mysql", "mysql")]
ALL = [*TO_SERVERS, ("postgresql->sqlite", "postgresql"), ("mysql->postgresql", "mysql")]


@pytest.fixture
def servers(request):
    fixtures = {"postgresql": "postgres", "mysql": "mariadb"}
    return {kind: request.getfixturevalue(name) for kind, name in fixtures.items() if kind in request.node.name}


class Broken:
    """A route whose connections to the servers of a kind lead through a proxy."""

    def __init__(self, sluice, name, behind, servers, setting=None):
        self.sluice, self.behind, self.route = sluice, behind, Route(name, sluice.directory, servers)
        self.route.create()
        self.setting = {"delivery": "exactly-once", "speed": {"concurrent": 2}, "retry": {"times": 3, "interval": "20ms"},
                        "errorLimit": {"record": self.route.records.refused()}, **(setting or {})}

    def run(self, proxy, *arguments):
        steps = [self.route.source.reader(), self.route.target.writer()]
        for kind, parameter in steps:
            if kind == self.behind:
                parameter.update(proxy.place())
        return self.sluice.run(job(*steps, setting=self.setting), *arguments)

    def check(self):
        expected, found = self.route.records.expected(), self.route.target.rows()
        assert found == expected, f"lost {list((expected - found).items())[:3]}, doubled {list((found - expected).items())[:3]}"
        dirty = [line for file in self.sluice.state.rglob("dirty.jsonl") for line in file.read_text(encoding="utf-8").splitlines()]
        assert len(dirty) == self.route.records.refused()
        assert len(set(dirty)) == len(dirty)
        assert self.route.target.leftovers() == []


@pytest.mark.parametrize("action", ["lose", "swallow", "reset", "stall"])
@pytest.mark.parametrize("name, behind", TO_SERVERS)
def test_between_a_commit_and_its_answer(sluice, servers, name, behind, action):
    broken = Broken(sluice, name, behind, servers)
    with FaultProxy(servers[behind], f"commit:2:{action}", f"commit:5:{action}", f"commit:6:{action}", stall=300) as proxy:
        done = broken.run(proxy).ok()
    assert proxy.struck == [f"commit {n} {action}" for n in (2, 5, 6)]
    assert done.summary["retries"] == (3 if action == "lose" else 0), done
    broken.check()


@pytest.mark.parametrize("name, behind", ALL)
def test_at_random(sluice, servers, name, behind):
    """As often as it takes; every try is made with the same run's id."""
    chance = random.Random(f"{SEED} {name} {behind}")
    broken = Broken(sluice, name, behind, servers, {"retry": {"times": 1, "interval": "20ms"}})
    most = 12
    with FaultProxy(servers[behind], seed=chance.randrange(1 << 30), mean_bytes=8_000, most=most, stall=100) as proxy:
        for _ in range(most + 1):
            done = broken.run(proxy, "--run-id", "r1")
            assert done.code in (0, 75), done
            if done.code == 0:
                break
    done.ok()
    assert proxy.struck, "nothing was broken"
    broken.check()
