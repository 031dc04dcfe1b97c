# SPDX-License-Identifier: Apache-2.0
"""Where a run keeps its state: a full disk, no home, and what interrupted runs leave to those that come after them."""
import json
import shutil
import subprocess
import time

import pytest

from conftest import BINARY, job
from crashes import Crashes
from routes import PARTS, Route
from servers import mariadb, postgres, servers  # noqa: F401


@pytest.fixture
def to_files(sluice):
    """csv to csv: what stands aside while a run may be resumed can be seen."""
    route = Route("csv->csv", sluice.directory)
    route.create()
    return Crashes(sluice, route)


def wait_for(condition):
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def plain(crashes, *arguments, **more):
    """`run` without a run's id."""
    return crashes.sluice.run(crashes.script, *arguments, **more)


def status_of(crashes, run):
    return json.loads(crashes.sluice("runs", "show", run, "--state-dir", crashes.sluice.state, "--json").out)["status"]


@pytest.mark.parametrize("how", [[], ["--fresh"], ["--run-id", "r2"]])
def test_a_later_run_removes_what_an_interrupted_one_left(to_files, how):
    assert to_files.at_point("after-journal-committed", 3)
    assert to_files.route.target.leftovers()
    plain(to_files, *how).ok()
    assert to_files.route.target.leftovers() == []
    assert to_files.route.target.rows() == to_files.route.records.expected()
    assert status_of(to_files, "r1") == "abandoned"
    # Its files are gone: to go on with it would lose them.
    refused = plain(to_files, "--run-id", "r1")
    assert refused.code == 2 and "a later run of the job took the place of this one" in refused.err, refused
    assert to_files.route.target.rows() == to_files.route.records.expected()


@pytest.mark.parametrize("point", ["after-journal-committed", "after-journal-completing", "before-journal-completed",
                                   "after-journal-completed"])
def test_a_run_that_begins_again_under_its_id(to_files, point):
    assert to_files.at_point(point)
    plain(to_files, "--run-id", "r1", "--fresh").ok()
    to_files.check_end()


@pytest.mark.parametrize("name", ["csv->sqlite", "csv->mysql", "csv->marked postgresql"])
def test_marks_of_a_run_are_nothing_to_one_that_begins_under_its_id(sluice, servers, name):
    """Also when nobody here knows any more that there was another one."""
    route = Route(name, sluice.directory, servers)
    route.create()
    crashes = Crashes(sluice, route)
    assert crashes.at_point("after-journal-committed", 3)
    assert crashes.at_point("after-journal-committed", 1)
    assert crashes.begin_again("after-journal-committed") and route.target.leftovers()
    shutil.rmtree(sluice.state)
    crashes.to_the_end()
    crashes.check_end()


@pytest.fixture
def to_sqlite(sluice):
    route = Route("csv->sqlite", sluice.directory)
    route.create()
    return Crashes(sluice, route)


@pytest.mark.parametrize("half_removed", ["run.json", "journal.jsonl"])
def test_a_run_that_was_half_removed_is_a_new_one(to_sqlite, half_removed):
    """What is left of the old one must not be taken for what the new one did, when that is interrupted."""
    to_sqlite.to_the_end()
    (to_sqlite.directory / half_removed).unlink()
    assert to_sqlite.at_point("after-journal-prepared")
    to_sqlite.to_the_end()
    to_sqlite.check_end()


def test_a_run_is_removed_all_at_once(to_sqlite):
    """Killed in the middle of it, --fresh has removed the run."""
    to_sqlite.to_the_end()
    assert to_sqlite.begin_again("after-run-aside")
    assert not to_sqlite.directory.exists() and list(to_sqlite.sluice.state.glob("scratch-*"))
    to_sqlite.check_runs()
    to_sqlite.to_the_end()
    to_sqlite.check_end()
    assert not list(to_sqlite.sluice.state.glob("scratch-*")), "swept up"


SLOW = job(("stream", {"column": [{"value": "x"}], "sliceRecordCount": 10_000_000}),
           ("stream", {"print": False, "delay": "20ms"}))


