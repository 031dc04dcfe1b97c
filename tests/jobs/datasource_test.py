# SPDX-License-Identifier: Apache-2.0
"""Data sources and secrets by reference, through the binary."""
import json
import os
import re
import sqlite3

import pytest

from conftest import FIXTURES, job
from servers import connection, postgres  # noqa: F401

SECRETS = ("pa$$w${or}d$[x]'\"\\ 1", "plain-hunter2")


def write(path, sources, mode=0o600):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(sources, indent=1))
    path.chmod(mode)
    return path


def make(path, rows=3):
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)")
    database.executemany("INSERT INTO t VALUES (?)", [(i,) for i in range(rows)])
    database.commit()
    database.close()


def rows(path):
    database = sqlite3.connect(path)
    try:
        return [row[0] for row in database.execute("SELECT id FROM t ORDER BY id")]
    finally:
        database.close()


def copy(source, target, **reader):
    return job(("sqlite", {"datasource": source, "table": "t", "column": ["id"], **reader}),
               ("sqlite", {"datasource": target, "table": "t", "column": ["id"]}))


@pytest.fixture
def stores(sluice):
    """a.db with three rows, b.db and c.db with none, and data sources for them beside the job."""
    for name, count in (("a", 3), ("b", 0), ("c", 0)):
        make(sluice.directory / f"{name}.db", count)
    write(sluice.directory / "datasources.json", {
        "a": {"type": "sqlite", "description": "the source", "connection": {"path": "a.db"}},
        "target": {"type": "sqlite", "connection": {"path": "b.db"}, "profiles": {"prod": {"path": "c.db"}, "dev": {}}}})
    return sluice


def test_steps_use_them_by_name(stores):
    outcome = stores.run(copy("a", "target")).ok()
    assert rows(stores.directory / "b.db") == [0, 1, 2]
    assert "warning" not in outcome.err, outcome
    stored = json.loads(next(stores.state.glob("runs/*/job.json")).read_text())
    assert stored["reader"]["parameter"]["path"] == "a.db" and "datasource" not in stored["reader"]["parameter"]


def test_profiles_by_option_and_by_variable(stores):
    stores.run(copy("a", "target"), "--profile", "prod").ok()
    assert (rows(stores.directory / "b.db"), rows(stores.directory / "c.db")) == ([], [0, 1, 2])
    stores.run(copy("a", "target"), environment={"SLUICE_PROFILE": "dev"}).ok()
    assert rows(stores.directory / "b.db") == [0, 1, 2]
    wrong = stores.run(copy("a", "target"), "--profile", "prd")
    assert wrong.code == 2 and 'target.profiles: no such profile: prd (did you mean "prod"?)' in wrong.err, wrong


def test_own_values_win_and_names_take_parameters(stores):
    stores.run(copy("${which}", "target", path="c.db"), "-p", "which=a").ok()
    assert rows(stores.directory / "b.db") == []  # c.db is empty
    stores.run(copy("${which}", "target"), "-p", "which=a").ok()
    assert rows(stores.directory / "b.db") == [0, 1, 2]


def test_shards(stores):
    script = copy("a", "target", connection=[{"datasource": "a", "table": "t"}, {"path": "c.db", "table": "t"}])
    database = sqlite3.connect(stores.directory / "c.db")
    database.execute("INSERT INTO t VALUES (77)")
    database.commit()
    database.close()
    for key in "table", "datasource":
        del script["steps"][0]["parameter"][key]
    stores.run(script).ok()
    assert rows(stores.directory / "b.db") == [0, 1, 2, 77]


def test_where_they_are_looked_for(stores):
    beside = stores.directory / "datasources.json"
    elsewhere = write(stores.directory / "x/other.json", {"a": {"type": "sqlite", "connection": {"path": "a.db"}}})
    missing = stores.check(copy("a", "target"), "--datasources", elsewhere)
    assert missing.code == 2, missing
    assert re.search(r"job\.json:\d+:\d+: error: steps\[1\]\.parameter\.datasource: no such data source: target\n"
                     rf"    {elsewhere} \(--datasources\): a\n", missing.err), missing
    assert stores.check(copy("a", "target"), environment={"SLUICE_DATASOURCES": str(elsewhere)}).code == 2
    write(stores.directory / "config/sluice/datasources.json", json.loads(beside.read_text()))
    beside.unlink()
    assert stores.check(copy("a", "target")).code == 2
    config = {"XDG_CONFIG_HOME": str(stores.directory / "config")}
    assert stores.check(copy("a", "target"), environment=config).code == 0
    gone = stores.check(copy("a", "target"), "--datasources", "nowhere.json")
    assert gone.code == 2 and "nowhere.json: error: no such file of data sources: nowhere.json" in gone.err, gone


