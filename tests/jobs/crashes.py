# SPDX-License-Identifier: Apache-2.0
"""Runs that are killed again and again, and what must be true when they have come to their end all the same."""
import json
import os
import random
import signal
import subprocess
import time

from conftest import BINARY, job

RUN = "r1"

# In the order in which one run may meet them: each process dies at the next one.
POINTS = ["after-run", "after-plan", "before-journal-preparing", "after-journal-preparing", "before-journal-prepared",
          "after-journal-prepared", "before-dirty", "after-dirty", "before-journal-committing", "after-journal-committing",
          "before-journal-committed", "after-journal-committed", "before-journal-completing", "after-journal-completing",
          "before-journal-completed", "after-journal-completed", "after-clean-up"]


def seed_of_tests():
    """SLUICE_SEED, or a new one; always printed, so that a failure can be repeated."""
    seed = int(os.environ.get("SLUICE_SEED") or random.SystemRandom().randrange(1 << 32))
    print(f"SLUICE_SEED={seed}")
    return seed


class Crashes:
    """One run of a job on its way through deaths. `killed` counts them, `in_mid_job` those that came between the first
    record and the last."""

    def __init__(self, sluice, route, delivery="exactly-once", throttle=None, wire=None):
        self.sluice, self.route, self.delivery = sluice, route, delivery
        reader, writer = route.source.reader(), route.target.writer()
        if wire is not None:
            writer[1].update(wire.place())
        speed = {"concurrent": 2, **({"throttle": True, "recordsPerSecond": throttle} if throttle else {})}
        self.script = sluice.script(job(reader, writer, setting={
            "delivery": delivery, "speed": speed, "errorLimit": {"record": route.records.refused()},
            "retry": {"times": 2, "interval": "50ms"}}))
        self.killed = self.in_mid_job = 0
        self.doubled = False  # a commit's outcome was unknown, and the user said: go on
        self.history = []

    # ---- One process ----

    def command(self):
        more = ["--set", "setting.delivery=at-least-once"] if self.doubled else []
        return ["run", self.script, "--run-id", RUN, "--state-dir", self.sluice.state, "--summary", self.summary_file, *more]

    @property
    def summary_file(self):
        return self.sluice.directory / "summary.json"

    @property
    def directory(self):
        return self.sluice.state / "runs" / RUN

    def journal(self):
        """Events of whole lines."""
        try:
            text = (self.directory / "journal.jsonl").read_text(encoding="utf-8")
        except OSError:
            return []
        return [json.loads(line)["event"] for line in text.splitlines(keepends=True) if line.endswith("\n")]

    def start(self, environment=None, before=()):
        self.summary_file.unlink(missing_ok=True)
        return subprocess.Popen([*before, str(BINARY), *map(str, self.command())], cwd=self.sluice.directory, text=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                env={**self.sluice.environment, **(environment or {})})

    def begin_again(self, point):
        """With --fresh, and killed at that point."""
        return self.sluice(*self.command(), "--fresh", environment={"SLUICE_CRASH_POINT": point}).code == -signal.SIGKILL

    def end(self, process, how):
        """Whether the process died by the kill; fails when it ended in any way but well."""
        output, _ = process.communicate(timeout=240)
        code = process.returncode
        died = code in (-signal.SIGKILL, 128 + signal.SIGKILL)  # by `timeout`
        self.history.append(f"{how}: {'killed' if died else f'exit {code}'}")
        if died:
            self.killed += 1
            events = self.journal()
            self.in_mid_job += "prepared" in events and "completing" not in events
            return True
        if code == 1 and "to repeat it could double records" in output and self.delivery == "auto" and not self.doubled:
            self.doubled = True
            return False
        assert code == 0, f"{self.route.name}, {self.history}\n{output}"
        return False

    # ---- Ways to die ----

    def at_point(self, name, passes=1):
        return self.end(self.start({"SLUICE_CRASH_POINT": f"{name}:{passes}"}), f"point {name}:{passes}")

    def at_call(self, call, passes):
        """At the start of a thread's n-th system call of this name."""
        tracer = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={passes}"]
        return self.end(self.start(before=tracer), f"call {call}:{passes}")

    def at_instant(self, chance, most_lines, most_seconds):
        """A while after a number of lines of the journal, both by chance."""
        lines = len(self.journal()) + chance.randrange(most_lines + 1)
        wait = chance.random() * most_seconds
        process = self.start()
        while process.poll() is None and len(self.journal()) < lines:
            time.sleep(0.002)
        time.sleep(wait)
        process.kill()
        return self.end(process, f"instant {lines} lines + {wait:.3f} s")

    def at_timeout(self, seconds):
        process = self.start(before=["timeout", "-s", "KILL", f"{seconds:.2f}"])
        return self.end(process, f"timeout {seconds:.2f} s")

    def to_the_end(self):
        """Without a kill; a second time when the user was asked."""
        self.end(self.start(), "last")
        if not self.is_done():
            self.end(self.start(), "last")
        assert self.is_done(), f"{self.route.name}: {self.history}"

    def is_done(self):
        return "completed" in self.journal()

    # ---- What must be true ----

    def check_runs(self):
        """A run that died can be seen."""
        listed = self.sluice("runs", "--state-dir", self.sluice.state, "--json")
        assert listed.code == 0, listed
        runs = json.loads(listed.out)["runs"]
        if (self.directory / "run.json").exists():
            assert [run["run"] for run in runs] == [RUN], listed
            assert runs[0]["status"] == ("succeeded" if self.is_done() else "interrupted"), listed
        else:
            assert runs == [], listed

    def check_end(self):
        where = f"{self.route.name}, {self.delivery}: {self.history}"
        expected, found = self.route.records.expected(), self.route.target.rows()
        if self.delivery == "exactly-once" or not self.doubled:
            assert found == expected, f"{where}: lost {list((expected - found).items())[:3]}, doubled {list((found - expected).items())[:3]}"
        else:
            assert not expected - found and set(found) == set(expected), f"{where}: lost {list((expected - found).items())[:3]}"
        refused = self.route.records.refused()
        dirty = self.directory / "dirty.jsonl"
        lines = len(dirty.read_text(encoding="utf-8").splitlines()) if dirty.exists() else 0
        assert lines == refused, f"{where}: {lines} dirty lines of {refused}"
        shown = json.loads(self.sluice("runs", "show", RUN, "--state-dir", self.sluice.state, "--json").out)
        assert (shown["status"], shown["dirty"]) == ("succeeded", refused), f"{where}: {shown}"
        assert shown["written"] == len(self.route.records) - refused and shown["read"] == len(self.route.records), f"{where}: {shown}"
        phases = self.route.target.statements()
        if phases is not None:
            assert phases and phases[0] == "before" and phases[-1] == "after", f"{where}: {phases}"
        self.check_done_already()
        leftovers = self.route.target.leftovers()
        assert leftovers == [], f"{where}: {leftovers}"
        left = [path.name for path in self.directory.iterdir() if path.suffix in (".part", ".new")]
        assert left == [], f"{where}: {left}"

    def check_done_already(self):
        before = self.route.target.rows(), self.route.target.statements()
        again = subprocess.run([str(BINARY), *map(str, self.command())], cwd=self.sluice.directory, text=True, check=False,
                               capture_output=True, env=self.sluice.environment)
        assert again.returncode == 0 and again.stdout.startswith(f"already done: run {RUN}"), f"{again.stdout}{again.stderr}"
        assert (self.route.target.rows(), self.route.target.statements()) == before, "written again"
        assert json.loads(self.summary_file.read_text())["dirty"] == self.route.records.refused(), self.summary_file.read_text()