@pytest.mark.parametrize("how", [[], ["--fresh"]])
def test_a_run_that_another_job_has_at_work_is_left_alone(sluice, how):
    """The id is the same, the job is not: with other parameters, say."""
    script = sluice.script(SLOW)
    first = sluice.start("run", script, "--state-dir", sluice.state, "--run-id", "r")
    journal = sluice.state / "runs/r/journal.jsonl"
    try:
        wait_for(lambda: journal.exists() and "prepared" in journal.read_text())
        listed = sluice("runs", "--state-dir", sluice.state, "--json")
        assert [run["status"] for run in json.loads(listed.out)["runs"]] == ["running"], listed
        second = sluice.run(script, "--set", "steps[from].parameter.sliceRecordCount=1", "--run-id", "r", *how)
        assert second.code == 75 and "this run is at work already" in second.err and str(first.pid) in second.err, second
        assert "completed" not in journal.read_text()
        pruned = sluice.run(script, "--set", "steps[from].parameter.sliceRecordCount=1", "--keep", "1")
        assert pruned.code == 0 and journal.exists(), pruned
    finally:
        first.kill()
        first.communicate()


def test_a_lock_that_cannot_be_made_is_no_wrong_use(sluice):
    few = {**SLOW, "steps": [{**SLOW["steps"][0], "parameter": {"column": [{"value": "x"}], "sliceRecordCount": 1}}, SLOW["steps"][1]]}
    run = sluice.run(few).ok().summary["run"]
    identity = json.loads((sluice.state / "runs" / run / "run.json").read_text())
    lock = sluice.state / "locks" / (identity["fingerprint"] + ".lock")
    lock.unlink(missing_ok=True)
    lock.mkdir()
    refused = sluice.run(few)
    assert refused.code == 1 and "cannot make the lock: Is a directory" in refused.err, refused


def test_a_run_that_cannot_go_on_says_how_far_it_came(to_sqlite):
    """What is in the target stays told, and the dirty file's lines are as many as are counted."""
    assert to_sqlite.at_point("after-journal-committed", 6)
    with open(to_sqlite.route.source.directory / "in-11.csv", "a", encoding="utf-8") as file:
        file.write("9999,late,1,\\N\n")
    failed = plain(to_sqlite, "--run-id", "r1")
    assert failed.code == 1 and "the source has changed since" in failed.out, failed
    written, dirty = sum(to_sqlite.route.target.rows().values()), len((to_sqlite.directory / "dirty.jsonl").read_text().splitlines())
    assert written > 0 and dirty > 0
    shown = json.loads(to_sqlite.sluice("runs", "show", "r1", "--state-dir", to_sqlite.sluice.state, "--json").out)
    for told in failed.summary, shown:
        assert (told["written"], told["dirty"], told["read"]) == (written, dirty, written + dirty), told
        assert (told["splits_done"], told["splits"]) == (6, PARTS), told
    assert sum(kind["count"] for kind in failed.summary["dirty_kinds"]) == dirty


def test_a_promise_that_is_raised_is_no_answer_for_the_commits_before(sluice):
    """That commit left no mark, and it happened."""
    route = Route("csv->sqlite", sluice.directory)
    route.create()
    crashes = Crashes(sluice, route, "auto")
    assert crashes.at_point("before-journal-committed")
    before = route.target.rows()
    refused = plain(crashes, "--run-id", "r1", "--set", "setting.delivery=exactly-once")
    assert refused.code == 1 and "to repeat it could double records" in refused.out, refused
    assert route.target.rows() == before


def few_records(sluice):
    script = sluice.directory / "few.json"
    script.write_text(json.dumps(job(("stream", {"column": [{"value": "x"}], "sliceRecordCount": 1}), ("stream", {"print": False}))))
    return script


def test_later_runs_do_not_push_out_what_an_unfinished_one_has_written(to_sqlite):
    few = few_records(to_sqlite.sluice)
    assert to_sqlite.at_point("after-journal-committed", 2)
    for _ in range(3):
        to_sqlite.sluice.run(few, "--keep", 1).ok()
    assert status_of(to_sqlite, "r1") == "interrupted"
    to_sqlite.to_the_end()
    to_sqlite.check_end()
    to_sqlite.sluice.run(few, "--keep", 1).ok()
    assert not to_sqlite.directory.exists(), "a run that is done goes when its time has come"


def test_a_last_run_that_cannot_be_read_is_not_overlooked(to_sqlite):
    assert to_sqlite.at_point("after-journal-committed", 2)
    with open(to_sqlite.directory / "journal.jsonl", "a", encoding="utf-8") as journal:
        journal.write("rubbish\n")
    before = to_sqlite.route.target.rows()
    for command in "run", "verify":
        refused = to_sqlite.sluice(command, to_sqlite.script, "--state-dir", to_sqlite.sluice.state)
        assert refused.code == 1 and "cannot read the run's journal" in refused.err, refused
    assert to_sqlite.route.target.rows() == before
    plain(to_sqlite, "--fresh").ok()
    assert to_sqlite.route.target.rows() == to_sqlite.route.records.expected()