def test_mistakes_have_their_place_in_the_right_file(stores):
    file = stores.directory / "datasources.json"
    file.write_text('{"a": {"type": "sqlite",\n  "connection": {"pth": "a.db"}},\n "f": {"type": "file"}}')
    outcome = stores.check(copy("a", "f"))
    assert outcome.code == 2, outcome
    assert f'{file}:2:18: error: a.connection.pth: unknown key (did you mean "path"?)' in outcome.err
    assert "the data source is one of another store: f is of file, the step of sqlite" in outcome.err
    assert "path: required" not in outcome.err, outcome
    typo = stores.check(copy("aa", "f"))
    assert 'no such data source: aa (did you mean "a"?)' in typo.err
    lines = [json.loads(stores.check(copy("a", "f"), "--json").out)["problems"]][0]
    assert {p["file"] for p in lines} == {str(file), str(stores.directory / "job.json")}


def test_a_plugin_says_what_is_wrong_where_it_stands(stores):
    """The store's own rule names a field that came from the data source."""
    file = stores.directory / "datasources.json"
    file.write_text('{"pg": {"type": "postgresql",\n "connection": {"host": "h", "sslMode": "verify-full", '
                    '"database": "d",\n "username": "u", "sslRootCertificate": ""}}}')
    file.chmod(0o600)
    script = job(("postgresql", {"datasource": "pg", "table": "t", "column": ["*"]}), ("stream", {}))
    outcome = stores.check(script, "--offline")
    assert outcome.code == 2 and "verify-full needs the certificate" in outcome.err, outcome


# ---- secrets ----


def everything(directory):
    return [path for path in directory.rglob("*") if path.is_file() and not path.is_symlink()]


def assert_hidden(secret, sluice, outcome, but=()):
    """The secret is nowhere: neither in outputs and summary nor in any file, but where the test put it."""
    for text in outcome.out, outcome.err, json.dumps(outcome.summary):
        for form in secret, json.dumps(secret)[1:-1]:
            assert form not in text, text
    for path in everything(sluice.directory):
        data = path.read_bytes()
        if path not in but:
            assert secret.encode() not in data and json.dumps(secret)[1:-1].encode() not in data, path


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("isolate", (False, True), ids=("threads", "processes"))
def test_secrets_by_reference_log_in_and_leave_no_trace(sluice, postgres, secret, isolate):
    postgres.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE a AS SELECT i FROM generate_series(1, 9) i;"
                 "CREATE TABLE b (i int); DROP ROLE IF EXISTS keeper; GRANT ALL ON SCHEMA public TO public;"
                 f"CREATE ROLE keeper LOGIN SUPERUSER PASSWORD $pw${secret}$pw$")
    kept = sluice.directory / "safe/pw"
    kept.parent.mkdir()
    kept.write_text(secret + "\n")
    kept.chmod(0o600)
    fields = {**connection(postgres), "username": "keeper"}
    write(sluice.directory / "datasources.json", {
        "by_env": {"type": "postgresql", "connection": {**fields, "password": "${env:KEEPER}"}},
        "by_file": {"type": "postgresql", "connection": {**fields, "password": "${file:safe/pw}"}},
        "by_command": {"type": "postgresql", "connection": {**fields, "password": "${command:cat safe/pw}"}}})
    script = job(("postgresql", {"datasource": "by_env", "table": "a", "column": ["*"]}),
                 ("postgresql", {"datasource": "by_file", "table": "b", "column": ["*"]}))
    loud = ("--log-level", "trace", "--log-file", "log") + (("--isolate",) if isolate else ())
    env = {"KEEPER": secret}
    outcome = sluice.run(script, *loud, environment=env).ok()
    assert outcome.summary["written"] == 9
    assert_hidden(secret, sluice, outcome, but=[kept])
    stored = json.loads(next(sluice.state.glob("runs/*/job.json")).read_text())
    assert [stored[side]["parameter"]["password"] for side in ("reader", "writer")] == ["${env:KEEPER}", "${file:safe/pw}"]
    # inline in the job, and by a command that must be allowed
    inline = {**fields, "table": "a", "column": ["*"], "password": "${env:KEEPER}"}
    by_command = job(("postgresql", inline), ("postgresql", {"datasource": "by_command", "table": "b", "column": ["*"]}))
    refused = sluice.run(by_command, environment=env)
    assert refused.code == 2 and "--allow-command-secrets" in refused.err, refused
    assert_hidden(secret, sluice, sluice.run(by_command, *loud, "--allow-command-secrets", environment=env).ok(), but=[kept])
    # failures are no leak either
    wrong = sluice.run(script, *loud, environment={"KEEPER": secret + "x"})
    assert wrong.code in (1, 2, 75), wrong
    assert_hidden(secret, sluice, wrong, but=[kept])
    for words in (("datasource", "show", "by_file"), ("datasource", "test", "by_env", "--json"), ("datasource", "list")):
        assert_hidden(secret, sluice, sluice(*words, environment=env).ok(), but=[kept])


