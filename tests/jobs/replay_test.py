# SPDX-License-Identifier: Apache-2.0
"""`sluice replay`: dirty records run again once their cause is mended, none of them lost and none doubled."""
import json
import sqlite3
import time

import pytest

from conftest import FIXTURES, job

CSV = {"path": "people.csv", "column": [{"index": 0, "type": "long"}, {"index": 1, "type": "string"}, {"index": 2, "type": "decimal(10,2)"}]}
LENIENT = {"errorLimit": {"record": 1000}}
CHECKED = "CREATE TABLE target (id INTEGER PRIMARY KEY, name TEXT, price DECIMAL(10,2) CHECK (price > 0))"
UNCHECKED = """ALTER TABLE target RENAME TO old; CREATE TABLE target (id INTEGER PRIMARY KEY, name TEXT, price DECIMAL(10,2));
               INSERT INTO target SELECT * FROM old; DROP TABLE old"""


class Shop:
    def __init__(self, sluice):
        self.sluice, self.path = sluice, sluice.directory / "shop.db"

    def sql(self, script):
        with sqlite3.connect(self.path, isolation_level=None) as connection:
            connection.executescript(script)
        connection.close()

    def rows(self, sql="SELECT id, name, price FROM target ORDER BY id"):
        connection = sqlite3.connect(self.path)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def people(self, count, bad):
        """Records whose price is negative where `bad` says so."""
        lines = [f'{i},"name {i}, ""é""",{"-" if i in bad else ""}{i}.25\n' for i in range(1, count + 1)]
        (self.sluice.directory / "people.csv").write_text("".join(lines))

    def job(self, writer=None, setting=None, **more):
        return job(("file", CSV), ("sqlite", {"path": "shop.db", "table": "target", "column": ["*"], **(writer or {})}),
                   setting={**LENIENT, **(setting or {})}, **more)

    def replay(self, run, *arguments, environment=None):
        summary = self.sluice.directory / "replay.json"
        summary.unlink(missing_ok=True)
        outcome = self.sluice("replay", run, "--state-dir", self.sluice.state, "--summary", summary, *arguments, environment=environment)
        outcome.summary = json.loads(summary.read_text()) if summary.exists() else None
        return outcome

    def dirty(self, run):
        file = self.sluice.state / "runs" / run / "dirty.jsonl"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


@pytest.fixture
def shop(sluice):
    return Shop(sluice)


def test_refused_records_arrive_once_the_table_is_mended(shop):
    bad = {3, 50, 51, 99}
    shop.people(100, bad)
    shop.sql(CHECKED)
    run = shop.sluice.run(shop.job(writer={"preSql": ["DELETE FROM @table"]})).ok().summary
    assert (run["dirty"], len(shop.dirty(run["run"]))) == (4, 4)
    shop.sql(UNCHECKED)
    replayed = shop.replay(run["run"]).ok().summary
    assert {key: replayed[key] for key in ("run", "read", "written", "dirty")} == {"run": run["run"] + ".replay", "read": 4, "written": 4, "dirty": 0}
    assert replayed["notes"]["replays"] == run["run"]
    assert shop.rows() == [(i, f'name {i}, "é"', -i - 0.25 if i in bad else i + 0.25) for i in range(1, 101)], "preSql is not repeated"
    resumed = shop.sluice.run("job.json", "--resume", "last").ok()
    assert "already done: run " + run["run"] + "," in resumed.out, "a replay is not the job's last run"
    again = shop.replay(run["run"])
    assert again.code == 0 and "already done" in again.out, again
    assert len(shop.rows()) == 100
    listed = shop.sluice("runs", "--state-dir", shop.sluice.state).out
    assert run["run"] + ".replay" in listed, listed
    verdict = shop.sluice("verify", "job.json", "--state-dir", shop.sluice.state)
    assert verdict.code == 0, verdict


def test_records_that_the_cast_refused_keep_their_values(shop):
    lines = ["1,7,1.00\n", f"2,{'long ' * 5},2.00\n", '3,"quoted ""é""\ntwo lines and more",3.00\n']
    (shop.sluice.directory / "people.csv").write_text("".join(lines))
    shop.sql("CREATE TABLE target (id INTEGER PRIMARY KEY, name INTEGER, price DECIMAL(10,2))")
    run = shop.sluice.run(shop.job()).ok().summary["run"]
    assert [line["stage"] for line in shop.dirty(run)] == ["cast", "cast"]
    shop.sql("DROP TABLE target; CREATE TABLE target (id INTEGER PRIMARY KEY, name TEXT, price DECIMAL(10,2))")
    shop.replay("last").ok()
    assert shop.rows() == [(2, "long " * 5, 2), (3, 'quoted "é"\ntwo lines and more', 3)]


