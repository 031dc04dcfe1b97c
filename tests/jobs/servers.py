# SPDX-License-Identifier: Apache-2.0
"""Private database servers for end-to-end tests, one of each a test session: `from servers import postgres`."""
import os
import pathlib
import subprocess
import sys

import pytest

from conftest import ROOT

sys.path.insert(0, str(ROOT / "tools"))

from databases import MariaDB, MySQL, NotServed, Postgres  # noqa: E402,F401
from databases.postgres import PROGRAMS  # noqa: E402,F401

# Of ODBC.
DRIVERS = next(iter(sorted(pathlib.Path("/usr/lib").glob("*/odbc"))), pathlib.Path("/usr/lib/odbc"))


@pytest.fixture(scope="session")
def postgres():
    with Postgres() as server:
        yield server


# What stands for MariaDB: MySQL in those entries of the tests that run a file once more.
Store = MySQL if os.environ.get("SLUICE_TEST_STORE") == "mysql" else MariaDB
once = pytest.mark.skipif(Store is MySQL, reason="MySQL makes no difference to it")


def started(kind):
    try:
        return kind()
    except NotServed as e:
        pytest.skip(str(e))


@pytest.fixture(scope="session")
def mariadb():
    with started(Store) as server:
        yield server


@pytest.fixture(scope="session")
def mysql():
    with started(MySQL) as server:
        yield server


@pytest.fixture
def servers(request):
    """Those that the test's name asks for."""
    fixtures = {"postgresql": "postgres", "mysql": "mariadb"}
    return {kind: request.getfixturevalue(name) for kind, name in fixtures.items() if kind in request.node.name}


@pytest.fixture
def through_odbc(sluice):
    """The binary; what drivers of ODBC and their manager keep until the process ends is not ours: see the file."""
    suppressions = ROOT / "tests/plugins/odbc/leaks.txt"
    sluice.environment["LSAN_OPTIONS"] = f"suppressions={suppressions}:print_suppressions=0"
    return sluice


class Session:
    """A client of a server that holds what its statements took until it is left."""

    def __init__(self, server, statements):
        if isinstance(server, Postgres):
            command, environment = [PROGRAMS / "psql", "-Xq"], server.psql_environment()
        else:
            command = ["mariadb", "--no-defaults", f"--socket={server.socket}", f"--user={server.user}",
                       f"--password={server.password}", "-N", "--unbuffered", server.database]
            environment = None
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
        self.process.stdin.write(statements + "; SELECT 'held';\n")
        self.process.stdin.flush()
        assert any("held" in line for line in self.process.stdout)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.communicate("ROLLBACK;\n")


def connection(server, **more):
    """The connection fields of a step, over TCP, with more parameters beside them."""
    return {"host": server.host, "port": server.port, "database": server.database, "username": server.user,
            "password": server.password, **more}


def odbc(server, **more):
    """The same through ODBC."""
    driver = "psqlodbcw.so" if isinstance(server, Postgres) else "libmaodbc.so"
    text = f"Driver={DRIVERS}/{driver};Server={server.host};Port={server.port};Database={server.database}"
    return {"connectionString": text, "username": server.user, "password": server.password, **more}


def odbc_file(path, **more):
    """A database of SQLite through ODBC."""
    return {"connectionString": f"Driver={DRIVERS}/libsqlite3odbc.so;Database={path};Timeout=5000", **more}
