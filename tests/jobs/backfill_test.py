# SPDX-License-Identifier: Apache-2.0
"""`sluice backfill`: one run a business date, resumed, in parallel, stopped."""
import json
import os
import signal
import sqlite3
import time

import pytest

from conftest import job

RANGE = ("--from", "20251030", "--to", "20251102")
DATES = ["20251030", "20251031", "20251101", "20251102"]


@pytest.fixture
def days(sluice):
    """A job that writes its business date and its planned time into days.db, and refuses the one of `refused`."""
    database = sqlite3.connect(sluice.directory / "days.db")
    database.executescript("CREATE TABLE refused (day TEXT); CREATE TABLE days (day TEXT PRIMARY KEY, at TEXT);"
                           "CREATE TRIGGER no BEFORE INSERT ON days WHEN NEW.day IN (SELECT day FROM refused)"
                           " BEGIN SELECT RAISE(ABORT, 'not today'); END")
    database.close()
    sluice.job = job(("stream", {"column": [{"value": "${bizdate}"}, {"value": "${at}"}], "sliceRecordCount": 1}),
                     ("sqlite", {"path": "days.db", "table": "days", "column": ["day", "at"]}))
    sluice.job["parameters"] = {"at": "$[yyyymmddhh24mi]"}
    return sluice


def sql(sluice, statement):
    database = sqlite3.connect(sluice.directory / "days.db", timeout=30)
    try:
        with database:
            return database.execute(statement).fetchall()
    finally:
        database.close()


def backfill(sluice, *arguments, script=None, **options):
    outcome = sluice("backfill", sluice.script(script or sluice.job), "--state-dir", sluice.state, *arguments, **options)
    outcome.table = json.loads(outcome.out) if "--json" in arguments and outcome.out else None
    return outcome


def statuses(outcome):
    return [run["status"] for run in outcome.table["runs"]]


def test_one_run_a_date_and_the_second_time_nothing(days):
    first = backfill(days, *RANGE, "--json").ok()
    assert statuses(first) == ["succeeded"] * 4
    assert [run["date"] for run in first.table["runs"]] == DATES
    assert [run["run"] for run in first.table["runs"]] == [f"job-{date}" for date in DATES]
    rows = [("20251030", "202510310000"), ("20251031", "202511010000"), ("20251101", "202511020000"),
            ("20251102", "202511030000")]
    assert sql(days, "SELECT * FROM days ORDER BY day") == rows
    again = backfill(days, *RANGE, "--json").ok()
    assert statuses(again) == ["already done"] * 4
    assert sql(days, "SELECT * FROM days ORDER BY day") == rows
    table = backfill(days, *RANGE).ok().out
    assert table.splitlines()[0].split()[:4] == ["Date", "Run", "Status", "Read"]
    assert table.rstrip().endswith("4 dates: 4 already done")


def test_the_time_of_day_and_other_options_are_those_of_every_run(days):
    backfill(days, "--from", "2025-10-31", "--to", "20251031", "--cyctime", "07:30", "--set",
             "steps[to].parameter.writeMode=replace", "--isolate", "--run-prefix", "mine").ok()
    assert sql(days, "SELECT at FROM days") == [("202511010730",)]
    assert (days.state / "runs/mine-20251031/summary.json").exists()


def test_it_stops_at_a_failure_and_goes_on_from_there(days):
    sql(days, "INSERT INTO refused VALUES ('20251031')")
    stopped = backfill(days, *RANGE, "--json")
    assert stopped.code == 3, stopped
    assert statuses(stopped) == ["succeeded", "limit-exceeded", "not started", "not started"]
    assert "20251031: " in stopped.err
    kept = backfill(days, *RANGE, "--json", "--keep-going")
    assert kept.code == 3 and statuses(kept) == ["already done", "limit-exceeded", "succeeded", "succeeded"], kept
    sql(days, "DELETE FROM refused")
    assert statuses(backfill(days, *RANGE, "--json").ok()) == ["already done", "succeeded", "already done", "already done"]
    assert sql(days, "SELECT count(*) FROM days") == [(4,)]


def test_several_at_a_time(days):
    outcome = backfill(days, "--from", "20250101", "--to", "20250112", "--parallel", "3", "--json").ok()
    assert statuses(outcome) == ["succeeded"] * 12
    assert sql(days, "SELECT count(*) FROM days") == [(12,)]


def another_job(days, keep):
    """A run of another job, which leaves `keep` runs of each kind."""
    other = days.directory / "other.json"
    other.write_text(json.dumps(job(("stream", {"column": [{"value": "x"}], "sliceRecordCount": 1}), ("stream", {"print": False}))))
    assert days("run", other, "--state-dir", days.state, "--keep", keep).code == 0


