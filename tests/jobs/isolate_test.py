# SPDX-License-Identifier: Apache-2.0
"""`--isolate`: a plugin that crashes, exits or hangs for good fails its split, not the run."""
import time

import pytest

from conftest import job
from faulty_plugins_test import Faults


class Isolated(Faults):
    def run(self, *, setting=None, **steps):
        return super().run(setting={"isolate": True, "retry": {"times": 1, "interval": "10ms"}, **(setting or {})}, **steps)


@pytest.fixture
def isolated(sluice):
    return Isolated(sluice)


@pytest.mark.parametrize("lanes", [1, 3])
def test_all_arrives(isolated, lanes):
    outcome = isolated.run(setting={"speed": {"concurrent": lanes}}).ok()
    ids, keys = isolated.committed()
    assert sorted(ids) == list(range(30)) and len(keys) == 3
    assert outcome.summary["written"] == outcome.summary["read"] == 30


@pytest.mark.parametrize("call", ["read", "next"])
def test_a_reader_that_crashes(isolated, call):
    outcome = isolated.run(reader={"crash": call})
    assert outcome.code == 75, outcome
    assert f"the process of the split ended: SIGABRT in reader fault, read" in outcome.err + outcome.out, outcome
    assert outcome.summary["retries"] == 1
    assert isolated.committed() == ([], [])


@pytest.mark.parametrize("call", ["start", "write", "flush"])
def test_a_writer_that_crashes(isolated, call):
    outcome = isolated.run(writer={"crash": call})
    assert outcome.code == 75, outcome
    assert f"the process of the split ended: SIGABRT in writer fault, {call}" in outcome.err + outcome.out, outcome
    assert isolated.committed() == ([], [])


@pytest.mark.parametrize("answer, code", [(0, 75), (1, 0), (2, 1)])
def test_a_crash_in_a_commit_is_asked_about(isolated, answer, code):
    outcome = isolated.run(reader={"splits": 1}, writer={"crash": "commit", "answer": answer})
    assert outcome.code == code, outcome
    if answer == 2:
        assert "could not be found out" in outcome.err + outcome.out
    if answer == 1:
        assert outcome.summary["written"] == 10


def test_a_call_that_ignores_its_cancel_ends_with_its_process(isolated):
    outcome = isolated.run(reader={"splits": 1}, writer={"hang": "write", "ignoreCancel": True}, setting={"callTimeout": "200ms", "retry": {"times": 0}})
    assert outcome.code == 75, outcome
    assert "SIGKILL" in outcome.err + outcome.out, outcome
    assert "no answer within 200 ms: writer fault, write" in outcome.err + outcome.out, outcome


def test_dirty_records_reach_the_runs_file(isolated):
    outcome = isolated.run(writer={"rejectEvery": 3}, setting={"speed": {"concurrent": 2}})
    assert outcome.summary["dirty"] > 0
    assert outcome.summary["read"] == outcome.summary["written"] + outcome.summary["dirty"]


def test_an_open_that_hangs_in_the_process_of_a_lane_ends_with_it(isolated):
    outcome = isolated.run(writer={"hang": "open", "ignoreCancel": True, "inChild": True},
                           setting={"callTimeout": "200ms", "retry": {"times": 0}})
    assert outcome.code == 75, outcome
    assert "no answer within 200 ms: open, in the process of a lane" in outcome.err, outcome
    assert "SIGKILL" in outcome.err + outcome.out, outcome


def test_a_process_whose_call_was_cancelled_is_not_used_again(isolated):
    outcome = isolated.run(reader={"splits": 1, "hang": "read", "inAttempt": 1}, setting={"callTimeout": "200ms"}).ok()
    assert outcome.summary["retries"] == 1, outcome


def test_a_slow_commit_is_only_warned_about_also_after_a_call_that_was_cancelled(isolated):
    outcome = isolated.run(reader={"splits": 1}, setting={"callTimeout": "200ms"},
                           writer={"hang": "write", "inAttempt": 1, "delay": "commit", "delayFor": 6000}).ok()
    assert "no answer within 200 ms: writer fault, commit" in outcome.err, outcome
    assert outcome.summary["retries"] == 1, outcome


@pytest.mark.parametrize("isolate", [True, False])
def test_a_failure_elsewhere_does_not_end_a_commit(isolated, isolate):
    outcome = isolated.run(reader={"splits": 2, "delay": "next", "delayIn": "split-1", "delayFor": 500, "fail": "next", "inSplit": "split-1"},
                           writer={"delay": "commit", "delayFor": 2500}, setting={"isolate": isolate, "speed": {"concurrent": 2}})
    assert outcome.code == 1, outcome
    assert isolated.committed() == (list(range(10)), ["split-0"])
    assert outcome.summary["written"] == 10 and outcome.summary["splits_done"] == 1, outcome


