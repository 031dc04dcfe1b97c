# SPDX-License-Identifier: Apache-2.0
"""What the built files need and what they export: the host knows no store and shows no Boost to its plugins."""
import re
import subprocess

import pytest

from conftest import BINARY

PLUGINS = sorted((BINARY.parent.parent / "lib/sluice/plugins").glob("*.so"))


def needed(file):
    text = subprocess.run(["readelf", "-d", file], check=True, capture_output=True, text=True).stdout
    return re.findall(r"\(NEEDED\).*\[(.*)\]", text)


def exported(file):
    text = subprocess.run(["nm", "-D", "-C", "--defined-only", file], check=True, capture_output=True, text=True).stdout
    return [line.split(maxsplit=2)[2] for line in text.splitlines()]


def test_host_needs_only_the_system():
    allowed = r"(libstdc\+\+|libgcc_s|libc|libm|libdl|libpthread|librt|libasan|libubsan|libtsan|libdate-tz|ld-linux.*)\.so\.\d+"
    foreign = [name for name in needed(BINARY) if not re.fullmatch(allowed, name)]
    assert foreign == []


def test_host_exports_no_boost():
    assert [name for name in exported(BINARY) if "boost" in name] == []


def test_there_are_plugins():
    assert {"stream", "project", "file", "sqlite"} <= {file.stem for file in PLUGINS}


@pytest.mark.parametrize("file", PLUGINS, ids=lambda file: file.stem)
def test_plugin_exports_its_entry_alone(file):
    sanitizer = re.compile(r"__(asan|odr_asan|ubsan|tsan|lsan)")
    assert [name for name in exported(file) if not sanitizer.match(name)] == ["sluice_plugin_entry_v0"]


@pytest.mark.parametrize("file", PLUGINS, ids=lambda file: file.stem)
def test_plugin_is_never_unloaded(file):
    text = subprocess.run(["readelf", "-d", file], check=True, capture_output=True, text=True).stdout
    assert re.search(r"FLAGS_1.*NODELETE", text)
