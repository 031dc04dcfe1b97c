# SPDX-License-Identifier: Apache-2.0
"""The program around a job: exit codes, summary, progress, logs, signals, secrets, and what `check --offline` leaves
alone."""
import json
import os
import pathlib
import pty
import re
import shutil
import signal
import sqlite3
import stat
import subprocess

import pytest

from conftest import BINARY, FIXTURES, job

SUMMARY_KEYS = {"run", "status", "started", "finished", "elapsed_seconds", "lanes", "splits", "read", "added", "written",
                "skipped", "filtered", "dirty", "bytes", "reader_wait_seconds", "writer_wait_seconds",
                "peak_memory_bytes", "delivery", "consistent", "notes", "warnings", "error"}


def stream(records=5, setting=None, **writer):
    column = [{"type": "long", "increment": "1,1"}]
    return job(("stream", {"column": column, "sliceRecordCount": records}), ("stream", {"print": False, **writer}),
               setting=setting)


def into_sqlite(sluice, keys, values="x"):
    """A job whose writer finds `keys` taken already in its table; and the table's file."""
    source, target = sluice.directory / "source.db", sluice.directory / "target.db"
    for file in source, target:
        connection = sqlite3.connect(file)
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, word TEXT)")
        rows = [(i, f"{values}{i}") for i in (range(20) if file == source else keys)]
        connection.executemany("INSERT INTO t VALUES (?, ?)", rows)
        connection.commit()
        connection.close()
    sides = [("sqlite", {"path": str(file), "table": "t", "column": ["id", "word"]}) for file in (source, target)]
    return job(*sides, setting={"errorLimit": {"record": 5}})


def on_terminal(sluice, *arguments, environment=None):
    """Runs with a terminal for output and error stream; answers with the exit code and what it showed."""
    main, terminal = pty.openpty()
    process = subprocess.Popen([BINARY, *map(str, arguments)], cwd=sluice.directory, stdin=subprocess.DEVNULL,
                               stdout=terminal, stderr=terminal,
                               env={**sluice.environment, "TERM": "xterm", **(environment or {})})
    os.close(terminal)
    shown = b""
    while True:
        try:
            block = os.read(main, 65536)
        except OSError:  # the other side is closed
            break
        if not block:
            break
        shown += block
    os.close(main)
    return process.wait(timeout=60), shown.decode().replace("\r\n", "\n")


# ---- summary ----


def test_the_summary_has_every_key_and_its_sums_hold(sluice):
    summary = sluice.run(stream(records=7, setting={"speed": {"concurrent": 3}})).ok().summary
    assert SUMMARY_KEYS <= summary.keys()
    assert (summary["read"], summary["written"], summary["lanes"], summary["splits"]) == (21, 21, 3, 3)
    assert (summary["error"], summary["exit_code"], summary["added"]) == (None, 0, 0)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", summary["started"])
    assert summary["started"] <= summary["finished"] and summary["peak_memory_bytes"] > 1 << 20
    kept = sluice.state / "runs" / summary["run"]
    assert json.loads((kept / "summary.json").read_text()) == summary
    for directory in sluice.state, sluice.state / "runs", kept:
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700, directory


def test_the_summary_for_people(sluice):
    outcome = sluice.run(stream(records=7)).ok()
    lines = dict(line.split(None, 1) for line in outcome.out.splitlines())
    assert lines["run"] == outcome.summary["run"]
    assert lines["status"] == "succeeded"
    assert lines["read"].startswith("7 records, 56 B, ")
    assert (lines["written"], lines["dirty"], lines["splits"]) == ("7", "0", "1")
    assert outcome.err == ""


def test_a_dash_sends_the_json_to_the_output_and_the_text_aside(sluice):
    outcome = sluice("run", sluice.script(stream()), "--summary", "-", "--state-dir", "state")
    assert json.loads(outcome.out)["written"] == 5
    assert "status      succeeded" in outcome.err