def test_what_is_refused_again_stays_in_the_replays_own_file(shop):
    shop.people(20, {5, 6})
    shop.sql(CHECKED)
    run = shop.sluice.run(shop.job()).ok().summary["run"]
    shop.sql("ALTER TABLE target RENAME TO old; CREATE TABLE target (id INTEGER PRIMARY KEY, name TEXT, price DECIMAL(10,2) CHECK (price > -6))")
    replayed = shop.replay(run).ok().summary
    assert (replayed["read"], replayed["written"], replayed["dirty"]) == (2, 1, 1)
    assert [line["record"]["column1"] for line in shop.dirty(run + ".replay")] == [6]
    assert len(shop.dirty(run)) == 2
    shop.sql(UNCHECKED.replace("RENAME TO old", "RENAME TO old2").replace("FROM old", "FROM old2").replace("DROP TABLE old", "DROP TABLE old2"))
    shop.replay(run + ".replay").ok()
    assert [row[0] for row in shop.rows()] == [5, 6]
    assert "no dirty records" in shop.replay(run + ".replay.replay").out


def test_nothing_mended_is_an_error_and_can_be_repeated(shop):
    shop.people(10, {5, 6})
    shop.sql(CHECKED)
    run = shop.sluice.run(shop.job()).ok().summary["run"]
    for _ in range(2):
        outcome = shop.replay(run)
        assert outcome.code == 3 and "every record is dirty: 2 of 2" in outcome.out, outcome
        assert len(shop.dirty(run + ".replay")) == outcome.summary["dirty"] == 2
    assert len(shop.rows()) == 8
    shop.sql(UNCHECKED)
    shop.replay(run).ok()
    assert len(shop.rows()) == 10


def test_the_jobs_error_limit_holds(shop):
    shop.people(10, {5, 6, 7})
    shop.sql(CHECKED)
    run = shop.sluice.run(shop.job(setting={"errorLimit": {"record": 3}})).ok().summary["run"]
    shop.sql("ALTER TABLE target RENAME TO old; CREATE TABLE target (id INTEGER PRIMARY KEY, name TEXT, price DECIMAL(10,2) CHECK (price > -6))")
    assert shop.replay(run, "--set", "setting.errorLimit.record=1").code == 3
    assert shop.rows() == [], "nothing beyond the limit"
    assert shop.replay(run, "--set", "setting.errorLimit.record=2").ok().summary["dirty"] == 2


@pytest.mark.parametrize("point", ["before-dirty", "after-dirty", "after-plan", "after-journal-prepared", "before-journal-committing",
                                   "after-journal-committing", "after-journal-completing"])
def test_a_replay_that_crashed_goes_on(shop, point):
    bad = set(range(10, 40))
    shop.people(100, bad)
    shop.sql(CHECKED)
    script = shop.job(setting={"delivery": "exactly-once"})
    run = shop.sluice.run(script).ok().summary["run"]
    shop.sql("ALTER TABLE target RENAME TO old; CREATE TABLE target (id INTEGER, name TEXT, price DECIMAL(10,2) CHECK (price > -35))")
    crashed = shop.replay(run, environment={"SLUICE_CRASH_POINT": point})
    assert crashed.code == -9, crashed
    replayed = shop.replay(run).ok().summary
    assert [row[0] for row in shop.rows("SELECT id FROM target ORDER BY id")] == list(range(10, 35)), "no key keeps them from being doubled"
    assert len(shop.dirty(run + ".replay")) == replayed["dirty"] == 5
    assert "already done" in shop.replay(run).out


def test_a_replay_that_begins_again_meets_no_mark_of_the_one_before(shop):
    shop.people(100, set(range(10, 40)))
    shop.sql(CHECKED)
    script = shop.job(setting={"delivery": "exactly-once"})
    run = shop.sluice.run(script).ok().summary["run"]
    shop.sql(UNCHECKED)
    crashed = shop.replay(run, environment={"SLUICE_CRASH_POINT": "before-journal-committed"})
    assert crashed.code == -9 and len(shop.rows()) == 100, crashed
    shop.sql("DELETE FROM target WHERE price < 0")
    shop.replay(run, "--fresh").ok()
    assert len(shop.rows()) == 100


def test_texts_that_no_reader_could_read_are_counted(shop):
    shop.people(5, {2})
    with open(shop.sluice.directory / "people.csv", "a") as file:
        file.write("six,name,1\nseven\n")
    shop.sql(CHECKED)
    run = shop.sluice.run(shop.job()).ok().summary
    assert run["dirty"] == 3
    shop.sql(UNCHECKED)
    outcome = shop.replay(run["run"]).ok()
    assert "2 dirty records never became a record" in outcome.err, outcome
    assert outcome.summary["written"] == 1