def test_what_a_secret_refers_to_must_be_there(stores):
    fields = {"host": "127.0.0.1", "port": 1, "database": "d", "username": "u"}
    write(stores.directory / "datasources.json", {
        name: {"type": "postgresql", "connection": {**fields, "password": "${%s}" % reference}}
        for name, reference in (("unset", "env:SLUICE_NOT_THERE"), ("gone", "file:gone"), ("evn", "evn:X"))})
    texts = {"unset": "no such variable in the environment: SLUICE_NOT_THERE", "evn": "no such way to a secret: evn",
             "gone": f"cannot read the file of the secret, No such file or directory: {stores.directory}/gone"}
    for name, text in texts.items():
        script = job(("postgresql", {"datasource": name, "table": "t", "column": ["*"]}), ("stream", {}))
        outcome = stores.check(script)
        assert outcome.code == 2, outcome
        assert re.search(rf"datasources\.json:\d+:\d+: error: {name}\.connection\.password: {re.escape(text)}", outcome.err)
        assert outcome.err.count("error:") == 1, outcome
        assert name != "gone" or "(a relative path starts where the file that names it is)" in outcome.err
        offline = stores.check(script, "--offline")
        assert offline.code == (2 if name == "evn" else 0), offline  # nothing is looked up


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_of_a_secret_that_may_not_be_read(stores):
    (stores.directory / "pw").write_text("x")
    (stores.directory / "pw").chmod(0)
    write(stores.directory / "datasources.json", {"pg": {"type": "postgresql", "connection": {
        "host": "127.0.0.1", "database": "d", "username": "u", "password": "${file:pw}"}}})
    outcome = stores("datasource", "test", "pg")
    assert outcome.code == 2 and "Permission denied: " in outcome.err and "chmod 600" in outcome.err, outcome


def test_a_password_that_others_can_read_is_a_warning(stores):
    fields = {"host": "h", "database": "d", "username": "u", "password": "hunter2"}
    file = write(stores.directory / "datasources.json", {"pg": {"type": "postgresql", "connection": fields}}, 0o644)
    script = job(("postgresql", {"datasource": "pg", "table": "t", "column": ["*"]}), ("stream", {}))
    outcome = stores.check(script, "--offline")
    assert outcome.code == 0 and "hunter2" not in outcome.err, outcome
    assert re.search(r"datasources\.json:\d+:\d+: warning: pg\.connection\.password: a secret is written down in a file that "
                     r"others can read, mode 0644 \(chmod 600 ", outcome.err), outcome
    file.chmod(0o600)
    assert stores.check(script, "--offline").err == ""


def test_a_connection_string_is_no_secret_without_a_password(stores):
    """ODBC's holds anything; only a password in it is one."""
    place = "Driver=/nowhere.so;Server=h;Database=d;UID=u;"
    for more, warned in (("", False), ("PWD=hunter2", True), ("Password={a;b}", True), ("PWD=${env:PW}", False)):
        file = write(stores.directory / "datasources.json", {"o": {"type": "odbc", "connection": {"connectionString": place + more}}}, 0o644)
        script = job(("odbc", {"datasource": "o", "table": "t", "column": ["*"]}), ("stream", {}))
        outcome = stores.check(script, "--offline")
        assert outcome.code == 0 and "hunter2" not in outcome.err, outcome
        assert ("o.connection.connectionString: a secret is written down" in outcome.err) == warned, (more, outcome)
        shown = stores("datasource", "show", "o").ok()
        assert "***" in shown.out and "hunter2" not in shown.out, shown


