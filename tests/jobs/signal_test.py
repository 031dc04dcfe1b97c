# SPDX-License-Identifier: Apache-2.0
"""SIGTERM ends a run soon, also while a plugin's call does not return, and leaves a state that can be trusted."""
import json
import signal
import time

import pytest

from conftest import FIXTURES, job
from faulty_plugins_test import Faults

PROMISED = 2  # seconds
SLACK = 2  # for sanitizers on a machine that is busy with other tests


class Hanging(Faults):
    def wait_for(self, line, process):
        while not (self.log.exists() and line in self.log.read_text()):
            assert process.poll() is None, process.communicate()
            time.sleep(0.02)


def stop(process):
    """The exit code, and after how many seconds."""
    begin = time.monotonic()
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=30)
    assert "Sanitizer" not in err, err
    return process.returncode, time.monotonic() - begin


CALLS = [("reader", "plan"), ("reader", "read"), ("reader", "next"), ("writer", "prepare"), ("writer", "start"), ("writer", "write"),
         ("writer", "flush"), ("writer", "commit"), ("writer", "complete")]


@pytest.mark.parametrize("ignores", [False, True], ids=["", "ignores-cancel"])
@pytest.mark.parametrize("side, call", CALLS)
def test_a_call_that_does_not_return(sluice, side, call, ignores):
    hanging = Hanging(sluice)
    faults = {"hang": call, **({"ignoreCancel": True} if ignores else {})}
    reader = {"records": 10, "splits": 1, "log": str(hanging.log), **(faults if side == "reader" else {})}
    writer = {"output": str(hanging.output), "log": str(hanging.log), **(faults if side == "writer" else {})}
    process = sluice.start("run", sluice.script(job(("fault", reader), ("fault", writer))), "--plugin-dir", FIXTURES / "plugins",
                           "--state-dir", sluice.state, "--run-id", "r", "--summary", "summary.json")
    hanging.wait_for(f"{'from' if side == 'reader' else 'to'} {call}", process)
    code, seconds = stop(process)
    assert code == 143 and seconds < PROMISED + SLACK, (code, seconds)
    summary = json.loads((sluice.directory / "summary.json").read_text())
    assert (summary["status"], summary["exit_code"]) == ("stopped", 143), summary
    shown = json.loads(sluice("runs", "show", "r", "--json", "--state-dir", sluice.state).out)
    assert shown["status"] == "stopped", shown
    ids, keys = hanging.committed()
    assert (ids, keys) == ((list(range(10)), ["split-0"]) if call == "complete" else ([], [])), (ids, keys)


def start(hanging, reader=None, writer=None, setting=None):
    reader = {"records": 10, "splits": 1, "log": str(hanging.log), **(reader or {})}
    writer = {"output": str(hanging.output), "log": str(hanging.log), **(writer or {})}
    return hanging.sluice.start("run", hanging.sluice.script(job(("fault", reader), ("fault", writer), setting=setting)), "--plugin-dir",
                                hanging.plugins, "--state-dir", hanging.sluice.state, "--summary", "summary.json")


@pytest.mark.parametrize("isolate, fault", [(False, {"fail": "write", "retryable": True}), (True, {"fail": "write", "retryable": True}),
                                            (True, {"crash": "write"})])
def test_while_a_split_waits_for_its_next_attempt(sluice, isolate, fault):
    hanging = Hanging(sluice)
    process = start(hanging, writer=fault, setting={"isolate": isolate, "retry": {"times": 1, "interval": "1h"}})
    hanging.wait_for("to write", process)
    time.sleep(0.3)  # from the call to the pause behind it
    code, seconds = stop(process)
    summary = json.loads((sluice.directory / "summary.json").read_text())
    assert code == 143 and summary["status"] == "stopped" and seconds < PROMISED + SLACK, (code, seconds, summary)


def test_a_call_that_becomes_overdue_behind_the_signal_makes_it_no_longer(sluice):
    hanging = Hanging(sluice)
    process = start(hanging, writer={"hang": "write", "ignoreCancel": True}, setting={"callTimeout": "1s"})
    hanging.wait_for("to write", process)
    code, seconds = stop(process)
    assert code == 143 and seconds < PROMISED + SLACK, (code, seconds)


def test_what_was_committed_before_is_not_read_again(sluice):
    """A run over many splits, stopped and taken up until it is done."""
    hanging = Hanging(sluice)
    script = sluice.script(job(("fault", {"records": 10, "batch": 5, "splits": 40}),
                               ("fault", {"output": str(hanging.output), "log": str(hanging.log), "slow": 20, "exactlyOnce": True})))
    for attempt in range(40):
        marks = len(hanging.committed()[1])
        process = sluice.start("run", script, "--plugin-dir", FIXTURES / "plugins", "--state-dir", sluice.state, "--run-id", "r")
        while process.poll() is None and len(hanging.output.read_text().splitlines() if hanging.output.exists() else []) < 11 * (marks + 5):
            time.sleep(0.01)
        code, seconds = stop(process)
        # Before the program listens, a signal ends it as it ends any.
        assert code in (0, 143, -signal.SIGTERM) and seconds < PROMISED + SLACK, (code, seconds)
        if code == 0:
            break
    ids, keys = hanging.committed()
    assert attempt > 2 and sorted(ids) == list(range(400)) and len(keys) == len(set(keys)) == 40
