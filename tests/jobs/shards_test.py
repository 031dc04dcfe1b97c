# SPDX-License-Identifier: Apache-2.0
"""`connection[]`: several sources of one shape, of which none is left out."""
import sqlite3

import pytest

from conftest import job
from servers import connection, mariadb, postgres  # noqa: F401

STORES = ["mysql", "postgresql", "sqlite"]


class Servers:
    """Two databases, `shard_a` and `shard_b`, of one server."""

    def __init__(self, store, server):
        self.store, self.server = store, server
        for name in ("shard_a", "shard_b"):
            server.sql(f"DROP DATABASE IF EXISTS {name}")
            server.sql(f"CREATE DATABASE {name}")

    def sql(self, shard, text):
        self.server.sql(text, shard)

    def reader(self, shards, **more):
        """`shards`: the elements of `connection`, each with its database's name."""
        return self.store, {**connection(self.server), "database": "nowhere", "connection": shards, "column": ["*"], **more}

    def shard(self, name, **more):
        return {"database": name, **more}


class Files:
    """The same as two files of SQLite."""

    def __init__(self, directory):
        self.directory = directory

    def sql(self, shard, text):
        database = sqlite3.connect(self.directory / f"{shard}.db")
        database.executescript(text)
        database.close()

    def reader(self, shards, **more):
        return "sqlite", {"connection": shards, "column": ["*"], **more}

    def shard(self, name, **more):
        return {"path": f"{name}.db", **more}


@pytest.fixture(params=STORES)
def sources(request, sluice):
    if request.param == "sqlite":
        made = Files(sluice.directory)
    else:
        made = Servers(request.param, request.getfixturevalue({"mysql": "mariadb", "postgresql": "postgres"}[request.param]))
    made.sql("shard_a", "CREATE TABLE t (id int); INSERT INTO t VALUES (1), (2)")
    made.sql("shard_b", "CREATE TABLE t (id int); INSERT INTO t VALUES (30), (40); CREATE TABLE u (id int); INSERT INTO u VALUES (500)")
    return made


def read(sluice, reader):
    done = sluice.run(job(reader, ("stream", {"print": True}))).ok()
    return sorted(int(line.strip()) for line in done.records if line.strip())


def problems(sluice, reader, *words):
    checked = sluice.check(job(reader, ("stream", {"print": True})))
    assert checked.code == 2 and all(word in checked.err + checked.out for word in words), checked


def test_what_is_not_set_there_is_the_steps_own(sluice, sources):
    a, b = sources.shard("shard_a"), sources.shard("shard_b")
    assert read(sluice, sources.reader([a, b], table="t")) == [1, 2, 30, 40]
    assert read(sluice, sources.reader([a, sources.shard("shard_b", table=["t", "u"])], table=["t"])) == [1, 2, 30, 40, 500]


def test_a_query_is_for_every_source_once(sluice, sources):
    a, b = sources.shard("shard_a"), sources.shard("shard_b")
    assert read(sluice, sources.reader([a, b, a], querySql="SELECT id FROM t WHERE id <> 2", column=[])) == [1, 30, 40]
    queries = ["SELECT id FROM t WHERE id < 30", "SELECT id FROM t WHERE id >= 30"]
    assert read(sluice, sources.reader([a, b], querySql=queries, column=[])) == [1, 2, 30, 40]


def test_a_source_without_a_table_and_a_table_without_a_source(sluice, sources):
    a, b = sources.shard("shard_a"), sources.shard("shard_b")
    problems(sluice, sources.reader([sources.shard("shard_a", table="t"), b]), "connection[1].table", "no table")
    both = [sources.shard("shard_a", table="t"), sources.shard("shard_b", table="t")]
    problems(sluice, sources.reader(both, table="t"), "named twice")
    problems(sluice, sources.reader([a, b], table="no_such"), "no_such")


def test_bits_of_another_width_are_another_shape(sluice, mariadb):
    servers = Servers("mysql", mariadb)
    servers.sql("shard_a", "CREATE TABLE bits (b bit(4)); INSERT INTO bits VALUES (b'1010')")
    servers.sql("shard_b", "CREATE TABLE bits (b bit(12)); INSERT INTO bits VALUES (b'111100001010')")
    problems(sluice, servers.reader([servers.shard("shard_a"), servers.shard("shard_b")], table="bits"), "different types of column b", "bit(12)")
