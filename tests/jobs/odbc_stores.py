# SPDX-License-Identifier: Apache-2.0
"""Stores behind ODBC drivers, for end-to-end tests: `from odbc_stores import every_store, leaks, store`, and the servers'
fixtures beside it."""
import json
import sqlite3

import pytest

from conftest import job
from servers import DRIVERS, MySQL, Store, through_odbc  # noqa: F401

SERVERS = ["MariaDB"] if Store is MySQL else ["PostgreSQL", "MariaDB"]  # MySQL takes MariaDB's place
STORES = SERVERS if Store is MySQL else [*SERVERS, "SQLite"]
UNLIMITED = {"errorLimit": {"record": ""}}


@pytest.fixture(autouse=True)
def leaks(through_odbc):  # noqa: F811
    pass


class Server:
    """A server with a driver, and the database that a test has to itself."""

    def __init__(self, server, driver):
        self.server, self.driver = server, driver

    def at(self, **more):
        s = self.server
        return {"connectionString": f"Driver={DRIVERS}/{self.driver};Server={s.host};Port={more.pop('port', s.port)};"
                                    f"Database={more.pop('database', s.database)};{more.pop('extra', '')}",
                "username": s.user, "password": s.password, **more}

    def sql(self, text):
        return self.server.sql(text)


class Pg(Server):
    name, quote = "PostgreSQL", '"'

    def __init__(self, server):
        super().__init__(server, "psqlodbcw.so")
        server.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


class Maria(Server):
    name, quote = "MariaDB", "`"

    def __init__(self, server):
        super().__init__(server, "libmaodbc.so")
        server.sql(f"DROP DATABASE {server.database}; CREATE DATABASE {server.database} CHARACTER SET utf8mb4", "mysql")


class Lite:
    name, quote = "SQLite", '"'

    def __init__(self, directory):
        self.path = directory / "shop.db"

    def at(self, **more):
        return {"connectionString": f"Driver={DRIVERS}/libsqlite3odbc.so;Database={self.path};Timeout=5000", **more}

    def sql(self, text):
        connection = sqlite3.connect(self.path)
        try:
            if not text.lstrip().upper().startswith("SELECT"):
                connection.executescript(text)
                return ""
            return "\n".join("\t".join(map(str, row)) for row in connection.execute(text))
        finally:
            connection.close()


@pytest.fixture
def store(request, sluice):
    if request.param == "SQLite":
        return Lite(sluice.directory)
    server = request.getfixturevalue({"PostgreSQL": "postgres", "MariaDB": "mariadb"}[request.param])
    return {"PostgreSQL": Pg, "MariaDB": Maria}[request.param](server)


every_store = pytest.mark.parametrize("store", STORES, indirect=True)
every_server = pytest.mark.parametrize("store", SERVERS, indirect=True)


def copy(store, reader=None, writer=None, setting=None):
    """A job from table `source` to table `target`."""
    return job(("odbc", store.at(**{"table": "source", "column": ["*"], **(reader or {})})),
               ("odbc", store.at(**{"table": "target", "column": ["*"], **(writer or {})})), setting=setting)


def dirty_records(sluice):
    return [json.loads(line) for file in sluice.state.glob("**/dirty.jsonl") for line in file.read_text().splitlines()]