def test_how_long_a_run_took_that_died_before_its_summary(sluice):
    """Until its last sign of life, not until somebody asks."""
    script = few_records(sluice)
    assert sluice.run(script, "--run-id", "r", environment={"SLUICE_CRASH_POINT": "after-journal-completed"}).code == -9
    told = sluice.run(script, "--run-id", "r").ok().summary
    directory = sluice.state / "runs/r"
    started = json.loads((directory / "run.json").read_text())["started_ms"] / 1000
    ended = max(path.stat().st_mtime for path in directory.iterdir())
    assert told["elapsed_seconds"] == pytest.approx(ended - started, abs=0.005)


def test_what_a_process_left_half_written_goes_although_its_run_is_done(sluice):
    script = few_records(sluice)
    sluice.run(script, "--run-id", "r").ok()
    half = sluice.state / "runs/r/summary.json.new"
    half.write_text('{"run"')
    assert "already done" in sluice.run(script, "--run-id", "r").ok().out
    assert not half.exists()


def test_a_run_goes_on_in_its_own_time_zone(to_sqlite):
    zone = "setting.common.column.timeZone="
    begun = plain(to_sqlite, "--run-id", "r1", "--set", zone + "Europe/Berlin", environment={"SLUICE_CRASH_POINT": "after-journal-committed"})
    assert begun.code == -9, begun
    for other in [], ["--set", zone + "Asia/Shanghai"]:
        refused = plain(to_sqlite, "--run-id", "r1", *other)
        assert refused.code == 2 and "the job has changed since this run began" in refused.err, refused
    plain(to_sqlite, "--run-id", "r1", "--set", zone + "Europe/Berlin").ok()
    assert to_sqlite.route.target.rows() == to_sqlite.route.records.expected()


def test_a_run_that_died_before_its_clean_up_is_cleaned_up_after(to_files):
    assert to_files.at_point("after-journal-completed")
    assert to_files.route.target.leftovers()
    to_files.check_end()
    assert to_files.journal()[-1] == "cleaned"


def test_what_a_run_published_itself_is_no_conflict_for_it(sluice):
    route = Route("csv->csv", sluice.directory)
    route.create()
    write = route.target.writer
    route.target.writer = lambda: (write()[0], {**write()[1], "writeMode": "nonConflict"})
    crashes = Crashes(sluice, route)
    assert crashes.at_point("before-journal-completed")
    crashes.to_the_end()
    crashes.check_end()


def test_without_a_home(to_files):
    to_files.sluice.environment.pop("HOME")
    assert to_files.at_point("after-journal-committed", 2)
    to_files.to_the_end()
    to_files.check_end()
    refused = to_files.sluice("run", to_files.script)
    assert refused.code == 2 and "--state-dir" in refused.err, refused


def can_mount():
    if shutil.which("unshare") is None:
        return False
    return subprocess.run(["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not can_mount(), reason="may not mount a file system in a namespace of its own")
@pytest.mark.parametrize("kilobytes", range(4, 60, 4))
def test_a_full_state_disk_fails_the_run_cleanly(sluice, kilobytes):
    """Wherever it becomes full: a message that says so, whole splits in the target, and the run goes on when there is
    room again."""
    route = Route("csv->sqlite", sluice.directory)
    route.create()
    crashes = Crashes(sluice, route)
    sluice.state.mkdir()
    small = f"mount -t tmpfs -o size={kilobytes}k tmpfs {sluice.state} && cd {sluice.directory} || exit 99"
    words = " ".join(f"'{word}'" for word in [BINARY, *crashes.command()])
    grown = f"mount -o remount,size=10m {sluice.state}"
    script = f"{small}; {words}; echo exit $?; {BINARY} runs --state-dir {sluice.state}; echo exit $?; {grown}; {words}; echo exit $?"
    done = subprocess.run(["unshare", "-m", "sh", "-c", script], text=True, capture_output=True, env=sluice.environment, check=False)
    first, listed, again = [int(line.split()[1]) for line in done.stdout.splitlines() if line.startswith("exit ")]
    assert listed == 0 and again == 0, done.stdout + done.stderr
    assert first in (0, 1), done.stdout + done.stderr
    if first == 1:
        assert "No space left on device" in done.stdout + done.stderr
    assert route.target.rows() == route.records.expected()
    assert route.target.leftovers() == []
