# SPDX-License-Identifier: Apache-2.0
"""tools/quickstart shows what arrived. (That it builds on an empty machine is seen where it runs without SLUICE_BIN.)"""
import os
import shutil
import subprocess

from conftest import BINARY, ROOT


def test_quickstart_shows_summary_and_rows(in_configs):
    shutil.copytree(ROOT / "tools", in_configs.directory / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    for _ in range(2):
        done = subprocess.run([in_configs.directory / "tools/quickstart"], capture_output=True, text=True,
                              env={**in_configs.environment, "PATH": os.environ["PATH"], "SLUICE_BIN": str(BINARY)})
        assert done.returncode == 0, done.stdout + done.stderr
        words = done.stdout.split()
        assert words[words.index("written") + 1] == "1,461"
        assert "2015-03-15" in done.stdout and "55.9" in done.stdout  # the wettest day
        assert "│ sun     │ 714  │" in done.stdout, done.stdout