def test_what_cannot_be_replayed(shop):
    shop.people(5, {2})
    shop.sql(CHECKED)
    run = shop.sluice.run(shop.job()).ok().summary["run"]
    outcome = shop.replay("nonsense")
    assert outcome.code == 2 and "there is no such run" in outcome.err, outcome
    shop.sluice.script(shop.job(writer={"writeMode": "ignore"}))
    outcome = shop.replay(run)
    assert outcome.code == 2 and "the job has changed since this run" in outcome.err, outcome
    shop.sluice.script(shop.job(setting={"speed": {"concurrent": 2}}))  # how it runs may change
    moved = shop.sluice.directory / "moved.json"
    (shop.sluice.directory / "job.json").rename(moved)
    outcome = shop.replay(run)
    assert outcome.code == 2 and "job.json" in outcome.err, outcome
    shop.sql(UNCHECKED)
    shop.replay(run, moved).ok()
    assert len(shop.rows()) == 5


def test_a_run_that_is_not_over_is_replayed_later(shop):
    endless = job(("stream", {"column": [{"value": "x"}], "sliceRecordCount": 10_000_000}), ("stream", {"print": False, "delay": "20ms"}))
    process = shop.sluice.start("run", shop.sluice.script(endless), "--state-dir", shop.sluice.state, "--run-id", "r")
    try:
        journal = shop.sluice.state / "runs/r/journal.jsonl"
        while not (journal.exists() and "prepared" in journal.read_text()):
            assert process.poll() is None, process.communicate()
            time.sleep(0.01)
        outcome = shop.replay("r")
        assert outcome.code == 75 and "the run is not over yet" in outcome.err, outcome
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("how", ["option", "setting"])
def test_a_replay_in_processes_of_its_own(sluice, how):
    """A writer that crashes fails its split, not the host."""
    sound = sluice.directory / "sound"
    sound.touch()
    script = job(("fault", {"records": 10}), ("fault", {"output": "out", "rejectEvery": 2, "crash": "write", "mended": str(sound)}),
                 setting={**LENIENT, "retry": {"times": 0}, "isolate": how == "setting"})
    plugins = ("--plugin-dir", FIXTURES / "plugins")
    run = sluice.run(script, *plugins).ok().summary
    assert run["dirty"] > 0
    command = ("replay", run["run"], *plugins, "--state-dir", sluice.state, "--validate", "full", *(["--isolate"] if how == "option" else []))
    sound.unlink()
    crashed = sluice(*command)
    assert crashed.code == 75 and "SIGABRT in writer fault, write" in crashed.out, crashed
    sound.touch()
    assert sluice(*command).code == 0
    assert (sluice.directory / "out").read_text().count("\n") > run["written"]


def test_an_unfinished_run_is_taken_up_first(shop):
    shop.people(10, {2, 3})
    shop.sql(CHECKED)
    run = shop.sluice.run(shop.job(setting={"errorLimit": {"record": 1}}), "--run-id", "r")
    assert run.code == 3, run
    outcome = shop.replay("r")
    assert outcome.code == 2 and "--resume RUN" in outcome.err and outcome.err.endswith(": r\n"), outcome


def test_records_enter_at_the_step_that_refused_them(sluice):
    """The fixture's processor refuses the first record of every batch and drops the others."""
    script = job(("fault", {"records": 10, "batch": 5, "splits": 2}), ("fault", {"output": "out"}), [("fault", {"refuse": True})], LENIENT)
    script["setting"]["errorLimit"] = {"record": 100}
    plugins = ("--plugin-dir", FIXTURES / "plugins")
    run = sluice.run(script, *plugins).ok().summary
    assert (run["dirty"], run["filtered"]) == (4, 16)
    outcome = sluice("replay", run["run"], *plugins, "--state-dir", sluice.state, "--summary", "replay.json")
    replayed = json.loads((sluice.directory / "replay.json").read_text())
    assert (replayed["run"], replayed["read"], replayed["dirty"]) == (run["run"] + ".replay-1", 4, 1), outcome


def test_a_published_file_is_added_to(sluice):
    """Nothing but the record itself can be mended here: a text cannot hold its delimiter."""
    with sqlite3.connect(sluice.directory / "shop.db", isolation_level=None) as connection:
        connection.executescript("CREATE TABLE source (id INTEGER PRIMARY KEY, t TEXT); INSERT INTO source VALUES (1, 'a'), (2, 'b,c'), (3, 'd')")
    connection.close()
    for single in (True, False):
        script = job(("sqlite", {"path": "shop.db", "table": "source", "column": ["*"]}),
                     ("file", {"path": ".", "fileName": f"out{single}", "fileFormat": "text", "writeSingleObject": single, "writeHeader": True}),
                     setting=LENIENT)
        run = sluice.run(script).ok().summary["run"]
        dirty = sluice.state / "runs" / run / "dirty.jsonl"
        dirty.write_text(dirty.read_text().replace("b,c", "mended"))
        outcome = sluice("replay", run, "--state-dir", sluice.state)
        assert outcome.code == 0, outcome
        lines = [file.read_text().splitlines() for file in sorted(sluice.directory.glob(f"out{single}*"))]
        assert sorted(sum(lines, [])) == sorted(["id,t", "1,a", "3,d", "2,mended"] + ([] if single else ["id,t"])), lines