def test_more_dates_than_runs_are_kept_and_they_stay_done(days):
    dates = ("--from", "20250101", "--to", "20250510")  # 130
    first = backfill(days, *dates, "--parallel", "2", "--json").ok()
    assert statuses(first) == ["succeeded"] * 130
    another_job(days, 5)
    assert len(list((days.state / "runs").iterdir())) == 5
    again = backfill(days, *dates, "--json").ok()
    assert statuses(again) == ["already done"] * 130
    assert sum(run["summary"]["written"] for run in again.table["runs"]) == 130
    assert sql(days, "SELECT count(*) FROM days") == [(130,)]
    one = days.run(days.job, "--run-id", "job-20250101", "--bizdate", "20250101").ok()
    assert "already done: run job-20250101" in one.out and one.summary["written"] == 1
    # Another job of that name is not done; --fresh begins again, whatever was.
    changed = backfill(days, "--from", "20250101", "--to", "20250101", "--set", "steps[from].parameter.sliceRecordCount=2")
    assert changed.code == 2 and "the job has changed since this run began" in changed.err, changed
    sql(days, "DELETE FROM days")
    fresh = backfill(days, "--from", "20250101", "--to", "20250102", "--fresh", "--json").ok()
    assert statuses(fresh) == ["succeeded"] * 2
    assert sql(days, "SELECT count(*) FROM days") == [(2,)]


def test_a_fresh_run_that_fails_is_not_done_because_an_earlier_one_was(days):
    day = ("--from", "20251031", "--to", "20251031")
    backfill(days, *day).ok()
    another_job(days, 1)
    assert not (days.state / "runs/job-20251031").exists()
    sql(days, "DELETE FROM days; ")
    sql(days, "INSERT INTO refused VALUES ('20251031')")
    assert backfill(days, *day, "--fresh").code == 3
    assert backfill(days, *day).code == 3
    sql(days, "DELETE FROM refused")
    assert statuses(backfill(days, *day, "--json").ok()) == ["succeeded"]


def is_running(pid):
    try:
        os.kill(pid, 0)
        return True
    except ProcessLookupError:
        return False


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as file:
        direct = file.read().split()
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/children") as file:
            direct += file.read().split()
    return sorted({int(child) for child in direct})


@pytest.mark.parametrize("number, code", [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_stops_all_of_them(days, number, code):
    slow = {**days.job, "setting": {"speed": {"throttle": True, "mbps": 1, "recordsPerSecond": 1}}}
    slow["steps"][0]["parameter"]["sliceRecordCount"] = 10_000
    process = days.start("backfill", days.script(slow), "--state-dir", days.state, *RANGE, "--parallel", "2", "--json")
    deadline = time.monotonic() + 120
    while len(list(days.state.glob("runs/*/plan.json"))) < 2:  # both are under way
        assert time.monotonic() < deadline and process.poll() is None, process.communicate()
        time.sleep(0.02)
    running = children(process.pid)
    assert len(running) == 2
    process.send_signal(number)
    out, err = process.communicate(timeout=120)
    assert process.returncode == code, err
    assert not [pid for pid in running if is_running(pid)]
    assert [run["status"] for run in json.loads(out)["runs"]] == ["stopped", "stopped", "not started", "not started"]


@pytest.mark.parametrize("arguments, text", [
    ((), "--from and --to are needed"),
    (("--from", "20251031", "--to", "20251001"), "--to is before --from"),
    (("--from", "2025", "--to", "20251001"), "--from: not a date: 2025"),
    ((*RANGE, "--parallel", "0"), "--parallel is 1 to 64"),
    ((*RANGE, "--bizdate", "20251001"), "--bizdate has no place here"),
    ((*RANGE, "--cyctime", "2025-10-01T02:30"), "--cyctime is a time alone here"),
    ((*RANGE, "--run-id", "x"), "unknown option '--run-id'"),
    ((*RANGE, "--run-prefix", "a b"), "--run-prefix: ")])
def test_wrong_use(days, arguments, text):
    outcome = backfill(days, *arguments)
    assert outcome.code == 2 and text in outcome.err, outcome
    assert not days.state.exists()


def test_a_job_with_problems_is_told_once_and_nothing_starts(days):
    days.job["steps"][0]["parameter"]["column"][0]["value"] = "${busdate}"
    outcome = backfill(days, *RANGE, "--keep-going")
    assert outcome.code == 2 and outcome.err.count("no scheduling parameter of that name") == 1, outcome
    assert not days.state.exists()


def test_a_job_that_does_not_depend_on_the_date_is_refused(days):
    days.job["steps"][0]["parameter"]["column"][0]["value"] = days.job["steps"][0]["parameter"]["column"][1]["value"] = "x"
    del days.job["parameters"]
    outcome = backfill(days, *RANGE)
    assert outcome.code == 2 and "every date would make the same run" in outcome.err, outcome
