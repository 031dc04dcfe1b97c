# SPDX-License-Identifier: Apache-2.0
"""The user's own `session`: it settles a lot, but not how values travel."""
import pytest

from conftest import job
from servers import connection, mariadb, postgres  # noqa: F401

TEXT = "naïve € 😀 \\n 'x'"


def texts_job(store, server, session):
    reader = connection(server, querySql="SELECT id, name, at FROM texts", session=session)
    writer = connection(server, table="copies", column=["*"], session=session)
    return job((store, reader), (store, writer))


@pytest.mark.parametrize("session", [["SET NAMES latin1"], ["SET character_set_results = NULL"], ["SET character_set_client = latin1"],
                                     ["SET sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'"]])
def test_mysql_keeps_its_encoding_and_its_quotes(sluice, mariadb, session):
    text = TEXT.replace("\\", "\\\\").replace("'", "''")
    mariadb.sql("DROP TABLE IF EXISTS texts, copies; CREATE TABLE texts (id INT, name VARCHAR(100) CHARACTER SET utf8mb4, at DATETIME);"
                f"INSERT INTO texts VALUES (1, '{text}', '2024-03-04'); CREATE TABLE copies LIKE texts; ALTER TABLE copies CHARACTER SET latin1")
    for local in (1, 0):
        mariadb.sql(f"SET GLOBAL local_infile = {local}; TRUNCATE copies")
        try:
            sluice.run(texts_job("mysql", mariadb, session)).ok()
        finally:
            mariadb.sql("SET GLOBAL local_infile = 1")
        assert mariadb.sql("SELECT id, name, at FROM copies") == f"1\t{TEXT}\t2024-03-04 00:00:00"


@pytest.mark.parametrize("session", [["SET client_encoding = 'WIN1252'"], ["SET standard_conforming_strings = off"],
                                     ["SET datestyle = 'German, DMY'", "SET bytea_output = 'escape'"]])
def test_postgresql_keeps_its_encoding_and_its_forms(sluice, postgres, session):
    """An array makes both sides use the server's own texts."""
    text = TEXT.replace("'", "''")
    postgres.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE texts (id int, name text, at timestamp[]);"
                 f"INSERT INTO texts VALUES (1, '{text}', ARRAY[timestamp '2024-03-04']); CREATE TABLE copies (LIKE texts)")
    sluice.run(texts_job("postgresql", postgres, session)).ok()
    assert postgres.sql("SELECT id, name, at FROM copies") == f'1\t{TEXT}\t{{"2024-03-04 00:00:00"}}'
