# SPDX-License-Identifier: Apache-2.0
"""Tables read in pieces through the ODBC drivers of PostgreSQL, MariaDB and SQLite: by keys of any type."""
import json

import pytest

from odbc_stores import STORES, Maria, copy, every_store, leaks, store, through_odbc  # noqa: F401
from servers import mariadb, postgres  # noqa: F401


def split_sizes(sluice):
    """Records of each split that was committed."""
    (journal,) = sluice.state.rglob("journal*")
    lines = [json.loads(line) for line in journal.read_text().splitlines()]
    return sorted(line["counters"]["read"] for line in lines if "counters" in line and "split" in line)


# Kind of key: its type, and what it is for the number {}.
ROWS = 40_000
KEYS = {
    "PostgreSQL": {
        "snowflake": ("numeric(20)", "9223372036854775808 + ({} / 700)::numeric * 1099511627776 + {}"),
        "date": ("date", "date '2000-01-01' + {} % 9000"),
        "timestamp": ("timestamp", "timestamp '2000-01-01' + {} * interval '17.000001 s'"),
        "instant": ("timestamptz", "timestamptz '2000-01-01Z' + {} * interval '17 min'"),
        "time": ("time", "time '00:00' + {} * interval '2 s'"),
        "decimal": ("numeric(30,10)", "{} * 1.000001"),
        "double": ("float8", "sqrt({})"),
        "float": ("real", "sqrt({})"),
        "text": ("text", "chr(65 + {} % 60) || md5({}::text)"),
        "text in another collation": ('varchar(60) COLLATE "und-x-icu"', "(ARRAY['a', 'Ä', 'Z-'])[{} % 3 + 1] || md5({}::text)"),
        "quotes": ("varchar(60)", "'''\\' || md5({}::text) || '\"'"),
        "char": ("char(12)", "left(md5({}::text), 5 + {} % 5)"),
        "uuid": ("uuid", "md5({}::text)::uuid"),
        "bytes": ("bytea", "decode(md5({}::text), 'hex')"),
        "inet": ("inet", "inet '10.0.0.0' + {}"),
        "few values": ("smallint", "{} % 4"),
    },
    "MariaDB": {
        "snowflake": ("bigint unsigned", "(1 << 63) + (({} DIV 700) << 40) + {}"),
        "date": ("date", "'2000-01-01' + INTERVAL {} MOD 9000 DAY"),
        "timestamp": ("datetime(6)", "'2000-01-01' + INTERVAL {} * 17 SECOND + INTERVAL {} MICROSECOND"),
        "instant": ("timestamp null", "'2000-01-01' + INTERVAL {} * 17 MINUTE"),
        "time": ("time", "SEC_TO_TIME(CAST({} AS SIGNED) * 2 - 40000)"),
        "decimal": ("decimal(30,10)", "{} * 1.000001"),
        "double": ("double", "SQRT({})"),
        "float": ("float", "SQRT({})"),
        "text": ("varchar(60)", "CONCAT(CHAR(65 + {} MOD 26), MD5({}))"),
        "text in another collation": ("varchar(60) COLLATE utf8mb4_swedish_ci", "CONCAT(ELT({} MOD 3 + 1, 'a', 'Ä', 'Z-'), MD5({}))"),
        "quotes": ("varchar(60)", r"CONCAT('\'\\', MD5({}), '\"')"),
        "char": ("char(12) CHARACTER SET latin1", "CONCAT(LEFT(MD5({}), 5 + {} MOD 5), 'é')"),
        "uuid": ("uuid", "CONCAT(LEFT(MD5({}), 8), '-0000-4000-8000-', LPAD({}, 12, '0'))"),
        "bytes": ("binary(16)", "UNHEX(MD5({}))"),
        "inet": ("inet6", "CONCAT('::ffff:', INET_NTOA(167772160 + {}))"),
        "few values": ("smallint", "{} MOD 4"),
    },
    "SQLite": {
        "snowflake": ("bigint", "({} / 700 << 40) + {}"),
        "date": ("date", "date('2000-01-01', ({} % 9000) || ' days')"),
        "timestamp": ("timestamp", "datetime('2000-01-01', ({} * 17) || ' seconds') || '.5'"),
        "decimal": ("decimal(12,3)", "{} * 1.001"),
        "double": ("double", "{} * 1e300 / 7.0"),
        "text": ("text", "char(65 + {} % 60) || ({} * 7919 % 100000)"),
        "text in another collation": ("varchar(60) COLLATE NOCASE", "CASE {} % 3 WHEN 0 THEN 'a' WHEN 1 THEN 'B' ELSE 'Ä' END || {}"),
        "quotes": ("varchar(60)", "'''\\' || ({} * 7919 % 100000) || '\"'"),
        "bytes": ("blob", "CAST(char({} % 128) || {} AS BLOB)"),
        "mixed": ("integer", "CASE {} % 3 WHEN 0 THEN {} WHEN 1 THEN {} / 7.0 ELSE 'text ' || {} END"),
        "few values": ("smallint", "{} % 4"),
    },
}
# The number, and all of them beside an expression.
NUMBERED = {"PostgreSQL": ("i", f"SELECT i, %s FROM generate_series(1, {ROWS}) i"), "MariaDB": ("seq", f"SELECT seq, %s FROM seq_1_to_{ROWS}"),
            "SQLite": ("i", f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS}) SELECT i, %s FROM n")}
