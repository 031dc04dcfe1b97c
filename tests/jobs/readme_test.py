# SPDX-License-Identifier: Apache-2.0
"""The parameter tables in the READMEs of the connectors are those that the plugins declare."""
import re
import subprocess
import sys

import pytest

from conftest import BINARY, ROOT

READMES = sorted(ROOT.glob("plugins/*/README.md"))


def test_tables_are_current():
    done = subprocess.run([sys.executable, ROOT / "tools/readme-tables", "--check", BINARY], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("readme", READMES, ids=lambda readme: readme.parent.name)
def test_every_connector_shows_its_parameters(readme):
    assert re.search(r"<!-- parameters:\S+ -->\n(\| Parameter |It takes no parameters)", readme.read_text())


def test_a_stale_table_is_found(tmp_path):
    """The check itself can fail."""
    (tmp_path / "tools").mkdir()
    tool = tmp_path / "tools/readme-tables"
    tool.write_text((ROOT / "tools/readme-tables").read_text())
    readme = tmp_path / "plugins/stream/README.md"
    readme.parent.mkdir(parents=True)
    readme.write_text("# stream\n\n<!-- parameters:stream:writer -->\nold\n<!-- /parameters -->\n")
    command = [sys.executable, tool, BINARY]
    stale = subprocess.run([*command, "--check"], capture_output=True, text=True)
    assert (stale.returncode, stale.stderr) == (1, "out of date, run tools/readme-tables: plugins/stream/README.md\n")
    assert subprocess.run(command).returncode == 0
    assert "| `print` | true or false | `true` |" in readme.read_text()
    assert subprocess.run([*command, "--check"]).returncode == 0
