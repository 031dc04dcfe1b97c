# SPDX-License-Identifier: Apache-2.0
"""Reading MariaDB (and MySQL, see CMakeLists.txt): what is read, in which pieces, as of which moment, and what is said when it cannot be read."""
import csv
import json
import os
import signal
import subprocess
import sys
import time

import pytest

from conftest import job
from servers import MySQL, Store, connection, mariadb, once  # noqa: F401

csv.field_size_limit(sys.maxsize)


@pytest.fixture(autouse=True)
def clean(mariadb):
    """Every test has the database to itself."""
    mariadb.sql(f"DROP DATABASE {mariadb.database}; CREATE DATABASE {mariadb.database}", "mysql")
    yield


def read_job(server, source, setting=None, **file):
    """Into csv files, one a split."""
    reader = {"column": ["*"], **source}
    return job(("mysql", connection(server, **reader)), ("file", {"path": "out", "fileName": "out.csv", **file}), setting=setting)


def run(sluice, script, *arguments):
    (sluice.directory / "out").mkdir(exist_ok=True)
    return sluice.run(script, *arguments)


def records(sluice):
    """What was read, sorted."""
    found = []
    for path in (sluice.directory / "out").iterdir():
        with open(path, newline="", encoding="utf-8") as file:
            found += [tuple(row) for row in csv.reader(file)]
    return sorted(found)


def split_sizes(sluice):
    """Records of each split that was committed."""
    (journal,) = sluice.state.rglob("journal*")
    lines = [json.loads(line) for line in journal.read_text().splitlines()]
    return [line["counters"]["read"] for line in lines if "counters" in line and "split" in line]


def wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


LANES = {"speed": {"concurrent": 2}}
ORDERS = """
CREATE TABLE orders (id BIGINT PRIMARY KEY, name VARCHAR(40), price DECIMAL(12,2), day DATE, at TIMESTAMP NULL, flag TINYINT(1));
INSERT INTO orders SELECT seq * 7, CONCAT('order ', seq), seq / 100, '2020-01-01' + INTERVAL seq MOD 1000 DAY,
  '2020-01-01' + INTERVAL seq MINUTE, seq MOD 3 = 0 FROM seq_1_to_{rows};
"""
# More than the buffers between the server and its client hold: a read of it is seen while it lasts.
WIDE = "CREATE TABLE wide (id INT PRIMARY KEY, v LONGTEXT); INSERT INTO wide SELECT seq, REPEAT('x', 1048576) FROM seq_1_to_24"


# ---- What is read ----

def test_ranges_shards_constants_functions_where_and_session(sluice, mariadb):
    mariadb.sql("".join(f"CREATE TABLE t_{i:02} (id INT, name TEXT); INSERT INTO t_{i:02} VALUES ({i}, 'a'), ({i + 100}, 'b');"
                        for i in range(12)))
    shards = [{"table": ["t_[00-09]"]}, {"table": ["t_10", "t_11"], "host": "localhost"}]
    reader = {"connection": shards, "column": ["id", "'it''s'", "2", "upper(name)", "@@session.time_zone", "`name`"],
              "where": "id < 100 OR name = 'x'", "session": ["SET time_zone = '+09:00'"]}
    run(sluice, read_job(mariadb, reader)).ok()
    assert records(sluice) == sorted((str(i), "it's", "2", "A", "+09:00", "a") for i in range(12))


@once
def test_queries_are_a_split_each_and_keep_their_values(sluice, mariadb):
    mariadb.sql(ORDERS.format(rows=100) + "CREATE TABLE more (f FLOAT, at TIMESTAMP(3)); INSERT INTO more VALUES (0.1, '2020-06-01 00:00:00.125')")
    plain = ["SELECT id, name FROM orders WHERE id % 2 = 0 -- even", "SELECT id, name FROM orders WHERE id % 2 = 1;"]
    done = run(sluice, read_job(mariadb, {"querySql": plain, "column": []})).ok()
    assert done.summary["splits"] == 2 and len(records(sluice)) == 100
    # The same name twice, a float, an instant, common table expressions of its own.
    query = "WITH q AS (SELECT * FROM more) SELECT f, f, at, at + INTERVAL 1 DAY FROM q"
    run(sluice, read_job(mariadb, {"querySql": query, "column": []}, fileName="query.csv")).ok()
    assert ("0.1", "0.1", "2020-06-01 00:00:00.125Z", "2020-06-02 00:00:00.125") in [
        (a, b, c.replace("T", " ").replace("+00:00", "Z"), d.replace("T", " ")) for a, b, c, d in
        (row for row in records(sluice) if len(row) == 4)]


