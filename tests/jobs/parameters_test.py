# SPDX-License-Identifier: Apache-2.0
"""Scheduling parameters through the binary: declared, replaced, kept by the run that began with them."""
import csv
import json
import re
import sqlite3

import pytest

from conftest import ROOT, job

TIME = ("--cyctime", "2025-11-01T02:30:45")


def printing(*values, parameters=None):
    """A job that prints one record with these values."""
    script = job(("stream", {"column": [{"value": value} for value in values], "sliceRecordCount": 1}), ("stream", {}))
    return script if parameters is None else {**script, "parameters": parameters}


def shown(sluice, script, *arguments):
    outcome = sluice("params", sluice.script(script), "--json", *arguments)
    return outcome, {p["name"]: p["value"] for p in json.loads(outcome.out)["parameters"]}


def vectors():
    with open(ROOT / "tests/job/scheduling-vectors.tsv", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_published_examples(sluice):
    by_time = {}
    for row in vectors():
        by_time.setdefault(row["scheduling_time"], []).append(row)
    for time, rows in by_time.items():
        names = [f"p{i}" for i in range(len(rows))]
        arguments = [word for name, row in zip(names, rows) for word in ("-p", f"{name}={row['expression']}")]
        outcome, values = shown(sluice, printing(*("${%s}" % name for name in names)), "--cyctime", time, *arguments)
        assert outcome.code == 0, outcome
        assert values == {name: row["value"] for name, row in zip(names, rows)}


def test_every_way_to_declare(sluice):
    (sluice.directory / "more").write_text("# for all\nfile=$[mm]\nboth=of_the_file\n")
    script = printing("${own} ${file} ${both} ${bizdate}", parameters={"own": "${yyyymm}01", "both": "of_the_script"})
    assert sluice.run(script, *TIME, "--params-file", "more", "-p", "both='mine'").ok().records == [
        "20251001 11 mine 20251031"]
    assert sluice.run(script, "--bizdate", "20240229", "--params-file", "more").ok().records == [
        "20240201 03 of_the_file 20240229"]


def test_the_script_cannot_be_changed_by_a_value(sluice):
    outcome = sluice.run(printing('a${x}'), "-p", "x='\",\"y\":\"'").ok()
    assert outcome.records == ['a","y":"']


def test_settings_and_overrides_are_replaced_too(sluice):
    script = printing("a")
    script["setting"]["speed"] = {"concurrent": "${n}"}
    assert sluice.run(script, "-p", "n=3", "--set", "steps[0].parameter.column[0].value=${bizdate}", *TIME
                      ).ok().records == ["20251031"] * 3
    wrong = sluice.check(script, "-p", "n=none")
    assert wrong.code == 2 and "setting.speed.concurrent: expected an integer" in wrong.err, wrong


def test_params_as_a_table(sluice):
    outcome = sluice("params", sluice.script(printing("${dt}${gmtdate}")), *TIME, "-p", "dt=${yyyymmdd-1}").ok()
    assert [line.split() for line in outcome.out.splitlines()] == [
        ["Name", "Expression", "Value"], ["dt", "${yyyymmdd-1}", "20251030"], ["gmtdate", "${gmtdate}", "20251101"]]
    assert sluice("params", sluice.script(printing("a"))).ok().out == "The job has no scheduling parameters.\n"


def test_an_undeclared_name_has_its_place(sluice):
    script = printing("a", "b ${busines_date}", "${dt}", parameters={"business_date": "$bizdate"})
    for command in "check", "run", "params":
        outcome = sluice(command, sluice.script(script))
        assert outcome.code == 2, outcome
        text = sluice.script(script).read_text()
        for name, advice in ("busines_date", 'did you mean "business_date"?'), ("dt", "declare it: -p dt=VALUE"):
            before = text[:text.index("${" + name)]
            place = f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
            assert re.search(rf"job\.json:{place}: error: steps\[0\]\.\S+: no scheduling parameter of that name: {name} "
                             rf"\({re.escape(advice)}\)", outcome.err), outcome


def test_unused_names_and_the_midnight_trap_are_warnings(sluice):
    outcome = sluice.check(printing("${day}${hour}"), "-p", "day=$[yyyymmdd]", "-p", "hour=$[hh24-1/24]", "-p", "x=1")
    assert outcome.code == 0, outcome
    assert "-p: warning: declared and never used: x" in outcome.err
    assert "-p: warning: around midnight the hour belongs to another day" in outcome.err


@pytest.mark.parametrize("arguments, text", [
    (("-p", "dt"), "not of the form name=value: dt"),
    (("-p", "dt=$[yyyymmdd-x]"), "in small letters, before a shift such as -1: $[yyyymmdd-x]"),
    (("-p", "dt=$[yyyy-1]"), "$[add_months(yyyy,-12)]"),
    (("-p", "dt=${yyyymmddhh24}"), "a business date has no hours"),
    (("--params-file", "missing"), "missing: error: cannot read the file of parameters, No such file or directory (it is asked for by --params-file)"),
    (("--cyctime", "2025-02-30"), "--cyctime: not a time: 2025-02-30"),
    (("--bizdate", "2025"), "--bizdate: not a date: 2025"),
    (("--bizdate", "20251031", "--cyctime", "20251105000000"), "--bizdate and --cyctime contradict each other"),
    (("--timezone", "Mars/Olympus"), "--timezone: ")])
def test_what_is_wrong_is_said(sluice, arguments, text):
    outcome = sluice.run(printing("${dt}", parameters={"dt": "1"}), *arguments)
    assert outcome.code == 2 and text in outcome.err, outcome


def test_a_declaration_that_is_wrong_is_told_once(sluice):
    for script, arguments in ((printing("${dt}"), ("-p", "dt=$[yyyymmdd-x]")), (printing("${dt}", parameters={"dt": "$[yyyymmdd"}), ())):
        outcome = sluice.check(script, *arguments)
        assert outcome.code == 2 and outcome.err.count("error:") == 1 and "dt: " in outcome.err, outcome


def test_a_run_goes_on_with_the_values_of_its_first_start(sluice):
    """The run stays unfinished, because a record is refused; only its parameters change."""
    connection = sqlite3.connect(sluice.directory / "t.db")
    connection.executescript("CREATE TABLE t (at TEXT CHECK (at = 'never'))")
    connection.close()
    script = job(("stream", {"column": [{"value": "${at}-${x}"}], "sliceRecordCount": 1}),
                 ("sqlite", {"path": "t.db", "table": "t", "column": ["at"]}))
    script["parameters"] = {"at": "$[hh24miss]"}
    first = sluice.run(script, "--run-id", "r", *TIME, "-p", "x=1")
    assert first.code == 3, first
    dirty = (sluice.state / "runs/r/dirty.jsonl").read_text()
    assert "023045-1" in dirty
    for again in (("--run-id", "r"), ("--resume", "last"), ("--run-id", "r", "-p", "x=1", *TIME)):
        outcome = sluice.run(script, *again)
        assert outcome.code == 3, outcome
        assert "023045-1" in (sluice.state / "runs/r/dirty.jsonl").read_text().splitlines()[-1]
    other = sluice.run(script, "--run-id", "r", "-p", "x=2")
    assert other.code == 2 and "the job has changed since this run began, x was 1 and is 2" in other.err, other
    afresh = sluice.run(script, "--run-id", "r", "--fresh", "-p", "x=2", "--cyctime", "2025-11-02T07:00:00")
    assert afresh.code == 3 and "070000-2" in (sluice.state / "runs/r/dirty.jsonl").read_text(), afresh
