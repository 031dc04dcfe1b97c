# SPDX-License-Identifier: Apache-2.0
"""`sluice template`: scripts to start from."""
import itertools
import json
import re

import pytest


def plugins(sluice):
    """The names of installed readers and of installed writers."""
    listing = json.loads(sluice("plugins", "--json").out)["plugins"]
    return [[p["name"] for p in listing if p["kind"] == kind] for kind in ("reader", "writer")]


def test_every_pair_passes_the_check_unedited(sluice):
    readers, writers = plugins(sluice)
    assert len(readers) >= 4 and len(writers) >= 4
    for reader, writer in itertools.product(readers, writers):
        outcome = sluice("template", reader, writer, "--output", "job.json")
        assert outcome.code == 0, (reader, writer, outcome)
        checked = sluice("check", "job.json", "--offline")
        assert checked.code == 0, (reader, writer, checked)
        # That an example stands where a secret may stand is said.
        assert all("a secret is written down" in line for line in checked.err.splitlines()), (reader, writer, checked)


def test_it_tells_what_else_there_is(sluice):
    outcome = sluice("template", "sqlite", "file")
    assert outcome.code == 0
    for line in ('"path": "orders.db",', '"column": ["id", "name"],', '// "where": "id > 100",', '"concurrent": 1,',
                 "// Condition that records must meet, without the word WHERE", '// "memory": "256MiB",'):
        assert re.search(r"^ +" + re.escape(line) + "$", outcome.out, re.M), (line, outcome.out)
    assert max(map(len, outcome.out.splitlines())) <= 130
    assert "fetchSize" not in outcome.out  # accepted, without meaning


def test_taking_the_slashes_away_sets_a_parameter(sluice):
    text = sluice("template", "sqlite", "stream").out
    (sluice.directory / "job.json").write_text(text.replace('// "where"', '"where"'))
    assert sluice("check", "job.json", "--offline").code == 0
    (sluice.directory / "job.json").write_text(text.replace('// "splitFactor": 5', '"splitFactor": "x"'))
    outcome = sluice("check", "job.json", "--offline")
    assert outcome.code == 2 and "splitFactor: expected an integer" in outcome.err


def test_a_template_runs(sluice):
    outcome = sluice("template", "stream", "stream", "-r", "sliceRecordCount=3", "--output", "job.json")
    assert outcome.code == 0, outcome
    assert len(sluice.run(sluice.directory / "job.json").ok().records) == 3


def test_parameters_of_ones_own(sluice):
    outcome = sluice("template", "sqlite", "sqlite", "-r", "querySql=SELECT 1 AS a", "-r", "path=my.db", "-w", 'column=["a"]')
    assert outcome.code == 0 and outcome.err == "", outcome
    assert '"querySql": "SELECT 1 AS a",' in outcome.out and '"path": "my.db",' in outcome.out
    assert '// "table"' in outcome.out  # the query replaces it
    outcome = sluice("template", "file", "sqlite", "-r", "csvReaderConfig.escapeMode=2", "-r", "object=a.csv")
    assert outcome.code == 0 and outcome.err == "", outcome
    assert '"object": "a.csv",' in outcome.out and '"escapeMode": 2,' in outcome.out


@pytest.mark.parametrize("arguments, messages", [
    (["sqlit", "file"], ['no reader "sqlit" was found', 'did you mean "sqlite"?', "there are: ", "stream"]),
    (["file", "oracle"], ['no writer "oracle" was found', "odbc", "there are: "]),
    (["file", "project"], ['no writer "project" was found', "there are: "]),
    (["file", "sqlite", "-r", "pathh=x.csv"], ["steps[0].parameter.pathh: unknown key", 'did you mean "path"?']),
    (["file", "sqlite", "-r", "path"], ["not of the form path=value: path"]),
    (["file"], ["READER WRITER"]),
])
def test_mistakes_are_named_with_the_way_out(sluice, arguments, messages):
    outcome = sluice("template", *arguments)
    assert outcome.code == 2, outcome
    for message in messages:
        assert message in outcome.err, outcome

