# SPDX-License-Identifier: Apache-2.0
"""Private database servers for end-to-end tests, one of each a test session: `from servers import postgres`."""
import sys

import pytest

from conftest import ROOT

sys.path.insert(0, str(ROOT / "tools"))

from databases import MariaDB, Postgres  # noqa: E402,F401
from databases.postgres import PROGRAMS  # noqa: E402,F401


@pytest.fixture(scope="session")
def postgres():
    with Postgres() as server:
        yield server


@pytest.fixture(scope="session")
def mariadb():
    with MariaDB() as server:
        yield server


@pytest.fixture
def servers(request):
    """Those that the test's name asks for."""
    fixtures = {"postgresql": "postgres", "mysql": "mariadb"}
    return {kind: request.getfixturevalue(name) for kind, name in fixtures.items() if kind in request.node.name}


def connection(server, **more):
    """The connection fields of a step, over TCP, with more parameters beside them."""
    return {"host": server.host, "port": server.port, "database": server.database, "username": server.user,
            "password": server.password, **more}