def test_the_summary_replaces_an_older_one_whole(sluice):
    (sluice.directory / "place").mkdir()
    summary = sluice.directory / "place/summary.json"
    summary.write_text("x" * 100_000)
    sluice("run", sluice.script(stream()), "--summary", summary, "--state-dir", "state")
    assert json.loads(summary.read_text())["written"] == 5
    assert list(summary.parent.iterdir()) == [summary]


def test_a_job_with_problems_has_a_summary_too_and_leaves_nothing(sluice):
    wrong = stream()
    wrong["steps"][0]["parameter"]["column"][0]["type"] = "lang"
    outcome = sluice.run(wrong)
    assert outcome.code == 2
    assert outcome.err.endswith("job.json: 1 error, nothing was read or written\n")
    assert SUMMARY_KEYS <= outcome.summary.keys()
    assert (outcome.summary["status"], outcome.summary["exit_code"]) == ("problems", 2)
    assert outcome.summary["problems"][0]["path"] == "steps[0].parameter.column[0].type"
    assert outcome.summary["error"]["message"].startswith("steps[0].parameter.column[0].type: must be one of")
    assert not list(sluice.state.glob("runs/*"))


@pytest.mark.parametrize("place, why", [
    ("nowhere/summary.json", "No such file or directory"),
    (".", "Is a directory"),
])
def test_a_summary_that_cannot_be_written_is_known_before(sluice, place, why):
    outcome = sluice("run", sluice.script(stream()), "--summary", place, "--state-dir", sluice.state)
    assert outcome.code == 2
    assert outcome.err == f"sluice run: cannot write {place}: {why} (asked for by --summary)\n"
    assert not sluice.state.exists()


def test_a_disk_that_is_full_at_the_end_does_not_change_the_exit_code(sluice):
    outcome = sluice("run", sluice.script(stream()), "--summary", "/dev/full", "--state-dir", "state")
    assert outcome.code == 0
    assert outcome.err == "warning: the summary is lost: cannot write /dev/full: No space left on device\n"
    with open("/dev/full", "w") as full:
        process = subprocess.run([BINARY, "plugins"], stdout=full, stderr=subprocess.PIPE, env=sluice.environment)
    assert process.returncode == 1


def test_a_summary_that_the_output_does_not_take_is_no_success(sluice):
    with open("/dev/full", "w") as full:
        process = subprocess.run([BINARY, "run", sluice.script(stream()), "--summary", "-", "--state-dir", sluice.state], stdout=full,
                                 stderr=subprocess.PIPE, text=True, env=sluice.environment)
    assert process.returncode == 1 and process.stderr.endswith("the summary could not be printed on the output\n"), process
    assert [run["status"] for run in json.loads(sluice("runs", "--state-dir", sluice.state, "--json").out)["runs"]] == ["succeeded"]
    process = subprocess.run([BINARY, "run", sluice.script(stream()), "--summary", "-", "--state-dir", sluice.state], stdout=None,
                             stderr=subprocess.PIPE, text=True, env=sluice.environment, preexec_fn=lambda: os.close(1))
    assert process.returncode == 1 and process.stderr.endswith("the summary could not be printed on the output\n"), process


# ---- exit codes ----


def test_the_error_limit_has_its_exit_code(sluice):
    outcome = sluice.run(into_sqlite(sluice, keys=range(6)))
    assert (outcome.code, outcome.summary["status"]) == (3, "limit-exceeded"), outcome
    assert "status      error limit exceeded" in outcome.out
    assert "error       " in outcome.out