def test_instants_do_not_depend_on_the_sessions_zone_but_where_does(sluice, mariadb):
    """Berlin's clocks repeat an hour: two instants have one text."""
    mariadb.sql("SET time_zone = '+00:00'; CREATE TABLE t (id INT, at TIMESTAMP(6) NULL);"
                "INSERT INTO t VALUES (1, '2023-10-29 00:30:00.5'), (2, '2023-10-29 01:30:00.5'), (3, NULL), (4, '2038-01-19 03:14:07.999999')")
    script = read_job(mariadb, {"table": "t", "session": "SET time_zone = '+02:00'", "where": "at IS NULL OR at < '2023-10-29 03:00:00' OR id = 4"})
    run(sluice, script).ok()
    found = [(row[0], row[1].replace("T", " ").replace("+00:00", "").replace("Z", "")) for row in records(sluice)]
    assert found == [("1", "2023-10-29 00:30:00.500000"), ("3", "\\N"), ("4", "2038-01-19 03:14:07.999999")] or \
        found == [("1", "2023-10-29 00:30:00.5"), ("3", "\\N"), ("4", "2038-01-19 03:14:07.999999")]


def test_zero_dates_are_dirty_records(sluice, mariadb):
    mariadb.sql("SET sql_mode = ''; CREATE TABLE t (id INT, d DATE, dt DATETIME, ts TIMESTAMP NULL);"
                "INSERT INTO t VALUES (1, '2020-01-01', '2020-01-01', '2020-01-01'), (2, '0000-00-00', NULL, NULL),"
                " (3, NULL, '2020-00-01', NULL), (4, NULL, NULL, '0000-00-00 00:00:00'), (5, '2020-02-00', NULL, NULL)")
    done = run(sluice, read_job(mariadb, {"table": "t"}, {"errorLimit": {"record": 4}})).ok()
    assert (done.summary["written"], done.summary["dirty"]) == (1, 4)
    text = "".join(path.read_text() for path in sluice.state.rglob("dirty*"))
    assert "zero date" in text and "2020-00-01" in text


def test_latin1_tables_char_padding_and_four_byte_characters(sluice, mariadb):
    mariadb.sql("CREATE TABLE l (v VARCHAR(10), c CHAR(5), b BINARY(3)) CHARACTER SET latin1; INSERT INTO l VALUES ('naïve €', 'ab ', 'x');"
                "CREATE TABLE u (v VARCHAR(10), c CHAR(5), b BINARY(3)) CHARACTER SET utf8mb4; INSERT INTO u VALUES ('😀 ü', '', 0x00ff00)")
    run(sluice, read_job(mariadb, {"table": ["l", "u"], "column": ["v", "c", "hex(b)"]})).ok()
    assert records(sluice) == [("naïve €", "ab", "780000"), ("😀 ü", "", "00FF00")]


# ---- Splits ----

KEYS = {
    "integer": ("BIGINT", "seq * 1000003"),
    "snowflake": ("BIGINT UNSIGNED", "(1 << 63) + ((seq DIV 700) << 40) + seq"),
    "below zero": ("INT", "CAST(seq AS SIGNED) * 13 - 300000"),
    "text in its own collation": ("VARCHAR(60) COLLATE utf8mb4_swedish_ci", "CONCAT(ELT(seq MOD 3 + 1, 'a', 'Ä', 'Z-'), LEFT(SHA2(seq, 256), 32))"),
    "char": ("CHAR(12) CHARACTER SET latin1", "LEFT(LEFT(SHA2(seq, 256), 32), 5 + seq MOD 5)"),
    "quotes": ("VARCHAR(50)", "CONCAT('\\'\\\\', LEFT(SHA2(seq, 256), 32), '%\"')"),
    "date": ("DATE", "'2000-01-01' + INTERVAL seq MOD 9000 DAY"),
    "datetime": ("DATETIME(6)", "'2000-01-01' + INTERVAL seq * 17 SECOND + INTERVAL seq MICROSECOND"),
    "instant": ("TIMESTAMP NULL", "'2000-01-01' + INTERVAL seq * 17 MINUTE"),
    "decimal": ("DECIMAL(30,10)", "seq * 1.000001"),
    "double": ("DOUBLE", "SQRT(seq)"),
    "float": ("FLOAT", "SQRT(seq)"),
    "binary": ("BINARY(16)", "UNHEX(LEFT(SHA2(seq, 256), 32))"),
    "uuid": ("UUID", "CONCAT(LEFT(LEFT(SHA2(seq, 256), 32), 8), '-0000-4000-8000-', LPAD(seq, 12, '0'))"),
    "time": ("TIME", "SEC_TO_TIME(CAST(seq AS SIGNED) MOD 80000 - 40000)"),
    "year": ("YEAR", "IF(seq MOD 30 = 0, 0, 1901 + seq MOD 255)"),
    "few values": ("SMALLINT", "seq MOD 4"),
}

