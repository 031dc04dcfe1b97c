# SPDX-License-Identifier: Apache-2.0
"""`--isolate`: a plugin that crashes, exits or hangs for good fails its split, not the run."""
import pytest

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
    where = "" if call == "start" else f" in writer fault, {call}"
    assert f"the process of the split ended: SIGABRT{where}" in outcome.err + outcome.out, outcome
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
