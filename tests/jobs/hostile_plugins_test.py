# SPDX-License-Identifier: Apache-2.0
"""Bad files in a plugin directory: each is named with its reason, and neither the host nor its jobs come to harm."""
import json
import shutil

import pytest

from conftest import FIXTURES, job

HOSTILE = FIXTURES / "hostile"

REASONS = {
    "bad_options": 'plugin "bad_options": bad option table: option "size": its default is wrong',
    "crash_in_entry": "crashed while loading: SIGABRT",
    "crash_on_load": "crashed while loading: SIGSEGV",
    "exit_on_load": "ended the process while loading: exit code 3",
    "exit_well_on_load": "ended the process while loading: exit code 0",
    "hang_on_load": "did not load within 5 s",
    "lying_major": "is built for plugin interface v7, this host speaks v0",
    "missing_pointers": 'plugin "half": functions that must be there are not: plan, read_error',
    "newer_host": "needs a newer host: plugin interface 0.999, this host has 0.",
    "no_symbol": "is not a Sluice plugin: it exports no sluice_plugin_entry_v0",
    "null_entry": "its entry function answered with nothing",
    "throw_on_load": "no licence file",
    "tiny_table": "its file table is too small: struct_size is 8",
    "twins": 'two readers answer to one name: "castor"',
    "undefined_symbol": "cannot be loaded: undefined symbol: defined_nowhere",
    "wrong_major": "is built for plugin interface v1, this host speaks v0",
}
HARMLESS = {"harmless", "newer", "older", "print_on_load"}


def some_records():
    return job(("stream", {"column": [{"type": "long", "random": "1,9"}], "sliceRecordCount": 5}), ("stream", {}))


@pytest.fixture
def directory(sluice):
    plugins = sluice.directory / "plugins"
    plugins.mkdir()
    return plugins


def test_the_list_names_every_bad_file_with_its_reason(sluice):
    outcome = sluice("plugins", "--json", "--plugin-dir", HOSTILE)
    assert outcome.code == 0, outcome
    listing = json.loads(outcome.out)  # what plugins print is not in it
    refused = {file["file"]: file["reason"] for file in listing["refused"]}
    for name, reason in REASONS.items():
        assert reason in refused[str(HOSTILE / f"{name}.so")], outcome
    assert HARMLESS <= {plugin["name"] for plugin in listing["plugins"]}, outcome
    assert "stream" in {plugin["name"] for plugin in listing["plugins"]}, outcome


def test_the_list_for_people(sluice, directory):
    shutil.copy(HOSTILE / "harmless.so", directory)
    shutil.copy(HOSTILE / "crash_on_load.so", directory)
    outcome = sluice("plugins", "--plugin-dir", directory)
    assert outcome.code == 0, outcome
    assert f"{directory}/crash_on_load.so: crashed while loading: SIGSEGV" in outcome.out, outcome
    assert any(line.split()[:3] == ["harmless", "reader", "1.0.0"] for line in outcome.out.splitlines()), outcome


def test_files_that_are_no_plugins(sluice, directory):
    whole = (HOSTILE / "harmless.so").read_bytes()
    (directory / "text.so").write_text("#!/bin/sh\necho no plugin\n")
    (directory / "empty.so").write_bytes(b"")
    (directory / "folder.so").mkdir()
    (directory / "dangling.so").symlink_to(directory / "nowhere")
    for size in range(100, len(whole), len(whole) // 25):
        (directory / f"cut{size}.so").write_bytes(whole[:size])
    outcome = sluice("plugins", "--json", "--plugin-dir", directory)
    assert outcome.code == 0, outcome
    reasons = {file["file"]: file["reason"] for file in json.loads(outcome.out)["refused"]}
    assert reasons.pop(f"{directory}/text.so") == "is a text file, not a shared library"
    assert reasons.pop(f"{directory}/empty.so") == "is empty"
    assert reasons.pop(f"{directory}/folder.so") == "is not a regular file"
    assert reasons.pop(f"{directory}/dangling.so") == "does not exist"
    assert len(reasons) >= 25, outcome
    assert all(reason.startswith("is truncated or damaged: ") for reason in reasons.values()), outcome


def test_bad_neighbours_do_not_disturb_a_job(sluice, directory):
    for name in REASONS.keys() - {"hang_on_load"}:
        shutil.copy(HOSTILE / f"{name}.so", directory)
    outcome = sluice.run(some_records(), "--plugin-dir", directory).ok()
    assert outcome.summary["written"] == 5, outcome
    assert outcome.err == "", outcome


@pytest.mark.parametrize("name", sorted(REASONS.keys() - {"hang_on_load"}))
def test_a_job_that_needs_a_bad_file_says_why_it_cannot(sluice, directory, name):
    shutil.copy(HOSTILE / f"{name}.so", directory)
    script = some_records()
    script["steps"][0]["stepType"] = name
    for command in sluice.check, sluice.run:
        outcome = command(script, "--plugin-dir", directory)
        assert outcome.code == 2, outcome
        assert f'steps[0].stepType: no reader "{name}" was found; {directory}/{name}.so was refused: ' in outcome.err
        assert REASONS[name] in outcome.err, outcome
        assert f"searched {directory} (--plugin-dir)" in outcome.err, outcome


def test_an_overwritten_name_comes_from_the_first_directory(sluice, directory):
    other = sluice.directory / "other"
    other.mkdir()
    shutil.copy(HOSTILE / "harmless.so", directory)
    shutil.copy(HOSTILE / "harmless.so", other)
    outcome = sluice("plugins", "--json", "--plugin-dir", other, environment={"SLUICE_PLUGIN_PATH": str(directory)})
    hidden = {plugin["file"]: plugin["shadowed_by"] for plugin in json.loads(outcome.out)["plugins"]}
    assert hidden[f"{other}/harmless.so"] is None, outcome
    assert hidden[f"{directory}/harmless.so"] == f"{other}/harmless.so", outcome
