# SPDX-License-Identifier: Apache-2.0
"""Plugins that fail, hang, lie or hand over garbage while a job runs: one clear message, the right exit code, nothing
half-written, and the host alive. The fixture `fault` (tests/fixtures/fault) does what its parameters ask for."""
import signal

import pytest

from conftest import FIXTURES, job

BROKE = "the plugin broke a rule of its interface: "


class Faults:
    """Jobs from the fixture's reader to its writer, whose commits append to one file."""

    def __init__(self, sluice):
        self.sluice = sluice
        self.plugins = FIXTURES / "plugins"
        self.output, self.log = sluice.directory / "output", sluice.directory / "log"

    def run(self, reader=None, writer=None, processor=None, setting=None, command="run"):
        reader = {"records": 10, "batch": 5, "splits": 3, **(reader or {})}
        writer = {"output": str(self.output), "log": str(self.log), **(writer or {})}
        script = job(("fault", reader), ("fault", writer), [] if processor is None else [("fault", processor)], setting)
        return getattr(self.sluice, command)(script, "--plugin-dir", self.plugins)

    def committed(self):
        """(ids, keys of splits) in the output; each split's records must stand whole before its mark."""
        ids, keys, pending = [], [], []
        lines = self.output.read_text().splitlines() if self.output.exists() else []
        for line in lines:
            if line.startswith("#commit"):
                keys.append(line.split()[1])
                ids, pending = ids + pending, []
            else:
                pending.append(int(line.split("\t")[0]))
        assert pending == []
        return ids, keys

    def calls(self):
        """What the writer was asked, in order."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return [line.removeprefix("to ").strip() for line in lines if line.startswith("to ")]


@pytest.fixture
def faults(sluice):
    return Faults(sluice)


def test_without_faults_all_arrives_and_every_call_comes_in_its_order(faults):
    outcome = faults.run().ok()
    assert outcome.summary["written"] == 30
    assert faults.committed() == (list(range(30)), ["split-0", "split-1", "split-2"])
    split = ["write", "write", "flush", "commit_token"]
    calls = [call for call in faults.calls() if not call.startswith(("check", "commit read"))]
    assert calls == ["open", "describe", "prepare fresh",
                     *["start split-0 attempt 1", *split], *["start split-1 attempt 1", *split],
                     *["start split-2 attempt 1", *split], "complete", "close"]
    commits = [call for call in faults.calls() if call.startswith("commit read")]
    assert len(commits) == 3
    assert commits[0].startswith("commit read 10 added 0 written 10 skipped 0 filtered 0 dirty 0 bytes ")


@pytest.mark.parametrize("call", ["open", "describe", "plan", "read", "next"])
def test_a_reader_that_fails(faults, call):
    outcome = faults.run(reader={"fail": call, "message": "the disk is on fire", "status": 7, "vendorCode": 42})
    name = "read" if call == "next" else call
    assert outcome.code in (1, 2), outcome
    assert f"reader fault, {name}: the disk is on fire (error 42)" in outcome.err + outcome.out, outcome
    assert faults.committed() == ([], [])
    assert "complete" not in faults.calls()


@pytest.mark.parametrize("call", ["open", "describe", "prepare", "start", "write", "flush", "commit_token", "commit"])
def test_a_writer_that_fails(faults, call):
    outcome = faults.run(writer={"fail": call, "message": "the disk is full", "status": 7})
    assert outcome.code in (1, 2), outcome
    assert f"writer fault, {call}: the disk is full" in outcome.err + outcome.out, outcome
    assert faults.committed() == ([], [])
    assert "complete" not in faults.calls()


def test_a_failure_at_a_record_leaves_the_splits_before_it_and_nothing_of_its_own(faults):
    outcome = faults.run(writer={"fail": "write", "failAt": 7, "message": "no"}, reader={"splits": 1})
    assert outcome.code == 1, outcome
    assert faults.committed() == ([], [])
    assert faults.calls()[-2:] == ["abort", "close"]
    outcome = faults.run(reader={"fail": "next", "failAt": 15, "message": "bad page", "status": 6})
    assert outcome.code == 1, outcome
    assert "in split id 10..19" in outcome.out + outcome.err, outcome
    assert faults.committed() == (list(range(10)), ["split-0"])


def test_a_failing_complete_fails_the_job_whose_records_are_there(faults):
    outcome = faults.run(writer={"fail": "complete", "message": "postSql failed"})
    assert outcome.code == 1, outcome
    assert "writer fault, complete: postSql failed" in outcome.err + outcome.out, outcome
    assert faults.committed()[0] == list(range(30))


def test_a_failure_that_may_pass_is_told_by_the_exit_code(faults):
    outcome = faults.run(reader={"fail": "next", "failAt": 15, "message": "deadlock", "status": 5, "retryable": True})
    assert outcome.code == 75, outcome
    assert outcome.summary["status"] == "failed-for-now", outcome


@pytest.mark.parametrize("landed", [True, False])
def test_a_commit_whose_answer_was_lost_is_asked_for(faults, landed):
    outcome = faults.run(writer={"fail": "commit", "failTimes": 1, "outcomeUnknown": True, "commitLands": landed,
                                 "retryable": True, "message": "connection lost", "status": 4})
    asked = [call for call in faults.calls() if call.startswith("committed ")]
    assert asked == ["committed split-0 attempt 1 token token-10"], outcome
    assert outcome.ok().summary["written"] == 30
    ids, keys = faults.committed()
    assert sorted(ids) == list(range(30)) and sorted(keys) == ["split-0", "split-1", "split-2"]


@pytest.mark.parametrize("kind", ["short column", "negative length", "huge length", "offset", "no values", "no offsets",
                                  "crooked values", "buffer count", "null count", "nulls without bitmap", "dictionary",
                                  "descending offsets", "released column", "missing column"])
def test_garbage_batches(faults, kind):
    outcome = faults.run(reader={"garbage": kind})
    assert outcome.code == 1, outcome
    assert f"reader fault, read: {BROKE}invalid batch: " in outcome.err + outcome.out, outcome
    assert faults.committed() == ([], [])


@pytest.mark.parametrize("reader, message", [
    ({"noInstance": True}, "reader fault, open: " + BROKE + "success without an instance"),
    ({"noSchema": True}, "reader fault, describe: " + BROKE + "success without a schema"),
    ({"nonsenseSchema": True}, "reader fault, describe: " + BROKE + "invalid schema: "),
    ({"otherSchema": True}, "reader fault, read: " + BROKE + "the split's columns are not those that describe named"),
    ({"noStream": True}, "reader fault, read: " + BROKE + "success without a stream"),
    ({"plan": "twins"}, "reader fault, plan: " + BROKE + "two splits with one key: split-0"),
    ({"plan": "no key"}, "reader fault, plan: " + BROKE + "a split without a key"),
    ({"plan": "huge payload"}, "reader fault, plan: " + BROKE + "a split payload of 65537 bytes, more than 65536"),
    ({"plan": "bad fingerprint"}, "reader fault, plan: " + BROKE + "a split whose fingerprint is not UTF-8: split split-0"),
    ({"fail": "plan", "silent": True}, "reader fault, plan: internal error, and the plugin gave no message"),
    ({"fail": "plan", "status": 4711, "message": "odd"},
     "reader fault, plan: odd (the plugin answered with unknown status 4711)"),
    ({"fail": "plan", "babble": True}, "reader fault, plan: \ufffd\ufffd"),
])
def test_a_reader_of_nonsense(faults, reader, message):
    outcome = faults.run(reader=reader)
    assert outcome.code in (1, 2), outcome
    assert message in outcome.err + outcome.out, outcome
    assert faults.committed() == ([], [])


@pytest.mark.parametrize("writer, message", [
    ({"noInstance": True}, "writer fault, open: " + BROKE + "success without an instance"),
    ({"noTask": True}, "writer fault, start: " + BROKE + "success without a task"),
    ({"wantFewer": 1}, "writer fault, describe: " + BROKE + "it wants another number of columns than it was given"),
    ({"lie": "row"}, BROKE), ({"lie": "batch"}, BROKE), ({"lie": "negative"}, BROKE), ({"lie": "skipped"}, BROKE),
])
def test_a_writer_of_nonsense(faults, writer, message):
    outcome = faults.run(writer=writer, setting={"errorLimit": {"record": 1000}})
    assert outcome.code in (1, 2), outcome
    assert message in outcome.err + outcome.out, outcome
    assert faults.committed() == ([], [])


@pytest.mark.parametrize("processor", [{"filterEvery": 2, "lie": True}, {"addBatch": True, "lie": True},
                                       {"garbage": "short column"}, {"noTask": True}, {"fail": "finish"}])
def test_a_processor_of_nonsense(faults, processor):
    outcome = faults.run(processor=processor)
    assert outcome.code == 1, outcome
    assert faults.committed() == ([], [])


def test_an_honest_processor(faults):
    outcome = faults.run(processor={"filterEvery": 2, "hold": True, "addBatch": True}).ok()
    assert (outcome.summary["read"], outcome.summary["filtered"], outcome.summary["added"]) == (30, 15, 15), outcome


def test_refused_and_skipped_records_are_counted(faults):
    outcome = faults.run(writer={"rejectEvery": 5, "skipEvery": 3}, reader={"rejectText": True},
                         setting={"errorLimit": {"record": 100}}).ok()
    sums = {key: outcome.summary[key] for key in ("read", "written", "skipped", "dirty")}
    assert sums == {"read": 33, "written": 15, "skipped": 9, "dirty": 9}, outcome


def test_a_record_refused_twice_is_dirty_once(faults):
    outcome = faults.run(writer={"lie": "twice"}, setting={"errorLimit": {"record": 100}}).ok()
    assert (outcome.summary["written"], outcome.summary["dirty"]) == (27, 3), outcome


@pytest.mark.parametrize("side, call, name", [
    ("reader", "read", "read"), ("reader", "next", "read"), ("writer", "start", "start"), ("writer", "write", "write"),
    ("writer", "flush", "flush"), ("processor", "start", "start"), ("processor", "process", "process"),
    ("processor", "finish", "process"), ("writer", "committed", "committed")])
def test_a_call_that_hangs_is_named_and_cancelled(faults, side, call, name):
    question = {"fail": "commit", "outcomeUnknown": True} if call == "committed" else {}
    outcome = faults.run(**{side: {"hang": call, **question}}, setting={"callTimeout": "1s"})
    assert outcome.code in (1, 75), outcome
    assert f"{side} fault, {name}" in outcome.out + outcome.err, outcome
    assert "callTimeout" in outcome.out + outcome.err, outcome
    assert faults.committed() == ([], [])


@pytest.mark.parametrize("fault", [{"hang": "write"}, {"fail": "write", "hang": "abort"}], ids=["write", "abort"])
def test_a_call_that_hangs_and_hears_nothing_ends_the_run_all_the_same(faults, fault):
    outcome = faults.run(writer={**fault, "ignoreCancel": True}, setting={"callTimeout": "1s"})
    assert outcome.code in (1, 75), outcome
    assert f"writer fault, {fault['hang']}" in outcome.out + outcome.err, outcome
    assert faults.committed() == ([], [])


def test_a_failure_wakes_lanes_that_begin_to_read(faults):
    outcome = faults.run(reader={"hang": "read", "hangAfter": 1, "untilCancelled": True, "splits": 2},
                         writer={"fail": "write", "message": "the disk is full"}, setting={"speed": {"concurrent": 2}})
    assert outcome.code == 1, outcome
    assert "writer fault, write: the disk is full" in outcome.out + outcome.err, outcome


MEMORY = 16 << 20


@pytest.mark.parametrize("isolate", [False, True], ids=["", "isolate"])
@pytest.mark.parametrize("lanes, reader, writer", [(1, MEMORY, 0), (4, 10 << 20, 0), (4, 0, 10 << 20), (4, 10 << 20, 10 << 20)])
def test_memory_that_plugins_reserve_stops_no_run(faults, lanes, reader, writer, isolate):
    memory = MEMORY * (lanes if isolate else 1)  # a lane's process has its share
    outcome = faults.run(reader={"reserve": reader, "splits": 8}, writer={"reserve": writer},
                         setting={"memory": memory, "isolate": isolate, "speed": {"concurrent": lanes}}).ok()
    assert outcome.summary["written"] == 80, outcome


@pytest.mark.parametrize("step", ["reader", "writer"])
@pytest.mark.parametrize("bytes", [MEMORY + 1, 2**63 - 1])
def test_more_memory_than_there_is_cannot_be_reserved(faults, step, bytes):
    outcome = faults.run(**{step: {"reserve": bytes}}, setting={"memory": MEMORY})
    assert outcome.code == 1, outcome
    assert f"more memory is asked for than setting.memory allows (raise it, or let the step buffer less): {bytes} bytes" \
           in outcome.out + outcome.err, outcome
    assert faults.committed() == ([], [])


def test_a_processor_that_holds_more_than_the_memory(faults):
    records = 1_500_000
    outcome = faults.run(reader={"records": records, "batch": 8192, "splits": 1}, writer={"output": "/dev/null"},
                         processor={"hold": True}, setting={"memory": MEMORY}).ok()
    assert outcome.summary["written"] == records, outcome


def test_problems_of_plugins_are_problems_of_the_job(faults):
    outcome = faults.run(reader={"complainOffline": True}, command="check")
    assert outcome.code == 2, outcome
    assert "steps[0].parameter.records: a rule that was to be broken" in outcome.err, outcome
    outcome = faults.run(writer={"complain": True}).ok()
    assert "a problem that was asked for" in outcome.err, outcome


def test_a_crash_leaves_nothing_half_written(faults):
    outcome = faults.run(writer={"crash": "flush"})
    assert outcome.code == -signal.SIGABRT, outcome
    assert faults.committed() == ([], [])