def test_a_crash_is_seen_although_a_helper_lives_on(isolated):
    begin = time.monotonic()
    outcome = isolated.run(reader={"splits": 1}, writer={"helper": "start", "crash": "write"}, setting={"retry": {"times": 0}})
    assert outcome.code == 75 and "SIGABRT in writer fault, write" in outcome.out + outcome.err, outcome
    assert time.monotonic() - begin < 15


def test_nothing_stays_of_dirty_records_that_a_crash_left(isolated):
    """More of them than a process keeps in memory."""
    outcome = isolated.run(reader={"splits": 1, "records": 300_000, "batch": 8192}, writer={"rejectEvery": 1, "crash": "write", "failAt": 299_999},
                           setting={"errorLimit": {}, "memory": 16 << 20, "retry": {"times": 0}})
    assert outcome.code == 75, outcome
    runs = list((isolated.sluice.state / "runs").iterdir())
    assert len(runs) == 1 and not list(runs[0].glob("*.part")), list(runs[0].iterdir())


def test_the_memory_of_the_processes_is_told(isolated):
    one = isolated.run(setting={"speed": {"concurrent": 1}}).ok().summary["peak_memory_bytes"]
    three = isolated.run(setting={"speed": {"concurrent": 3}}).ok().summary["peak_memory_bytes"]
    host = isolated.run(setting={"isolate": False}).ok().summary["peak_memory_bytes"]
    assert 1.5 * host < one and 1.5 * one < three < 6 * host, (host, one, three)


def test_batches_under_a_throttle_are_as_large_as_without(isolated):
    batches = []
    for isolate in (False, True):
        setting = {"isolate": isolate, "speed": {"concurrent": 4, "throttle": True, "recordsPerSecond": 800}}
        script = job(("fault", {"splits": 4, "records": 60}), ("fault", {}), setting=setting)
        outcome = isolated.sluice.run(script, "--plugin-dir", isolated.plugins).ok()
        batches.append(outcome.summary["notes"]["batches read"])
    assert batches == ["24", "24"]  # of 10 records: a twentieth of a second's worth for each lane


def dirty_lines(outcome):
    with open(outcome.summary["dirty_file"], encoding="utf-8") as file:
        return len(file.readlines())


FAILED = {"fail": "commit", "status": 7}
UNKNOWN = {"fail": "commit", "outcomeUnknown": True, "answer": 2}
CRASHED = {"crash": "commit", "answer": 2}


@pytest.mark.parametrize("isolate, fault", [(True, FAILED), (True, UNKNOWN), (True, CRASHED), (False, FAILED), (False, UNKNOWN)])
def test_dirty_records_of_a_commit_that_failed_are_kept_and_counted(isolated, isolate, fault):
    outcome = isolated.run(reader={"splits": 1}, writer={"rejectEvery": 3, **fault},
                           setting={"isolate": isolate, "errorLimit": {"record": 100}})
    assert outcome.code == 1, outcome
    assert outcome.summary["dirty"] == outcome.summary["read"] == dirty_lines(outcome) == 3, outcome


def test_a_crash_in_a_commit_whose_destination_cannot_be_reached_is_a_failure_for_now(isolated):
    outcome = isolated.run(reader={"splits": 1}, writer={"crash": "commit", "fail": "committed", "status": 4, "retryable": True})
    assert outcome.code == 75, outcome
    assert "could not be found out: writer fault, committed: a fault that was asked for" in outcome.out + outcome.err, outcome
    asked = [call for call in isolated.calls() if call.startswith("committed ")]
    assert len(asked) == 2, asked  # once more, as setting.retry has it


def test_a_crash_in_a_commit_whose_destination_comes_back_is_settled(isolated):
    outcome = isolated.run(reader={"splits": 1}, writer={"crash": "commit", "commitLands": True, "fail": "committed", "failTimes": 1,
                                                         "status": 4, "retryable": True}).ok()
    assert outcome.summary["written"] == 10 and len(isolated.committed()[1]) == 1, outcome


def test_the_plan_knows_that_several_processes_read(isolated):
    log = isolated.sluice.directory / "reader"
    isolated.run(reader={"log": str(log)}, setting={"isolate": False}).ok()
    isolated.run(reader={"log": str(log)}).ok()
    isolated.sluice("plan", "job.json", "--plugin-dir", isolated.plugins).ok()
    same_process, consistent = 1, 2
    plans = [line.split()[3] for line in log.read_text().splitlines() if line.startswith("from plan ")]
    assert plans == [str(same_process | consistent), str(consistent), str(consistent)]


def test_what_a_split_has_to_tell_reaches_the_summary(isolated):
    outcome = isolated.run(reader={"warn": "read", "consistent": "lost"}).ok()
    assert outcome.summary["consistent"] == "lost", outcome
    assert outcome.summary["warnings"].count("from: a warning that was asked for") == 3, outcome
    assert outcome.summary["notes"]["batches read"] == "6", outcome
    assert outcome.err.count("a warning that was asked for") == 3, outcome
