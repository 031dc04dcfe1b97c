# SPDX-License-Identifier: Apache-2.0
"""Links of the README files lead somewhere."""
import re

import pytest

from conftest import ROOT


def read_mes():
    folders = [path for path in ROOT.iterdir() if path.is_dir() and path.name not in ("build", "out", ".git")]
    return [ROOT / "README.md", *sorted(path for folder in folders for path in folder.glob("**/README.md"))]


@pytest.mark.parametrize("path", read_mes(), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text()):
        assert (path.parent / target).exists(), target
