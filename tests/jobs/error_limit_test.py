# SPDX-License-Identifier: Apache-2.0
"""The error limit is exact at any number of lanes: as many refused records as it allows pass, one more than it allows
ends the run, and nothing is committed beyond it."""
import pytest

from conftest import job
from restarts import check_whole_splits
from routes import Records, Route
from servers import mariadb, postgres  # noqa: F401

ROUTES = [("csv->csv", None), ("csv->sqlite", None), ("csv->postgresql", "postgres"), ("csv->mysql", "mariadb")]
EXCEEDED = 3


@pytest.fixture
def run(request, sluice):
    """Runs a route at a number of lanes with a limit: the route and how it ended."""
    def with_limit(name, server, lanes, limit_below_planted):
        servers = {name.split("->")[1]: request.getfixturevalue(server)} if server else {}
        route = Route(name, sluice.directory, servers, Records(each=200, parts=40, refused_every=67))
        route.create()
        limit = route.records.refused() - limit_below_planted
        setting = {"speed": {"concurrent": lanes}, "errorLimit": {"record": limit}}
        return route, limit, sluice.run(job(route.source.reader(), route.target.writer(), setting=setting))
    return with_limit


@pytest.mark.parametrize("lanes", [1, 16])
@pytest.mark.parametrize("name, server", ROUTES)
def test_as_many_as_allowed_pass(run, name, server, lanes):
    route, limit, done = run(name, server, lanes, 0)
    assert done.ok().summary["dirty"] == limit > 100
    assert route.target.rows() == route.records.expected()


@pytest.mark.parametrize("lanes", [1, 16])
@pytest.mark.parametrize("name, server", ROUTES)
def test_one_more_ends_the_run(run, name, server, lanes):
    route, limit, done = run(name, server, lanes, 1)
    assert done.code == EXCEEDED and "errorLimit" in done.out + done.err, done
    check_whole_splits(route)
    arrived, expected = {row[0] for row in route.target.rows()}, route.records.expected()
    committed = [part for part in map(route.records.part, range(route.records.parts)) if any(record[0] in arrived for record in part)]
    refused = sum(record not in expected for part in committed for record in part)
    # Files appear at the end, or not at all.
    assert bool(committed) == (not name.endswith("->csv")), done
    assert len(committed) < route.records.parts and refused <= limit, (refused, limit, done)


def test_a_source_of_nothing_but_dirty_records_is_not_read_to_its_end(sluice):
    lines = 500_000
    (sluice.directory / "in.csv").write_text("no number\n" * lines)
    done = sluice.run(job(("file", {"path": "in.csv", "column": [{"index": 0, "type": "long"}]}),
                          ("file", {"path": ".", "fileName": "out.csv", "writeSingleObject": True})))
    assert done.code == EXCEEDED and "errorLimit" in done.out + done.err, done
    assert done.summary["dirty"] == len(open(done.summary["dirty_file"]).readlines()) < lines / 10, done