LANES = {"speed": {"concurrent": 2}}


def numbered(name, expression):
    number, rows = NUMBERED[name]
    return rows.replace("%s", expression.replace("{}", number))


@pytest.mark.parametrize("store, kind", [(store, kind) for store in STORES for kind in KEYS[store]], indirect=["store"])
def test_any_indexed_key_splits_evenly_and_nulls_are_read_once(sluice, store, kind):
    type_, value = KEYS[store.name][kind]
    with_nulls = f"CASE WHEN {{}} % 50 <> 7 THEN {value} END"
    store.sql(f"CREATE TABLE source (n int, k {type_}); CREATE INDEX source_k ON source (k); CREATE TABLE target (n int);"
              f"INSERT INTO source {numbered(store.name, with_nulls)};")
    done = sluice.run(copy(store, {"splitPk": "k", "column": ["n"]}, setting=LANES)).ok()
    assert store.sql("SELECT count(*), count(DISTINCT n) FROM target") == f"{ROWS}\t{ROWS}"
    sizes = split_sizes(sluice)
    assert done.summary["splits"] > 3 and ROWS // 50 in sizes, sizes
    if kind != "few values":
        sizes.remove(ROWS // 50)
        assert sizes[-1] <= 2 * sizes[len(sizes) // 2], sizes


@every_store
def test_composite_primary_keys_split_by_their_first_column(sluice, store):
    text = {"PostgreSQL": "md5(({} / 10)::text)", "MariaDB": "MD5({} DIV 10)", "SQLite": "'k' || ({} / 10 * 7919 % 100000)"}[store.name]
    store.sql("CREATE TABLE source (n int NOT NULL, a varchar(40) NOT NULL, PRIMARY KEY (a, n)); CREATE TABLE target (n int, a varchar(40));"
              f"INSERT INTO source {numbered(store.name, text)};")
    done = sluice.run(copy(store, setting=LANES)).ok()
    assert done.summary["splits"] > 3, done
    assert store.sql("SELECT count(*), count(DISTINCT n) FROM target") == f"{ROWS}\t{ROWS}"


def test_keys_whose_order_is_another_one_make_one_split(sluice, mariadb):
    """An enum sorts by its members' places and compares by their names."""
    store = Maria(mariadb)
    store.sql("CREATE TABLE source (k enum('z', 'a', 'm'), n int, KEY (k)); CREATE TABLE target (k varchar(9), n int);"
              f"INSERT INTO source SELECT ELT(seq MOD 3 + 1, 'z', 'a', 'm'), seq FROM seq_1_to_{ROWS}")
    for key, words in (("k", "is not asked for the order of this type: ENUM k"), ("n", "it leads no index of source: n")):
        script = copy(store, {"splitPk": key}, {"preSql": "DELETE FROM @table"}, LANES)
        checked = sluice.check(script)
        assert words in checked.err, checked
        assert sluice.run(script).ok().summary["splits"] == 1
        assert store.sql("SELECT count(*) FROM target") == str(ROWS)
