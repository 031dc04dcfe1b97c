# SPDX-License-Identifier: Apache-2.0
"""A table of faults and what comes of each, in the host's process and in one of its own (--isolate): how the run ends,
that only whole splits are there, that every sum is right - and that the same run goes on when the fault was mended."""
import json
import signal

import pytest

from conftest import job
from faulty_plugins_test import Faults

DIED = -signal.SIGABRT
FAILS, LATER = 1, 75

# Side and what its plugin does in the second of three splits; how the run ends, without and with --isolate.
TABLE = [
    ("reader", {"fail": "read", "status": 2}, FAILS, FAILS),
    ("reader", {"fail": "next", "failAt": 15, "status": 6}, FAILS, FAILS),
    ("reader", {"fail": "next", "failAt": 15, "status": 4, "retryable": True}, LATER, LATER),
    ("reader", {"hang": "next", "failAt": 15}, LATER, LATER),
    ("reader", {"garbage": "short column"}, FAILS, FAILS),
    ("reader", {"garbage": "descending offsets"}, FAILS, FAILS),
    ("reader", {"crash": "read"}, DIED, LATER),
    ("reader", {"crash": "next", "failAt": 15}, DIED, LATER),
    ("processor", {"fail": "process"}, FAILS, FAILS),
    ("processor", {"garbage": "short column"}, FAILS, FAILS),
    ("processor", {"lie": True, "addBatch": True}, FAILS, FAILS),
    ("processor", {"crash": "process"}, DIED, LATER),
    ("writer", {"fail": "start", "status": 5, "retryable": True}, LATER, LATER),
    ("writer", {"fail": "write", "failAt": 7, "status": 7}, FAILS, FAILS),
    ("writer", {"fail": "flush", "status": 7}, FAILS, FAILS),
    ("writer", {"fail": "commit", "status": 7}, FAILS, FAILS),
    ("writer", {"fail": "commit", "status": 5, "retryable": True}, LATER, LATER),
    ("writer", {"fail": "commit", "outcomeUnknown": True}, LATER, LATER),
    ("writer", {"fail": "commit", "outcomeUnknown": True, "commitLands": True}, 0, 0),
    ("writer", {"fail": "commit", "outcomeUnknown": True, "commitLands": True, "answer": 2}, FAILS, FAILS),
    ("writer", {"hang": "write"}, LATER, LATER),
    ("writer", {"hang": "flush"}, LATER, LATER),
    ("writer", {"hang": "flush", "ignoreCancel": True}, LATER, LATER),
    ("writer", {"lie": "row"}, FAILS, FAILS),
    ("writer", {"lie": "batch"}, FAILS, FAILS),
    ("writer", {"lie": "skipped"}, FAILS, FAILS),
    ("writer", {"crash": "start"}, DIED, LATER),
    ("writer", {"crash": "write", "failAt": 7}, DIED, LATER),
    ("writer", {"crash": "flush"}, DIED, LATER),
    ("writer", {"crash": "commit_token"}, DIED, LATER),
    ("writer", {"crash": "commit"}, DIED, LATER),
    ("writer", {"crash": "commit", "commitLands": True}, DIED, 0),
]


def named(value):
    return " ".join(f"{key}={part}" for key, part in value.items()) if isinstance(value, dict) else str(value)


class Faulty(Faults):
    """Thirty records in three splits; each refuses two of its ten."""

    def script(self, side, fault, isolate):
        self.mended = self.sluice.directory / "mended"
        steps = {"reader": {"records": 10, "batch": 5, "splits": 3},
                 "processor": {}, "writer": {"output": str(self.output), "rejectEvery": 5, "exactlyOnce": True}}
        steps[side].update(fault, inSplit="split-1", mended=str(self.mended))
        setting = {"isolate": isolate, "retry": {"times": 0}, "callTimeout": "300ms", "errorLimit": {"record": 6}}
        return job(("fault", steps["reader"]), ("fault", steps["writer"]), [("fault", steps["processor"])], setting)

    def dirty_lines(self):
        file = self.sluice.state / "runs/r1/dirty.jsonl"
        return len(file.read_text(encoding="utf-8").splitlines()) if file.exists() else 0

    def check_sums(self, unseen=0):
        """Of the run as it is kept, against what is really there; `unseen` splits landed and nobody knows it yet."""
        shown = self.sluice("runs", "show", "r1", "--state-dir", self.sluice.state, "--json")
        run = json.loads(shown.out)
        ids, keys = self.committed()
        assert len(ids) == 8 * len(keys) and run["written"] == 8 * (len(keys) - unseen), shown
        assert run["dirty"] == self.dirty_lines() and run["dirty"] >= 2 * (len(keys) - unseen), shown
        assert run["read"] == run["written"] + run["dirty"], shown
        assert len(set(ids)) == len(ids) and sorted(keys) == sorted(set(keys)), shown
        return keys


@pytest.mark.parametrize("isolate", [False, True], ids=["", "isolate"])
@pytest.mark.parametrize("side, fault, code, isolated_code", TABLE, ids=named)
def test_fault(sluice, side, fault, code, isolated_code, isolate):
    faulty = Faulty(sluice)
    script = faulty.script(side, fault, isolate)
    arguments = ("--plugin-dir", faulty.plugins, "--run-id", "r1")
    done = sluice.run(script, *arguments)
    assert done.code == (isolated_code if isolate else code), done
    keys = faulty.check_sums(unseen=done.code != 0 and fault.get("commitLands", 0))
    # A split is read while the one before it is written: nothing keeps a crash from coming first.
    assert "split-0" in keys or (done.code == DIED and side != "writer"), done
    assert done.code == 0 or "split-2" not in keys, done
    if done.code not in (0, DIED):
        assert side in done.out + done.err and "fault" in done.out + done.err, done
    faulty.mended.touch()
    sluice.run(script, *arguments).ok() if done.code != 0 else done.ok()
    assert sorted(faulty.check_sums()) == ["split-0", "split-1", "split-2"]
    assert faulty.dirty_lines() == 6
