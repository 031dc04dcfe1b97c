# SPDX-License-Identifier: Apache-2.0
"""Runs commands, measures them, and makes what they work on."""
import json
import os
import pathlib
import statistics
import subprocess
import tempfile
import time
from typing import NamedTuple

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "sluice-bench"
SLUICE = ROOT / "build/release/bin/sluice"
GENERATE = CACHE / "generate"


class Failed(Exception):
    """A command did not do what it was started for."""


class Done(NamedTuple):
    """What a command took and said: `memory` is its peak in bytes, `cpu` are the seconds of all its threads."""
    seconds: float
    memory: int
    output: str
    cpu: float


def call(*words, stdin=None, stdout=subprocess.PIPE):
    """Runs a command to its end."""
    with tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen([str(word) for word in words], stdin=stdin, stdout=stdout, stderr=errors, cwd=CACHE)
        output = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            errors.seek(0)
            raise Failed(f"exit {process.returncode}: {' '.join(map(str, words))}\n{errors.read().decode()}")
    return Done(seconds, usage.ru_maxrss * 1024, output.decode(), usage.ru_utime + usage.ru_stime)


def build():
    subprocess.run([ROOT / "tools/setup", "build", "bench"], check=True)
    environment = {**os.environ, "CCACHE_BASEDIR": str(ROOT), "CCACHE_NOHASHDIR": "1"}
    for words in (["cmake", "--preset", "release"], ["cmake", "--build", "--preset", "release"]):
        subprocess.run([ROOT / "tools/quietly", "Building", *words], check=True, cwd=ROOT, env=environment)
    CACHE.mkdir(parents=True, exist_ok=True)
    source = pathlib.Path(__file__).with_name("generate.cpp")
    if not GENERATE.exists() or GENERATE.stat().st_mtime < source.stat().st_mtime:
        subprocess.run(["g++", "-O2", "-std=c++20", source, "-o", GENERATE], check=True)
        for old in CACHE.glob("data-*"):
            old.unlink()


def data(kind, rows):
    """A csv of the generator, made once."""
    path = CACHE / f"data-{kind}-{rows}.csv"
    if not path.exists():
        part = path.with_suffix(".part")
        with open(part, "wb") as file:
            call(GENERATE, kind, rows, stdout=file)
        part.rename(path)
    return path


def checksum(*files):
    """Records and the sum of their hashes, whatever their order."""
    return call(GENERATE, "check", *files)[2].strip()


def duckdb():
    """A Python that has DuckDB, in an environment of its own."""
    python = CACHE / "duckdb/bin/python"
    if not python.exists():
        subprocess.run(["/usr/bin/python3", "-m", "venv", python.parents[1]], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "duckdb"], check=True)
    return python


def sluice(reader, writer, setting=None, under=()):
    """Runs a job, `under` another program: (seconds, peak memory, summary); the summary has `cpu_seconds`, too."""
    script = {"steps": [{"stepType": reader[0], "category": "reader", "name": "from", "parameter": reader[1]},
                        {"stepType": writer[0], "category": "writer", "name": "to", "parameter": writer[1]}],
              "setting": {"errorLimit": {"record": 0}, **(setting or {})}}
    path, summary = CACHE / "job.json", CACHE / "summary.json"
    path.write_text(json.dumps(script))
    done = call(*under, SLUICE, "run", path, "--summary", summary, "--state-dir", CACHE / "state")
    return done.seconds, done.memory, {**json.loads(summary.read_text()), "cpu_seconds": done.cpu}


def in_turn(ours, yardstick, pairs):
    """A B A B ...: the median of the pairs' ratios, and the median seconds of both. One round goes before, unmeasured."""
    ours(), yardstick()
    times = []
    for _ in range(pairs):
        os.sync()  # what one has left to the disk must not slow the other
        mine = ours()
        os.sync()
        times.append((mine, yardstick()))
    return (statistics.median(a / b for a, b in times), statistics.median(a for a, _ in times),
            statistics.median(b for _, b in times))