@pytest.mark.parametrize("number, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_stops_the_run_and_the_summary_comes(sluice, number, code):
    endless = stream(records=10_000_000, delay="20ms")
    process = sluice.start("run", sluice.script(endless), "--summary", "summary.json", "--state-dir", sluice.state,
                           "--log-level", "trace")
    while not list(sluice.state.glob("runs/*")):  # the signal handlers are in place a moment later; a resend is harmless
        assert process.poll() is None
    while process.poll() is None and not (sluice.directory / "summary.json").exists():
        process.send_signal(number)
        try:
            process.wait(timeout=3)
        except subprocess.TimeoutExpired:
            continue
    out, err = process.communicate(timeout=60)
    assert process.returncode in (code, -number), (out, err)
    if process.returncode == code:
        summary = json.loads((sluice.directory / "summary.json").read_text())
        assert (summary["status"], summary["exit_code"]) == ("stopped", code)
        assert "status      stopped" in out


@pytest.mark.parametrize("arguments, message", [
    (["chek"], 'sluice: unknown command \'chek\' (did you mean "check"?)'),
    (["--nothing"], "sluice: unknown option '--nothing'"),
    (["run"], "sluice run: JOB is missing"),
    (["run", "a", "b"], "sluice run: unexpected word 'b'"),
    (["run", "a", "--summery", "x"], "sluice run: unknown option '--summery' (did you mean \"--summary\"?)"),
    (["check", "a", "--log-level", "loud"],
     "sluice check: --log-level is trace, debug, info, warning or error, not 'loud'"),
    (["run", "a", "--log-format", "xml"], "sluice run: --log-format is text or json, not 'xml'"),
    (["run", "a", "--validate", "no"], "sluice run: --validate is quick or full, not 'no'"),
    (["plugins", "--plugin-dir", "nix"], "sluice plugins: --plugin-dir is no directory: nix"),
    (["check", "a", "--plugin-dir", "nix"], "sluice check: --plugin-dir is no directory: nix"),
    (["describe"], "sluice describe: NAME is missing"),
    (["describe", "file", "--kind", "x"], "sluice describe: --kind is reader, writer or processor, not 'x'"),
])
def test_wrong_use_is_told_with_the_way_to_the_help(sluice, arguments, message):
    outcome = sluice(*arguments)
    command = message.split(":")[0]
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == f"{message}\nRun '{command} -h' for help.\n"


# ---- state ----


def test_without_a_home_the_way_out_is_named(sluice):
    for variable in "HOME", "XDG_STATE_HOME":
        sluice.environment.pop(variable, None)
    outcome = sluice("run", sluice.script(stream()))
    assert outcome.code == 2
    assert outcome.err == ("sluice run: there is no place for the run's state: neither XDG_STATE_HOME nor HOME is set "
                           "(say where by --state-dir DIR)\n")
    assert sluice("run", sluice.script(stream()), "--state-dir", "here").code == 0
    assert list((sluice.directory / "here/runs").iterdir())


def test_the_state_is_at_its_usual_place(sluice):
    sluice("run", sluice.script(stream()))
    assert list((sluice.directory / "home/.local/state/sluice/runs").iterdir())
    sluice("run", sluice.script(stream()), environment={"XDG_STATE_HOME": str(sluice.directory / "xdg")})
    assert list((sluice.directory / "xdg/sluice/runs").iterdir())


def test_a_state_directory_that_cannot_be_made(sluice):
    (sluice.directory / "file").write_text("")
    outcome = sluice("run", sluice.script(stream()), "--state-dir", "file/state")
    assert outcome.code in (1, 2), outcome
    assert f"{sluice.directory}/file" in outcome.err and "--state-dir" in outcome.err, outcome
    assert "Not a directory" in outcome.err or "File exists" in outcome.err, outcome


@pytest.fixture
def tiny_disk(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", disk], capture_output=True).returncode != 0:
        pytest.skip("a tmpfs cannot be mounted here")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk_under_the_state_is_told_and_no_half_file_stays(sluice, tiny_disk):
    script = sluice.script(stream())
    assert sluice("run", script, "--state-dir", tiny_disk).code == 0  # there is room
    with open(tiny_disk / "ballast", "wb", buffering=0) as ballast:
        try:
            while ballast.write(b"x" * 4096):
                pass
        except OSError:
            pass
    outcome = sluice("run", script, "--state-dir", tiny_disk, "--summary", tiny_disk / "s.json")
    assert "No space left on device" in outcome.err + outcome.out, outcome
    assert outcome.code != 0 or "the summary is lost" in outcome.err, outcome
    assert not (tiny_disk / "s.json").exists() and not list(tiny_disk.rglob("*.part"))


# ---- check ----


def traced(sluice, *arguments):
    log = sluice.directory / "trace"
    done = subprocess.run(["strace", "-f", "-e", "trace=%network,open,openat,openat2", "-o", log, BINARY, *map(str, arguments)],
                          cwd=sluice.directory, env=sluice.environment, capture_output=True, text=True)
    return done, log.read_text()


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_offline_makes_no_connection_and_opens_no_data(sluice):
    script = sluice.script(into_sqlite(sluice, keys=[]))
    done, calls = traced(sluice, "check", script, "--offline")
    assert (done.returncode, done.stderr) == (0, "")
    assert "job.json" in calls
    assert not re.search(r"\b(connect|socket|sendto|sendmsg)\(", calls)
    assert "source.db" not in calls and "target.db" not in calls
    _, calls = traced(sluice, "check", script)  # the same trace sees what the connected check does
    assert "source.db" in calls and "target.db" in calls


def test_check_changes_nothing(sluice):
    script = into_sqlite(sluice, keys=[])
    script["steps"][1]["parameter"]["preSql"] = ["DELETE FROM t", "DROP TABLE t"]
    before = (sluice.directory / "target.db").read_bytes()
    outcome = sluice.check(script)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert (sluice.directory / "target.db").read_bytes() == before
    assert not sluice.state.exists()


def test_the_connected_check_finds_more(sluice):
    script = into_sqlite(sluice, keys=[])
    script["steps"][0]["parameter"]["column"] = ["id", "wort"]
    assert sluice.check(script, "--offline").code == 0
    outcome = sluice.check(script)
    assert outcome.code == 2
    assert "error: steps[0].parameter.column[1]: " in outcome.err and "wort" in outcome.err, outcome
    assert 'did you mean "word"?' in outcome.err, outcome


def test_a_mistake_on_one_side_does_not_hide_those_of_the_other(sluice):
    script = into_sqlite(sluice, keys=[])
    script["steps"][0]["parameter"]["column"] = ["id", "wort"]
    script["steps"][1]["parameter"]["writeMode"] = "insertt"
    outcome = sluice.check(script)
    assert outcome.code == 2 and outcome.err.count(": error: ") == 2, outcome
    assert 'did you mean "word"?' in outcome.err and 'did you mean "insert"?' in outcome.err, outcome
    assert sluice.check(script, "--offline").err.count(": error: ") == 1


def test_two_stores_out_of_reach_are_a_failure_for_now(sluice):
    nowhere = {"host": "127.0.0.1", "port": 1, "database": "d", "username": "u", "password": "p", "table": "t", "column": ["a"]}
    outcome = sluice.check(job(("postgresql", nowhere), ("postgresql", nowhere)))
    assert outcome.code == 75 and outcome.err.count(": error: ") == 2, outcome
    assert "\t" not in outcome.err


# ---- terminal ----


def test_ok_is_said_on_a_terminal_only(sluice):
    script = sluice.script(stream()).name
    code, shown = on_terminal(sluice, "check", script)
    assert (code, shown) == (0, "job.json: ok\n")
    assert sluice.check(script).out == ""


def test_colour_is_for_terminals_and_no_color_is_respected(sluice):
    wrong = stream()
    wrong["steps"][0]["parameter"]["column"][0]["type"] = "lang"
    script = sluice.script(wrong).name
    del sluice.environment["NO_COLOR"]
    assert "\x1b[1;31m: error: \x1b[0m" in on_terminal(sluice, "check", script)[1]
    assert "\x1b[" not in on_terminal(sluice, "check", script, environment={"NO_COLOR": "1"})[1]
    assert "\x1b[" not in on_terminal(sluice, "check", script, environment={"TERM": "dumb"})[1]
    assert "\x1b[" not in sluice.check(script).err


def test_a_live_line_on_a_terminal(sluice):
    script = sluice.script(stream(records=200_000, delay="100ms")).name
    code, shown = on_terminal(sluice, "run", script, "--state-dir", "state")
    assert code == 0
    assert re.search(r"[\d,]+ records  [\d.]+ MB/s  splits 0/1", shown), shown
    assert "\r\x1b[K" in shown
    last = shown.rsplit("\r\x1b[K", 1)[1]
    assert last.startswith("run  "), shown  # the line is gone before the summary comes


# ---- logs, values and secrets ----


def test_logs_are_lines_of_text_or_json_and_can_go_to_a_file(sluice):
    fault = job(("fault", {"records": 3}), ("fault", {}))
    arguments = ["--plugin-dir", FIXTURES / "plugins", "--log-level", "trace", "--log-file", "log"]
    sluice.run(fault, *arguments, "--log-format", "json").ok()
    entries = [json.loads(line) for line in (sluice.directory / "log").read_text().splitlines()]
    assert all(entry.keys() == {"time", "level", "source", "text"} for entry in entries)
    outcome = sluice.run(stream(), "--log-file", "nowhere/log")
    assert outcome.code == 2
    assert outcome.err == ("sluice run: the log file cannot be opened: nowhere/log: No such file or directory "
                           "(name another one by --log-file)\n")


def test_values_of_dirty_records_are_in_their_file_alone(sluice):
    script = into_sqlite(sluice, keys=[3, 4], values="private")
    outcome = sluice.run(script, "--log-level", "info", "--log-file", "log")
    assert outcome.code == 0, outcome
    assert (outcome.summary["read"], outcome.summary["written"], outcome.summary["dirty"]) == (20, 18, 2)
    kind = outcome.summary["dirty_kinds"][0]
    assert (kind["count"], kind["step"]) == (2, "to")
    assert "2 x " in outcome.out and outcome.summary["dirty_file"] in outcome.out
    log = sluice.directory / "log"
    for place in outcome.out, outcome.err, json.dumps(outcome.summary), log.read_text() if log.exists() else "":
        assert "private" not in place, place
    dirty = pathlib.Path(outcome.summary["dirty_file"])
    assert [json.loads(line) for line in dirty.read_text().splitlines()]
    assert "private3" in dirty.read_text() and "private4" in dirty.read_text()
    assert stat.S_IMODE(dirty.stat().st_mode) == 0o600


def test_secrets_are_never_shown_or_stored(sluice):
    parameter = {"records": 3, "password": "hunter2"}
    for reader in parameter, {**parameter, "fail": "next", "message": "no"}, {**parameter, "records": "many"}:
        script = job(("fault", reader), ("fault", {"password": "hunter2"}))
        for command in sluice.check, sluice.run:
            outcome = command(script, "--plugin-dir", FIXTURES / "plugins", "--log-level", "trace")
            assert "hunter2" not in outcome.out + outcome.err + json.dumps(outcome.summary), outcome
    assert sluice.state.exists()
    assert not [file for file in sluice.state.rglob("*") if file.is_file() and b"hunter2" in file.read_bytes()]


# ---- describe, version ----


def test_describe_shows_every_parameter(sluice):
    described = json.loads(sluice("describe", "stream", "--json").out)
    assert [(plugin["name"], plugin["kind"]) for plugin in described] == [("stream", "reader"), ("stream", "writer")]
    text = sluice("describe", "stream").out
    for plugin in described:
        for parameter in plugin["parameters"]:
            assert f"\n  {parameter['name']} " in text
    assert "required" in text and "Records of each split" in text
    only = sluice("describe", "stream", "--kind", "writer").out
    assert "sliceRecordCount" not in only and "print" in only


def test_describe_of_what_is_not_there(sluice):
    outcome = sluice("describe", "steam")
    assert outcome.code == 2
    assert outcome.err.startswith("sluice describe: no plugin 'steam' was found (did you mean \"stream\"?)\n  searched ")
    assert "setting.speed.concurrent" in sluice("describe", "job").out


def test_version(sluice):
    version = json.loads(sluice("version", "--json").out)
    assert version.keys() == {"version", "abi", "boost", "compiler"}
    assert sluice("--version").out.startswith(f"sluice {version['version']}\n")
