# SPDX-License-Identifier: Apache-2.0
"""A third party's way: install, build plugins against what was installed, run a job with them."""
import os
import pathlib
import subprocess

import pytest

import conftest

BUILD = pathlib.Path(os.environ.get("SLUICE_BUILD", conftest.ROOT / "build/dev"))


def command(*words):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def prefix(tmp_path_factory):
    prefix = tmp_path_factory.mktemp("installed")
    command("cmake", "--install", BUILD, "--prefix", prefix)
    return prefix


@pytest.fixture(scope="module")
def examples(prefix, tmp_path_factory):
    """The examples, built by themselves, far from this tree and with every warning an error."""
    build = tmp_path_factory.mktemp("examples")
    strict = "-Wall -Wextra -Wpedantic -Werror"
    command("cmake", "-G", "Ninja", "-S", conftest.ROOT / "sdk/examples", "-B", build, f"-DCMAKE_PREFIX_PATH={prefix}",
            f"-DCMAKE_C_FLAGS={strict}", f"-DCMAKE_CXX_FLAGS={strict}")
    command("cmake", "--build", build)
    return build


def test_installed_host_finds_its_plugins(prefix, sluice, monkeypatch):
    monkeypatch.setattr(conftest, "BINARY", prefix / "bin/sluice")
    outcome = sluice("plugins").ok()
    for name in ("stream", "project", "file", "sqlite"):
        assert str(prefix / f"lib/sluice/plugins/{name}.so") in outcome.out


def test_examples_move_records(examples, sluice):
    (sluice.directory / "out").mkdir()
    outcome = sluice.run(conftest.ROOT / "sdk/examples/count_to_lines.json", "--plugin-dir", examples).ok()
    assert outcome.summary["written"] == 250000
    assert outcome.summary["delivery"] == "exactly-once"
    files = sorted((sluice.directory / "out/lines").iterdir())
    assert all(file.suffix == ".txt" for file in files) and len(files) > 1
    lines = [line.split("\t") for file in files for line in file.read_text().splitlines()]
    lines.sort(key=lambda line: int(line[0]))
    assert lines == [[str(i), "even" if i % 2 == 0 else "odd"] for i in range(1, 250001)]