# ---- the command ----


def test_list_and_show(stores):
    outcome = stores("datasource", "list").ok()
    assert [line.split()[:2] for line in outcome.out.splitlines()] == [["Name", "Type"], ["a", "sqlite"], ["target", "sqlite"]]
    listed = json.loads(stores("datasource", "list", "--json").ok().out)
    assert [(s["name"], s["profiles"]) for s in listed] == [("a", []), ("target", ["prod", "dev"])]
    shown = json.loads(stores("datasource", "show", "target", "--profile", "prod", "--json").ok().out)
    assert (shown["profile"], shown["connection"]) == ("prod", {"path": "c.db"})
    assert "the source" in stores("datasource", "show", "a").ok().out


def test_show_hides_what_is_written_down(stores):
    connections = {"host": "h", "password": "hunter2"}
    write(stores.directory / "datasources.json", {"pg": {"type": "postgresql", "connection": connections}})
    for arguments in ((), ("--json",)):
        outcome = stores("datasource", "show", "pg", *arguments).ok()
        assert "***" in outcome.out and "hunter2" not in outcome.out + outcome.err, outcome


def test_names_and_words_that_are_wrong(stores):
    for words, text in ((("show", "b"), "no such data source: b"), (("tset", "a"), 'did you mean "test"?'),
                        (("show",), "which data source?"), (("list", "a"), "unexpected word 'a'")):
        outcome = stores("datasource", *words)
        assert outcome.code == 2 and text in outcome.err, outcome
    (stores.directory / "datasources.json").unlink()
    assert "There are no data sources" in stores("datasource", "list").ok().out


def test_a_connection_is_tested_step_by_step(stores, postgres):
    ok = json.loads(stores("datasource", "test", "a", "--json").ok().out)
    assert ok["ok"] and [step["outcome"] for step in ok["steps"]] == ["ok"] * len(ok["steps"]) and ok["steps"]
    assert all(step["elapsed_ms"] >= 0 for step in ok["steps"])
    fields = {**connection(postgres), "password": "${env:PW}"}
    write(stores.directory / "datasources.json", {
        "good": {"type": "postgresql", "connection": fields},
        "closed": {"type": "postgresql", "connection": {**fields, "port": 1}},
        "nowhere": {"type": "postgresql", "connection": {**fields, "host": "no-such-host.invalid"}}})
    env = {"PW": postgres.password}
    good = stores("datasource", "test", "good", environment=env).ok()
    assert "PostgreSQL 15" in good.out and " ms" in good.out, good
    steps = json.loads(stores("datasource", "test", "good", "--json", environment=env).ok().out)["steps"]
    assert [step["step"] for step in steps] == ["resolve", "tcp", "login", "encryption", "server", "privileges", "latency"]
    assert {step["outcome"] for step in steps} == {"ok"} and re.match(r"may read \d+ and write \d+ of \d+ tables", steps[5]["detail"]), steps
    closed = stores("datasource", "test", "closed", "--json", environment=env)
    assert closed.code == 75 and not json.loads(closed.out)["ok"], closed
    wrong = stores("datasource", "test", "good", environment={"PW": "wrong"})
    assert wrong.code == 1 and "failed" in wrong.out, wrong
    assert stores("datasource", "test", "nowhere", environment=env).code in (1, 75)


def test_a_store_without_a_test_says_so(stores):
    write(stores.directory / "datasources.json", {"x": {"type": "stream"}})
    outcome = stores("datasource", "test", "x")
    assert outcome.code == 1 and "sluice.ping/1" in outcome.out, outcome


def test_a_plugin_that_is_not_there(stores):
    write(stores.directory / "datasources.json", {"x": {"type": "sqlit", "connection": {"password": "hunter2"}}})
    outcome = stores("datasource", "show", "x")
    assert outcome.code == 2 and 'did you mean "sqlite"?' in outcome.err and "hunter2" not in outcome.out + outcome.err


def test_the_time_of_a_step_and_a_failure_of_the_call(stores):
    write(stores.directory / "datasources.json", {"f": {"type": "fault", "connection": {"password": "x"}}})
    outcome = stores("datasource", "test", "f", "--plugin-dir", FIXTURES / "plugins").ok()
    assert re.search(r"^  resolve  ok +\S+ ms +127\.0\.0\.1$", outcome.out, re.M), outcome
