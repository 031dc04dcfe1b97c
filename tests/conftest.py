# SPDX-License-Identifier: Apache-2.0
"""End-to-end tests run the real binary: SLUICE_BIN, or the one of the dev preset."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import time

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent
BINARY = pathlib.Path(os.environ.get("SLUICE_BIN", ROOT / "build/dev/bin/sluice"))
SANITIZED = b"__asan_init" in BINARY.read_bytes() if BINARY.exists() else False
FIXTURES = pathlib.Path(os.environ.get("SLUICE_BUILD", ROOT / "build/dev")) / "tests/fixtures"


def wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.15)  # MariaDB's INNODB_TRX does not change for whoever asks again within 0.1 s


class Outcome:
    """What a finished command left: exit code, output, and the summary of a run (None when there is none)."""

    def __init__(self, process, summary):
        self.code, self.out, self.err, self.summary = process.returncode, process.stdout, process.stderr, summary

    def __repr__(self):
        return f"exit {self.code}\n--- stdout\n{self.out}\n--- stderr\n{self.err}"

    @property
    def records(self):
        """The lines that a stream writer printed, before the summary."""
        lines = self.out.splitlines()
        return lines[:max(i for i, line in enumerate(lines) if line.startswith("run  "))]

    def ok(self):
        """Itself, after checking that all went well and that every record is accounted for."""
        assert self.code == 0, str(self)
        if self.summary is not None:
            s = self.summary
            assert s["status"] == "succeeded", str(self)
            assert s["read"] + s["added"] == s["written"] + s["skipped"] + s["filtered"] + s["dirty"], self
        return self


class Sluice:
    """The binary, at work in a directory of its own, away from the user's home and settings."""

    def __init__(self, directory):
        self.directory, self.state = directory, directory / "state"
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(("SLUICE_", "XDG_"))}
        self.environment.update(HOME=str(directory / "home"), NO_COLOR="1")
        # The leak checker stops a process now and then for reasons of its own, and cannot work under a tracer; the unit
        # tests have it. To remember who allocated what takes a fifth of a start: ASAN_OPTIONS=malloc_context_size=30
        # does when an error has to be understood.
        self.environment["ASAN_OPTIONS"] = "detect_leaks=0:malloc_context_size=1:" + self.environment.get("ASAN_OPTIONS", "")

    def __call__(self, *arguments, stdin=None, timeout=240, environment=None, text=True):
        process = self.start(*arguments, environment=environment, text=text)
        try:
            out, err = process.communicate(stdin, timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            pytest.fail(f"no end after {timeout} s: {arguments}\n{out}\n{err}")
        return Outcome(subprocess.CompletedProcess(arguments, process.returncode, out, err), None)

    def start(self, *arguments, environment=None, text=True):
        """A process to be signalled, talked to and waited for."""
        return subprocess.Popen([str(BINARY), *map(str, arguments)], cwd=self.directory, text=text,
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                env={**self.environment, **(environment or {})})

    def run(self, job, *arguments, **options):
        """`sluice run`; `job` is a path, or a dict to be written down as one."""
        summary = self.directory / "summary.json"
        summary.unlink(missing_ok=True)
        outcome = self("run", self.script(job), "--summary", summary, "--state-dir", self.state, *arguments, **options)
        if summary.exists():
            outcome.summary = json.loads(summary.read_text())
        return outcome

    def check(self, job, *arguments, **options):
        return self("check", self.script(job), *arguments, **options)

    def script(self, job):
        if not isinstance(job, dict):
            return job
        path = self.directory / "job.json"
        path.write_text(json.dumps(job, indent=2))
        path.chmod(0o600)  # it may hold passwords
        return path


def job(reader, writer, processors=(), setting=None):
    """A script: each step is (stepType, parameter)."""
    steps = [{"stepType": reader[0], "category": "reader", "name": "from", "parameter": reader[1]}]
    steps += [{"stepType": kind, "category": "processor", "name": f"step{i}", "parameter": parameter}
              for i, (kind, parameter) in enumerate(processors)]
    steps.append({"stepType": writer[0], "category": "writer", "name": "to", "parameter": writer[1]})
    return {"type": "job", "version": "2.0", "steps": steps, "setting": {"errorLimit": {"record": 0}, **(setting or {})}}


def without_comments(text):
    """Plain JSON of a script: no comments, no trailing commas."""
    text = re.sub(r'("(?:[^"\\]|\\.)*")|//[^\n]*|/\*.*?\*/', lambda found: found[1] or " ", text, flags=re.S)
    return re.sub(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', lambda found: found[1] or "", text)


@pytest.fixture
def sluice(tmp_path):
    assert BINARY.exists(), f"build it first, or set SLUICE_BIN: {BINARY}"
    return Sluice(tmp_path)


@pytest.fixture
def in_configs(sluice):
    """The same, in a copy of the repository's configs/ with an empty out/ beside it: where the jobs there run."""
    shutil.copytree(ROOT / "configs", sluice.directory / "configs")
    (sluice.directory / "out").mkdir()
    return sluice