if Store is MySQL:  # those that its estimates, its walks and its collations may make a difference to
    KEYS = {kind: KEYS[kind] for kind in ("snowflake", "below zero", "text in its own collation", "char", "instant", "few values")}


@pytest.mark.parametrize("kind", KEYS)
def test_any_indexed_key_splits_evenly_and_nulls_are_read_once(sluice, mariadb, kind):
    type_, value = KEYS[kind]
    rows = 60_000
    mariadb.sql(f"SET time_zone = '+00:00'; CREATE TABLE source (k {type_}, n INT, filler CHAR(100), KEY (k, n));"
                f"INSERT INTO source SELECT IF(seq MOD 50 = 7, NULL, {value}), seq, 'x' FROM seq_1_to_{rows}; ANALYZE TABLE source")
    done = run(sluice, read_job(mariadb, {"table": "source", "splitPk": "k", "column": ["n"]}, LANES)).ok()
    assert [row[0] for row in records(sluice)] == sorted(str(i) for i in range(1, rows + 1))
    sizes = sorted(split_sizes(sluice))
    assert done.summary["splits"] > 3 and rows // 50 in sizes, sizes
    if kind != "few values":
        sizes.remove(rows // 50)
        assert sizes[-1] <= 2 * sizes[len(sizes) // 2], sizes


def test_composite_and_string_primary_keys(sluice, mariadb):
    rows = 50_000
    mariadb.sql("CREATE TABLE source (a VARCHAR(40), b INT, filler CHAR(100), PRIMARY KEY (a, b));"
                f"INSERT INTO source SELECT LEFT(SHA2(seq DIV 10, 256), 32), seq, 'x' FROM seq_1_to_{rows}; ANALYZE TABLE source")
    done = run(sluice, read_job(mariadb, {"table": "source", "column": ["b"]}, LANES)).ok()
    assert done.summary["splits"] > 3 and len(set(records(sluice))) == len(records(sluice)) == rows


@once
def test_enum_keys_and_missing_keys_make_one_split(sluice, mariadb):
    mariadb.sql("CREATE TABLE source (k ENUM('z', 'a', 'm'), n INT, filler CHAR(100), KEY (k));"
                "INSERT INTO source SELECT ELT(seq MOD 3 + 1, 'z', 'a', 'm'), seq, 'x' FROM seq_1_to_30000")
    for key in ({"splitPk": "k"}, {"splitPk": "n"}, {}):
        done = run(sluice, read_job(mariadb, {"table": "source", "column": ["n"], **key}, LANES)).ok()
        assert done.summary["splits"] == 1 and done.summary["read"] == 30_000
    assert "leads no index" in sluice.check(read_job(mariadb, {"table": "source", "splitPk": "n"})).err


def test_partitions_and_views_are_read_once(sluice, mariadb):
    mariadb.sql("CREATE TABLE parent (id INT PRIMARY KEY, filler CHAR(100)) PARTITION BY RANGE (id)"
                " (PARTITION a VALUES LESS THAN (20000), PARTITION b VALUES LESS THAN MAXVALUE);"
                "INSERT INTO parent SELECT seq, 'x' FROM seq_0_to_49999; ANALYZE TABLE parent; CREATE VIEW half AS SELECT * FROM parent WHERE id MOD 2 = 0")
    done = run(sluice, read_job(mariadb, {"table": "parent", "column": ["id"]}, LANES)).ok()
    assert done.summary["splits"] > 2 and len(set(records(sluice))) == len(records(sluice)) == 50_000
    done = run(sluice, read_job(mariadb, {"table": "half", "column": ["id"]})).ok()
    assert done.summary["splits"] == 1 and done.summary["read"] == 25_000


# ---- One snapshot ----

class Mover:
    """Moves money from one account to another, again and again, until it is stopped."""

    def __init__(self, server, accounts, pause):
        moves = ((1 + i * 7919 % accounts, accounts - i * 7907 % accounts) for i in range(200))
        script = "".join(f"UPDATE accounts SET money = money + IF(id = {a}, -1, 1) WHERE id IN ({a}, {b}); DO SLEEP({pause});" for a, b in moves if a != b)
        path = server.home / "moves.sql"
        path.write_text(script, encoding="utf-8")
        self.process = subprocess.Popen(
            ["bash", "-c", 'while true; do mariadb --no-defaults --socket="$1" --user="$2" --password="$3" "$4" < "$0" || exit; done',
             str(path), server.socket, server.user, server.password, server.database],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def make_accounts(server, accounts):
    server.sql("CREATE TABLE accounts (id INT PRIMARY KEY, money BIGINT, filler CHAR(80));"
               f"INSERT INTO accounts SELECT seq, 1000, 'x' FROM seq_1_to_{accounts}; ANALYZE TABLE accounts")


@pytest.mark.parametrize("consistent", [True, "lock", "auto", False])
def test_money_that_moves_during_the_read(sluice, mariadb, consistent):
    """The sum stays the same in one snapshot; without one it does not, or this test could not fail."""
    accounts = 60_000
    make_accounts(mariadb, accounts)
    sums = set()
    with Mover(mariadb, accounts, 0.002):
        for _ in range(10):
            done = run(sluice, read_job(mariadb, {"table": "accounts", "column": ["money"], "consistent": consistent}, LANES))
            if done.code == 75 and "no snapshot" in done.out + done.err:
                continue  # others committed in between, three times in a row
            done.ok()
            assert done.summary["splits"] > 2
            total = sum(int(row[0]) for row in records(sluice))
            if consistent is False or done.summary["consistent"] == "yes":
                sums.add(total)
            if consistent is not False and sums or consistent is False and sums != {accounts * 1000}:
                break
    if consistent is False:
        assert sums and sums != {accounts * 1000}, "never caught in between"
    else:
        assert sums == {accounts * 1000}


def test_a_snapshot_that_cannot_be_had_is_said(sluice, mariadb):
    make_accounts(mariadb, 100)
    mariadb.sql("ALTER TABLE accounts ENGINE = MyISAM")
    done = run(sluice, read_job(mariadb, {"table": "accounts"})).ok()
    assert done.summary["consistent"] == "no" and "MyISAM" in done.err + done.out
    done = run(sluice, read_job(mariadb, {"table": "accounts", "consistent": True}))
    assert done.code == 1 and "MyISAM" in done.err + done.out, done


# ---- Large and slow ----

@once
def test_large_values_stay_within_the_budget(sluice, mariadb):
    mariadb.sql("CREATE TABLE large (id INT PRIMARY KEY, v LONGBLOB); INSERT INTO large SELECT seq, REPEAT(CHAR(seq), 8388608) FROM seq_1_to_24")
    script = read_job(mariadb, {"table": "large", "column": ["id", "LENGTH(v)", "v"]}, {"speed": {"concurrent": 4}, "memory": "64MB"})
    script["steps"][1] = {"stepType": "stream", "category": "writer", "name": "to", "parameter": {"print": False}}
    done = sluice("run", sluice.script(script), "--state-dir", sluice.state, "--summary", sluice.directory / "summary.json")
    assert done.code == 0, done
    assert json.loads((sluice.directory / "summary.json").read_text())["read"] == 24


@once
def test_a_throttled_read_is_not_cut_off(sluice, mariadb):
    """The server waits for a slow reader for longer than it would by itself."""
    mariadb.sql("SET GLOBAL net_write_timeout = 1;" + WIDE)
    try:
        setting = {"speed": {"throttle": True, "mbps": 4}}
        script = read_job(mariadb, {"table": "wide"}, setting)
        script["steps"][1] = {"stepType": "stream", "category": "writer", "name": "to", "parameter": {"print": False}}
        assert sluice.run(script).ok().summary["read"] == 24
    finally:
        mariadb.sql("SET GLOBAL net_write_timeout = 60")


# ---- What goes wrong ----

def problems(sluice, script, *words, code=2):
    """`check` names all of that, and `run` ends with the code."""
    checked = sluice.check(script)
    assert checked.code != 0, checked
    for word in words:
        assert word in checked.err + checked.out, checked
    done = sluice.run(script)
    assert done.code == code, done
    assert "sluice's" not in checked.err + checked.out + done.err + done.out, "the password"


def test_logins_that_fail(sluice, mariadb):
    mariadb.sql(ORDERS.format(rows=1))
    (sluice.directory / "out").mkdir()
    place = f"{mariadb.host}:{mariadb.port}"
    problems(sluice, read_job(mariadb, {"table": "orders", "password": "wrong"}), "Access denied", place, '"sluice"')
    problems(sluice, read_job(mariadb, {"table": "orders", "database": "sluise"}), "Unknown database", 'did you mean "sluice"', place)
    problems(sluice, read_job(mariadb, {"table": "orders", "port": 1}), "127.0.0.1:1", code=75)
    problems(sluice, read_job(mariadb, {"table": "orders", "username": ""}), "username")


def test_a_unix_socket_and_encryption(sluice, mariadb):
    mariadb.sql(ORDERS.format(rows=10))
    def script(**fields):
        made = read_job(mariadb, {"table": "orders"})
        made["steps"][0]["parameter"].update(fields)
        return made
    run(sluice, script(host="", socket=mariadb.socket)).ok()
    good = {"sslMode": "verify-full", "sslRootCertificate": str(mariadb.certificate)}
    run(sluice, script(**good, column=["@@version"])).ok()
    run(sluice, script(**good, host="localhost")).ok()
    other = sluice.directory / "other.crt"
    subprocess.run(["openssl", "req", "-new", "-x509", "-nodes", "-subj", "/CN=other", "-out", other, "-keyout", sluice.directory / "other.key"],
                   check=True, capture_output=True)
    problems(sluice, script(**{**good, "sslRootCertificate": str(other)}), "certificate")
    run(sluice, script(sslMode="disable")).ok()
    problems(sluice, script(sslMode="verify-full"), "sslRootCertificate")


def test_what_is_missing_is_listed(sluice, mariadb):
    mariadb.sql(ORDERS.format(rows=1))
    (sluice.directory / "out").mkdir()
    problems(sluice, read_job(mariadb, {"table": "order"}), "no such table", 'did you mean "orders"')
    problems(sluice, read_job(mariadb, {"table": "orders", "column": ["id", "nam"]}), '"nam"', 'did you mean "name"')
    problems(sluice, read_job(mariadb, {"table": "orders", "splitPk": "idd"}), '"idd"', 'did you mean "id"')
    problems(sluice, read_job(mariadb, {"table": "orders", "where": "no_such > 1"}), "no_such")
    problems(sluice, read_job(mariadb, {"table": "orders", "where": "id > 1) OR (1 = 1"}), "where")


def test_privileges(sluice, mariadb):
    mariadb.sql(ORDERS.format(rows=1) + "CREATE USER low@'%' IDENTIFIED BY 'x'; GRANT SELECT (id) ON sluice.orders TO low@'%';"
                "CREATE TABLE hidden (id INT); CREATE TABLE seen (id INT); GRANT INSERT ON sluice.seen TO low@'%'")
    low = {"username": "low", "password": "x"}
    (sluice.directory / "out").mkdir()
    try:
        run(sluice, read_job(mariadb, {"table": "orders", "column": ["id"], **low})).ok()
        problems(sluice, read_job(mariadb, {"table": "hidden", **low}), "may not read", "GRANT SELECT")
        problems(sluice, read_job(mariadb, {"table": "seen", **low}), "may not read", "GRANT SELECT")
        mariadb.sql("ALTER USER low@'%' WITH MAX_USER_CONNECTIONS 1")
        problems(sluice, read_job(mariadb, {"table": "orders", "column": ["id"], **low}), "connections", code=2)
    finally:
        mariadb.sql("DROP USER low@'%'")


@once
def test_a_server_that_dies_in_the_middle(sluice):
    """Exit 75; nothing of the password."""
    with Store() as other:
        other.sql(WIDE)
        (sluice.directory / "out").mkdir()
        script = read_job(other, {"table": "wide"}, {"speed": {"concurrent": 2, "throttle": True, "mbps": 4}, "retry": {"times": 1, "interval": "100ms"}})
        process = sluice.start("run", sluice.script(script), "--state-dir", sluice.state)
        wait_for(lambda: other.sql("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE 'SELECT `id`, `v`%'") != "0")
        other.stop_hard()
        out, err = process.communicate(timeout=120)
        assert process.returncode == 75, out + err
        assert "sluice's" not in out + err


def test_a_connection_that_is_killed_costs_a_retry(sluice, mariadb):
    mariadb.sql(WIDE)
    (sluice.directory / "out").mkdir()
    setting = {"speed": {"throttle": True, "mbps": 8}, "retry": {"times": 3, "interval": "100ms"}}
    script = read_job(mariadb, {"table": "wide", "column": ["id", "v"], "consistent": False}, setting)
    summary = sluice.directory / "summary.json"
    process = sluice.start("run", sluice.script(script), "--state-dir", sluice.state, "--summary", summary)
    reading = []
    def find():
        reading[:] = mariadb.sql("SELECT ID FROM information_schema.PROCESSLIST WHERE INFO LIKE 'SELECT `id`, `v`%'").split()
        return reading
    wait_for(find)
    mariadb.sql(f"KILL {reading[0]}")
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0 and json.loads(summary.read_text())["retries"] > 0, out + err
    assert [row[0] for row in records(sluice)] == sorted(str(i) for i in range(1, 25))
